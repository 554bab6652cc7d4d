/** What goes wrong with the file of an archive, as plain sentences that say what to do. */
import { Problem } from '../problem.ts'

/** Why the archive cannot do what was asked. */
export type Trouble = 'full' | 'damaged' | 'locked' | 'gone' | 'unwritable' | 'unreadable' | 'foreign'

/** A database that cannot be used, with a sentence for the person. */
export class StoreError extends Problem {
  readonly kind: Trouble
  constructor(kind: Trouble, message: string, options?: { cause?: unknown }) {
    super('STORE', message, options)
    this.name = 'StoreError'
    this.kind = kind
  }
}

/** The sentence for a trouble. @param file where the archive lies; ':memory:' for one without a file */
export function storeError(kind: Trouble, file: string, cause?: unknown): StoreError {
  return new StoreError(kind, SENTENCES[kind](file === ':memory:' ? 'in memory' : file), { cause })
}

const SENTENCES: Readonly<Record<Trouble, (file: string) => string>> = {
  full: (file) =>
    `The disk is full: the archive ${file} cannot take in anything more. Nothing stored is lost. Make room on that disk; polling then goes on by itself.`,
  damaged: (file) =>
    `The archive ${file} is damaged. Close Wirewatch, then let "wirewatch rescue" copy what can still be read into a new archive (its search index is built anew), or put back a copy of the file. To start anew, move the file away.`,
  locked: (file) =>
    `Another program has the archive ${file} locked, so nothing can be stored. Close that program.`,
  gone: (file) =>
    `The archive ${file} was deleted, moved or replaced while Wirewatch had it open: nothing is stored any more. Put the file back in its place, or close Wirewatch and open it again, which starts with what is there then.`,
  unwritable: (file) =>
    `The archive ${file} cannot be written. See to it that you may write the file and its folder, and that its disk is there, not write-protected and not at a limit.`,
  unreadable: (file) =>
    `The archive ${file} cannot be opened: it is no database, or its beginning is damaged, or it may not be read. See to it that you may read and write it, and that its disk is there. Move the file away to start anew, or put back a copy of it.`,
  foreign: (file) =>
    `The file ${file} is no archive of Wirewatch, or one whose parts are missing. Choose another data folder, or move the file away to start anew, or put back a copy of the archive.`,
}

/** What a database's error means for the person; undefined for errors that are faults of ours (a constraint, wrong SQL). */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return undefined
  const code = 'code' in error ? String(error.code) : ''
  // The full-text table cannot be opened where its own tables are damaged; the code says nothing of it.
  if (/vtable constructor failed|malformed/.test(error.message)) return 'damaged'
  return TROUBLES.find(([codes]) => codes.test(code))?.[1]
}

const TROUBLES: readonly (readonly [RegExp, Trouble])[] = [
  [/^SQLITE_FULL/, 'full'],
  [/^SQLITE_(?:CORRUPT|FORMAT|IOERR_SHORT_READ|IOERR_DATA)/, 'damaged'],
  [/^SQLITE_(?:BUSY|LOCKED|PROTOCOL)/, 'locked'],
  [/^SQLITE_READONLY_DBMOVED/, 'gone'],
  [/^SQLITE_(?:READONLY|PERM|AUTH|IOERR_(?:WRITE|FSYNC|DIR_FSYNC|TRUNCATE|DELETE|SHM))/, 'unwritable'],
  [/^SQLITE_(?:NOTADB|CANTOPEN|IOERR|NOLFS)/, 'unreadable'],
]

/** True for what a trigger of the archive raises: its message was written for a person. */
export const isRaised = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_TRIGGER'

/** The error of a database as a sentence; anything else as it is. */
export function storeFailure(error: unknown, file: string): unknown {
  const kind = troubleOf(error)
  return kind === undefined ? error : storeError(kind, file, error)
}
