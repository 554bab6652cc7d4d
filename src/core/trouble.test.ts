/** The archive's file is taken away, locked or full while Wirewatch runs: nothing is pretended, and everybody is answered. */
import { mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { feedAnswer } from './fixtures/answer.ts'
import { rssFeed } from './fixtures/rss.ts'
import { openWirewatch, type Wirewatch } from './wirewatch.ts'

let folder: string
let file: string
let wirewatch: Wirewatch
let log: string[]
let round: number

const open = (): Wirewatch =>
  openWirewatch({
    dataDir: folder,
    log: (line) => log.push(line),
    fetch: async ({ url }) =>
      feedAnswer(
        url,
        rssFeed([{ id: `${round}`, title: `Story ${round}`, text: 'Quay' }], { title: 'Paper' }),
      ),
  })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-trouble-'))
  file = join(folder, 'wirewatch.sqlite')
  log = []
  round = 1
  wirewatch = open()
  await wirewatch.sources.add({ url: 'https://paper.example/feed' })
})
afterEach(async () => {
  await wirewatch.close()
  rmSync(folder, { recursive: true, force: true })
})

const stories = (): number => wirewatch.stories.count({ query: '', exact: true }).stories
const refresh = () => wirewatch.finished(wirewatch.sources.refresh().id)

test.each([
  ['deleted', () => unlinkSync(file)],
  [
    'deleted with its log',
    () => {
      for (const end of ['', '-wal', '-shm']) unlinkSync(file + end)
    },
  ],
  [
    'replaced by an empty one',
    () => {
      unlinkSync(file)
      writeFileSync(file, '')
    },
  ],
  ['gone with its folder', () => rmSync(folder, { recursive: true })],
])(
  'the archive is %s: a refresh fails with the reason, so does a person’s change, and reading goes on',
  async (_, take) => {
    expect(wirewatch.app.info().trouble).toBeNull()
    take()
    round++
    const gone = /The archive .*wirewatch\.sqlite was deleted, moved or replaced/
    expect(wirewatch.app.info().trouble).toMatch(gone)
    expect(await refresh()).toMatchObject({ state: 'failed', message: expect.stringMatching(gone) })
    expect(() => wirewatch.alerts.save({ name: 'Quay', query: 'quay', enabled: true })).toThrow(gone)
    expect(() => wirewatch.app.markVisit()).toThrow(gone)
    expect(stories()).toBe(1)
    expect(log.join('\n')).toMatch(gone)
    expect(log.join('\n')).not.toMatch(/SqliteError| {4}at /)
  },
)

test('the archive is put back in its place: storing goes on', async () => {
  renameSync(file, `${file}.away`)
  round++
  expect((await refresh()).state).toBe('failed')
  renameSync(`${file}.away`, file)
  expect(wirewatch.app.info().trouble).toBeNull()
  expect((await refresh()).state).toBe('done')
  expect(stories()).toBe(2)
})

test('another program has the archive locked: what comes in waits, and all others are answered meanwhile', async () => {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  const locked = /Another program has the archive .*wirewatch\.sqlite locked/
  try {
    round++
    const refreshing = refresh()
    await vi.waitFor(() => expect(wirewatch.app.info().trouble).toMatch(locked))
    expect(stories()).toBe(1)
    expect(wirewatch.sources.list()[0]?.state).toBe('fetching')
    expect(() => wirewatch.alerts.save({ name: 'Quay', query: 'quay', enabled: true })).toThrow(locked)
    other.exec('ROLLBACK')
    expect(await refreshing).toMatchObject({ state: 'done', message: '1 new' })
    expect([stories(), wirewatch.app.info().trouble]).toEqual([2, null])
  } finally {
    other.close()
  }
})

test('it closes although another program has the archive locked', async () => {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  try {
    round++
    const refreshing = refresh()
    await vi.waitFor(() => expect(wirewatch.app.info().trouble).not.toBeNull())
    await wirewatch.close()
    expect((await refreshing).state).not.toBe('done')
  } finally {
    other.exec('ROLLBACK')
    other.close()
  }
  wirewatch = open()
  expect(stories()).toBe(1)
})

test('an empty file in the archive’s place is told to whoever looks', async () => {
  await wirewatch.close()
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  writeFileSync(file, '')
  wirewatch = open()
  const empty = /wirewatch\.sqlite was empty, and a new archive was begun in it/
  expect(wirewatch.app.info().trouble).toMatch(empty)
  expect(log.join('\n')).toMatch(empty)
})
