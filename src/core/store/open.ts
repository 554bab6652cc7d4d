import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Connection, connectionTo } from './connection.ts'
import { migrations } from './migrations/index.ts'

/** A database that cannot be used, with a sentence for the person. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

/** Where each word of the full-text index stands, a row a word, story and place: a view of this connection, nothing is stored. */
const PLACES = "CREATE VIRTUAL TABLE temp.story_place USING fts5vocab('main', 'story_words', 'instance')"

/**
 * Opens (and where needed creates or migrates) the database of a data folder.
 * @param dataDir an existing or new folder; ':memory:' for a database that leaves nothing behind
 * @throws StoreError when the file is no database, is damaged, or was written by a newer Wirewatch
 */
export function openDatabase(dataDir: string): Connection {
  const file = dataDir === ':memory:' ? dataDir : join(dataDir, 'wirewatch.sqlite')
  if (dataDir !== ':memory:') mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  let db: Database.Database
  try {
    db = new Database(file)
    // Takes effect where the file is new. Each page written is two calls of the system, and full text writes many in a row.
    db.pragma('page_size = 16384')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('busy_timeout = 5000')
    // Checkpoints sync the disk: rather one of 32 MB than eight of 4.
    const pageSize = db.pragma('page_size', { simple: true }) as number
    db.pragma(`wal_autocheckpoint = ${Math.ceil(32_768_000 / pageSize)}`)
    db.pragma('cache_size = -65536')
    db.pragma('mmap_size = 1073741824')
    db.pragma('temp_store = MEMORY')
  } catch (error) {
    throw new StoreError(
      `The archive ${file} cannot be opened (${error instanceof Error ? error.message : error}). ` +
        'Move the file away to start anew, or put back a copy of it.',
    )
  }
  migrate(db, file)
  db.exec(PLACES)
  return connectionTo(db)
}

/** Brings a database to the newest version, one transaction a step. */
export function migrate(
  db: Database.Database,
  file = 'the archive',
  steps: readonly string[] = migrations,
): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > steps.length)
    throw new StoreError(
      `${file} was written by a newer Wirewatch (version ${version}, this one knows ${steps.length}). Update Wirewatch, or choose another data folder.`,
    )
  for (let next = version; next < steps.length; next++) {
    db.transaction(() => {
      db.exec(steps[next] as string)
      db.pragma(`user_version = ${next + 1}`)
    })()
  }
}
