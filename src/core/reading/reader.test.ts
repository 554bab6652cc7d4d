import { afterEach, expect, test } from 'vitest'
import { type BridgeConcept, createStoryReader } from '../events/clusters/readStory.ts'
import { rssFeed } from '../fixtures/rss.ts'
import { openDatabase } from '../store/open.ts'
import { type SourceRecord, sourceStore } from '../store/sources.ts'
import type { ThemeRecord } from '../store/themes.ts'
import { keepDefinitions, type WatchedAlert } from '../watch/definitions.ts'
import type { FeedRead, FeedToRead, StoriesRead } from './drafts.ts'
import { createReader, type Reader } from './reader.ts'
import type { ReadStory } from './readStory.ts'

const db = openDatabase(':memory:')
const source: SourceRecord = sourceStore(db).add({ url: 'https://a.example/feed', language: 'en' }, 0)
db.close()

const feed = (items: number): FeedToRead => ({
  source,
  at: Date.UTC(2025, 5, 1),
  body: new TextEncoder().encode(
    rssFeed(
      [
        ...Array.from({ length: items }, (_, n) => ({
          id: `g${n}`,
          title: `Pipeline ${n} opened`,
          text: `<p>The pipeline of Zürich carries gas from ${n} wells, as an official said on Tuesday.</p>`,
          published: Date.UTC(2025, 4, 1) + n * 61_000,
        })),
        {},
      ],
      { title: 'A feed', link: 'https://a.example/' },
    ),
  ),
  contentType: 'application/rss+xml',
  url: 'https://a.example/feed',
  contentLocation: '',
  contentLanguage: '',
})

const theme = {
  id: 3,
  key: 'gas',
  kind: 'theme',
  group_id: null,
  query: 'gas',
  threshold: 0.1,
  enabled: 1,
} as ThemeRecord

/** The definitions of an archive with the theme and these alerts. */
function definitions(alerts: string[]) {
  let rows: WatchedAlert[] = []
  const keeper = keepDefinitions(
    { conceptRecords: () => [], themes: () => [theme], alerts: () => rows },
    { timeZone: 'UTC', log: () => undefined },
  )
  const add = (query: string): void => {
    rows = [...rows, { id: rows.length + 1, name: query, query, enabled: 1 }]
    keeper.changed('alerts')
  }
  const disable = (id: number): void => {
    rows = rows.map((row) => (row.id === id ? { ...row, enabled: 0 } : row))
    keeper.changed('alerts')
  }
  alerts.forEach(add)
  return { now: keeper.now, add, disable }
}

const BRIDGES: readonly BridgeConcept[] = [
  { name: 'osk', label: 'Governor Osk', type: 'person', forms: ['Osk', 'Оск'], except: [] },
]

let reader: Reader
let lines: string[]
afterEach(() => reader.close())

function readerOf({ now }: ReturnType<typeof definitions>, memoryMb?: number): Reader {
  lines = []
  const log = (line: string): void => void lines.push(line)
  reader = createReader({
    definitions: now,
    bridges: () => BRIDGES,
    timeZone: 'UTC',
    log,
    ...(memoryMb === undefined ? {} : { memoryMb }),
  })
  return reader
}

const AT = Date.UTC(2025, 5, 1)
const wanted = (index: number) => ({ index, source, fetched: AT })

/** One story of a feed. */
async function story(read: StoriesRead, index: number): Promise<ReadStory> {
  return (await read.stories([wanted(index)])).get(index) as ReadStory
}

async function all({ head, keys, stories, close }: FeedRead) {
  const read = await stories(keys.map((_, place) => wanted(place)))
  close()
  return { head, stories: keys.map((_, place) => read.get(place)) }
}

test('a thread reads what this one reads', async () => {
  const made = definitions(['pipeline', 'pipeline is:copy', 'wells theme:gas', 'oil'])
  const here = await all(await readerOf(made).read(feed(20)))
  expect(reader.busy).toBe(0)
  reader.expect(100)
  const reading = reader.read(feed(20))
  expect(reader.busy).toBe(1)
  const there = await reading
  expect(reader.busy).toBe(0)
  expect(await all(there)).toEqual(here)
  expect(here.head.skipped).toHaveLength(1)
  expect(here.stories).toHaveLength(20)
  expect(here.stories[7]?.asOriginal).toEqual({ tags: [[3, expect.any(Number)]], alerts: [1, 3] })
  expect(here.stories[7]?.asCopy.alerts).toEqual([1, 2, 3])
  expect(lines).toEqual([])
})

