/**
 * `npm run bench -- fuzz [count] [seed]`: reads damaged feeds (100,000 without a count) and hostile documents of 1 MB. Prints
 * crashes, the slowest, the peak of memory. The feeds come from resources/sample and, where it is there, ../shared/feeds.
 * The heap is limited to 96 MB, so that the peak is what reading needs and not garbage that is yet to be collected; each hostile
 * document is also read in a process of its own (256 MB).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FeedError } from '../src/core/feeds/feed.ts'
import { hostile, mutated } from '../src/core/feeds/fixtures/mutated.ts'
import { normalise } from '../src/core/feeds/read/normalise.ts'
import { readFeed } from '../src/core/feeds/read/parse.ts'
import { seeded } from '../src/core/fixtures/random.ts'

const HEAP = ['--max-old-space-size=96', '--max-semi-space-size=8']
if (!HEAP.every((flag) => process.execArgv.includes(flag))) {
  const { status } = spawnSync(process.execPath, [...HEAP, ...process.argv.slice(1)], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
const count = Number(process.argv[3] ?? 100_000)
const seed = Number(process.argv[4] ?? 1)
const root = join(import.meta.dirname, '..')
const seeds = [join(root, 'resources', 'sample'), join(root, '..', 'shared', 'feeds')]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/manifest|README|LICENSE|expected/.test(entry.name))
      // A copy: a part would keep the whole file in memory.
      .map((entry) => Uint8Array.from(readFileSync(join(entry.parentPath, entry.name)).subarray(0, 40_000))),
  )

let crashes = 0
let refused = 0
let slowest = { ms: 0, name: '' }
let peak = 0

function attempt(name: string, bytes: Uint8Array): number {
  const started = performance.now()
  try {
    const feed = readFeed(bytes, { contentType: '', base: 'https://example.org/feed' })
    normalise(feed, { now: Date.now(), feedUrl: 'https://example.org/feed', language: '' })
  } catch (error) {
    if (error instanceof FeedError) refused++
    else {
      crashes++
      console.log(`CRASH  ${name}: ${error instanceof Error ? error.stack : error}`)
    }
  }
  const ms = performance.now() - started
  if (ms > slowest.ms) slowest = { ms, name }
  return ms
}

const idle = process.memoryUsage().rss
const random = seeded(seed)
const started = performance.now()
let bytesRead = 0
for (let i = 0; i < count; i++) {
  const bytes = mutated(seeds[i % seeds.length] as Uint8Array, random)
  bytesRead += bytes.length
  attempt(`damaged feed ${i}`, bytes)
  if (i % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss)
}
const seconds = (performance.now() - started) / 1000
console.log(
  `${count} damaged feeds from ${seeds.length}, seed ${seed}: ${crashes} crashes, ${refused} refused with a sentence, ` +
    `${Math.round(count / seconds)} feeds/s, ${(bytesRead / 1e6 / seconds).toFixed(1)} MB/s; slowest ${slowest.ms.toFixed(0)} ms (${slowest.name}); ` +
    `memory at most ${mega(Math.max(peak, idle))} MB, ${mega(idle)} of them before the first`,
)

slowest = { ms: 0, name: '' }
interface Alone {
  /** Processor time in ms, in a process that had read nothing before. */
  readonly ms: number
  /** Bytes. */
  readonly peak: number
  readonly grown: number
}

/** The cost of one document in a process of its own; undefined where that process died. */
function alone(index: number): Alone | undefined {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--expose-gc',
      '--max-old-space-size=256',
      join(import.meta.dirname, 'fuzz', 'one.ts'),
      String(index),
      String(SIZE),
    ],
    { encoding: 'utf8' },
  )
  if (status === 0) return JSON.parse(stdout)
  console.log(stderr.slice(0, 2000))
  return undefined
}

const SIZE = 1_000_000
console.log(
  '\nHostile documents of 1 MB: ms once compiled, ratio to 250 KB (4 is linear); alone: processor ms cold, peak MB, MB grown',
)
const smaller = hostile(SIZE / 4)
const most = { ms: 0, peak: 0, grown: 0 }
for (const [index, { name, bytes }] of hostile(SIZE).entries()) {
  const quarter = attempt(name, smaller[index]!.bytes())
  const whole = attempt(name, bytes())
  const single = alone(index)
  if (single === undefined) crashes++
  else {
    most.ms = Math.max(most.ms, single.ms)
    most.peak = Math.max(most.peak, single.peak)
    most.grown = Math.max(most.grown, single.grown)
  }
  console.log(
    `  ${name.padEnd(26)}${whole.toFixed(0).padStart(6)}${(whole / quarter).toFixed(1).padStart(7)}` +
      (single === undefined
        ? '   died'
        : `${single.ms.toFixed(0).padStart(8)}${mega(single.peak).padStart(6)}${mega(single.grown).padStart(6)}`),
  )
}
console.log(
  `${crashes} crashes; slowest ${slowest.ms.toFixed(0)} ms (${slowest.name}); alone: at most ${most.ms.toFixed(0)} ms of processor time cold, ` +
    `${mega(most.peak)} MB for the process, ${mega(most.grown)} MB of them for the document`,
)
if (crashes > 0) process.exitCode = 1

function mega(bytes: number): string {
  return String(Math.round(bytes / 1e6))
}
