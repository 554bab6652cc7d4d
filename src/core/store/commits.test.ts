import { mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { createCommits } from './commits.ts'
import type { Connection } from './connection.ts'
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
  expect(commits.isBusy).toBe(true)
  commits.flush()
  expect(commits.isBusy).toBe(false)
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

test('a transaction holds as much as one turn of the event loop can commit: a piece that would make it more waits for the next', async () => {
  const db = openDatabase(':memory:')
  db.exec('CREATE TABLE kept (name TEXT PRIMARY KEY)')
  // However slow the machine is, no transaction ends for its age.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  const ended: number[] = []
  let weight = 0
  const commits = createCommits(db, {
    more: () => true,
    begin: () => {
      weight = 0
    },
    end: () => void ended.push(weight),
  })
  const insert = db.prepare('INSERT INTO kept VALUES (?)')
  const weights = [600, 300, 90, 90, 2500, 1, 40, 1000]
  const pieces = weights.map((one, name) =>
    commits.add(() => {
      weight += one
      insert.run(name)
    }, one),
  )
  await pieces.at(-2)
  expect(ended).toEqual([990, 90, 2500, 41])
  commits.flush()
  await Promise.all(pieces)
  expect(ended).toEqual([990, 90, 2500, 41, 1000])
  expect(db.prepare('SELECT count(*) FROM kept').pluck().get()).toBe(weights.length)
  clock.mockRestore()
  db.close()
})

/** An archive with a table, and another program's connection to it. */
async function lockable(
  use: (db: Connection, other: Database.Database, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-commits-'))
  const db = openDatabase(folder)
  const other = new Database(join(folder, 'wirewatch.sqlite'))
  try {
    db.exec('CREATE TABLE kept (name TEXT PRIMARY KEY)')
    db.pragma('busy_timeout = 0')
    await use(db, other, folder)
  } finally {
    other.close()
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

test('while another program has the archive locked, work waits, says why, and goes in afterwards', () =>
  lockable(async (db, other) => {
    const commits = createCommits(db)
    const insert = db.prepare('INSERT INTO kept VALUES (?)')
    const kept = db.prepare('SELECT name FROM kept ORDER BY name').pluck()
    const put = (name: string): Promise<unknown> => commits.add(() => insert.run(name), 1)
    other.exec('BEGIN IMMEDIATE')
    const both = [put('a'), put('b')]
    await vi.waitFor(() =>
      expect(commits.trouble()).toMatch(/Another program has the archive .* locked.*What was fetched waits/),
    )
    // It is read meanwhile, and a write of its own is refused with the same sentence.
    expect(kept.all()).toEqual([])
    expect(() => insert.run('c')).toThrow(/Another program has the archive .* locked/)
    other.exec('ROLLBACK')
    await Promise.all(both)
    expect([kept.all(), commits.trouble()]).toEqual([['a', 'b'], null])
  }))

test('what waits too long for another program fails with a sentence, and later work goes in', () =>
  lockable(async (db, other) => {
    const commits = createCommits(db, { patience: 150 })
    const insert = db.prepare('INSERT INTO kept VALUES (?)')
    const put = (name: string): Promise<unknown> => commits.add(() => insert.run(name), 1)
    other.exec('BEGIN IMMEDIATE')
    const locked = { status: 'rejected', reason: { name: 'StoreError', code: 'STORE', kind: 'locked' } }
    expect(await Promise.allSettled([put('a'), put('b')])).toMatchObject([locked, locked])
    const closing = put('c')
    commits.close()
    expect(await Promise.allSettled([closing, put('d')])).toMatchObject([locked, locked])
    other.exec('ROLLBACK')
    await put('e')
    expect(db.prepare('SELECT name FROM kept').pluck().all()).toEqual(['e'])
  }))

test('what is stored in a file that was deleted, moved or replaced is not reported as stored', () =>
  lockable(async (db, _, folder) => {
    const commits = createCommits(db)
    const insert = db.prepare('INSERT INTO kept VALUES (?)')
    const kept = db.prepare('SELECT name FROM kept').pluck()
    const file = join(folder, 'wirewatch.sqlite')
    await commits.add(() => insert.run('a'), 1)
    expect(db.trouble()).toBeNull()
    const gone = { name: 'StoreError', kind: 'gone', message: expect.stringContaining(file) }
    for (const [name, remove, restore] of [
      ['moved', () => renameSync(file, `${file}.away`), () => renameSync(`${file}.away`, file)],
      [
        'replaced',
        () => {
          renameSync(file, `${file}.away`)
          writeFileSync(file, '')
        },
        () => renameSync(`${file}.away`, file),
      ],
      [
        'its log moved',
        () => renameSync(`${file}-wal`, `${file}.w`),
        () => renameSync(`${file}.w`, `${file}-wal`),
      ],
      [
        'its folder moved',
        () => renameSync(folder, `${folder}.away`),
        () => renameSync(`${folder}.away`, folder),
      ],
    ] as const) {
      remove()
      expect(db.trouble(), name).toContain('was deleted, moved or replaced')
      await expect(
        commits.add(() => insert.run(name), 1),
        name,
      ).rejects.toMatchObject(gone)
      expect(() => insert.run(name), name).toThrow(expect.objectContaining(gone))
      expect(() => db.transact(() => insert.run(name)), name).toThrow(expect.objectContaining(gone))
      expect(() => db.exec(`INSERT INTO kept VALUES ('${name}')`), name).toThrow(
        expect.objectContaining(gone),
      )
      expect(kept.all(), name).toEqual(['a'])
      restore()
      expect(db.trouble(), name).toBeNull()
    }
    await commits.add(() => insert.run('b'), 1)
    // While a transaction is open.
    const open = commits.add(() => insert.run('c'), 1)
    await turn()
    expect(db.inTransaction).toBe(true)
    unlinkSync(file)
    await expect(open).rejects.toMatchObject(gone)
    expect(kept.all()).toEqual(['a', 'b'])
  }))
