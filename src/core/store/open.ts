import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createCheckpoints } from './checkpoints.ts'
import { type Connection, connectionTo } from './connection.ts'
import { StoreError, storeError, storeFailure, troubleOf } from './failure.ts'
import { makeFolder } from './folder.ts'
import { migrations } from './migrations/index.ts'
import { placeOf } from './place.ts'

/** Where each word of the full-text index stands, a row a word, story and place: a view of this connection, nothing is stored. */
const PLACES = "CREATE VIRTUAL TABLE temp.story_place USING fts5vocab('main', 'story_words', 'instance')"

/** Milliseconds that opening waits for another program to let go of the file; once open, nobody is made to wait that long. */
const PATIENCE_MS = 5000

/** The same once it is open: the engine answers nobody while it waits. Work that comes in is tried again (commits.ts). */
const BUSY_MS = 50

export interface OpenOptions {
  /** Milliseconds that opening waits for another program. */
  readonly patience?: number
  /** Is given a sentence about what was found and is no reason not to open. */
  readonly note?: (sentence: string) => void
}

/**
 * Opens (and where needed creates or migrates) the database of a data folder.
 * @param dataDir an existing or new folder; ':memory:' for a database that leaves nothing behind
 * @throws StoreError when the file is no archive, is damaged or locked, or was written by a newer Wirewatch
 */
export function openDatabase(dataDir: string, options: OpenOptions = {}): Connection {
  if (dataDir === ':memory:') return openFile(dataDir, options)
  const file = join(dataDir, ARCHIVE_FILE)
  makeFolder(dataDir)
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if ((size ?? 0) === 0) {
    // SQLite would throw the log away: what it holds was committed.
    if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
      throw new StoreError(
        'gone',
        `The archive ${file} is ${size === 0 ? 'empty' : 'gone'}, but what was last written to it is still there (${file}-wal). Put back the file or a copy of it, or move the other one away to start anew.`,
      )
    if (size === 0)
      options.note?.(
        `The file ${file} was empty, and a new archive was begun in it. If there was an archive, it was lost before: close Wirewatch and put back a copy.`,
      )
  }
  try {
    return openFile(file, options)
  } catch (error) {
    // What could not even be begun (a full disk) is not left as an empty archive.
    if (size === undefined && statSync(file, { throwIfNoEntry: false })?.size === 0)
      for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true })
    throw error
  }
}

/** The file of the archive in its data folder. */
export const ARCHIVE_FILE = 'wirewatch.sqlite'

/** Bytes. */
export const PAGE_SIZE = 16384
/** Bytes of the write-ahead log that are kept on the disk once it begins anew. */
export const LOG_SIZE = 32_768_000

function openFile(file: string, { patience = PATIENCE_MS }: OpenOptions): Connection {
  let db: Database.Database | undefined
  try {
    db = new Database(file, { timeout: patience })
    // Before anything is changed: the file may be another program's.
    refuseForeign(db, file)
    // Takes effect where the file is new. Each page written is two calls of the system, and full text writes many in a row.
    db.pragma(`page_size = ${PAGE_SIZE}`)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    // Where the thread that copies the log (checkpoints.ts) does not keep up, or cannot be had.
    const pageSize = db.pragma('page_size', { simple: true }) as number
    db.pragma(`wal_autocheckpoint = ${Math.ceil((2 * LOG_SIZE) / pageSize)}`)
    // A log that one large transaction blew up gives the disk back at the next checkpoint.
    db.pragma(`journal_size_limit = ${LOG_SIZE}`)
    db.pragma('cache_size = -65536')
    db.pragma('mmap_size = 1073741824')
    db.pragma('temp_store = MEMORY')
    migrate(db, file)
    db.exec(PLACES)
    // The full-text table is opened by the first statement that names it, and refuses where it is damaged.
    db.prepare('SELECT rowid FROM story_words LIMIT 1').get()
    db.pragma(`busy_timeout = ${BUSY_MS}`)
    const place = placeOf(file)
    return connectionTo(db, place, file === ':memory:' ? undefined : createCheckpoints(db, place))
  } catch (error) {
    db?.close()
    throw error instanceof StoreError || troubleOf(error) !== undefined
      ? storeFailure(error, file)
      : storeError('unreadable', file, error)
  }
}

/** @throws StoreError where the database is not ours, or not all there */
function refuseForeign(db: Database.Database, file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number
  const tables = new Set(
    db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(),
  )
  const isNew = version === 0 && tables.size === 0
  if (!isNew && (version < 1 || OURS.some((table) => !tables.has(table)))) throw storeError('foreign', file)
}

/** Tables that an archive has in every version. */
const OURS = ['setting', 'source', 'story', 'story_words', 'theme', 'concept', 'alert', 'hit']

/** Brings a database to the newest version, one transaction a step. */
export function migrate(
  db: Database.Database,
  file = 'the archive',
  steps: readonly string[] = migrations,
): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > steps.length)
    throw new StoreError(
      'foreign',
      `${file} was written by a newer Wirewatch (version ${version}, this one knows ${steps.length}). Update Wirewatch, or choose another data folder.`,
    )
  for (let next = version; next < steps.length; next++) {
    try {
      db.transaction(() => {
        db.exec(steps[next] as string)
        db.pragma(`user_version = ${next + 1}`)
      })()
    } catch (error) {
      if (troubleOf(error) !== undefined) throw storeFailure(error, file)
      throw new StoreError(
        'foreign',
        `The archive ${file} cannot be brought from version ${next} to ${steps.length}: it does not have the form of its version. It is as it was. Put back a copy of it, or move it away to start anew.`,
        { cause: error },
      )
    }
  }
}