test('what is expected has the definitions compiled before it is read', async () => {
  const made = definitions(['pipeline'])
  let asked = 0
  const watched = {
    ...made,
    now: () => ({
      ...made.now(),
      compiled() {
        asked++
        return made.now().compiled()
      },
    }),
  }
  readerOf(watched)
  reader.expect(0)
  expect(asked).toBe(0)
  reader.expect(1)
  expect(asked).toBe(1)
  const { stories } = await reader.read(feed(1))
  await stories([])
  expect(asked).toBe(2)
})

test('a large feed or page is read by the thread, however few are expected', async () => {
  readerOf(definitions([]))
  const read = reader.read(feed(5000))
  expect(reader.busy).toBe(1)
  expect((await story(await read, 1)).draft.title).toBe('Pipeline 1 opened')
  const look = reader.look({ body: feed(5000).body, contentType: '', base: '' })
  expect(reader.busy).toBe(1)
  expect(await look).toMatchObject({ title: 'A feed', items: 5000 })
  const html = `<html><link rel="alternate" type="application/rss+xml" href="/feed">${' '.repeat(400_000)}</html>`
  const page = reader.page({
    body: new TextEncoder().encode(html),
    contentType: '',
    base: 'https://a.example/',
  })
  expect(reader.busy).toBe(1)
  expect(await page).toEqual([{ url: 'https://a.example/feed', title: '', how: 'named by the page' }])
})

test('of a feed only what is asked for is read, by portions', async () => {
  readerOf(definitions(['pipeline']))
  reader.expect(100)
  const read = await reader.read(feed(5))
  expect(read.keys.map(({ identity }) => identity)).toEqual(['id:g0', 'id:g1', 'id:g2', 'id:g3', 'id:g4'])
  expect([...(await read.stories([wanted(1), wanted(4)])).keys()]).toEqual([1, 4])
  expect((await story(read, 0)).draft.title).toBe('Pipeline 0 opened')
  read.close()
})

test('a story is read as one of the time when it was first fetched', async () => {
  readerOf(definitions(['fetched:2025-05-25']))
  for (const feeds of [1, 100]) {
    reader.expect(feeds)
    const read = await reader.read(feed(1))
    expect((await story(read, 0)).asOriginal.alerts).toEqual([1])
    const fetched = Date.UTC(2025, 4, 20)
    const [known] = (await read.stories([{ index: 0, source, fetched }])).values()
    expect(known?.asOriginal.alerts).toEqual([])
    read.close()
  }
})

test('an alert that comes while the thread reads, or after, matches', async () => {
  const made = definitions(['oil'])
  readerOf(made)
  reader.expect(100)
  const read = await reader.read(feed(3))
  made.add('pipeline')
  expect((await story(read, 0)).asOriginal.alerts).toEqual([2])
  const reading = story(read, 0)
  made.add('wells')
  expect((await reading).asOriginal.alerts.toSorted()).toEqual([2, 3])
  expect((await story(await reader.read(feed(3)), 2)).asOriginal.alerts.toSorted()).toEqual([2, 3])
})

test('the thread follows an alert that is disabled', async () => {
  const made = definitions(['pipeline', 'wells'])
  readerOf(made)
  reader.expect(100)
  const read = await reader.read(feed(1))
  expect((await story(read, 0)).asOriginal.alerts.toSorted()).toEqual([1, 2])
  made.disable(1)
  expect((await story(read, 0)).asOriginal.alerts).toEqual([2])
})

test('what is no feed fails by the same name; a thread that ends loses nothing', async () => {
  readerOf(definitions([]))
  reader.expect(100)
  const page = { ...feed(1), body: new TextEncoder().encode('<!doctype html><html><p>Hello') }
  const refused = { name: 'FeedError', code: 'html-page' }
  await expect(reader.read(page)).rejects.toMatchObject(refused)
  await expect(reader.look({ body: page.body, contentType: '', base: '' })).rejects.toMatchObject(refused)
  const begun = await reader.read(feed(2))
  const interrupted = reader.read(feed(2))
  await reader.close()
  for (const read of [begun, await interrupted])
    expect((await story(read, 1)).draft.title).toBe('Pipeline 1 opened')
})

/** A feed of more than two megabytes. */
const large = (title: string) => {
  const text = 'The ferry waits. '.repeat(150_000)
  const body = `<rss version="2.0"><channel><item><title>${title}</title><guid>${title}</guid><description>${text}</description></item></channel></rss>`
  return { ...feed(1), body: new Uint8Array(Buffer.from(body)) }
}

