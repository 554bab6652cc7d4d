import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { feedAnswer } from '../fixtures/answer.ts'
import { rssFeed } from '../fixtures/rss.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'
import { countedIn, recountedIn, rowsIn } from '../store/fixtures/recount.ts'
import { openDatabase } from '../store/open.ts'
import { recount } from '../store/recount.ts'
import { openWirewatch, type Wirewatch } from '../wirewatch.ts'

const NOW = Date.UTC(2025, 5, 1)
const STORIES = 400
/** Every other story is on Taiwan in Arabic, with a hamza where the theme writes none, or a year in other digits. */
const body = rssFeed(
  Array.from({ length: STORIES }, (_, n) => ({
    id: `${n}`,
    title: n % 2 === 0 ? `أخبار إيران ${n} عام ٢٠٢٥` : `News ${n} of 2024`,
    published: Date.UTC(2025, 4, 1) + n * 600_000,
  })),
  { title: 'Feed', link: 'https://a.example/' },
)

let folder: string
let wirewatch: Wirewatch | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-reindex-'))
})
afterEach(async () => {
  await wirewatch?.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = (): Wirewatch =>
  openWirewatch({
    dataDir: folder,
    timeZone: 'UTC',
    now: () => NOW,
    fetch: async ({ url }) => feedAnswer(url, body),
  })

/** An archive of the earlier rule: its words with hamza and in their own digits, and no tag by them. */
async function archiveOfRule1(): Promise<void> {
  const engine = open()
  await engine.sources.add({ url: 'https://a.example/feed' })
  const { job } = engine.themes.save({ ...themeDraft(engine, 'taiwan'), query: 'ايران 2025', threshold: 0 })
  await engine.finished(job?.id ?? 0)
  await engine.close()
  const db = openDatabase(folder)
  db.transact(() => {
    for (const { docid, title } of db.prepare('SELECT docid, title FROM story').all() as Row[]) {
      db.prepare('DELETE FROM story_words WHERE rowid = ?').run(docid)
      db.prepare(
        "INSERT INTO story_words (rowid, title, summary, text, facets, spelling) VALUES (?, ?, '', '', '', '')",
      ).run(docid, title.toLowerCase())
    }
    db.exec("DELETE FROM tag; DELETE FROM setting WHERE key = 'wordsRule'")
    recount(db, 'UTC')
  })
  db.close()
}
interface Row {
  readonly docid: number
  readonly title: string
}

const TAIWAN = "SELECT count(*) FROM tag JOIN theme ON theme.id = theme_id WHERE key = 'taiwan'"
const tagged = (): unknown => rowsIn(folder, TAIWAN)[0]
const found = (engine: Wirewatch, query: string): number =>
  engine.stories.count({ query, exact: true }).stories

test('an archive of an earlier rule of words is indexed anew, says so meanwhile, and goes on where it was cut short', async () => {
  await archiveOfRule1()
  const engine = open()
  const [job] = engine.app.info().jobs
  expect(job).toMatchObject({ kind: 'reindex', state: 'running' })
  expect(engine.stories.list({ query: 'ايران', limit: 1 }).incomplete).toMatch(/indexed anew/)
  expect(engine.stories.count({ query: 'ايران' }).incomplete).toMatch(/indexed anew/)
  const draft = { ...themeDraft(engine, 'taiwan'), query: 'ايران' }
  expect((await engine.themes.preview(draft)).incomplete).toMatch(/indexed anew/)
  for await (const change of engine.changes())
    if (change.type === 'job' && change.job.id === job?.id && change.job.done > 0) break
  await engine.close()
  const before = (tagged() as number[])[0]
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(STORIES / 2)
  wirewatch = open()
  const [again] = wirewatch.app.info().jobs
  const end = await wirewatch.finished(again?.id ?? 0)
  expect(end).toMatchObject({ kind: 'reindex', state: 'done' })
  expect(end.done).toBeLessThan(STORIES)
  for (const query of ['ايران', 'إيران', 'ایران 2025', '٢٠٢٥', 'theme:taiwan'])
    expect(found(wirewatch, query), query).toBe(STORIES / 2)
  expect(found(wirewatch, '2024')).toBe(STORIES / 2)
  expect(wirewatch.stories.list({ query: 'ايران', limit: 1 }).incomplete).toBeUndefined()
  expect((await wirewatch.themes.preview(draft)).incomplete).toBeUndefined()
  expect(tagged()).toEqual([STORIES / 2])
  expect(countedIn(folder)).toEqual(recountedIn(folder))
  await wirewatch.close()
  wirewatch = open()
  expect(wirewatch.app.info().jobs).toEqual([])
})

test('a kill while it is indexed anew leaves no story half done, and the next run goes on from there', async () => {
  await archiveOfRule1()
  const killed = spawnSync(process.execPath, [join(import.meta.dirname, '../fixtures/reindex.ts'), folder], {
    encoding: 'utf8',
  })
  expect(killed.signal, killed.stderr).toBe('SIGKILL')
  const [done = 0] = tagged() as number[]
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(STORIES / 2)
  const indexed = `SELECT count(*) FROM story_words WHERE story_words MATCH '"ايران"'`
  expect(rowsIn(folder, indexed)).toEqual([[done]])
  expect(countedIn(folder)).toEqual(recountedIn(folder))
  wirewatch = open()
  const end = await wirewatch.finished(wirewatch.app.info().jobs[0]?.id ?? 0)
  expect(end).toMatchObject({ kind: 'reindex', state: 'done' })
  expect(end.done).toBeLessThan(STORIES)
  expect([tagged(), ...rowsIn(folder, indexed)]).toEqual([[STORIES / 2], [STORIES / 2]])
  expect(countedIn(folder)).toEqual(recountedIn(folder))
})

test('a story that is read otherwise gets its signature anew, by which copies are found', async () => {
  const wire = `${'أعلنت وزارة الطاقة في إيران عن اتفاق جديد لتصدير الغاز إلى الدول المجاورة خلال العام المقبل. '.repeat(4)}`
  let text = wire
  const paper = () =>
    openWirewatch({
      dataDir: folder,
      timeZone: 'UTC',
      now: () => NOW,
      fetch: async ({ url }) =>
        feedAnswer(url, rssFeed([{ id: url, title: url, text, published: NOW - 3_600_000 }], { link: url })),
    })
  const engine = paper()
  await engine.sources.add({ url: 'https://a.example/feed' })
  await engine.close()
  const db = openDatabase(folder)
  // As a rule made it that read other words.
  db.exec(
    "UPDATE story SET signature = zeroblob(80); DELETE FROM copy_band; DELETE FROM setting WHERE key = 'wordsRule'",
  )
  db.close()
  wirewatch = paper()
  await wirewatch.finished(wirewatch.app.info().jobs[0]?.id ?? 0)
  text = `${wire} `
  await wirewatch.sources.add({ url: 'https://b.example/feed' })
  expect(found(wirewatch, 'is:copy')).toBe(1)
})

test('a new archive is indexed once', async () => {
  wirewatch = open()
  await wirewatch.sources.add({ url: 'https://a.example/feed' })
  await wirewatch.close()
  wirewatch = open()
  expect(wirewatch.app.info().jobs).toEqual([])
})
