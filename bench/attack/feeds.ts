/** Hostile feeds of up to 20 MB: each in a process of its own, added as a source and polled once more with another answer. */
import { Buffer } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { feedAnswer } from '../../src/core/fixtures/answer.ts'
import { openWirewatch } from '../../src/core/wirewatch.ts'

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

const HOSTILE: Readonly<Record<string, () => string>> = {
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
  readonly cpu: number
  readonly pause: number
  readonly rss: number
  readonly outcome: string
}

async function measure(body: string): Promise<Figures> {
  const bytes = Buffer.from(body)
  let polls = -1
  const wirewatch = openWirewatch({
    dataDir: ':memory:',
    log: (line) => console.error(line.slice(0, 300)),
    // Another comment each time: an answer of the same bytes is not read.
    fetch: async ({ url }) =>
      feedAnswer(
        url,
        polls === -1 ? plain(400_000) : Buffer.concat([bytes, Buffer.from(`<!-- ${polls++} -->`)]),
      ),
  })
  // What is loaded with the first feed is no part of it.
  await wirewatch.sources.add({ url: 'http://first.example/f' })
  polls = 0
  const before = process.cpuUsage()
  // By the processor time of the engine's own thread: what else runs on the machine does not count.
  const busy = () => process.threadCpuUsage().user / 1000 + process.threadCpuUsage().system / 1000
  let last = busy()
  let pause = 0
  let rss = 0
  const timer = setInterval(() => {
    const now = busy()
    pause = Math.max(pause, now - last)
    last = now
    rss = Math.max(rss, process.memoryUsage.rss())
  }, 5)
  let outcome = 'read'
  try {
    const { id } = await wirewatch.sources.add({ url: 'http://a.example/f' })
    await wirewatch.finished(wirewatch.sources.refresh().id)
    const [log] = wirewatch.sources.log(id, 1)
    outcome = log?.error?.message ?? `read; ${log?.notes.at(-1) ?? 'no note'}`
  } catch (error) {
    outcome = error instanceof Error ? error.message : String(error)
  }
  await new Promise((resolve) => setTimeout(resolve, 20))
  clearInterval(timer)
  const { user, system } = process.cpuUsage(before)
  await wirewatch.close()
  return { cpu: (user + system) / 1e6, pause, rss: rss / 1e6, outcome: outcome.slice(0, 90) }
}

/** Measures each hostile feed, or the one of that name. */
export async function attack(only?: string): Promise<void> {
  if (process.env.WIREWATCH_ATTACK_PART !== undefined) {
    const make = HOSTILE[only ?? ''] ?? (() => plain(Number(process.env.WIREWATCH_ATTACK_PART)))
    process.stdout.write(JSON.stringify(await measure(make())))
    process.exit(0)
  }
  console.log('Hostile feeds, added and polled again; beside a plain feed of the same size')
  console.log(
    'feed                                 MB   cpu s / plain   longest pause ms / plain   peak MB / plain',
  )
  for (const [name, make] of Object.entries(HOSTILE)) {
    if (only !== undefined && only !== name) continue
    const size = Buffer.byteLength(make())
    const [ours, plainly] = [part(name, size), part('plain', size)]
    const pair = (figure: keyof Omit<Figures, 'outcome'>, digits: number) =>
      `${ours[figure].toFixed(digits)} / ${plainly[figure].toFixed(digits)}`
    console.log(
      `${name.padEnd(34)} ${(size / 1e6).toFixed(1).padStart(4)}   ${pair('cpu', 1).padEnd(13)}   ${pair('pause', 0).padEnd(24)}   ${pair('rss', 0).padEnd(13)}  ${ours.outcome}`,
    )
  }
}

function part(name: string, size: number): Figures {
  const child = spawnSync(process.execPath, [...process.execArgv, 'bench/run.ts', 'attack', 'feeds', name], {
    env: { ...process.env, WIREWATCH_ATTACK_PART: String(size) },
    encoding: 'utf8',
  })
  try {
    return JSON.parse(child.stdout) as Figures
  } catch {
    return {
      cpu: Number.NaN,
      pause: Number.NaN,
      rss: Number.NaN,
      outcome: `ended: ${child.stderr.slice(-200)}`,
    }
  }
}
