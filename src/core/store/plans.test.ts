import { expect, test } from 'vitest'
import { alertStore } from './alerts.ts'
import { countStore } from './counts.ts'
import { openDatabase } from './open.ts'
import { sourceStore } from './sources.ts'
import { storyStore } from './stories.ts'
import { tagStore } from './tags.ts'

/** Tables that grow with the archive: a query of a page must not read through one of them. */
const GROWING =
  /SCAN (story|tag|story_version|story_html|story_state|copy_band|hit|daily|fetch_record)\b(?! USING (COVERING )?INDEX)/

test('no query behind the dashboard, a list or ingest reads through a table that grows', () => {
  const db = openDatabase(':memory:')
  const asked: string[] = []
  const prepare = db.prepare.bind(db)
  db.prepare = ((sql: string) => {
    asked.push(sql)
    return prepare(sql)
  }) as typeof db.prepare
  countStore(db, 'UTC')
  storyStore(db)
  tagStore(db)
  sourceStore(db)
  alertStore(db)
  expect(asked.length).toBeGreaterThan(60)
  const slow = asked.flatMap((sql) => {
    const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map((m) => [m[1], null]))
    const positional = (sql.match(/\?/g) ?? []).map(() => null)
    const statement = prepare(`EXPLAIN QUERY PLAN ${sql}`)
    const plan = (positional.length > 0 ? statement.all(...positional) : statement.all(named)) as {
      detail: string
    }[]
    return plan.filter(({ detail }) => GROWING.test(detail)).map(({ detail }) => `${detail}: ${sql}`)
  })
  expect(slow).toEqual([])
  db.close()
})
