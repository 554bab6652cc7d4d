/**
 * Hostile and large feeds of up to 20 MB, served over loopback to an engine in a process of its own: looked at (`discover`), added
 * as a source and polled twice more with another answer each time.
 */
import { Buffer } from 'node:buffer'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import engineProcess from '../../src/launch/engineProcess.json' with { type: 'json' }
import { anonymousMemory } from '../anonymousMemory.ts'

const MILLION = 1_000_000
const item = (inside = '', title = 'Title') =>
  `<item><title>${title}</title><guid>g</guid><pubDate>Sat, 01 Nov 2025 10:00:00 GMT</pubDate>${inside}</item>`
const rss = (items: string) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>T</title><link>http://x.example/</link><language>en</language>${items}</channel></rss>`
const text = (html: string) => rss(item(`<description><![CDATA[${html}]]></description>`))
const many = (count: number, one: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => one(n)).join('')

const SENTENCE = 'The ferry stays in the harbour while the water is high and the wind is from the west. '
/** A hundred long stories, in all of so many bytes. */
const plain = (bytes: number) =>
  rss(
    many(
      100,
      (n) =>
        `<item><title>Story ${n}</title><guid>p${n}</guid><pubDate>Sat, 01 Nov 2025 10:00:00 GMT</pubDate><description>${SENTENCE.repeat(Math.max(1, Math.floor(bytes / 100 / SENTENCE.length)))}</description></item>`,
    ),
  )

const story = (n: number, words: string) =>
  `<item><title>Story ${n}: ${words.slice(0, 40)}</title><guid>s${n}</guid><pubDate>Sat, 01 Nov 2025 ${String(n % 24).padStart(2, '0')}:00:00 GMT</pubDate><description>${words}</description></item>`
/** Words that differ from story to story and from poll to poll. */
const prose = (n: number, words: number) =>
  Array.from({ length: words }, (_, k) => PROSE[(n * 7919 + k * 104_729) % PROSE.length]).join(' ')
const PROSE = Array.from({ length: 9973 }, (_, n) => `w${n.toString(36)}`)

const alike = (poll: number, n: number, date = '') =>
  `<item><title>Notice</title><guid isPermaLink="false">${poll}-${n * 7919}</guid>${date}<description>${SENTENCE}</description></item>`

/** By the number of the poll where the feed is another at each. */
const FEEDS: Readonly<Record<string, (poll: number) => string>> = {
  'ordinary: 4,000 stories': () => rss(many(4000, (n) => story(n, prose(n, 750)))),
  'ordinary: all changed at each poll': (poll) => rss(many(4000, (n) => story(n, prose(n + poll, 750)))),
  'ordinary: 150 stories of 100 KB': () => rss(many(150, (n) => story(n, prose(n, 18_000)))),
  'a million attributes': () => rss(`<item ${many(MILLION, (n) => `a${n}="1" `)}><title>at</title></item>`),
  '500,000 namespaces': () =>
    `<rss ${many(500_000, (n) => `xmlns:a${n}="u${n}" `)}><channel><title>x</title>${item()}</channel></rss>`,
  '100,000 items': () =>
    rss(
      many(
        100_000,
        (n) => `<item><title>Title ${n}</title><guid>g${n}</guid><link>http://x.example/${n}</link></item>`,
      ),
    ),
  '100,000 items, one id': () =>
    rss(many(100_000, (n) => `<item><title>Same ${n % 7}</title><guid>g</guid></item>`)),
  'alike without dates, other ids': (poll) => rss(many(5000, (n) => alike(poll, n))),
  'alike in one second, other ids': (poll) =>
    rss(many(5000, (n) => alike(poll, n, '<pubDate>Sat, 01 Nov 2025 10:00:00 GMT</pubDate>'))),
  'a title of 10 MB': () => rss(item('', 'word '.repeat(2 * MILLION))),
  'a title of combining marks': () => rss(item('', `a${'\u0301'.repeat(7 * MILLION)}`)),
  'one word, 15 MB': () => text('Russia '.repeat(2.1 * MILLION)),
  'Chinese, 2 MB': () => text('普京習近平中俄'.repeat(100_000)),
  'Chinese, 15 MB': () => text('普京習近平中俄'.repeat(700_000)),
  'a long srcset': () => text(`<img srcset="${'a 1x, '.repeat(2.5 * MILLION)}">`),
  '800,000 relative links': () => text('<a href="../x">l</a>'.repeat(800_000)),
  '800,000 different links': () => text(many(800_000, (n) => `<a href="${n}">l</a>`)),
  '400,000 categories and authors': () =>
    rss(item('<category>c</category>'.repeat(200_000) + '<author>a</author>'.repeat(200_000))),
  'an id of 5 MB': () => rss(`<item><title>u</title><guid>${'z'.repeat(5 * MILLION)}</guid></item>`),
  'HTML nested 4 million deep': () => text('<div>'.repeat(3.8 * MILLION)),
  '15 MB of <': () => text('<'.repeat(15 * MILLION)),
  '15 MB of comments': () => `${'<!--'.repeat(4 * MILLION)}${item()}`,
  '3,000 hostile dates': () =>
    rss(
      many(
        3000,
        (n) =>
          `<item><title>d${n}</title><guid>d${n}</guid><pubDate>${'1'.repeat(5000)} ${'Mon, '.repeat(100)}</pubDate></item>`,
      ),
    ),
  'JSON nested 5 million deep': () =>
    `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(5 * MILLION)}${']'.repeat(5 * MILLION)}}`,
  'JSON with 3 million empty objects': () =>
    `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[${'{},'.repeat(3 * MILLION)}{"id":"1"}]}`,
}

