import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NoticeBody } from '../../alerts/noticeBody.ts'
import { Problem } from '../../problem.ts'
import type { Call, Content, Destination, Sending } from '../sending.ts'
import { newSigningSecret } from '../signing.ts'
import { type ServiceKind, services } from './index.ts'

const ADDRESSES: Record<ServiceKind, string> = {
  webhook: 'https://hooks.example/in?key=s3cret',
  ntfy: 'https://ntfy.example/harbour-news',
  slack: 'https://hooks.slack.example/services/T0/B0/s3cret',
  teams: 'https://flow.example/workflows/s3cret?sig=s3cret',
  discord: 'https://discord.example/api/webhooks/1/s3cret?thread_id=7',
  telegram: 'https://api.telegram.example/bot1:s3cret/sendMessage?chat_id=-100&message_thread_id=5',
  mattermost: 'https://chat.example/hooks/s3cret',
}
const KINDS = Object.keys(ADDRESSES) as ServiceKind[]
const CHATS = KINDS.filter((kind) => kind !== 'webhook')

const story = (title: string, link: string, source = 'Harbour Post'): NoticeBody['hits'][number] => ({
  story: 12,
  title,
  link,
  source,
  published: '2026-11-29T10:00:00.000Z',
  evidence: [{ field: 'title', start: 0, end: 4 }],
})
const notice = (over: Partial<NoticeBody> = {}): NoticeBody => ({
  alert: 'Ships',
  trigger: 'each',
  priority: 4,
  event: null,
  hits: [story('A ship arrives', 'https://post.example/1')],
  more: 0,
  ...over,
})
const sending = (over: Partial<Sending> = {}): Sending => ({
  id: 'msg_1',
  at: Date.UTC(2026, 10, 29, 10),
  now: Date.UTC(2026, 10, 29, 11),
  notice: notice(),
  words: '',
  content: 'link',
  isTest: false,
  ...over,
})
const SECRET = newSigningSecret()
const call = (kind: ServiceKind, over: Partial<Sending> = {}, to: Partial<Destination> = {}): Call =>
  services[kind].call(
    { address: ADDRESSES[kind], secret: kind === 'webhook' ? SECRET : '', ...to },
    sending(over),
  )
// biome-ignore lint/suspicious/noExplicitAny: the shape is the service's
const bodyOf = (kind: ServiceKind, over: Partial<Sending> = {}, to: Partial<Destination> = {}): any =>
  JSON.parse(call(kind, over, to).body)

/** All texts within a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

const HOSTILE = [
  '@everyone',
  '@here',
  '＠all',
  '<!channel>',
  '<!here|x>',
  '<@U123>',
  '<@&99>',
  '<#C1>',
  '<at>Anna</at>',
  '</at>',
  '<https://evil.example|click>',
  '[click](https://evil.example)',
  '![x](https://evil.example/pixel.png)',
  '**bold**',
  '`code`',
  '\u2060',
  '\u200b',
  '\u202e',
  '\u0007',
  '\n# Heading\n- list',
  '&lt;!channel&gt;',
  '\ud800',
  '👩‍👩‍👧‍👦',
  'a'.repeat(300),
]
const hostileText = fc
  .array(
    fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))
const hostileLink = fc.oneof(
  fc.constantFrom(
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://social.example/@everyone/1',
    'https://anna:s3cret@post.example/',
    'https://post.example/a)](https://evil.example',
    'https://post.example/<!channel>',
    `https://post.example/${'x('.repeat(3000)}`,
    'not an address',
  ),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
)
const hostileNotice: fc.Arbitrary<NoticeBody> = fc.record({
  alert: hostileText,
  trigger: fc.constantFrom('each', 'digest', 'threshold', 'spike', 'silence'),
  priority: fc.integer({ min: 1, max: 5 }),
  event: fc.option(
    fc.record({
      id: fc.constant(3),
      headline: hostileText,
      first: fc.constant('2026-11-29T10:00:00.000Z'),
      last: fc.constant('2026-11-29T10:00:00.000Z'),
      stories: fc.nat(),
      sources: fc.nat(),
      blocs: fc.constant([]),
      languages: fc.constant([]),
      themes: fc.constant([]),
    }),
  ),
  hits: fc.array(
    fc.tuple(hostileText, hostileLink, hostileText).map((parts) => story(...parts)),
    { maxLength: 40 },
  ),
  more: fc.nat(),
})
const contents = fc.constantFrom<Content[]>('link', 'title', 'count')
const hostileSending = fc.record({
  notice: hostileNotice,
  words: hostileText,
  content: contents,
  isTest: fc.boolean(),
})

/** What a service makes a link of: the values of these keys, and the targets of Markdown. */
const links = (value: unknown, key = ''): string[] => {
  if (typeof value === 'string')
    return ['url', 'click'].includes(key)
      ? [value]
      : [...value.matchAll(/(?<!\\)\]\((.*?)\)/g)].map((m) => m[1] ?? '')
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => links(part, name))
}
/** Control characters but the line break, and those that turn the writing direction. */
const UNSEEN = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u

