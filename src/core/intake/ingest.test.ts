import { afterEach, beforeEach, expect, test } from 'vitest'
import { createChanges } from '../changes.ts'
import { createEventMemory } from '../events/memory.ts'
import { feedAnswer } from '../fixtures/answer.ts'
import { type RssItem, rssFeed } from '../fixtures/rss.ts'
import type { LinesToRead } from '../reading/drafts.ts'
import { createReader, NotRead, type Reader } from '../reading/reader.ts'
import type { Connection } from '../store/connection.ts'
import { openDatabase } from '../store/open.ts'
import { openStores, type Stores } from '../stores.ts'
import { keepDefinitions } from '../watch/definitions.ts'
import { createIngest, type Ingest } from './ingest.ts'
import { createTakeIn, type StoryBatch } from './takeIn.ts'

const NOW = Date.UTC(2025, 4, 9, 12)
const URL = 'https://harbour-post.example/feed'

let db: Connection
let stores: Stores
let beginBatch: () => StoryBatch
let here: Reader
let items: RssItem[]
beforeEach(() => {
  db = openDatabase(':memory:')
  stores = openStores(db, 'UTC')
  const { now: definitions } = keepDefinitions(
    { conceptRecords: () => [], themes: () => [], alerts: () => [] },
    { timeZone: 'UTC', log: () => undefined },
  )
  beginBatch = createTakeIn({
    ...stores,
    timeZone: 'UTC',
    definitions,
    memory: createEventMemory(stores.events, () => ({ hash: '', concepts: () => [] })),
  })
  here = createReader({ definitions, timeZone: 'UTC', log: () => undefined })
  items = []
})
afterEach(async () => {
  await here.close()
  db.close()
})

const ingestBy = (reader: Reader): Ingest =>
  createIngest({
    ...stores,
    db,
    reader,
    fetch: async ({ url }) => feedAnswer(url, rssFeed(items)),
    changes: createChanges(),
    beginBatch,
    hasShell: () => true,
    now: () => NOW,
    random: () => 0.5,
    log: () => undefined,
  })

/** Removes the archive's only story as retention does. */
function forget(): void {
  db.transact(() => {
    const batch = beginBatch()
    const [id] = stores.stories.ofSource(1, 1)
    for (const story of stores.stories.many([id as number])) batch.remove(story, { remember: true })
    batch.finish()
  })
}

const titles = (): unknown[] => db.prepare('SELECT title FROM story ORDER BY id').pluck().all()

test('where a story that was known when a feed was read has gone since, the feed is read again', async () => {
  const source = stores.sources.add({ url: URL }, NOW).id
  items = [{ id: '1', title: 'Storm' }]
  await ingestBy(here).poll(source)
  items = [...items, { id: '2', title: 'Sun' }]
  // Like the thread, it reads what is selected; meanwhile retention removes the story that was not.
  const late: Reader = {
    ...here,
    async read(work, select) {
      const feed = await here.readHere(work)
      const places = select(feed.keys)
      expect(places).toEqual([1])
      forget()
      return { ...feed, story: (place) => (places.includes(place) ? feed.story(place) : notRead()) }
    },
  }
  expect(await ingestBy(late).poll(source)).toMatchObject({ added: 1, updated: 0, error: null })
  expect(titles()).toEqual(['Sun'])
})

test('the same of lines of an archive', async () => {
  const source = stores.sources.add({ url: 'archive:old' }, NOW)
  const lines = (...texts: string[]): Omit<LinesToRead, 'at'> => ({
    lines: texts.map((text, n) => ({
      line: n + 1,
      text: `{"text": "${text}", "date": "2025-05-01"}`,
      damaged: false,
    })),
    timeZone: 'UTC',
    source: 'old',
  })
  await ingestBy(here).takeInLines(lines('Storm'), () => source)
  const late: Reader = {
    ...here,
    async readLines(work, select, sourceOf) {
      const read = await here.readLinesHere(work, sourceOf)
      const places = select(read.keys).map(({ index }) => index)
      expect(places).toEqual([1])
      forget()
      return { ...read, story: (place) => (places.includes(place) ? read.story(place) : notRead()) }
    },
  }
  const { taken } = await ingestBy(late).takeInLines(lines('Storm', 'Sun'), () => source)
  expect(taken).toEqual({ added: 1, updated: 0, hits: 0 })
  expect(titles()).toHaveLength(1)
})

function notRead(): never {
  throw new NotRead()
}

test('a poll that begins leaves the transaction open that others are written in', async () => {
  const source = stores.sources.add({ url: URL }, NOW).id
  items = [{ id: '1', title: 'Storm' }]
  const held = db.hold(() => held.commit())
  const polled = ingestBy(here).poll(source)
  expect(db.inTransaction).toBe(true)
  held.rollback()
  expect(await polled).toMatchObject({ added: 1 })
})

test('a story that arrives before the visit mark, which lies ahead of the clock, is new to the next visit', async () => {
  const source = stores.sources.add({ url: URL }, NOW).id
  const mark = NOW + 700
  stores.settings.set('visitedAt', mark)
  items = [{ id: '1', title: 'Storm' }]
  expect(await ingestBy(here).poll(source)).toMatchObject({ at: mark, added: 1 })
  expect(db.prepare('SELECT fetched FROM story').pluck().all()).toEqual([mark])
})
