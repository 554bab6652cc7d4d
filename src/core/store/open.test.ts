/** What stands in the place of an archive when it is opened, and what a person is told of it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StoreError, storeFailure, troubleOf } from './failure.ts'
import { LOG_SIZE, openDatabase } from './open.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-open-'))
  file = join(folder, 'wirewatch.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** An archive with something in it. */
function makeArchive(): void {
  const db = openDatabase(folder)
  const insert = db.prepare("INSERT INTO source (url, added) VALUES ('https://' || ? || '.example/', 0)")
  db.transact(() => {
    for (let n = 0; n < 2000; n++) insert.run(`s${n}`.padEnd(60, 'x'))
  })
  db.close()
}
const plain = (work: (db: Database.Database) => void): void => {
  const db = new Database(file)
  work(db)
  db.close()
}
const size = (): number => statSync(file).size

const THERE: Record<string, { put: () => void; says: RegExp }> = {
  'half an archive': {
    put: () => truncateSync(file, Math.floor(size() / 2 / 16384) * 16384),
    says: /is damaged/,
  },
  'a cut page': { put: () => truncateSync(file, Math.floor(size() * 0.7) + 77), says: /is damaged/ },
  'fifty bytes of it': { put: () => truncateSync(file, 50), says: /is damaged/ },
  'a text': { put: () => writeFileSync(file, 'hello '.repeat(1000)), says: /is damaged/ },
  'a folder': {
    put: () => {
      unlinkSync(file)
      mkdirSync(file)
    },
    says: /cannot be opened/,
  },
  'an archive of a newer Wirewatch': {
    put: () => plain((db) => db.pragma('user_version = 99')),
    says: /written by a newer Wirewatch/,
  },
  'a negative version': {
    put: () => plain((db) => db.pragma('user_version = -1')),
    says: /no archive of Wirewatch/,
  },
  'no version': { put: () => plain((db) => db.pragma('user_version = 0')), says: /no archive of Wirewatch/ },
  'a version that is not that of its tables': {
    put: () => plain((db) => db.pragma('user_version = 3')),
    says: /cannot be brought from version 3 to \d+/,
  },
  'another program’s database': {
    put: () => {
      unlinkSync(file)
      plain((db) => db.exec('CREATE TABLE story (x)'))
    },
    says: /no archive of Wirewatch/,
  },
  'another program’s database with our version': {
    put: () => {
      unlinkSync(file)
      plain((db) => db.exec('CREATE TABLE story (x); PRAGMA user_version = 6'))
    },
    says: /no archive of Wirewatch/,
  },
  'an archive without one of its tables': {
    put: () => plain((db) => db.exec('PRAGMA foreign_keys = OFF; DROP TABLE hit')),
    says: /no archive of Wirewatch/,
  },
  'an archive with a damaged word index': {
    put: () => plain((db) => db.unsafeMode().exec("UPDATE story_words_data SET block = x'ffffffffffffffff'")),
    says: /is damaged.*wirewatch rescue/,
  },
  'a log whose archive is gone': {
    put: () => {
      unlinkSync(file)
      writeFileSync(`${file}-wal`, 'x'.repeat(9000))
    },
    says: /is gone, but what was last written to it is still there/,
  },
  'a log whose archive is empty': {
    put: () => {
      truncateSync(file, 0)
      writeFileSync(`${file}-wal`, 'x'.repeat(9000))
    },
    says: /is empty, but what was last written to it is still there/,
  },
}

