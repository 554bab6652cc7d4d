import type { Database, Statement as PlainStatement, RunResult } from 'better-sqlite3'
import type { Checkpoints } from './checkpoints.ts'
import { storeError, storeFailure } from './failure.ts'
import { type Place, placeOf } from './place.ts'

/** A statement that reads. Its rows are what the database gives: whoever wrote the SQL knows their shape. */
export interface ReadStatement<P extends unknown[] = unknown[], R = unknown> {
  get(...params: P): R | undefined
  all(...params: P): R[]
  /**
   * The rows one by one. No cursor crosses a turn of the event loop: nobody can write while one is open. One that is still
   * open when the call that opened it has returned to the event loop is closed, and reading it further throws.
   */
  iterate(...params: P): IterableIterator<R>
  /** Each row is its first column alone. */
  pluck(): this
  /** Each row is an array of its columns. */
  raw(): this
}

/** A statement that may also write. */
export interface Statement<P extends unknown[] = unknown[], R = unknown> extends ReadStatement<P, R> {
  run(...params: P): RunResult
}

/** What those use who only read the archive. */
export interface ReadableDb {
  /** @throws Error where the statement would write */
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): ReadStatement<P, R>
}

/**
 * What those use who write as well. Where SQLite may look at a parameter's value to choose a plan (a limit, a comparison in a table
 * that has a partial index) it compiles the statement anew at each run, which takes ten times as long as a row by its key. In
 * statements that run for each story `+?` keeps it from looking; a plus changes no value.
 */
export interface WritableDb extends ReadableDb {
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): Statement<P, R>
  /** Runs SQL without parameters, several statements where there are several. */
  exec(sql: string): void
  /**
   * Runs work in one transaction: all of what it writes is kept, or, where it throws, nothing. Within another transaction it
   * is a part of that.
   */
  transact<T>(work: () => T): T
}

/** A transaction that is open from one turn of the event loop to the next. It ends by one of these. */
export interface HeldTransaction {
  commit(): void
  rollback(): void
}

/**
 * The one connection to an archive. Every statement goes through it, so that a transaction can stay open over several turns
 * of the event loop (commits.ts) and yet nobody reads it half done or writes into it: a statement that is no part of the held
 * transaction has it settled first.
 */
export interface Connection extends WritableDb {
  /** The same archive for those who only read. */
  readonly readable: ReadableDb
  /**
   * Opens a transaction that stays open.
   * @param settle called before a statement of anybody else runs; it must commit the transaction or roll it back
   * @throws Error where a transaction is open, or the database is locked
   */
  hold(settle: () => void): HeldTransaction
  /** Runs work whose statements are part of the held transaction; where none is held, just runs it. */
  include<T>(work: () => T): T
  readonly inTransaction: boolean
  /** What keeps anything from being stored at this moment, as a sentence; null where nothing does. */
  trouble(): string | null
  pragma(source: string, options?: { simple?: boolean }): unknown
  close(): void
}

/**
 * @param plain a database that nobody else uses
 * @param place where its file lies; what goes wrong with it is thrown as a StoreError
 * @param checkpoints of an archive that has a log
 */
export function connectionTo(
  plain: Database,
  place: Place = placeOf(':memory:'),
  checkpoints?: Checkpoints,
): Connection {
  const guard = new Guard(plain, place, checkpoints)
  const begin = plain.prepare('BEGIN IMMEDIATE')
  const commit = plain.prepare('COMMIT')
  const rollback = plain.prepare('ROLLBACK')
  const transaction = plain.transaction((work: () => unknown) => work())

  function prepare<P extends unknown[], R>(sql: string): GuardedStatement<P, R> {
    return guard.told(
      () => new GuardedStatement(plain.prepare(sql) as unknown as PlainStatement<P, R>, guard),
    )
  }

  return {
    readable: {
      prepare<P extends unknown[], R>(sql: string): ReadStatement<P, R> {
        const statement = prepare<P, R>(sql)
        if (!statement.isReadOnly)
          throw new Error(`This handle only reads, and the statement would write: ${sql}`)
        return statement
      },
    },
    prepare,
    exec(sql) {
      guard.pass()
      guard.told(() => {
        if (!plain.inTransaction) guard.mustBeThere()
        plain.exec(sql)
      })
      guard.written()
    },
    transact<T>(work: () => T): T {
      guard.pass()
      const isOutermost = !plain.inTransaction
      const done = guard.told(() =>
        transaction(() => {
          const result = work()
          // A commit into a file that nobody will find again is none.
          if (isOutermost) guard.mustBeThere()
          return result
        }),
      ) as T
      guard.written()
      return done
    },
    hold(settle) {
      guard.told(() => {
        guard.mustBeThere()
        begin.run()
      })
      guard.settle = settle
      return {
        commit() {
          guard.told(() => {
            guard.mustBeThere()
            commit.run()
          })
          guard.settle = null
          guard.written()
        },
        rollback() {
          guard.settle = null
          // What SQLite has rolled back itself (a full disk) is no transaction any more.
          if (plain.inTransaction) rollback.run()
        },
      }
    },
    include(work) {
      const { isIncluded } = guard
      guard.isIncluded = true
      try {
        return work()
      } finally {
        guard.isIncluded = isIncluded
      }
    },
    get inTransaction() {
      return plain.inTransaction
    },
    trouble: () => (place.isGone() ? storeError('gone', place.file).message : null),
    pragma(source, options) {
      guard.pass()
      return guard.told(() => plain.pragma(source, options))
    },
    close() {
      guard.pass()
      checkpoints?.close()
      plain.close()
    },
  }
}

