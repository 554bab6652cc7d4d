/**
 * An archive from before there were events gets them: `[STORIES [DENSITY]]`, a million unless told, of three years. How long that
 * takes, what a page waits meanwhile that asks for the newest stories five times a second, and what it costs in memory and on the
 * disk. The baseline is the same page beside an engine that has nothing to do. With a density, so many times as many stories a day:
 * 100,000 ten times as dense have the days of a million, in a tenth of the time. The digest is of which stories share an event: it is
 * the same for the same archive, however fast they were gathered.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../src/core/store/open.ts'
import { openWirewatch, type Wirewatch } from '../src/core/wirewatch.ts'
import engineProcess from '../src/launch/engineProcess.json' with { type: 'json' }
import { anonymousMemory } from './anonymousMemory.ts'
import { archiveOfMentions, copyArchive } from './corpus.ts'

const STORIES = Number(process.argv[3]?.match(/^\d+$/)?.[0] ?? 1_000_000)
const DENSITY = Number(process.argv[4]?.match(/^\d+$/)?.[0] ?? 1)
// Who and what stories name is looked for beforehand: else both work at once.
const archive = await archiveOfMentions(STORIES, DENSITY)
if (process.env.WIREWATCH_BENCH === 'gather') await measure(archive)
else {
  // In a process of its own, as `npm start` runs the engine: an archive may just have been made in this one.
  const env = { ...engineProcess.environment, ...process.env, WIREWATCH_BENCH: 'gather' }
  const { status } = spawnSync(process.execPath, [...engineProcess.flags, ...process.argv.slice(1)], {
    env,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}

/** Gathers a copy of the archive and prints the figures. */
async function measure(archive: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-gather-'))
  const size = (): number => statSync(join(folder, 'wirewatch.sqlite')).size / 1e6
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
  try {
    copyArchive(archive, folder)
    const before = size()
    const wirewatch = openWirewatch({ dataDir: folder, log: (line) => console.error(line) })
    const idleMemory = anonymousMemory(process.pid)
    const idleTables = process.memoryUsage().arrayBuffers
    const page = pageBeside(wirewatch)
    const began = performance.now()
    const [cpu, thread] = [process.cpuUsage(), process.threadCpuUsage()]
    await wirewatch.eventsGathered()
    const seconds = (performance.now() - began) / 1000
    const each = ({ user, system }: NodeJS.CpuUsage): string => ((user + system) / STORIES).toFixed(0)
    const [all, own] = [each(process.cpuUsage(cpu)), each(process.threadCpuUsage(thread))]
    const { meanwhile, memory } = await page.stop()
    const tables = process.memoryUsage().arrayBuffers - idleTables
    const quiet = pageBeside(wirewatch)
    await new Promise((resolve) => setTimeout(resolve, 5000))
    const { meanwhile: idle } = await quiet.stop()
    const { rows } = await wirewatch.events.list({ query: '', limit: 1 })
    const { stories, events } = await wirewatch.stories.countExactly({
      query: 'after:1971-01-01',
      events: true,
    })
    await wirewatch.close()
    console.log(
      `${STORIES.toLocaleString('en')} stories in ${seconds.toFixed(0)} s (${all} µs of processor a story, ${own} of it the engine's thread): ${events?.toLocaleString('en')} events of ${stories.toLocaleString('en')} stories, the largest has ${rows[0]?.all.stories}; digest ${digest(folder)}`,
    )
    console.log(
      `  a page waits ${meanwhile(0.5)} ms in the median, p95 ${meanwhile(0.95)} ms, at most ${meanwhile(1)} ms; beside an idle engine ${idle(0.5)}, ${idle(0.95)} and ${idle(1)} ms`,
    )
    console.log(
      `  memory: at most ${(memory - idleMemory).toFixed(0)} MB more than at the start (mapped pages apart), at the end ${mb(tables)} of tables; archive ${(size() - before).toFixed(0)} MB more on ${before.toFixed(0)} MB`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of which story is of which event. */
function digest(folder: string): string {
  const db = openDatabase(folder)
  const hash = createHash('sha1')
  for (const row of db.prepare('SELECT docid, event FROM story_event ORDER BY docid').raw().iterate())
    hash.update(String(row))
  db.close()
  return hash.digest('hex').slice(0, 8)
}

/** A page that requests the newest stories every 200 ms; `stop` gives the quantiles of its waits in ms, and the most memory in MB. */
function pageBeside(wirewatch: Wirewatch): {
  stop(): Promise<{ meanwhile: (share: number) => string; memory: number }>
} {
  const waits: number[] = []
  let memory = 0
  let running = true
  const requesting = (async () => {
    while (running) {
      const due = performance.now() + 200
      await new Promise((resolve) => setTimeout(resolve, 200))
      wirewatch.stories.list({ query: '', limit: 50 })
      waits.push(performance.now() - due)
      memory = Math.max(memory, anonymousMemory(process.pid))
    }
  })()
  return {
    async stop() {
      running = false
      await requesting
      waits.sort((a, b) => a - b)
      const meanwhile = (share: number): string =>
        (waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0).toFixed(0)
      return { meanwhile, memory }
    },
  }
}
