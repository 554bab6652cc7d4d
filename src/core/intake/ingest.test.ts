import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDeciding } from '../alerts/deciding.ts'
import { createChanges } from '../changes.ts'
import { createEventMemory } from '../events/memory.ts'
import { feedAnswer } from '../fixtures/answer.ts'
import { type RssItem, rssFeed } from '../fixtures/rss.ts'
import type { LinesToRead, StoriesRead } from '../reading/drafts.ts'
import { createReader, type Reader } from '../reading/reader.ts'
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
  const beginDeciding = createDeciding({
    ...stores,
    timeZone: 'UTC',
    alert: stores.alerts.find,
  })
  beginBatch = createTakeIn({
    ...stores,
    beginDeciding,
    timeZone: 'UTC',
    definitions,
    memory: createEventMemory(stores, () => ({ hash: '', concepts: () => [] })),
  })
  here = createReader({ definitions, bridges: () => [], timeZone: 'UTC', log: () => undefined })
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

/** Removes the archive's only story while stories are read. */
const forgetting = <Read extends StoriesRead>(read: Read): Read => ({
  ...read,
  stories(wanted) {
    forget()
    return read.stories(wanted)
  },
})

const titles = (): unknown[] => db.prepare('SELECT title FROM story ORDER BY id').pluck().all()

test('a story that retention removes while a changed form of it is read stays away', async () => {
  const source = stores.sources.add({ url: URL }, NOW).id
  items = [{ id: 'storm', title: 'Storm' }]
  await ingestBy(here).poll(source)
  items = [
    { id: 'storm', title: 'Storm over' },
    { id: 'sun', title: 'Sun' },
  ]
  const late: Reader = { ...here, read: async (work) => forgetting(await here.read(work)) }
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
  const late: Reader = { ...here, readLines: async (work) => forgetting(await here.readLines(work)) }
  const { taken } = await ingestBy(late).takeInLines(lines('Storm', 'Sun'), () => source)
  expect(taken).toEqual({ added: 1, updated: 0, hits: 0 })
  expect(titles()).toHaveLength(1)
})

/** Stories of which three fill a slice, oldest first; each has a number of its own. */
const long = (count: number): RssItem[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${n}`,
    title: `Story ${n}`,
    text: `<p class="${'x'.repeat(90_000)}">${n} of the ferry.</p>`,
    published: Date.UTC(2025, 4, 1, n),
  }))

test('a large feed goes in by slices, and others read between them', async () => {
  const source = stores.sources.add({ url: URL }, NOW).id
  items = long(12)
  const counts = new Set<number>()
  let isOver = false
  const looking = (async () => {
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve))
      counts.add(stores.stories.count())
    }
  })()
  const outcome = await ingestBy(here).poll(source)
  isOver = true
  await looking
  expect(outcome).toMatchObject({ added: 12, error: null })
  expect([...counts].filter((count) => count > 0 && count < 12)).not.toEqual([])
  expect(titles()).toEqual(items.map(({ title }) => title))
})

test('what is cut short between two slices is completed by the next poll, and nothing doubled', async () => {
  const source = stores.sources.add({ url: URL }, NOW).id
  items = long(12)
  db.exec(
    "CREATE TRIGGER fail BEFORE INSERT ON story WHEN new.title = 'Story 10' BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  )
  const cut = await ingestBy(here).poll(source)
  expect(cut.error?.message).toContain('disk full')
  expect(cut.added).toBeGreaterThan(0)
  expect(titles()).toEqual(items.slice(0, cut.added).map(({ title }) => title))
  expect(stores.sources.log(source, 1)[0]).toMatchObject({ added: cut.added, error: cut.error })
  db.exec('DROP TRIGGER fail')
  expect(await ingestBy(here).poll(source)).toMatchObject({ added: 12 - cut.added, updated: 0, error: null })
  expect(titles()).toEqual(items.map(({ title }) => title))
})

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
