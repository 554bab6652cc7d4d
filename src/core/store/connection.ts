import type { Database, Statement as PlainStatement, RunResult } from 'better-sqlite3'

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

/** What those use who write as well. */
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
  pragma(source: string, options?: { simple?: boolean }): unknown
  close(): void
}

/** @param plain a database that nobody else uses */
export function connectionTo(plain: Database): Connection {
  const guard = new Guard()
  const begin = plain.prepare('BEGIN IMMEDIATE')
  const commit = plain.prepare('COMMIT')
  const rollback = plain.prepare('ROLLBACK')
  const transaction = plain.transaction((work: () => unknown) => work())

  function prepare<P extends unknown[], R>(sql: string): GuardedStatement<P, R> {
    return new GuardedStatement(plain.prepare(sql) as unknown as PlainStatement<P, R>, guard)
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
      plain.exec(sql)
    },
    transact<T>(work: () => T): T {
      guard.pass()
      return transaction(work) as T
    },
    hold(settle) {
      begin.run()
      guard.settle = settle
      return {
        commit() {
          commit.run()
          guard.settle = null
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
    pragma(source, options) {
      guard.pass()
      return plain.pragma(source, options)
    },
    close() {
      guard.pass()
      plain.close()
    },
  }
}

/** Has the held transaction settled before a statement runs that is no part of it. */
class Guard {
  /** Null where no transaction is held. */
  settle: (() => void) | null = null
  /** Statements that run now are part of the held transaction. */
  isIncluded = false

  pass(): void {
    if (this.settle !== null && !this.isIncluded) this.settle()
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
    this.#guard.pass()
    return this.#plain.run(...params)
  }

  get(...params: P): R | undefined {
    this.#guard.pass()
    return this.#plain.get(...params)
  }

  all(...params: P): R[] {
    this.#guard.pass()
    return this.#plain.all(...params)
  }

  iterate(...params: P): IterableIterator<R> {
    this.#guard.pass()
    return cursor(this.#plain.iterate(...params))
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
function cursor<R>(rows: IterableIterator<R>): IterableIterator<R> {
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
      const next = rows.next()
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
