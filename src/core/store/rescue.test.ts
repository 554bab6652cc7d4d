import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { feedAnswer } from '../fixtures/answer.ts'
import { rssFeed } from '../fixtures/rss.ts'
import { openWirewatch, type Wirewatch } from '../wirewatch.ts'
import { rescue } from './rescue.ts'

// Each fills an archive and copies it.
vi.setConfig({ testTimeout: 60_000 })

const PAGE = 16384
const STORIES = 800

let folder: string
let file: string

const open = (): Wirewatch =>
  openWirewatch({
    dataDir: folder,
    timeZone: 'Europe/Berlin',
    now: () => Date.UTC(2025, 4, 9, 12),
    fetch: async ({ url }) => {
      const n = Number(/\d+$/.exec(url)?.[0])
      const items = Array.from({ length: STORIES / 4 }, (_, i) => ({
        id: `${n}-${i}`,
        title: `Quay ${n} ${i} of Saltmouth`,
        text: `Words of ${n} and ${i}: ${Array.from({ length: 60 }, (_, k) => `w${(i * 7919 + k * 104729 + n) % 99991}`).join(' ')}`,
        published: 'Thu, 08 May 2025 10:00:00 GMT',
      }))
      return feedAnswer(url, rssFeed(items, { title: `Paper ${n}` }))
    },
  })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-rescue-'))
  file = join(folder, 'wirewatch.sqlite')
  const wirewatch = open()
  for (let n = 0; n < 4; n++) await wirewatch.sources.add({ url: `https://paper.example/${n}` })
  wirewatch.alerts.save({ name: 'Quays', query: 'quay', enabled: true })
  await wirewatch.close()
}, 60_000)
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What the archive holds, and that all of it agrees. */
async function look(): Promise<{ stories: number; found: number; sources: number; alerts: number }> {
  const wirewatch = open()
  const found = wirewatch.stories.count({ query: 'saltmouth', exact: true }).stories
  const { stories, sources } = wirewatch.app.info()
  const alerts = wirewatch.alerts.list().length
  await wirewatch.close()
  const db = new Database(file)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  expect(db.prepare('SELECT sum(stories) FROM daily WHERE theme_id = 0').pluck().get()).toBe(stories)
  db.close()
  return { stories, found, sources, alerts }
}

const lostOf = ({ tables }: ReturnType<typeof rescue>) =>
  Object.fromEntries(tables.filter(({ lost }) => lost !== 0).map(({ name, lost }) => [name, lost]))

test('an archive that is whole is copied whole', async () => {
  const before = await look()
  const rescued = rescue(folder, 'UTC')
  expect(lostOf(rescued)).toEqual({})
  expect(await look()).toEqual(before)
  expect(before).toEqual({ stories: STORIES, found: STORIES, sources: 4, alerts: 1 })
  expect(existsSync(rescued.damaged)).toBe(true)
  expect(rescue(folder, 'UTC').damaged).toBe(`${rescued.damaged}-2`)
  expect(readdirSync(folder).filter((name) => name.startsWith('rescue-'))).toEqual([])
})

test('a damaged word index costs nothing: it is built anew', async () => {
  const db = new Database(file)
  db.unsafeMode().exec("UPDATE story_words_data SET block = x'ffffffffffffffff'")
  db.close()
  expect(() => open()).toThrow(/is damaged.*"wirewatch rescue"/)
  expect(lostOf(rescue(folder, 'UTC'))).toEqual({})
  expect(await look()).toEqual({ stories: STORIES, found: STORIES, sources: 4, alerts: 1 })
})

test('pages of nothing in the stories: all but what stood on them is kept, and the rest is counted', async () => {
  const db = new Database(file)
  const pages = db
    .prepare("SELECT pageno FROM dbstat WHERE name = 'story' AND pagetype = 'leaf' ORDER BY pageno")
    .pluck()
  let leaves: number[]
  try {
    leaves = pages.all() as number[]
  } catch {
    leaves = []
  }
  db.close()
  // Where SQLite cannot say which pages are the table's, some of the middle serve.
  const all = statSync(file).size / PAGE
  const hit =
    leaves.length > 8
      ? [leaves[2], leaves[5], leaves.at(-2)]
      : [0.3, 0.5, 0.7].map((at) => Math.floor(all * at))
  const handle = openSync(file, 'r+')
  for (const page of hit) writeSync(handle, Buffer.alloc(PAGE), 0, PAGE, ((page as number) - 1) * PAGE)
  closeSync(handle)
  const rescued = rescue(folder, 'UTC')
  const kept = rescued.tables.find(({ name }) => name === 'story')?.kept ?? 0
  const after = await look()
  expect(after).toEqual({ stories: kept, found: kept, sources: 4, alerts: 1 })
  expect(kept).toBeGreaterThan(STORIES / 2)
  const lost = lostOf(rescued).story
  if (lost !== undefined && lost !== null) expect(kept + lost).toBe(STORIES)
})

