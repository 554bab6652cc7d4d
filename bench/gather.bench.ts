/**
 * An archive from before there were events gets them: `[STORIES]`, a million unless told. How long that takes, what a page waits
 * meanwhile that asks for the newest stories five times a second, and what it costs in memory and on the disk. The baseline
 * is the same page beside an engine that has nothing to do.
 */
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWirewatch, type Wirewatch } from '../src/core/wirewatch.ts'
import { archiveFolder } from './corpus.ts'

const STORIES = Number(process.argv[3]?.match(/^\d+$/)?.[0] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-gather-'))
const size = (): number => statSync(join(folder, 'wirewatch.sqlite')).size / 1e6
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
try {
  cpSync(archiveFolder(STORIES), folder, { recursive: true })
  // Who and what stories name is looked for beforehand: else both work at once.
  const beforehand = openWirewatch({ dataDir: folder, gathering: false })
  await beforehand.mentionsFound()
  await beforehand.close()
  const before = size()
  const wirewatch = openWirewatch({ dataDir: folder, log: (line) => console.error(line) })
  const idleMemory = process.memoryUsage()
  const page = pageBeside(wirewatch)
  const began = performance.now()
  const cpu = process.cpuUsage()
  await wirewatch.eventsGathered()
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const meanwhile = await page.stop()
  const memory = process.memoryUsage()
  const quiet = pageBeside(wirewatch)
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const idle = await quiet.stop()
  const { rows } = await wirewatch.events.list({ query: '', limit: 1 })
  const { stories, events } = await wirewatch.stories.countExactly({
    query: 'after:1971-01-01',
    events: true,
  })
  await wirewatch.close()
  const each = ((user + system) / STORIES).toFixed(0)
  console.log(
    `${STORIES.toLocaleString('en')} stories in ${seconds.toFixed(0)} s (${each} µs of processor a story): ${events?.toLocaleString('en')} events of ${stories.toLocaleString('en')} stories, the largest has ${rows[0]?.all.stories}`,
  )
  console.log(
    `  a page waits ${meanwhile(0.5)} ms in the median, p95 ${meanwhile(0.95)} ms, at most ${meanwhile(1)} ms; beside an idle engine ${idle(0.5)}, ${idle(0.95)} and ${idle(1)} ms`,
  )
  console.log(
    `  memory: ${mb(memory.rss - idleMemory.rss)} more, of it ${mb(memory.arrayBuffers - idleMemory.arrayBuffers)} tables; archive ${(size() - before).toFixed(0)} MB more on ${before.toFixed(0)} MB`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
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
