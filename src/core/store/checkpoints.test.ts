import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { COPIED_FROM, createCheckpoints } from './checkpoints.ts'
import type { Connection } from './connection.ts'
import { ARCHIVE_FILE, LOG_SIZE, openDatabase } from './open.ts'

let folder: string
let file: string
let db: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-checkpoints-'))
  file = join(folder, ARCHIVE_FILE)
  db = openDatabase(folder)
  db.exec('CREATE TABLE filler (id INTEGER PRIMARY KEY, text TEXT)')
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const MB = 1_000_000
/** Commits so many megabytes, one at a time. */
function write(megabytes: number): void {
  const insert = db.prepare('INSERT INTO filler (text) VALUES (?)')
  for (let n = 0; n < megabytes; n++) insert.run('x'.repeat(MB))
}
const frames = (): { log: number; checkpointed: number } =>
  (db.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }])[0]
const isCopied = (): boolean => frames().log === frames().checkpointed
const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

test('a long log is copied into the archive by the thread, and then begins anew', async () => {
  write(30)
  expect(30 * MB).toBeGreaterThan(COPIED_FROM)
  expect(size(file), 'SQLite would copy it later').toBeLessThan(MB)
  await vi.waitUntil(isCopied, { timeout: 10_000 })
  expect(size(file)).toBeGreaterThan(30 * MB)
  write(1)
  expect(frames().log).toBeLessThan(100)
})

test('what is written while the thread copies stays within bounds, and is all there', async () => {
  let largest = 0
  for (let n = 0; n < 150; n++) {
    write(1)
    largest = Math.max(largest, size(`${file}-wal`))
    await new Promise((resolve) => setImmediate(resolve))
  }
  // Where the thread is slow SQLite copies what has grown beyond twice the size.
  expect(largest).toBeLessThan(4 * LOG_SIZE)
  await vi.waitUntil(() => frames().log * 16_384 < COPIED_FROM || isCopied(), { timeout: 10_000 })
  expect(db.prepare('SELECT count(*) AS rows, sum(length(text)) AS bytes FROM filler').get()).toEqual({
    rows: 150,
    bytes: 150 * MB,
  })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
})

test('an archive that is closed while the thread copies leaves no log behind', () => {
  write(30)
  db.close()
  expect(size(`${file}-wal`)).toBe(0)
  db = openDatabase(folder)
  expect(db.prepare('SELECT count(*) AS rows FROM filler').get()).toEqual({ rows: 30 })
})

test('another file in the place of the archive is not opened with its log', async () => {
  write(10)
  renameSync(file, join(folder, 'moved'))
  writeFileSync(file, 'another')
  expect(() => write(10)).toThrow(/deleted, moved or replaced/)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(size(file)).toBe(7)
  rmSync(file)
  renameSync(join(folder, 'moved'), file)
  write(10)
  await vi.waitUntil(isCopied, { timeout: 10_000 })
})

test('what was written is not told to have failed where the log cannot be copied', () => {
  let asked = 0
  const full = {
    inTransaction: false,
    pragma(what: string) {
      if (what === 'page_size') return 16_384
      asked++
      throw new Error('database or disk is full')
    },
  }
  const checkpoints = createCheckpoints(full as unknown as Database, { file, isGone: () => false })
  for (let n = 0; n < 3; n++) checkpoints.committed()
  expect(asked, 'asked again later').toBe(1)
  checkpoints.close()
})
