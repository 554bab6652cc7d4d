/**
 * `one.ts INDEX SIZE`: reads one hostile document in a process of its own and prints the cost as JSON: processor
 * milliseconds of a first reading (nothing is compiled yet), the process's peak of memory, and how far reading raised it.
 */
import { FeedError } from '../../src/core/feeds/feed.ts'
import { hostile } from '../../src/core/feeds/fixtures/mutated.ts'
import { normalise } from '../../src/core/feeds/read/normalise.ts'
import { readFeed } from '../../src/core/feeds/read/parse.ts'

const [index, size] = process.argv.slice(2).map(Number)
const bytes = hostile(size as number)[index as number]!.bytes()
// The document was built from strings: their garbage is not part of the reading.
globalThis.gc?.()
const before = process.memoryUsage().rss
const started = process.cpuUsage()
try {
  const feed = readFeed(bytes, { contentType: '', base: 'https://example.org/feed' })
  normalise(feed, { now: Date.now(), feedUrl: 'https://example.org/feed', language: '' })
} catch (error) {
  if (!(error instanceof FeedError)) throw error
}
const { user, system } = process.cpuUsage(started)
const peak = process.resourceUsage().maxRSS * 1024
console.log(JSON.stringify({ ms: (user + system) / 1000, peak, grown: Math.max(0, peak - before) }))