test('stories keep their events, and one whose event is lost has one of its own', async () => {
  let wirewatch = open()
  await wirewatch.eventsGathered()
  const eventOf = (id: number): number | undefined => wirewatch.stories.get({ id }).event?.id
  const [first, other] = [eventOf(1), eventOf(2)]
  if (first !== other) wirewatch.events.merge(first ?? 0, other ?? 0)
  const { event } = wirewatch.events.split(eventOf(1) ?? 0, [1])
  const kept = [1, 2, 3, 4].map(eventOf)
  await wirewatch.close()
  const db = new Database(file)
  const highest = Number(db.prepare('SELECT max(event) FROM story_event').pluck().get())
  db.exec(`DELETE FROM story_event WHERE docid = (SELECT docid FROM story WHERE id = 5);
    INSERT INTO story_event (docid, event, source_id) VALUES (77, ${event}, 1)`)
  db.close()
  rescue(folder, 'UTC')
  wirewatch = open()
  expect([1, 2, 3, 4].map(eventOf)).toEqual(kept)
  expect(eventOf(5)).toBe(highest + 1)
  // It was told of a story that is gone.
  expect((await wirewatch.events.get({ id: event })).all.stories).toBe(1)
  await wirewatch.close()
  expect((await look()).stories).toBe(STORIES)
})

test('damage that the database does not notice: told where it shows, and left behind by a rescue', async () => {
  const db = new Database(file)
  db.exec(`UPDATE concept SET forms = '["half a li' WHERE id = (SELECT min(id) FROM concept);
    UPDATE setting SET value = char(1) WHERE key = 'timeZone'`)
  db.close()
  let damaged: Wirewatch | undefined
  try {
    expect(() => {
      damaged = open()
      damaged.themes.concepts()
    }).toThrow(/is damaged.*"wirewatch rescue"/)
  } finally {
    await damaged?.close()
  }
  expect(lostOf(rescue(folder, 'Europe/Berlin'))).toEqual({ concept: 1 })
  expect((await look()).stories).toBe(STORIES)
})

test('a file that was cut keeps what is before the cut', async () => {
  truncateSync(file, Math.floor((statSync(file).size * 0.6) / PAGE) * PAGE)
  expect(() => open()).toThrow(/is damaged/)
  const rescued = rescue(folder, 'UTC')
  const { stories, found } = await look()
  expect(found).toBe(stories)
  expect(rescued.tables.find(({ name }) => name === 'story')?.kept).toBe(stories)
})

test.each([
  ['is gone', (header: Buffer) => header.fill(0)],
  ['names another size of pages', (header: Buffer) => header.fill(3, 16, 18)],
  ['is of a form that nobody writes', (header: Buffer) => header.fill(9, 18, 20)],
] as const)('an archive whose beginning %s is copied whole', async (_, damage) => {
  const before = await look()
  const header = readFileSync(file).subarray(0, 100)
  damage(header)
  const handle = openSync(file, 'r+')
  writeSync(handle, header)
  closeSync(handle)
  expect(() => open()).toThrow(/cannot be opened/)
  expect(lostOf(rescue(folder, 'UTC'))).toEqual({})
  expect(await look()).toEqual(before)
})

test('what nothing can be read of stays as it was, and is told', () => {
  writeFileSync(file, 'hello '.repeat(5000))
  const before = readFileSync(file)
  expect(() => rescue(folder, 'UTC')).toThrow(/Nothing can be read of the archive .*wirewatch\.sqlite/)
  expect(readFileSync(file).equals(before)).toBe(true)
  rmSync(file)
  expect(() => rescue(folder, 'UTC')).toThrow(/There is no archive at/)
  expect(readdirSync(folder).filter((name) => name.startsWith('rescue-'))).toEqual([])
})
