import { type BigIntStats, statSync } from 'node:fs'

/** Where the file of an open archive lies. */
export interface Place {
  readonly file: string
  /** True if another file, or none, stands in its place: what is written now is lost when the archive is closed. */
  isGone(): boolean
}

/** @param file of a database that is open and has been read, so that its write-ahead log is there; or ':memory:' */
export function placeOf(file: string): Place {
  if (file === ':memory:') return { file, isGone: () => false }
  const files = [file, `${file}-wal`].map((path) => ({ path, was: identityOf(path) }))
  return { file, isGone: () => files.some(({ path, was }) => was !== undefined && identityOf(path) !== was) }
}

/** What tells a file from every other; undefined where there is none. */
function identityOf(path: string): string | undefined {
  let found: BigIntStats | undefined
  try {
    found = statSync(path, { bigint: true, throwIfNoEntry: false })
  } catch {
    // Its folder cannot be read: the file cannot be reached by its name either.
  }
  return found === undefined ? undefined : `${found.dev} ${found.ino}`
}
