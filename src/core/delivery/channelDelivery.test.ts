import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { NoticeBody } from '../alerts/noticeBody.ts'
import { type Changes, createChanges } from '../changes.ts'
import { createPoster, type Poster } from '../feeds/fetch/post.ts'
import { readFeed } from '../feeds/read/parse.ts'
import type { Connection } from '../store/connection.ts'
import { openDatabase } from '../store/open.ts'
import { openStores, type Stores } from '../stores.ts'
import { atomName } from './atom.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import { isSigned } from './fixtures/receiver.ts'
import { type ChannelSecrets, openChannelSecrets, type SecretBox } from './secrets.ts'
import { newSigningSecret } from './signing.ts'

const START = Date.UTC(2026, 10, 29)
const SECOND = 1000
const SECRET = newSigningSecret()

interface Came {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
/** How the server answers a path: a status with headers, or not at all. */
type Answer = { status: number; headers?: Record<string, string> } | 'hang'

let db: Connection
let stores: Stores
let changes: Changes
let secrets: ChannelSecrets
let poster: Poster
let dispatcher: Dispatcher
let clock: number
let lines: string[]
let server: Server
let came: Came[]
let answers: Record<string, Answer>
let folder: string

beforeEach(async () => {
  db = openDatabase(':memory:')
  stores = openStores(db, 'UTC')
  db.exec(`INSERT INTO source (id, url, feed_title, added) VALUES (1, 'https://a.example/', 'Harbour Post', 0);
    INSERT INTO alert (id, name, query, created, desktop) VALUES (1, 'Ships', 'a', 0, 0), (2, 'Ports', 'b', 0, 0);`)
  clock = START
  lines = []
  came = []
  answers = {}
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const path = request.url ?? ''
      came.push({ path, headers: request.headers, body })
      const answer = answers[path] ?? { status: 204 }
      if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  changes = createChanges()
  secrets = openChannelSecrets({ dataDir: ':memory:', log: (line) => void lines.push(line) })
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-delivery-'))
  await restart()
})
afterEach(async () => {
  await dispatcher.close()
  await poster.close()
  changes.close()
  server.closeAllConnections()
  server.close()
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A dispatcher that knows nothing but what is in the archive: as after a crash. */
async function restart(): Promise<void> {
  await poster?.close()
  poster = createPoster({ now: () => clock })
  dispatcher = createDispatcher({
    ...stores,
    secrets,
    poster,
    read: (notice): NoticeBody => ({
      alert: notice.alertName,
      trigger: notice.trigger,
      priority: notice.priority,
      event: null,
      hits: notice.stories.map((id) => ({
        story: id,
        title: `Story ${id} <b>&`,
        link: `https://post.example/${id}`,
        source: 'Harbour Post',
        published: null,
        evidence: [],
      })),
      more: notice.hits - notice.stories.length,
    }),
    changes,
    now: () => clock,
    log: (line) => void lines.push(line),
    reset: () => undefined,
  })
}
const url = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

async function channel(
  alert: number,
  path: string,
  { kind = 'webhook', mayBePrivate = true } = {},
): Promise<string> {
  const id = `${kind}-${path.slice(1)}`
  await secrets.keep(id, { address: url(path), secret: SECRET })
  addChannel(id, alert, kind, '127.0.0.1', mayBePrivate)
  return id
}
const addChannel = (id: string, alertId: number, kind: string, place: string, mayBePrivate = true): void =>
  stores.channels.add({
    id,
    alertId,
    kind,
    place,
    content: 'link',
    private: mayBePrivate ? 1 : 0,
    enabled: 1,
    ended: null,
    added: 0,
  })

/** A notice of an alert about a story, as one transaction writes both. */
function notice(alertId: number, story: number, priority = 3): void {
  db.transact(() => {
    db.exec(`INSERT OR IGNORE INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang,
      published, fetched) VALUES (${story}, ${story}, 1, '${story}', '', '', '', '', '', '', '', 0, 0)`)
    stores.hits.add({ alert: alertId, story, at: clock, day: 0, came: '{}' })
    const rest = { event: null, trigger: 'each', priority, at: clock, words: '' }
    stores.notices.add({ alertId, key: `story:${story}`, stories: [story], ...rest }, ['desktop'])
  })
}
const begin = (): void => dispatcher.start({}, { isSample: false })
const log = () =>
  stores.notices
    .log({ limit: 1000 })
    .map(({ channel: id, attempt, status, http }) => [id, attempt, status, http])
const waitForCalls = (count: number): Promise<void> => vi.waitFor(() => expect(came).toHaveLength(count))
/** Goes on to a moment, and tells what is due then. */
async function goOn(ms: number): Promise<void> {
  clock += ms
  dispatcher.look()
  await dispatcher.attemptDue(60_000)
}

test('a webhook gets a signed notice, once, and the log says so', async () => {
  await channel(1, '/a')
  notice(1, 11)
  begin()
  await goOn(0)
  expect(came).toHaveLength(1)
  const [{ headers, body }] = came as [Came]
  expect(headers['webhook-id']).toMatch(/^msg_[0-9a-f]{24}$/)
  expect(headers['webhook-timestamp']).toBe(String(START / SECOND))
  expect(await isSigned(SECRET, headers, body)).toBe(true)
  expect(JSON.parse(body)).toMatchObject({
    type: 'alert.notice',
    timestamp: '2026-11-29T00:00:00.000Z',
    data: { alert: 'Ships', trigger: 'each', priority: 3, event: null, hits: [{ story: 11 }], more: 0 },
  })
  expect(log()).toEqual([['webhook-a', 1, 'delivered', 204]])
  await goOn(10 * SECOND)
  expect(came).toHaveLength(1)
})

test('a failing webhook is tried again after growing pauses with the same id, then given up and said', async () => {
  await channel(1, '/a')
  answers['/a'] = { status: 500 }
  notice(1, 11)
  begin()
  await goOn(0)
  const waits = [1, 10, 60, 600, 3600, 6 * 3600, 24 * 3600]
  for (const [i, wait] of waits.entries()) {
    await goOn(wait * SECOND - 1)
    expect(came).toHaveLength(i + 1)
    await goOn(1)
    expect(came).toHaveLength(i + 2)
  }
  expect(new Set(came.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(log().map(([, attempt, status, http]) => [attempt, status, http])).toEqual([
    ...[1, 2, 3, 4, 5, 6, 7].map((attempt) => [attempt, 'failed', 500]),
    [8, 'given-up', 500],
  ])
  expect(lines).toEqual(['A notice is given up after 8 attempts: 127.0.0.1 has a fault of its own (500).'])
  await goOn(48 * 3600 * SECOND)
  expect(came).toHaveLength(8)
})

test('a kill between the call and its record repeats the notice with its id and its attempt', async () => {
  await channel(1, '/a')
  answers['/a'] = 'hang'
  notice(1, 11)
  begin()
  await waitForCalls(1)
  await dispatcher.close()
  expect(log()).toEqual([['webhook-a', 1, 'pending', null]])
  delete answers['/a']
  await restart()
  begin()
  await goOn(0)
  expect(came[0]?.headers['webhook-id']).toBe(came[1]?.headers['webhook-id'])
  expect(log()).toEqual([['webhook-a', 1, 'delivered', 204]])
})

test('a receiver that is gone for good (410) ends the channel, and nothing waits for it', async () => {
  const id = await channel(1, '/a')
  answers['/a'] = { status: 410 }
  notice(1, 11)
  notice(1, 12)
  begin()
  await goOn(0)
  expect(came).toHaveLength(1)
  const message = '127.0.0.1 says that this address is gone for good (410). Nothing more is sent there.'
  expect(stores.channels.get(id).ended).toBe(message)
  expect(log()).toEqual([
    [id, 1, 'given-up', 410],
    [id, 1, 'given-up', null],
  ])
  expect(lines).toEqual([message])
  notice(1, 13)
  await goOn(0)
  expect(came).toHaveLength(1)
})

test('a receiver that asks to wait is told nothing else meanwhile, a day at most', async () => {
  await channel(1, '/a')
  answers['/a'] = { status: 429, headers: { 'retry-after': '120' } }
  notice(1, 11)
  notice(1, 12)
  begin()
  await goOn(0)
  expect(came).toHaveLength(1)
  answers['/a'] = { status: 503, headers: { 'retry-after': '9999999' } }
  await goOn(119 * SECOND)
  expect(came).toHaveLength(1)
  await goOn(SECOND)
  expect(came).toHaveLength(2)
  delete answers['/a']
  await goOn(24 * 3600 * SECOND)
  expect(came).toHaveLength(4)
  expect(log().filter(([, , status]) => status === 'delivered')).toHaveLength(2)
})

test('a webhook that hangs holds up nobody else', async () => {
  for (const path of ['/hangs', '/a', '/b']) await channel(1, path)
  answers['/hangs'] = 'hang'
  for (const story of [11, 12, 13]) notice(1, story)
  begin()
  await waitForCalls(7)
  expect(came.filter(({ path }) => path === '/hangs')).toHaveLength(1)
})

test('more channels than are told at a time are all told', async () => {
  for (let i = 0; i < 120; i++) await channel(1, `/many-${i}`)
  notice(1, 11)
  begin()
  await goOn(0)
  expect(new Set(came.map(({ path }) => path)).size).toBe(120)
  expect(came).toHaveLength(120)
})

test('the highest priority is told first, then the oldest', async () => {
  await channel(1, '/a')
  for (const [story, priority] of [
    [11, 2],
    [12, 5],
    [13, 2],
    [14, 5],
    [15, 3],
    [16, 1],
  ] as const)
    notice(1, story, priority)
  begin()
  await goOn(0)
  expect(came.map(({ body }) => JSON.parse(body).data.hits[0].story)).toEqual([12, 14, 15, 11, 13, 16])
})

test('a redirect is not followed, and said', async () => {
  await channel(1, '/a')
  answers['/a'] = { status: 302, headers: { location: url('/b') } }
  notice(1, 11)
  begin()
  await goOn(0)
  expect(came.map(({ path }) => path)).toEqual(['/a'])
  expect(stores.notices.log({ limit: 9 })[0]?.message).toMatch(
    /leads to another address \(302\), which is not followed/,
  )
})

test('an address in a private network that nobody typed is never connected to', async () => {
  await channel(1, '/a', { mayBePrivate: false })
  notice(1, 11)
  begin()
  await goOn(0)
  expect(came).toEqual([])
  expect(stores.notices.log({ limit: 9 })[0]?.message).toMatch(/^127\.0\.0\.1 lies in a private network/)
})

test('what only the desktop app can read waits for it; what nobody knows fails with a sentence', async () => {
  const closed: SecretBox = { seal: async () => 'sealed', open: async () => null }
  secrets = openChannelSecrets({ dataDir: ':memory:', box: closed, log: () => undefined })
  await restart()
  const sealed = await channel(1, '/a')
  addChannel('webhook-lost', 1, 'webhook', 'lost.example')
  notice(1, 11)
  begin()
  await goOn(0)
  await goOn(0)
  expect(came).toEqual([])
  expect(log()).toEqual(
    expect.arrayContaining([
      [sealed, 1, 'pending', null],
      ['webhook-lost', 1, 'failed', null],
    ]),
  )
  expect(lines.filter((line) => line.includes('by the desktop app alone'))).toHaveLength(1)
})

test('what was put off under a wrong clock is due', async () => {
  await channel(1, '/a')
  answers['/a'] = { status: 500 }
  notice(1, 11)
  begin()
  await goOn(0)
  delete answers['/a']
  await goOn(-30 * 86_400_000)
  expect(log().at(0)).toEqual(['webhook-a', 2, 'delivered', 204])
})

test('a switched off or removed channel is told nothing, and what waited is given up', async () => {
  const [off, gone] = [await channel(1, '/off'), await channel(1, '/gone')]
  notice(1, 11)
  stores.channels.edit(off, { enabled: 0 }, clock)
  stores.channels.remove(gone, clock)
  notice(1, 12)
  begin()
  await goOn(0)
  expect(came).toEqual([])
  expect(
    stores.notices.log({ limit: 9 }).map(({ kind, status, message }) => [kind, status, message]),
  ).toEqual([
    ['webhook', 'given-up', 'The channel was removed.'],
    ['webhook', 'given-up', 'The channel was switched off.'],
  ])
  expect(stores.channels.list().map(({ id }) => id)).toEqual([off])
})

test('the log stays when its stories are removed, and so does what is still to be told', async () => {
  await channel(1, '/a')
  notice(1, 11)
  begin()
  await goOn(0)
  notice(1, 12)
  db.exec('DELETE FROM story')
  expect(log()).toEqual([
    ['webhook-a', 1, 'delivered', 204],
    ['webhook-a', 1, 'pending', null],
  ])
  await goOn(0)
  expect(JSON.parse(came[1]?.body ?? '').data).toMatchObject({ hits: [], more: 1 })
})

test('before a shell is there nothing is sent but what a command asks for', async () => {
  await channel(1, '/a')
  notice(1, 11)
  dispatcher.look()
  expect(log()).toEqual([['webhook-a', 1, 'pending', null]])
  await dispatcher.attemptDue(60_000)
  expect(came).toHaveLength(1)
  expect(dispatcher.isStarted).toBe(false)
})

test('a command waits no longer than it says, and what hangs is left', async () => {
  await channel(1, '/a')
  answers['/a'] = 'hang'
  notice(1, 11)
  await dispatcher.attemptDue(30)
  await dispatcher.close()
  expect(log()).toEqual([['webhook-a', 1, 'pending', null]])
})

test('a test really sends one message, marked, and says the answer', async () => {
  const id = await channel(1, '/a')
  expect(await dispatcher.test(stores.channels.get(id))).toEqual({
    isDelivered: true,
    http: 204,
    message: '127.0.0.1 took it (204).',
  })
  expect(came).toHaveLength(1)
  expect(JSON.parse(came[0]?.body ?? '')).toMatchObject({ type: 'alert.test', data: { alert: 'Ships' } })
  expect(came[0]?.headers['webhook-id']).toMatch(/^msg_test_/)
  answers['/a'] = { status: 404 }
  expect(await dispatcher.test(stores.channels.get(id))).toEqual({
    isDelivered: false,
    http: 404,
    message: '127.0.0.1 has nothing at this address (404).',
  })
  expect(log()).toEqual([])
})

test('an Atom file has the alert’s notices, newest first, as our own reader reads it', async () => {
  addChannel('atom-1', 1, 'atom', folder)
  notice(1, 11)
  begin()
  await goOn(0)
  clock += SECOND
  notice(1, 12)
  notice(2, 12)
  await goOn(0)
  expect(log()).toEqual([
    ['atom-1', 1, 'delivered', null],
    ['atom-1', 1, 'delivered', null],
  ])
  const path = join(folder, atomName(1))
  const { title, items, warnings, format } = readFeed(readFileSync(path), {
    url: 'https://a.example/',
    now: clock,
  } as never)
  expect([format, title, warnings]).toEqual(['atom', 'Ships', []])
  expect(items.map((item) => [item.title, item.link, item.published])).toEqual([
    ['Story 12 <\u2060b>& — Harbour Post', 'https://post.example/12', START + SECOND],
    ['Story 11 <\u2060b>& — Harbour Post', 'https://post.example/11', START],
  ])
  expect(existsSync(join(folder, atomName(2)))).toBe(false)
})

test('a file that the alert did not make, and a link, are left as they are', async () => {
  addChannel('atom-1', 1, 'atom', folder)
  const path = join(folder, atomName(1))
  writeFileSync(path, 'a diary')
  notice(1, 11)
  begin()
  await goOn(0)
  expect(readFileSync(path, 'utf8')).toBe('a diary')
  expect(stores.notices.log({ limit: 9 })[0]).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('that this alert did not make. It is left as it is.'),
  })
  rmSync(path)
  const elsewhere = join(folder, 'elsewhere')
  writeFileSync(elsewhere, '')
  symlinkSync(elsewhere, path)
  await goOn(SECOND)
  expect([readFileSync(elsewhere, 'utf8'), lstatSync(path).isSymbolicLink()]).toEqual(['', true])
  rmSync(path)
  await goOn(10 * SECOND)
  expect(log().at(-1)).toEqual(['atom-1', 3, 'delivered', null])
  await goOn(0)
})

test('a folder that became a link is not followed', async () => {
  const inner = join(folder, 'inner')
  symlinkSync(tmpdir(), inner)
  addChannel('atom-1', 1, 'atom', inner)
  notice(1, 11)
  begin()
  await goOn(0)
  expect(stores.notices.log({ limit: 9 })[0]?.message).toContain('is gone, or is a link now')
})
