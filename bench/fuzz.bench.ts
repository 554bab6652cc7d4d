/**
 * `npm run bench -- fuzz [count]`: reads damaged feeds (100,000 without a count) and hostile documents of 1 MB. Prints crashes,
 * the slowest, the peak of memory. The feeds come from resources/sample and, where it is there, ../shared/feeds.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FeedError } from '../src/core/feeds/feed.ts'
import { hostile, mutated, seeded } from '../src/core/feeds/mutated.ts'
import { normalise } from '../src/core/feeds/normalise.ts'
import { readFeed } from '../src/core/feeds/parse.ts'

const count = Number(process.argv[3] ?? 100_000)
const root = join(import.meta.dirname, '..')
const seeds = [join(root, 'resources', 'sample'), join(root, '..', 'shared', 'feeds')]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/manifest|README|LICENSE|expected/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)).subarray(0, 40_000)),
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

const random = seeded(1)
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
  `${count} damaged feeds from ${seeds.length}: ${crashes} crashes, ${refused} refused with a sentence, ` +
    `${Math.round(count / seconds)} feeds/s, ${(bytesRead / 1e6 / seconds).toFixed(1)} MB/s; slowest ${slowest.ms.toFixed(0)} ms (${slowest.name}); ` +
    `memory at most ${Math.round(peak / 1e6)} MB`,
)

slowest = { ms: 0, name: '' }
console.log('\nHostile documents: ms at 1 MB, ratio to the same at 250 KB (4 is linear)')
const smaller = hostile(250_000)
for (const [index, { name, text }] of hostile(1_000_000).entries()) {
  const quarter = attempt(name, Buffer.from((smaller[index] as { text: () => string }).text()))
  const whole = attempt(name, Buffer.from(text()))
  peak = Math.max(peak, process.memoryUsage().rss)
  console.log(
    `  ${name.padEnd(26)}${whole.toFixed(0).padStart(6)}${(whole / quarter).toFixed(1).padStart(7)}`,
  )
}
console.log(
  `${crashes} crashes; slowest ${slowest.ms.toFixed(0)} ms (${slowest.name}); memory at most ${Math.round(peak / 1e6)} MB`,
)
if (crashes > 0) process.exitCode = 1
