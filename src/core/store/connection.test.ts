import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from './connection.ts'
import { openDatabase } from './open.ts'

let db: Connection
beforeEach(() => {
  db = openDatabase(':memory:')
  db.exec("CREATE TABLE kept (name TEXT PRIMARY KEY); INSERT INTO kept VALUES ('there')")
})
afterEach(() => db.close())

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Every way to use a connection; each comes with the statement prepared before the transaction is held. */
const USES: Record<string, (db: Connection) => () => unknown> = {
  run: (db) => {
    const insert = db.prepare("INSERT INTO kept VALUES ('more')")
    return () => insert.run()
  },
  get: (db) => {
    const one = db.prepare('SELECT name FROM kept')
    return () => one.get()
  },
  all: (db) => {
    const names = db.prepare('SELECT name FROM kept')
    return () => names.all()
  },
  iterate: (db) => {
    const names = db.prepare('SELECT name FROM kept')
    return () => [...names.iterate()]
  },
  'a pluck or a raw': (db) => {
    const names = db.prepare('SELECT name FROM kept').raw().pluck()
    return () => names.get()
  },
  'the reading handle': (db) => {
    const names = db.readable.prepare('SELECT name FROM kept')
    return () => [...names.iterate()]
  },
  exec: (db) => () => db.exec("INSERT INTO kept VALUES ('more')"),
  pragma: (db) => () => db.pragma('user_version'),
  transact: (db) => () => db.transact(() => undefined),
}

test.each(Object.entries(USES))(
  'a held transaction is settled before anybody else uses the connection: %s',
  (_, prepare) => {
    const use = prepare(db)
    const insert = db.prepare('INSERT INTO kept VALUES (?)')
    const settled: string[] = []
    const hold = (name: string): void => {
      const held = db.hold(() => {
        held.commit()
        settled.push(name)
      })
      db.include(() => insert.run(name))
    }
    hold('a')
    expect(db.inTransaction).toBe(true)
    use()
    expect([settled, db.inTransaction]).toEqual([['a'], false])
    db.exec("DELETE FROM kept WHERE name = 'more'")
    // What is part of it leaves it open, also after work within it that throws.
    hold('b')
    expect(() =>
      db.include(() => {
        throw new Error('no')
      }),
    ).toThrow('no')
    db.include(use)
    expect([settled, db.inTransaction]).toEqual([['a'], true])
    db.exec("DELETE FROM kept WHERE name = 'more'")
    expect([settled, db.inTransaction]).toEqual([['a', 'b'], false])
  },
)

test('a reading handle refuses what would write', () => {
  const refused = 'This handle only reads'
  expect(() => db.readable.prepare("INSERT INTO kept VALUES ('b')")).toThrow(refused)
  expect(() => db.readable.prepare('DELETE FROM kept RETURNING name')).toThrow(refused)
  expect(() => db.readable.prepare('PRAGMA user_version = 7')).toThrow(refused)
  expect(db.readable.prepare('SELECT name FROM kept').pluck().all()).toEqual(['there'])
})

test('a cursor does not cross a turn of the event loop: one left open is closed, and nobody waits for it', async () => {
  db.exec("INSERT INTO kept VALUES ('too'), ('three')")
  const names = db.prepare<[], string>('SELECT name FROM kept ORDER BY rowid').pluck()
  const insert = db.prepare('INSERT INTO kept VALUES (?)')
  // While a cursor is open nobody can write.
  const left = names.iterate()
  expect(left.next().value).toBe('there')
  expect(() => insert.run('four')).toThrow('busy')
  await turn()
  insert.run('four')
  expect(() => left.next()).toThrow('in the turn of the event loop that it was opened in')
  // One that is used up, or left early, within its turn stands in nobody's way.
  expect([...names.iterate()]).toEqual(['there', 'too', 'three', 'four'])
  for (const name of names.iterate()) if (name === 'too') break
  insert.run('five')
  await turn()
  expect(names.all()).toHaveLength(5)
})
