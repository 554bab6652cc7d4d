/**
 * Back-tests over a million stories: `npm run bench -- backtest [stories]`. Per query: the first answer (hits by day, from the
 * index), the whole of it, also in processor time, how long the page waits at most for anything else meanwhile, and how soon it
 * ends when its signal says so; as a baseline of the same run the bare count of the query. Three of ten stories are of an event of
 * several.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createChanges } from '../src/core/changes.ts'
import { backtests } from '../src/core/door/backtest.ts'
import { parseQuery } from '../src/core/query/language/parse.ts'
import { ARCHIVE_FILE, openDatabase } from '../src/core/store/open.ts'
import { createSearch } from '../src/core/store/search/search.ts'
import { sourcesWhere } from '../src/core/store/search/sourceFilter.ts'
import { openStores } from '../src/core/stores.ts'
import { keepDefinitions } from '../src/core/watch/definitions.ts'
import { searchContext } from '../src/core/watch/searchContext.ts'
import { archiveFolder, END } from './corpus.ts'

const n = Number(process.argv[3] ?? 1_000_000)
const timeZone = 'Europe/Berlin'

const QUERIES = [
  'semiconductor',
  'earthquake',
  'ukraine',
  'president',
  '"security council"',
  'russia NEAR/5 china',
  '(oil OR gas OR coal) NEAR/3 (price* OR export*)',
  'sanction* -iran',
  'title:ukraine',
  'case:US',
  'lang:ru газпром*',
  'government OR police OR killed',
]
const SETTINGS = {
  cooldownMs: 4 * 3_600_000,
  quiet: { from: '22:00', to: '07:00' },
  capPerHour: 3,
} as const

const db = openDatabase(withEvents(archiveFolder(n)))
const stores = openStores(db, timeZone)
const { themes, alerts } = stores
const { now: definitions } = keepDefinitions(
  { conceptRecords: () => themes.concepts(), themes: () => themes.all(), alerts: () => alerts.all() },
  { timeZone, log: console.log },
)
const clock = { now: () => END, timeZone }
const context = searchContext({ ...clock, definitions, sources: sourcesWhere(db.readable) })
const search = createSearch(db.readable, context)
const door = backtests({ ...stores, ...clock, search, definitions, changes: createChanges() })

console.log(`${n.toLocaleString('en')} stories, load ${loadavg()[0]?.toFixed(1)}`)
console.log(
  `${''.padEnd(50)}${['hits', 'notices', 'count', 'first', 'whole', 'processor', 'waits', 'ends'].map((head) => head.padStart(10)).join('')}`,
)
const worst = { first: 0, whole: 0, ends: 0 }
for (const query of QUERIES) {
  const tree = parseQuery(query, { use: 'alert' }).query
  const count = await timed(() => search.count(tree))
  const first = await timed(() => door.hitDays({ query }))
  const stopWaiting = waits()
  const whole = await timed(() => door.backtest({ query, settings: SETTINGS }))
  const waited = stopWaiting()
  const ends = await endsAfter(query, whole.ms / 2)
  console.log(
    [
      query.padEnd(50),
      ...[whole.value.hits, whole.value.notices].map((value) => String(value).padStart(10)),
      ...[count.ms, first.ms, whole.ms, whole.processor, waited, ends].map((ms) =>
        `${ms.toFixed(0)} ms`.padStart(10),
      ),
    ].join(''),
  )
  worst.first = Math.max(worst.first, first.ms)
  worst.whole = Math.max(worst.whole, whole.ms)
  worst.ends = Math.max(worst.ends, ends)
}
console.log(
  `first answer at most ${worst.first.toFixed(0)} ms (goal 1,500), whole at most ${worst.whole.toFixed(0)} ms (goal 5,000), ended within ${worst.ends.toFixed(0)} ms`,
)
db.close()

async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; ms: number; processor: number }> {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  const value = await work()
  const { user, system } = process.cpuUsage(cpu)
  return { value, ms: performance.now() - start, processor: (user + system) / 1000 }
}

/** Milliseconds from the abort to its end. */
async function endsAfter(query: string, ms: number): Promise<number> {
  const abort = new AbortController()
  let aborted = 0
  setTimeout(() => {
    aborted = performance.now()
    abort.abort()
  }, ms)
  await door.backtest({ query, settings: SETTINGS }, abort.signal).catch(() => undefined)
  return aborted === 0 ? 0 : performance.now() - aborted
}

/** How long at most another turn of the event loop waits. */
function waits(): () => number {
  let [last, most] = [performance.now(), 0]
  let timer: NodeJS.Immediate
  const look = (): void => {
    const at = performance.now()
    most = Math.max(most, at - last)
    last = at
    timer = setImmediate(look)
  }
  timer = setImmediate(look)
  return () => {
    clearImmediate(timer)
    return most
  }
}

/** A copy of an archive whose stories are of events: seven of ten alone, the others with up to nine more. */
function withEvents(from: string): string {
  const folder = `${from}-events`
  if (existsSync(folder)) return folder
  const making = `${folder}.making`
  mkdirSync(making, { recursive: true })
  copyFileSync(join(from, ARCHIVE_FILE), join(making, ARCHIVE_FILE))
  const db = openDatabase(making)
  const gather = `INSERT INTO story_event (docid, event, source_id)
    SELECT docid, CASE WHEN id % 10 < 7 THEN id ELSE id - id % 33 END, source_id FROM story ORDER BY docid`
  db.prepare(gather).run()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  renameSync(making, folder)
  return folder
}
