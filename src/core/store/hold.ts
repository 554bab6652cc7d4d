import type { Database, Statement } from 'better-sqlite3'

/**
 * A transaction that stays open from one turn of the event loop to the next, so that what comes in bit by bit is written in
 * one go. Nobody sees or joins it half done: any statement from elsewhere has it settled first.
 */
export interface Hold {
  /** Begins the transaction. `settle` is called when another is about to use the database: it must end with `commit` or `rollback`. */
  begin(settle: () => void): void
  /** Runs what belongs to the transaction; where none is open, just runs it. */
  within<T>(work: () => T): T
  commit(): void
  rollback(): void
  readonly open: boolean
}

const holds = new WeakMap<Database, Hold>()

/** The hold of a database that was opened by `openDatabase`. */
export function holdOf(db: Database): Hold {
  const hold = holds.get(db)
  if (hold === undefined) throw new Error('This database was not opened by openDatabase.')
  return hold
}

/** Watches all uses of a database; to be called before the first statement is prepared. */
export function watch(db: Database): void {
  let settle: (() => void) | undefined
  let depth = 0
  const gate = (): void => {
    if (settle !== undefined && depth === 0) settle()
  }
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')

  for (const method of ['exec', 'pragma', 'close'] as const) gated(db, method, gate)
  const prepare = db.prepare.bind(db) as (sql: string) => Statement
  db.prepare = ((sql: string) => {
    const statement = prepare(sql)
    for (const method of ['run', 'get', 'all', 'iterate'] as const) gated(statement, method, gate)
    return statement
  }) as typeof db.prepare
  const transaction = db.transaction.bind(db) as (
    work: (...of: unknown[]) => unknown,
  ) => (...of: unknown[]) => unknown
  db.transaction = ((work: (...of: unknown[]) => unknown) => {
    const run = transaction(work)
    return (...of: unknown[]) => {
      gate()
      return run(...of)
    }
  }) as unknown as typeof db.transaction

  const hold: Hold = {
    begin(onUse) {
      begin.run()
      settle = onUse
    },
    within(work) {
      depth++
      try {
        return work()
      } finally {
        depth--
      }
    },
    commit() {
      commit.run()
      settle = undefined
    },
    rollback() {
      settle = undefined
      // What SQLite has rolled back itself (a full disk) is no transaction any more.
      if (db.inTransaction) rollback.run()
    },
    get open() {
      return settle !== undefined
    },
  }
  holds.set(db, hold)
}

type Method<K extends string> = { [key in K]: (...of: never[]) => unknown }

/** Has `gate` called before a method of an object. */
function gated<K extends string>(object: Method<K>, method: K, gate: () => void): void {
  const plain = object[method] as (...of: unknown[]) => unknown
  object[method] = function (this: unknown, ...of: unknown[]): unknown {
    gate()
    return plain.apply(object, of)
  } as Method<K>[K]
}
