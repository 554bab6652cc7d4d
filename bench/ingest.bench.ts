/**
 * Ingestion: 200 feeds of 100 items over loopback HTTP into an empty data folder, with all themes, full text and 100
 * alerts, from the first request to the last commit; then a second refresh that finds nothing new (304). For comparison
 * newsboat, a C++ reader that only stores the items, on the same server, if it is installed. `[FEEDS] [full] [events]`: see
 * ingest/server.ts; with `events [STORIES]` in place of all else three refreshes without and three with stories getting their events,
 * in turn, and how long it takes from the last commit until all have them; with a number into copies of an archive of so many
 * stories that have theirs.
 */
import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWirewatch, type Wirewatch } from '../src/core/wirewatch.ts'
import { archiveOfEvents, copyArchive } from './corpus.ts'
import { alertQueries } from './ingest/alerts.ts'

const FEEDS = Number(process.argv[3]?.match(/^\d+$/)?.[0] ?? 200)
const FULL = process.argv.includes('full')
const EVENTS = process.argv.includes('events')
/** Stories that the archive has before; 0: it is new. */
const BEFORE = EVENTS ? Number(process.argv[process.argv.indexOf('events') + 1] ?? 0) : 0
const ITEMS = 100
const ALERTS = 100
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-ingest-'))

const server = fork(join(import.meta.dirname, 'ingest', 'server.ts'), [
  String(FEEDS),
  String(ITEMS),
  FULL ? 'full' : '',
])
const nextMessage = (): Promise<number> =>
  new Promise((resolve) => server.once('message', (n) => resolve(Number(n))))
