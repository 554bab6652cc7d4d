import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seeded } from '../../fixtures/random.ts'
import { type Feed, FeedError } from '../feed.ts'
import { hostile, mutated } from '../fixtures/mutated.ts'
import { normalise } from './normalise.ts'
import { readFeed } from './parse.ts'
import { textOf } from './xml/tree.ts'
import { readXml } from './xml/xml.ts'

const sample = join(import.meta.dirname, '..', '..', '..', '..', 'resources', 'sample')
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'feeds')
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
  const bytes = document.bytes()
  const result = readSafely(bytes)
  if (result instanceof FeedError) return
  const grown = result.items.reduce(
    (sum, item) => sum + item.title.length + item.summary.length + item.text.length,
    0,
  )
  // A short entity of the document's own may stand for 64 characters; nothing else grows.
  expect(grown).toBeLessThanOrEqual(bytes.length * 11)
  expect(JSON.stringify(result.items)).not.toContain('root:')
})

test('a title that was never closed and holds everything after it costs no more than the elements themselves', () => {
  const links = 150_000
  const feed = readSafely(
    Buffer.from(
      `<rss><channel><item><title>Kept<guid>g</guid>${'<link>http://a</link>'.repeat(links)}</item></channel></rss>`,
    ),
  )
  expect(feed).toMatchObject({ items: [{ title: 'Kept', id: 'g' }] })
})

test('elements beyond what a feed of its length has are left out, with a warning', () => {
  const feed = readSafely(
    Buffer.from(
      `<rss><channel><item><title>Kept</title></item>${`<b>${'<a/>'.repeat(10_000)}</b>`.repeat(10)}<item><title>Lost</title></item></channel></rss>`,
    ),
  ) as Feed
  expect(feed.items.map(({ title }) => title)).toEqual(['Kept'])
  expect(feed.warnings.join()).toMatch(/more elements than a feed of its length has/)
})

test("a document's own entities add a million characters at most; beyond that they stay as written", () => {
  const { root } = readXml(
    `<!DOCTYPE r [<!ENTITY a "${'b'.repeat(32)}">]><rss><channel><item><title>t</title><description>${'&a;'.repeat(50_000)}</description></item></channel></rss>`,
  )
  const written = textOf(root).replace(/^.*?t(?=b)/s, '')
  expect(written.startsWith('b'.repeat(1_000_000))).toBe(true)
  expect(written.length).toBeLessThan(1_000_100 + 50_000 * 3)
  expect(written.endsWith('&a;')).toBe(true)
})

test('an address of a hundred thousand characters is left out, with a warning', () => {
  const feed = readSafely(
    Buffer.from(
      `<rss><channel><item><title>t</title><link>http://a/${'b'.repeat(100_000)}</link></item></channel></rss>`,
    ),
  ) as Feed
  expect(feed.items[0]!.link).toBe('')
  expect(feed.warnings.join()).toMatch(/link of item 1 has 100009 characters/)
})

test('what a prefix stands for ends with the element that declares it', () => {
  const feed = readSafely(
    Buffer.from(
      '<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>' +
        '<item><x xmlns:c="urn:other"><c:encoded>no</c:encoded></x><c:encoded>One</c:encoded></item>' +
        '<item xmlns:d="http://purl.org/dc/elements/1.1/"><d:creator>Ann</d:creator></item>' +
        '<item><d:creator>nobody</d:creator></item></channel></rss>',
    ),
  ) as Feed
  expect(feed.items.map(({ summary, author }) => [summary, author])).toEqual([
    ['One', ''],
    ['', 'Ann'],
    ['', ''],
  ])
})
