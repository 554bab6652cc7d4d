import type { ReadableDb } from './connection.ts'

/** Counts the rows that this connection has written, changed or deleted since it was opened. */
export function rowsWritten(db: ReadableDb): () => number {
  const changes = db.prepare('SELECT total_changes()').pluck()
  return () => changes.get() as number
}