interface Figures {
  /** Seconds of processor time, threads included. */
  readonly cpu: number
  /** Milliseconds of processor time between two turns of the engine's event loop, at most. */
  readonly pause: number
  /** Of the resident memory what is no mapped file, in megabytes. */
  readonly memory: number
  readonly outcome: string
}

/** Measures each feed, or the one of that name. */
export async function attack(only?: string): Promise<void> {
  console.log('Feeds: looked at, added and polled twice; beside a plain feed of the same size')
  console.log(
    'feed                                 MB   cpu s / plain   longest pause ms / plain   peak MB / plain',
  )
  for (const [name, make] of Object.entries(FEEDS)) {
    if (only !== undefined && only !== name) continue
    const size = Buffer.byteLength(make(0))
    const ours = await measure(make)
    const plainly = await measure(() => plain(size))
    const pair = (figure: keyof Omit<Figures, 'outcome'>, digits: number) =>
      `${ours[figure].toFixed(digits)} / ${plainly[figure].toFixed(digits)}`
    console.log(
      `${name.padEnd(34)} ${(size / 1e6).toFixed(1).padStart(4)}   ${pair('cpu', 1).padEnd(13)}   ${pair('pause', 0).padEnd(24)}   ${pair('memory', 0).padEnd(13)}  ${ours.outcome}`,
    )
  }
}

async function measure(make: (poll: number) => string): Promise<Figures> {
  let poll = 0
  let made = ''
  const first = plain(400_000)
  const server = createServer((request, response) => {
    if (request.url === '/first') return response.end(first)
    if (request.url !== '/feed') return response.writeHead(404).end()
    const body = make(poll)
    // Another comment each time: an answer of the same bytes is not read.
    made = `${body}<!-- ${poll++} -->`
    return response.writeHead(200, { 'Content-Type': 'application/xml' }).end(made)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const engine = fork(join(import.meta.dirname, 'engine', 'engine.ts'), [`http://127.0.0.1:${port}`], {
    // As `npm start` runs it.
    execArgv: engineProcess.flags,
    env: { ...engineProcess.environment, ...process.env },
  })
  let memory = 0
  const timer = setInterval(() => {
    memory = Math.max(memory, anonymousMemory(engine.pid))
  }, 20)
  try {
    const answer = await new Promise<Omit<Figures, 'memory'>>((resolve) => {
      engine.once('message', (figures) => resolve(figures as Omit<Figures, 'memory'>))
      engine.once('exit', (code, signal) =>
        resolve({ cpu: Number.NaN, pause: Number.NaN, outcome: `ended: ${code ?? signal}` }),
      )
    })
    return { ...answer, memory }
  } finally {
    clearInterval(timer)
    engine.kill()
    server.closeAllConnections()
    server.close()
  }
}
