import { expect, test } from 'vitest'
import { openStores } from '../stores.ts'
import { openDatabase } from './open.ts'

test.each([1, 8, 250])(
  'the log of a source keeps 200 lines, whatever the number of sources: %i',
  (number) => {
    const db = openDatabase(':memory:')
    const { sources } = openStores(db, 'UTC')
    const ids = Array.from({ length: number }, (_, n) => sources.add({ url: `https://a.example/${n}` }, 0).id)
    const outcome = { ms: 1, status: 304, bytes: 0, added: 0, updated: 0, skipped: 0, notes: [], error: null }
    db.transact(() => {
      for (let at = 1; at <= 230; at++) for (const id of ids) sources.record(id, { ...outcome, at })
    })
    for (const id of [ids[0], ids.at(-1)]) {
      const log = sources.log(id as number, 1000)
      expect(log.map(({ at }) => at)).toEqual(Array.from({ length: 200 }, (_, n) => 230 - n))
    }
    expect(db.prepare('SELECT count(*) FROM fetch_record').pluck().get()).toBe(200 * number)
    db.close()
  },
)