test('the body of a large feed is moved to the thread and back, one at a time, and freed when it is closed', async () => {
  readerOf(definitions([]))
  const works = ['a', 'b', 'c'].map(large)
  const reads = await Promise.all(works.map((work) => reader.read(work)))
  // Here it is gone, whether or not the thread has given it back.
  expect(works.map(({ body }) => body.length)).toEqual([0, 0, 0])
  expect(await Promise.all(reads.map(async (read) => (await story(read, 0)).draft.title))).toEqual([
    'a',
    'b',
    'c',
  ])
  for (const read of reads) read.close()
})

test('a large feed that was begun is read again where the thread ended meanwhile', async () => {
  readerOf(definitions([]))
  const begun = await reader.read(large('a'))
  await reader.close()
  expect((await story(begun, 0)).draft.title).toBe('a')
})

test('a feed that takes more memory than the thread has fails alone; those behind it are read by the next thread', async () => {
  readerOf(definitions(['pipeline']), 32)
  reader.expect(100)
  const bomb = () => ({
    ...feed(1),
    body: new TextEncoder().encode(
      `<rss version="2.0"><channel><title>x</title><item><title>a</title>${`<b>${'<a/>'.repeat(10_000)}</b>`.repeat(500)}</item></channel></rss>`,
    ),
  })
  const [first, second, third, fourth] = await Promise.allSettled([
    reader.read(bomb()),
    reader.read(feed(3)),
    reader.read(bomb()),
    reader.read(feed(2)),
  ])
  for (const outcome of [first, third])
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: {
        name: 'FeedError',
        code: 'too-large',
        message: expect.stringMatching(/takes more than 32 MB of memory/),
      },
    })
  for (const outcome of [second, fourth]) {
    if (outcome?.status !== 'fulfilled') throw new Error('not read')
    // The second was begun by the thread that the third ended.
    const one = await story(outcome.value, 1)
    expect(one.draft.title).toBe('Pipeline 1 opened')
    expect(one.asOriginal.alerts).toEqual([1])
  }
  // The thread that followed goes on.
  const reading = reader.read(feed(2))
  expect(reader.busy).toBe(1)
  expect((await story(await reading, 0)).draft.title).toBe('Pipeline 0 opened')
  expect(lines).toEqual([])
})

test('lines of an archive are read alike, here and in a thread, each under the source of its name', async () => {
  readerOf(definitions(['pipeline', 'source:"Second paper"']))
  const second = { ...source, id: 2, custom_title: 'Second paper' }
  const sourceOf = (name: string): SourceRecord => (name === 'second' ? second : source)
  const lines = [
    { line: 1, text: '{"text": "A pipeline was opened", "date": "2025-05-01"}', damaged: false },
    { line: 2, text: '{"text": "No date"}', damaged: false },
    { line: 3, error: 'The line is longer than 64 MiB.' },
    { line: 4, text: '{"text": "A bridge", "date": "2025-05-02", "source": "second"}', damaged: false },
  ]
  const work = { lines, at: Date.UTC(2025, 5, 1), timeZone: 'UTC', source: 'first' }
  const read = async () => {
    const read = await reader.readLines(work)
    const keys = read.keys.map((key) => ('error' in key ? key.line : key.source))
    const asked = read.keys.flatMap((key, index) =>
      'error' in key ? [] : [{ index, source: sourceOf(key.source), fetched: AT }],
    )
    return { all: read.keys, keys, stories: [...(await read.stories(asked))] }
  }
  const here = await read()
  reader.expect(100)
  const there = await read()
  expect(there).toEqual(here)
  expect(there.keys).toEqual(['first', 2, 3, 'second'])
  expect(there.stories.map(([index, { asOriginal }]) => [index, asOriginal.alerts])).toEqual([
    [0, [1]],
    [3, [2]],
  ])
})

test('texts of the archive are read in the thread as in place, and are no sign that stories come in', async () => {
  const reader = readerOf(definitions([]))
  const texts = [
    {
      title: 'Osk opens the harbour',
      summary: '',
      text: `${'Ferries sail again. '.repeat(200)}Never read.`,
      lang: 'en',
    },
    { title: '', summary: 'Оск открыл гавань. Паромы идут.', text: '', lang: undefined },
  ]
  const coming = reader.readTexts(texts)
  expect(reader.busy).toBe(0)
  expect(await coming).toEqual(texts.map((text) => createStoryReader(BRIDGES)(text)))
  // The concepts are sent once.
  expect(await reader.readTexts(texts.slice(0, 1))).toEqual([createStoryReader(BRIDGES)(texts[0] as never)])
  await reader.close()
  expect(await reader.readTexts(texts)).toBeNull()
})