/** The fields in which each service shows text. */
const LIMITS: Record<
  Exclude<ServiceKind, 'webhook'>,
  (body: Record<string, unknown>, bytes: number) => boolean
> = {
  ntfy: ({ topic, message, actions }, bytes) =>
    topic === 'harbour-news' &&
    Buffer.byteLength(message as string) <= 4096 &&
    ((actions ?? []) as unknown[]).length <= 3 &&
    bytes < 32_768,
  slack: (_, bytes) => bytes < 40_000,
  teams: (_, bytes) => bytes <= 28 * 1024,
  discord: ({ embeds }) => {
    const [embed] = embeds as { title: string; description: string }[]
    return embed !== undefined && embed.title.length <= 256 && embed.description.length <= 4096
  },
  telegram: ({ text }) => (text as string).length <= 4096,
  mattermost: ({ text }) => (text as string).length <= 4000,
}

describe.each(CHATS)('%s', (kind) => {
  test('mentions nobody, links to the web alone and stays within the limits, whatever a title holds', () => {
    fc.assert(
      fc.property(hostileSending, (over) => {
        const { body, url } = call(kind, over)
        expect(url).not.toContain(' ')
        const parsed = JSON.parse(body)
        for (const text of texts(parsed)) {
          expect(text).not.toMatch(/[@＠][\p{L}\p{N}_!#&]/u)
          expect(text).not.toMatch(/<[!@#/a-z]/i)
          expect(text).not.toMatch(UNSEEN)
          expect(text.isWellFormed()).toBe(true)
        }
        for (const link of links(parsed)) expect(link).toMatch(/^https?:\/\/[^@()\s]+$/)
        expect(LIMITS[kind as keyof typeof LIMITS](parsed, Buffer.byteLength(body))).toBe(true)
      }),
    )
  })

  test('tells no link where titles alone are wanted, and no title where a count is', () => {
    const hits = [
      story('Secret plans', 'https://post.example/1'),
      story('More plans', 'https://post.example/2'),
    ]
    const body = (content: Content): string => call(kind, { content, notice: notice({ hits, more: 3 }) }).body
    expect(body('link')).toContain('https://post.example/1')
    expect(body('link')).toMatch(/Secret plans/)
    expect(body('title')).not.toContain('post.example')
    expect(body('title')).toMatch(/Secret plans/)
    expect(body('count')).not.toMatch(/plans|post\.example|Harbour/)
    expect(body('count')).toContain('5 stories')
  })

  test('one event is one line, with how many sources more tell it', () => {
    const event = {
      id: 3,
      headline: 'Xi and Putin sign a treaty',
      first: '',
      last: '',
      stories: 14,
      sources: 12,
    }
    const hits = [
      story('They sign', 'https://post.example/1', 'Reuters'),
      story('Signed', 'https://b.example/', 'AP'),
    ]
    const { body } = call(kind, {
      notice: notice({ event: { ...event, blocs: [], languages: [], themes: [] }, hits, more: 12 }),
    })
    expect(body).toMatch(/Xi and Putin sign a treaty — Reuters, \\*\+11 sources/)
    expect(body).not.toContain('12 more')
    expect(body).not.toContain('They sign')
  })

  test('says that a test is one', () => {
    expect(call(kind, { isTest: true }).body).toMatch(/Test of Ships/)
  })
})

test('ntfy gets priority, click and actions, and its token or password as a header', () => {
  const hits = [1, 2, 3, 4].map((n) => story(`Story ${n}`, `https://post.example/${n}`))
  expect(bodyOf('ntfy', { notice: notice({ hits, more: 2 }) })).toEqual({
    topic: 'harbour-news',
    title: 'Ships',
    message:
      'Story 1 — Harbour Post\nStory 2 — Harbour Post\nStory 3 — Harbour Post\nStory 4 — Harbour Post\nand 2 more',
    priority: 4,
    click: 'https://post.example/1',
    actions: [1, 2, 3].map((n) => ({
      action: 'view',
      label: `Open story ${n}`,
      url: `https://post.example/${n}`,
    })),
  })
  expect(call('ntfy').url).toBe('https://ntfy.example/')
  expect(call('ntfy', {}, { secret: 'tk_abc' }).headers.authorization).toBe('Bearer tk_abc')
  const withPassword = call('ntfy', {}, { address: 'https://anna:pw@ntfy.example/base/topic' })
  expect(withPassword).toMatchObject({
    url: 'https://ntfy.example/base/',
    headers: { authorization: `Basic ${Buffer.from('anna:pw').toString('base64')}` },
  })
})

test('Discord may mention nobody, and its Markdown is escaped', () => {
  const hits = [story('[x](https://evil.example) *b*', 'https://post.example/a)b')]
  expect(bodyOf('discord', { notice: notice({ hits }) })).toEqual({
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: 'Ships',
        description:
          '[\\[x\\]\\(https://evil\\.example\\) \\*b\\* — Harbour Post](https://post.example/a%29b)',
      },
    ],
  })
})

test('Telegram is told the chat and no parse mode', () => {
  expect(call('telegram').url).toBe('https://api.telegram.example/bot1:s3cret/sendMessage')
  expect(bodyOf('telegram')).toEqual({
    chat_id: '-100',
    message_thread_id: 5,
    text: 'Ships\nA ship arrives — Harbour Post\nhttps://post.example/1',
    link_preview_options: { is_disabled: true },
    disable_notification: false,
  })
})

test('Slack gets rich text, and a line for its notifications', () => {
  const hits = [story('A & <b>', 'https://post.example/1')]
  const body = bodyOf('slack', { notice: notice({ hits }) })
  expect(body.text).toBe('Ships: A &amp; &lt;\u2060b&gt; — Harbour Post\nhttps://post.example/1')
  expect(body.blocks[0].elements[1].elements[0].elements).toEqual([
    { type: 'link', url: 'https://post.example/1', text: 'A & <\u2060b> — Harbour Post' },
  ])
})

test('Teams gets an adaptive card whose lines open their stories', () => {
  const [{ content, contentType }] = bodyOf('teams').attachments
  expect(contentType).toBe('application/vnd.microsoft.card.adaptive')
  expect(content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' })
  expect(content).not.toHaveProperty('msteams')
  expect(content.body[1].inlines).toEqual([
    {
      type: 'TextRun',
      text: 'A ship arrives — Harbour Post',
      selectAction: { type: 'Action.OpenUrl', url: 'https://post.example/1' },
    },
  ])
})

test.each<[ServiceKind, string]>([
  ['webhook', 'hooks.example/s3cret'],
  ['webhook', 'javascript:s3cret'],
  ['slack', ''],
  ['ntfy', 'https://ntfy.example/?s3cret'],
  ['ntfy', 'https://ntfy.example/s3cret topic'],
  ['telegram', 'https://api.telegram.example/bot1:s3cret/sendMessage'],
  ['telegram', 'https://api.telegram.example/s3cret?chat_id=1'],
])('%s refuses what leads nowhere, without repeating it: %s', (kind, typed) => {
  expect(() => services[kind].read(typed)).toThrow(Problem)
  try {
    services[kind].read(typed)
  } catch (error) {
    expect((error as Error).message).not.toContain('s3cret')
  }
})

test('an address is kept as it was typed, and Telegram’s is completed', () => {
  for (const kind of KINDS) expect(services[kind].read(` ${ADDRESSES[kind]}\n`)).toBe(ADDRESSES[kind])
  expect(services.telegram.read('https://api.telegram.example/bot1:t?chat_id=@news')).toBe(
    'https://api.telegram.example/bot1:t/sendMessage?chat_id=@news',
  )
})
