import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createCommits } from './commits.ts'
import { openDatabase } from './open.ts'

test('what waits together commits together, and what fails is undone alone', async () => {
  const db = openDatabase(':memory:')
  db.exec('CREATE TABLE kept (name TEXT PRIMARY KEY)')
  const commits = createCommits(db)
  const insert = db.prepare('INSERT INTO kept VALUES (?)')
  const put = (...names: string[]): Promise<number> =>
    commits.add(() => {
      for (const name of names) insert.run(name)
      return names.length
    }, 1)
  const answers = Promise.allSettled([put('a', 'b'), put('c', 'a', 'd'), put('e')])
  const held = () => db.prepare('SELECT name FROM kept ORDER BY name').pluck().all()
  expect(held()).toEqual([])
  commits.flush()
  expect(held()).toEqual(['a', 'b', 'e'])
  const [first, second, third] = await answers
  expect(first).toEqual({ status: 'fulfilled', value: 2 })
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } })
  expect(third).toEqual({ status: 'fulfilled', value: 1 })
  db.close()
})

test('what is gathered over a transaction is of its pieces alone, also where they are done again', async () => {
  const db = openDatabase(':memory:')
  db.exec('CREATE TABLE sum (pieces INTEGER)')
  let gathered = 0
  const commits = createCommits(db, {
    begin: () => {
      gathered = 0
    },
    end: () => db.prepare('INSERT INTO sum VALUES (?)').run(gathered),
  })
  const piece = (fails: boolean): Promise<void> =>
    commits.add(() => {
      gathered++
      if (fails) throw new Error('no')
    }, 1)
  const sums = () => db.prepare('SELECT pieces FROM sum').pluck().all()
  const good = [piece(false), piece(false)]
  commits.flush()
  await Promise.all(good)
  expect(sums()).toEqual([2])
  const mixed = Promise.allSettled([piece(false), piece(true), piece(false)])
  commits.flush()
  await mixed
  expect(sums()).toEqual([2, 1, 1])
  db.close()
})

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('a transaction stays open until another uses the database, who reads all of it and whose writes are not rolled back with it', async () => {
  const db = openDatabase(':memory:')
  db.exec('CREATE TABLE kept (name TEXT PRIMARY KEY); CREATE TABLE ended (pieces INTEGER)')
  let pieces = 0
  let more = true
  const commits = createCommits(db, {
    more: () => more,
    begin: () => {
      pieces = 0
    },
    end: () => db.prepare('INSERT INTO ended VALUES (?)').run(pieces),
  })
  const insert = db.prepare('INSERT INTO kept VALUES (?)')
  const names = db.prepare('SELECT name FROM kept ORDER BY name').pluck()
  const ended = db.prepare('SELECT pieces FROM ended').pluck()
  const settled: string[] = []
  const put = (name: string): Promise<void> =>
    commits
      .add(() => {
        pieces++
        insert.run(name)
      }, 1)
      .then(
        () => void settled.push(name),
        () => void settled.push(`not ${name}`),
      )

  put('a')
  await turn()
  put('b')
  await turn()
  // Reading for the work to come leaves it open.
  expect(commits.read(() => names.all())).toEqual(['a', 'b'])
  expect(db.inTransaction).toBe(true)
  expect(settled).toEqual([])
  // Another reads: all is there, also what is written at the end of a transaction.
  expect(ended.all()).toEqual([2])
  expect(db.inTransaction).toBe(false)
  await turn()
  expect(settled).toEqual(['a', 'b'])

  put('c')
  await turn()
  expect(db.inTransaction).toBe(true)
  // Another writes, within a transaction of its own and without one; then a piece fails.
  db.transact(() => insert.run('mine'))
  put('d')
  await turn()
  insert.run('mine too')
  put('e')
  put('a')
  await turn()
  await turn()
  expect(settled).toEqual(['a', 'b', 'c', 'd', 'e', 'not a'])
  expect(names.all()).toEqual(['a', 'b', 'c', 'd', 'e', 'mine', 'mine too'])
  expect(ended.all()).toEqual([2, 1, 1, 1])

  // With nothing more on the way it ends by itself; closing has it ended first.
  more = false
  await put('f')
  expect(settled.at(-1)).toBe('f')
  more = true
  put('g')
  await turn()
  expect(db.inTransaction).toBe(true)
  db.close()
  await turn()
  expect(settled.at(-1)).toBe('g')
})

test('where the database cannot be written, each piece fails with its error, and later ones go in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-commits-'))
  const db = openDatabase(folder)
  const other = new Database(join(folder, 'wirewatch.sqlite'))
  try {
    db.exec('CREATE TABLE kept (name TEXT PRIMARY KEY)')
    db.pragma('busy_timeout = 0')
    const commits = createCommits(db)
    const insert = db.prepare('INSERT INTO kept VALUES (?)')
    const put = (name: string): Promise<unknown> => commits.add(() => insert.run(name), 1)
    other.exec('BEGIN IMMEDIATE')
    const refused = await Promise.allSettled([put('a'), put('b')])
    expect(refused).toMatchObject([
      { status: 'rejected', reason: { code: 'SQLITE_BUSY' } },
      { status: 'rejected', reason: { code: 'SQLITE_BUSY' } },
    ])
    other.exec('ROLLBACK')
    await put('c')
    expect(db.prepare('SELECT name FROM kept').pluck().all()).toEqual(['c'])
  } finally {
    other.close()
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
