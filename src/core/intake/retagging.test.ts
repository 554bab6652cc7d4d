import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ThemeDraft } from '../../api/contract/themes.ts'
import { feedAnswer } from '../fixtures/answer.ts'
import { rssFeed } from '../fixtures/rss.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'
import { countedIn, recountedIn, rowsIn } from '../store/fixtures/recount.ts'
import { openWirewatch, type Wirewatch } from '../wirewatch.ts'

const STORIES = 1500
const NOW = Date.UTC(2025, 5, 1)
/** Every third story is on a walrus; none is on Taiwan. */
const body = rssFeed(
  Array.from({ length: STORIES }, (_, n) => ({
    id: `${n}`,
    title: `Story ${n}: ${n % 3 === 0 ? 'walrus' : 'heron'} seen`,
    published: Date.UTC(2025, 4, 1) + n * 600_000,
  })),
  { title: 'Feed', link: 'https://a.example/' },
)

let folder: string
let wirewatch: Wirewatch | undefined
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-retag-'))
  wirewatch = open()
  await wirewatch.sources.add({ url: 'https://a.example/feed' })
})
afterEach(async () => {
  await wirewatch?.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(): Wirewatch {
  return openWirewatch({
    dataDir: folder,
    timeZone: 'UTC',
    now: () => NOW,
    fetch: async ({ url }) => feedAnswer(url, body),
  })
}

const rows = (sql: string): unknown[] => rowsIn(folder, sql)

const TAIWAN = "(SELECT id FROM theme WHERE key = 'taiwan')"
const tagged = (): unknown => (rows(`SELECT count(*) FROM tag WHERE theme_id = ${TAIWAN}`)[0] as unknown[])[0]
const stale = (): unknown[] => rows("SELECT key FROM theme WHERE stale = 1 AND kind = 'theme'").flat()

/** Rejects the newest walrus, and puts the newest heron into the theme by hand. */
function correct(engine: Wirewatch): { walrus: number; heron: number } {
  const newest = (query: string): number => engine.stories.list({ query, limit: 1 }).rows[0]?.id ?? 0
  const stories = { walrus: newest('walrus'), heron: newest('heron') }
  engine.stories.correct(stories.walrus, 'taiwan', -1)
  engine.stories.correct(stories.heron, 'taiwan', 1)
  return stories
}

/** The engine, opened again, takes up the run of `theme:taiwan` on walruses and ends it. */
async function expectTakenUp(corrected: { walrus: number; heron: number }): Promise<void> {
  expect(stale()).toEqual(['taiwan'])
  const before = tagged()
  expect(before).toBeGreaterThan(1)
  expect(before).toBeLessThan(STORIES / 3)
  wirewatch = open()
  const { jobs } = wirewatch.app.info()
  expect(jobs.map(({ kind }) => kind)).toEqual(['retag'])
  for (const { id } of jobs)
    expect(await wirewatch.finished(id)).toMatchObject({ state: 'done', done: STORIES })
  expect(stale()).toEqual([])
  expect(rows(`SELECT story_id, by_person FROM tag WHERE theme_id = ${TAIWAN} ORDER BY story_id`)).toEqual(
    rows(`SELECT id, id = ${corrected.heron} FROM story
         WHERE (title LIKE '%walrus%' AND id != ${corrected.walrus}) OR id = ${corrected.heron} ORDER BY id`),
  )
  expect(countedIn(folder)).toEqual(recountedIn(folder))
}

const draft = (engine: Wirewatch, query: string): ThemeDraft => ({
  ...themeDraft(engine, 'taiwan'),
  query,
  threshold: 0,
})

const edit = (engine: Wirewatch, query: string): number =>
  engine.themes.save(draft(engine, query)).job?.id ?? 0

/** Until a job has got somewhere. */
async function underWay(engine: Wirewatch, id: number): Promise<void> {
  for await (const change of engine.changes())
    if (change.type === 'job' && change.job.id === id && change.job.done > 0) return
}

test('a re-tag that the engine’s closing cut short is taken up at the next opening', async () => {
  const engine = wirewatch as Wirewatch
  const corrected = correct(engine)
  await underWay(engine, edit(engine, 'walrus'))
  await engine.close()
  await expectTakenUp(corrected)
})

test('a re-tag that a kill cut short is taken up at the next opening', async () => {
  const engine = wirewatch as Wirewatch
  const corrected = correct(engine)
  await engine.close()
  wirewatch = undefined
  const script = join(import.meta.dirname, '..', 'fixtures', 'retag.ts')
  const child = spawn(process.execPath, [script, folder, 'walrus'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const signal = await new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)))
  expect(signal).toBe('SIGKILL')
  await expectTakenUp(corrected)
})

test('an edit while a re-tag runs ends it; the new run leaves the tags of the last query', async () => {
  const engine = wirewatch as Wirewatch
  const first = edit(engine, 'walrus')
  await underWay(engine, first)
  const second = edit(engine, 'heron "story 1"')
  expect(await engine.finished(first)).toMatchObject({ state: 'cancelled' })
  expect(await engine.finished(second)).toMatchObject({ state: 'done' })
  expect(engine.stories.list({ query: 'theme:taiwan', limit: 5 }).rows.map(({ title }) => title)).toEqual([
    'Story 1: heron seen',
  ])
  expect(stale()).toEqual([])
})

test('a re-tag that was cancelled leaves its theme to the next one', async () => {
  const engine = wirewatch as Wirewatch
  const id = edit(engine, 'walrus')
  await underWay(engine, id)
  engine.app.cancelJob(id)
  expect(await engine.finished(id)).toMatchObject({ state: 'cancelled' })
  expect(stale()).toEqual(['taiwan'])
  const { job } = engine.themes.save({ ...themeDraft(engine, 'tariffs'), query: 'heron' })
  expect(job?.title).toBe('Re-tagging 2 themes')
  await engine.finished(job?.id ?? 0)
  expect([tagged(), stale()]).toEqual([STORIES / 3, []])
})

test('a preview shows exactly what the re-tag then changes, and how the query does on the corrections', async () => {
  const engine = wirewatch as Wirewatch
  await engine.finished(edit(engine, 'walrus'))
  const corrected = correct(engine)
  const of = (): number[] =>
    rows(`SELECT story_id FROM tag WHERE theme_id = ${TAIWAN} ORDER BY docid DESC`).flat() as number[]
  const before = of()
  const preview = await engine.themes.preview(draft(engine, 'heron OR "story 3"'), { thorough: true })
  const herons = (2 * STORIES) / 3
  // The first look ends after half a second: a slow machine has then seen the newest stories alone, and it says so.
  const first = await engine.themes.preview(draft(engine, 'heron OR "story 3"'))
  expect(first.whole).toBe(first.examined === STORIES)
  expect(first).toEqual(first.whole ? preview : expect.objectContaining({ newest: preview.newest }))
  await expect(
    engine.themes.preview(draft(engine, 'heron'), { thorough: true, signal: AbortSignal.abort() }),
  ).rejects.toThrow('aborted')
  expect(preview).toMatchObject({
    examined: STORIES,
    whole: true,
    matches: herons + 1,
    addedCount: herons - 1,
    removedCount: STORIES / 3 - 2,
    examples: { right: 2, wrong: 0, precision: 1, recall: 1 },
  })
  expect(preview.perDay.reduce((sum, { stories }) => sum + stories, 0)).toBe(preview.matches)
  await engine.finished(edit(engine, 'heron OR "story 3"'))
  const after = of()
  const added = after.filter((id) => !before.includes(id))
  const removed = before.filter((id) => !after.includes(id))
  expect([added.length, removed.length]).toEqual([preview.addedCount, preview.removedCount])
  expect(preview.added.map(({ id }) => id)).toEqual(added.slice(0, 30))
  expect(preview.removed.map(({ id }) => id)).toEqual(removed.slice(0, 30))
  expect(after).toContain(corrected.heron)
  expect(preview.newest[0]?.evidence).toEqual([{ field: 'title', start: 12, end: 17 }])
})