/** The moment of the server's next request, on the clock of `now`. */
const nextRequest = (): Promise<number> => {
  const request = nextMessage()
  server.send('mark')
  return request
}
const now = (): number => performance.timeOrigin + performance.now()
try {
  const port = await nextMessage()
  const urls = Array.from({ length: FEEDS }, (_, i) => `http://127.0.0.1:${port}/feed/${i}`)
  if (EVENTS) await measureEvents(urls)
  else {
    const ours = await measureOurs(urls, 'ours', false)
    const busy = await measureOurs(urls, 'busy', true)
    console.log(
      `${FEEDS} feeds x ${ITEMS} items, 16 themes, full text, ${ALERTS} alerts; a story has ${ours.tags.toFixed(1)} themes and ${ours.hits.toFixed(1)} alerts`,
    )
    report('Wirewatch, first refresh', ours.first, ours.stories)
    console.log(`    processor: ${ours.engine.toFixed(1)} s its thread, ${ours.all.toFixed(1)} s the process`)
    report('Wirewatch, second refresh (304)', ours.second, 0)
    report(
      'Wirewatch, first refresh while a page asks for the newest stories five times a second',
      busy.first,
      busy.stories,
    )
    console.log(
      `    it waits ${busy.waits?.(0.5)} ms in the median, 9 of 10 times up to ${busy.waits?.(0.9)} ms, at most ${busy.waits?.(1)} ms`,
    )
    console.log(
      `  database ${(ours.bytes / 1e6).toFixed(1)} MB, memory ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
    )
    if (spawnSync('newsboat', ['--version']).status === 0) {
      const theirs = await measureNewsboat(urls)
      report('newsboat, first refresh', theirs.first, FEEDS * ITEMS)
      report('newsboat, second refresh (304)', theirs.second, 0)
      console.log(
        `ratio: first ${(theirs.first / ours.first).toFixed(2)} x as fast as newsboat, second ${(theirs.second / ours.second).toFixed(1)} x`,
      )
    } else console.log('newsboat is not installed: no peer in this run')
  }
} finally {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}

/** What events cost: the same refresh with and without, in turn. */
async function measureEvents(urls: readonly string[]): Promise<void> {
  const rates: { [on in 'with' | 'without']: number[] } = { with: [], without: [] }
  const from = BEFORE > 0 ? await archiveOfEvents(BEFORE) : undefined
  for (let turn = 0; turn < 3; turn++)
    for (const on of ['without', 'with'] as const) {
      const dataDir = join(folder, `${on}-${turn}`)
      if (from !== undefined) copyArchive(from, dataDir)
      const wirewatch = openWirewatch({
        dataDir,
        log: (line) => console.error(line),
        gathering: on === 'with',
      })
      const outlines = urls.map((url, i) => `<outline type="rss" text="Feed ${i}" xmlUrl="${url}"/>`).join('')
      const began = nextRequest()
      const { job } = wirewatch.sources.importOpml(`<opml version="2.0"><body>${outlines}</body></opml>`)
      await wirewatch.finished(job?.id ?? 0)
      const taken = now() - (await began)
      const cpu = process.cpuUsage()
      const last = performance.now()
      if (on === 'with') await wirewatch.eventsGathered()
      const { user, system } = process.cpuUsage(cpu)
      const after = (performance.now() - last) / 1000
      rates[on].push((FEEDS * ITEMS * 1000) / taken)
      console.log(
        `  ${on} events: ${Math.round((FEEDS * ITEMS * 1000) / taken).toLocaleString('en')} stories/s${on === 'with' ? `; ${after.toFixed(1)} s more until all have their event, ${((user + system) / (FEEDS * ITEMS)).toFixed(0)} µs of processor a story` : ''}`,
      )
      await wirewatch.close()
      rmSync(dataDir, { recursive: true })
    }
  const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[1] ?? 0
  console.log(`ratio: ${(median(rates.with) / median(rates.without)).toFixed(2)} of the rate without events`)
}

function report(name: string, ms: number, stories: number): void {
  const rate = stories === 0 ? '' : `, ${Math.round((stories * 1000) / ms).toLocaleString('en')} stories/s`
  console.log(`  ${name}: ${(ms / 1000).toFixed(2)} s${rate}`)
}

async function measureOurs(urls: readonly string[], name: string, withPage: boolean) {
  const dataDir = join(folder, name)
  const wirewatch = openWirewatch({ dataDir, log: (line) => console.error(line) })
  alertQueries(ALERTS).forEach((query, i) => {
    wirewatch.alerts.save({ name: `Alert ${i}`, query, enabled: true })
  })
  const outlines = urls.map((url, i) => `<outline type="rss" text="Feed ${i}" xmlUrl="${url}"/>`).join('')
  const page = withPage ? pageBeside(wirewatch) : undefined
  const [thread, all] = [process.threadCpuUsage(), process.cpuUsage()]
  const began = nextRequest()
  const { job } = wirewatch.sources.importOpml(`<opml version="2.0"><body>${outlines}</body></opml>`)
  await wirewatch.finished(job?.id ?? 0)
  const first = now() - (await began)
  const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6
  const engine = seconds(process.threadCpuUsage(thread))
  const process_ = seconds(process.cpuUsage(all))
  const waits = await page?.stop()
  const stories = wirewatch.stories.count({ query: '', exact: true }).stories
  if (stories !== FEEDS * ITEMS)
    throw new Error(
      `${stories} stories came in, not ${FEEDS * ITEMS}: ${JSON.stringify(wirewatch.sources.list().find((s) => s.error))}`,
    )
  const hits = wirewatch.alerts.list().reduce((sum, alert) => sum + alert.hits, 0) / stories
  const tags = wirewatch.themes.list().themes.reduce((sum, theme) => sum + theme.stories, 0) / stories
  const again = performance.now()
  await wirewatch.finished(wirewatch.sources.refresh().id)
  const second = performance.now() - again
  await wirewatch.close()
  const bytes = statSync(join(dataDir, 'wirewatch.sqlite')).size
  return { first, second, stories, bytes, waits, engine, all: process_, hits, tags }
}

/** A page that requests the newest stories every 200 ms; `stop` gives the quantiles of its waits in ms. */
function pageBeside(wirewatch: Wirewatch): { stop(): Promise<(share: number) => string> } {
  const waits: number[] = []
  let running = true
  const requesting = (async () => {
    while (running) {
      const due = performance.now() + 200
      await new Promise((resolve) => setTimeout(resolve, 200))
      wirewatch.stories.list({ query: '', limit: 50 })
      waits.push(performance.now() - due)
    }
  })()
  return {
    async stop() {
      running = false
      await requesting
      waits.sort((a, b) => a - b)
      return (share) => (waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0).toFixed(0)
    },
  }
}

async function measureNewsboat(urls: readonly string[]): Promise<{ first: number; second: number }> {
  const home = join(folder, 'newsboat')
  mkdirSync(home)
  writeFileSync(join(home, 'urls'), `${urls.join('\n')}\n`)
  writeFileSync(join(home, 'config'), 'reload-threads 8\nmax-items 0\n')
  const files = ['-u', join(home, 'urls'), '-C', join(home, 'config'), '-c', join(home, 'cache.db')]
  const reload = async (): Promise<number> => {
    const began = nextRequest()
    const [code] = (await once(
      spawn('newsboat', [...files, '-x', 'reload'], { stdio: ['ignore', 'ignore', 'inherit'] }),
      'exit',
    )) as [number | null]
    if (code !== 0) throw new Error(`newsboat failed: ${code}`)
    return now() - (await began)
  }
  return { first: await reload(), second: await reload() }
}
