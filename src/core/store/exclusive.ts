import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'

/**
 * Locks a file for this process alone until the returned function is called or the process ends, however it ends;
 * undefined where another has it. SQLite's own file locks serve, since Node has none: an empty database held in an
 * exclusive transaction. Nothing is ever written to the file, and it stays in place: removing it would race.
 *
 * A process must never open the file any other way (on POSIX systems, closing any handle of it drops the lock).
 */
export function take(file: string): (() => void) | undefined {
  // A reader of `isTaken` holds a shared lock for an instant: wait it out.
  const db = new Database(file, { timeout: 500 })
  try {
    // Else a journal would stand beside it for nothing.
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return () => db.close()
}

/** Whether a process holds the file. Leaves no trace, also where the file does not exist. */
export function isTaken(file: string): boolean {
  if (!existsSync(file)) return false
  const db = new Database(file, { readonly: true, timeout: 0 })
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  } finally {
    db.close()
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
