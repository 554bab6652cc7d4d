import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Feed, FeedError } from './feed.ts'
import { hostile, mutated, seeded } from './mutated.ts'
import { normalise } from './normalise.ts'
import { readFeed } from './parse.ts'

const sample = join(import.meta.dirname, '..', '..', '..', 'resources', 'sample')
const fixtures = join(import.meta.dirname, 'fixtures', 'feeds')
const now = Date.parse('2026-01-01T00:00:00Z')

const seeds = [
  ...readdirSync(sample)
    .filter((name) => !/manifest|README/.test(name))
    .map((name) => join(sample, name)),
  ...readdirSync(fixtures)
    .filter((name) => !name.endsWith('.result.json'))
    .map((name) => join(fixtures, name)),
].map((file) => readFileSync(file).subarray(0, 6000))

/** A feed or a FeedError; stories that the store can take. Anything else is thrown. */
function readSafely(bytes: Uint8Array): Feed | FeedError {
  let feed: Feed
  try {
    feed = readFeed(bytes, { contentType: '', base: 'https://example.org/feed' })
  } catch (error) {
    if (error instanceof FeedError) return error
    throw error
  }
  for (const story of normalise(feed, { now, feedUrl: 'https://example.org/feed', language: '' }).stories) {
    if (!Number.isSafeInteger(story.published) || story.published > now)
      throw new Error(`published ${story.published}`)
    if (story.identity.length < 4) throw new Error(`identity "${story.identity}"`)
    if (/[\0-\x09\x0b-\x1f]/.test(story.title + story.summary + story.text))
      throw new Error('a control character')
    if (!(story.title + story.summary + story.text).isWellFormed()) throw new Error('half a character')
    if (story.url !== '' && !/^https?:\/\//.test(story.url)) throw new Error(`url ${story.url}`)
  }
  return feed
}

test('2,000 damaged feeds: each is read, or refused with a sentence', () => {
  const random = seeded(20_250_509)
  let read = 0
  for (let i = 0; i < 2000; i++) {
    const bytes = mutated(seeds[i % seeds.length]!, random)
    try {
      const result = readSafely(bytes)
      if (!(result instanceof FeedError)) read++
      else expect(result.message).toMatch(/^[A-Z].{10,}[^ ]$/s)
    } catch (error) {
      throw new Error(`damaged feed ${i} (seed 20250509): ${error}`, { cause: error })
    }
  }
  // Most survive: damage to one place costs that place, not the feed. (Damaged JSON cannot be read: a seventh of the seeds.)
  expect(read).toBeGreaterThan(1600)
})

test.each(hostile(60_000))('hostile: $name', (document) => {
  const text = document.text()
  const result = readSafely(Buffer.from(text))
  if (result instanceof FeedError) return
  const grown = result.items.reduce(
    (sum, item) => sum + item.title.length + item.summary.length + item.text.length,
    0,
  )
  // A short entity of the document's own may stand for 64 characters; nothing else grows.
  expect(grown).toBeLessThanOrEqual(text.length * 11)
  expect(JSON.stringify(result.items)).not.toContain('root:')
})
