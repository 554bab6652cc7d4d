/**
 * A week of polls, its time compressed: 250 sources are fetched once an hour of an injected clock over loopback HTTP, first with
 * nothing new, then with one new story a source and hour. After each day: heap after a collection, abort signals, handles, the
 * sizes of the archive and of its write-ahead log. All but the archive must stay as after the first day, within 5 %; the archive
 * grows by its stories alone. `[DAYS] [SOURCES]`.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import v8 from 'node:v8'
import vm from 'node:vm'
import Database from 'better-sqlite3'
import { openWirewatch } from '../src/core/wirewatch.ts'

const DAYS = Number(process.argv[3] ?? 7)
const SOURCES = Number(process.argv[4] ?? 250)
const HOUR_MS = 3_600_000
const START = Date.UTC(2025, 4, 1)

v8.setFlagsFromString('--expose-gc')
const collect = vm.runInNewContext('gc') as () => void

const folder = mkdtempSync(join(tmpdir(), 'wirewatch-soak-'))
const server = fork(join(import.meta.dirname, 'soak', 'server.ts'))
const told = (): Promise<number> =>
  new Promise((resolve) => server.once('message', (n) => resolve(Number(n))))

interface Day {
  readonly heap: number
  readonly signals: number
  readonly handles: number
  readonly archive: number
  readonly log: number
  readonly stories: number
}

let now = START
const port = await told()
const wirewatch = openWirewatch({
  dataDir: join(folder, 'data'),
  now: () => now,
  timeZone: 'UTC',
  log: (line) => console.error(line),
})
try {
  const outlines = Array.from(
    { length: SOURCES },
    (_, i) => `<outline type="rss" xmlUrl="http://127.0.0.1:${port}/${i}"/>`,
  )
  wirewatch.alerts.save({ name: 'Papers', query: 'title:paper', enabled: true })
  const { job } = wirewatch.sources.importOpml(`<opml><body>${outlines.join('')}</body></opml>`)
  await wirewatch.finished(job?.id ?? 0)
  let round = 0
  for (const kind of ['nothing new', 'news'] as const) {
    console.log(`${DAYS} days of ${SOURCES} sources, ${kind}`)
    const days: Day[] = []
    for (let day = 0; day < DAYS; day++) {
      for (let hour = 0; hour < 24; hour++) {
        now += HOUR_MS
        if (kind === 'news') {
          server.send(++round)
          await told()
        }
        const ended = await wirewatch.finished(wirewatch.sources.refresh().id)
        if (ended.state !== 'done' || ended.message.includes('failed'))
          throw new Error(`${ended.state}: ${ended.message}`)
      }
      days.push(await measure())
      print(day + 1, days.at(-1) as Day)
    }
    judge(days)
  }
} finally {
  await wirewatch.close()
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<Day> {
  // Finalisers of one collection free what the next collects.
  for (let n = 0; n < 4; n++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    collect()
  }
  const file = join(folder, 'data', 'wirewatch.sqlite')
  return {
    heap: process.memoryUsage().heapUsed,
    signals: v8.queryObjects(AbortSignal, { format: 'count' }),
    handles: process.getActiveResourcesInfo().length,
    archive: pagesOf(file),
    log: statSync(`${file}-wal`).size,
    stories: wirewatch.app.info().stories,
  }
}

/** Bytes of the archive's pages in use, those that stand in the write-ahead log alone included. */
function pagesOf(file: string): number {
  const db = new Database(file, { readonly: true })
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }))
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
  db.close()
  return bytes
}

function print(day: number, { heap, signals, handles, archive, log, stories }: Day): void {
  const mega = (bytes: number): string => (bytes / 1e6).toFixed(1).padStart(6)
  console.log(
    `  day ${day}: heap ${mega(heap)} MB, ${signals} abort signals, ${handles} handles, archive ${mega(archive)} MB, log ${mega(log)} MB, ${stories} stories`,
  )
}

/** Growth from the first day to the last: a share, and for the archive what a story costs. */
function judge(days: readonly Day[]): void {
  const first = days[0] as Day
  const last = days.at(-1) as Day
  const grown = (name: 'heap' | 'log'): string =>
    `${name} ${(100 * (last[name] / first[name] - 1)).toFixed(1)} %`
  const stories = last.stories - first.stories
  const bytes = last.archive - first.archive
  console.log(
    `  grown since day 1: ${grown('heap')}, ${grown('log')}, handles ${last.handles - first.handles}, abort signals ${last.signals - first.signals} (one for each of the last 50 jobs); archive ${(bytes / 1e6).toFixed(1)} MB${stories === 0 ? '' : `, ${Math.round(bytes / stories)} bytes a story`}`,
  )
}