test.each(Object.entries(THERE))(
  '%s: one sentence that says where and what to do, and nothing is touched',
  (_, one) => {
    makeArchive()
    one.put()
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true
    const before = isFile ? readFileSync(file) : undefined
    let error: unknown
    try {
      openDatabase(folder).close()
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(StoreError)
    const { message } = error as StoreError
    expect(message).toMatch(one.says)
    expect(message).toContain(file)
    expect(message).toMatch(/put back|Update Wirewatch/i)
    expect(message).not.toMatch(/SQLITE|SqliteError|malformed|vtable|no such|undefined|Error:/)
    if (before !== undefined) expect(readFileSync(file).equals(before)).toBe(true)
  },
)

test('an empty file in the archive’s place is told, and a new archive begun in it', () => {
  writeFileSync(file, '')
  const notes: string[] = []
  openDatabase(folder, { note: (sentence) => notes.push(sentence) }).close()
  expect(notes).toEqual([expect.stringMatching(/was empty, and a new archive was begun/)])
  expect(notes[0]).toContain(file)
  // Neither a new folder nor an archive that is there has anything to tell.
  const none: string[] = []
  openDatabase(folder, { note: (sentence) => none.push(sentence) }).close()
  openDatabase(join(folder, 'new'), { note: (sentence) => none.push(sentence) }).close()
  expect(none).toEqual([])
})

test('an archive that another program has locked for itself is told as such', () => {
  makeArchive()
  const other = new Database(file)
  other.pragma('journal_mode = DELETE')
  other.exec('BEGIN EXCLUSIVE')
  try {
    expect(() => openDatabase(folder, { patience: 10 })).toThrow(
      /Another program has the archive .* locked, so nothing can be stored\. Close that program\.$/,
    )
  } finally {
    other.close()
  }
  openDatabase(folder).close()
})

test('an archive that could not even be begun leaves nothing in its place', () => {
  mkdirSync(`${file}-journal`)
  mkdirSync(`${file}-wal`)
  try {
    openDatabase(folder).close()
  } catch {
    expect(existsSync(file)).toBe(false)
  }
})

test('every error of a database that a person can do something about has a sentence of its own', () => {
  const errors: Record<string, string> = {
    SQLITE_FULL: 'The disk is full',
    SQLITE_CORRUPT: 'is damaged',
    SQLITE_CORRUPT_VTAB: 'is damaged',
    SQLITE_NOTADB: 'cannot be opened',
    SQLITE_IOERR_SHORT_READ: 'is damaged',
    SQLITE_BUSY: 'locked',
    SQLITE_BUSY_SNAPSHOT: 'locked',
    SQLITE_LOCKED: 'locked',
    SQLITE_READONLY_DBMOVED: 'deleted, moved or replaced',
    SQLITE_READONLY: 'cannot be written',
    SQLITE_READONLY_DIRECTORY: 'cannot be written',
    SQLITE_PERM: 'cannot be written',
    SQLITE_IOERR_WRITE: 'cannot be written',
    SQLITE_IOERR_FSYNC: 'cannot be written',
    SQLITE_CANTOPEN: 'cannot be opened',
    SQLITE_IOERR_READ: 'cannot be opened',
  }
  const sentences = Object.entries(errors).map(([code, part]) => {
    const error = storeFailure(
      new Database.SqliteError('database disk image', code),
      '/data/wirewatch.sqlite',
    )
    expect(error, code).toMatchObject({ name: 'StoreError', code: 'STORE' })
    expect((error as Error).message, code).toContain(part)
    expect((error as Error).message, code).toContain('/data/wirewatch.sqlite')
    return (error as Error).message
  })
  expect(new Set(sentences).size).toBe(7 - 1)
  // A constraint or wrong SQL is a fault of ours.
  for (const code of ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR', 'SQLITE_MISMATCH'])
    expect(troubleOf(new Database.SqliteError('no', code))).toBeUndefined()
  const fault = new TypeError('x is not a function')
  expect(storeFailure(fault, 'x')).toBe(fault)
})

test('the write-ahead log that a large transaction leaves is given back by the next', () => {
  const db = openDatabase(folder)
  const insert = db.prepare("INSERT INTO source (url, added) VALUES ('https://' || ? || '.example/', 0)")
  const logSize = (): number => statSync(`${file}-wal`).size
  db.transact(() => {
    for (let n = 0; n < 20; n++) insert.run(`s${n}`.padEnd(2_000_000, 'x'))
  })
  const large = logSize()
  expect(large).toBeGreaterThan(2 * LOG_SIZE)
  for (let n = 0; n < 2; n++) insert.run(`small${n}`)
  expect(logSize()).toBeLessThanOrEqual(LOG_SIZE)
  db.close()
})
