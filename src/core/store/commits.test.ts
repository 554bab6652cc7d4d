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
