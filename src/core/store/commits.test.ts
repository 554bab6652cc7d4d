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