/**
 * Has the held transaction settled before a statement runs that is no part of it, and knows what the errors of the database
 * mean for a person.
 */
class Guard {
  readonly #plain: Database
  readonly #place: Place
  readonly #checkpoints: Checkpoints | undefined

  constructor(plain: Database, place: Place, checkpoints: Checkpoints | undefined) {
    this.#plain = plain
    this.#place = place
    this.#checkpoints = checkpoints
  }

  /** Null where no transaction is held. */
  settle: (() => void) | null = null
  /** Statements that run now are part of the held transaction. */
  isIncluded = false

  pass(): void {
    if (this.settle !== null && !this.isIncluded) this.settle()
  }

  get inTransaction(): boolean {
    return this.#plain.inTransaction
  }

  /** Called after what may have been a commit. */
  written(): void {
    if (!this.#plain.inTransaction) this.#checkpoints?.committed()
  }

  /** @throws StoreError where what is written now would be lost */
  mustBeThere(): void {
    if (this.#place.isGone()) throw storeError('gone', this.#place.file)
  }

  /** Runs work on the database. @throws StoreError for what is wrong with its file */
  told<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw storeFailure(error, this.#place.file)
    }
  }
}

class GuardedStatement<P extends unknown[], R> implements Statement<P, R> {
  readonly #plain: PlainStatement<P, R>
  readonly #guard: Guard

  constructor(plain: PlainStatement<P, R>, guard: Guard) {
    this.#plain = plain
    this.#guard = guard
  }

  get isReadOnly(): boolean {
    return this.#plain.readonly
  }

  run(...params: P): RunResult {
    const guard = this.#guard
    guard.pass()
    const result = guard.told(() => {
      if (!guard.inTransaction) guard.mustBeThere()
      return this.#plain.run(...params)
    })
    guard.written()
    return result
  }

  get(...params: P): R | undefined {
    this.#guard.pass()
    return this.#guard.told(() => this.#plain.get(...params))
  }

  all(...params: P): R[] {
    this.#guard.pass()
    return this.#guard.told(() => this.#plain.all(...params))
  }

  iterate(...params: P): IterableIterator<R> {
    this.#guard.pass()
    return cursor(
      this.#guard.told(() => this.#plain.iterate(...params)),
      this.#guard,
    )
  }

  pluck(): this {
    this.#plain.pluck()
    return this
  }

  raw(): this {
    this.#plain.raw()
    return this
  }
}

/** Rows that can be read until the call that asked for them has returned to the event loop. */
function cursor<R>(rows: IterableIterator<R>, guard: Guard): IterableIterator<R> {
  let isOpen = true
  let isLate = false
  queueMicrotask(() => {
    if (!isOpen) return
    isOpen = false
    isLate = true
    rows.return?.()
  })
  return {
    next() {
      if (isLate)
        throw new Error('A cursor must be used up in the turn of the event loop that it was opened in.')
      const next = guard.told(() => rows.next())
      if (next.done === true) isOpen = false
      return next
    },
    return(value?: R) {
      isOpen = false
      rows.return?.()
      return { done: true, value }
    },
    [Symbol.iterator]() {
      return this
    },
  }
}
