import type { Range } from '../../src/api/contract/common.ts'
import { openWirewatch, type Wirewatch } from '../../src/core/wirewatch.ts'
import { END } from '../corpus.ts'

const DAY = 86_400_000
const RANGES: readonly (readonly [string, Range])[] = [
  ['30 days', { kind: 'custom', from: END - 30 * DAY, to: END }],
  ['a year', { kind: 'custom', from: END - 365 * DAY, to: END }],
]
const TIMES = 20
/** More than what panels share is kept. */
const APART_MS = 10_000

/** Prints what each panel's query takes, asked for by itself. @param folder an archive, which stays as it is */
export async function panelQueries(folder: string): Promise<void> {
  let now = END
  const wirewatch = openWirewatch({ dataDir: folder, now: () => now, timeZone: 'UTC' })
  try {
    for (const [words, range] of RANGES) {
      console.log(
        `${words}, ms:${''.padEnd(24)}${['first', 'p50', 'p99'].map((head) => head.padStart(8)).join('')}`,
      )
      for (const [name, ask] of questions(wirewatch, range)) {
        const times: number[] = []
        for (let i = 0; i < TIMES; i++) {
          now += APART_MS
          const began = performance.now()
          await ask()
          times.push(performance.now() - began)
          await new Promise((resolve) => setImmediate(resolve))
        }
        const first = times[0] as number
        times.sort((a, b) => a - b)
        const at = (share: number): number => times[Math.min(TIMES - 1, Math.floor(TIMES * share))] as number
        console.log(
          `  ${name.padEnd(32)}${[first, at(0.5), at(0.99)].map((ms) => ms.toFixed(0).padStart(8)).join('')}`,
        )
      }
    }
  } finally {
    await wirewatch.close()
  }
}

function questions(wirewatch: Wirewatch, range: Range): [string, () => unknown][] {
  const { dashboard, navigation, entities, stories } = wirewatch
  const { from, to } = range as Extract<Range, { kind: 'custom' }>
  const query = `after:${new Date(from).toISOString().slice(0, 10)} before:${new Date(to).toISOString().slice(0, 10)}`
  const panels = (Object.keys(dashboard) as (keyof typeof dashboard)[]).map(
    (name): [string, () => unknown] => [name, () => dashboard[name](range, '', 'events')],
  )
  return [
    ['baseline: the plain count', () => stories.countExactly({ query, events: false })],
    ...panels,
    ['volume, stories', () => dashboard.volume(range, '', 'stories')],
    ['volume, one theme', () => dashboard.volume(range, 'theme:sanctions', 'events')],
    ['volume, EU sources', () => dashboard.volume(range, 'bloc:EU', 'events')],
    ['volume, a word', () => dashboard.volume(range, 'ukraine', 'events')],
    ['top, a word', () => dashboard.top(range, 'ukraine', 'events')],
    ['navigation', () => navigation.counts(range)],
    ['who and what', () => entities.list({ query, limit: 8 })],
    ['countries', () => entities.places({ query })],
  ]
}
