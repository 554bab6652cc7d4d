import type { WritableDb } from './connection.ts'

type Row = Readonly<Record<string, string | number | null>>

/** An alert that was removed, with all that went with it: what `putBack` brings back. */
export interface RemovedAlert {
  readonly id: number
  readonly name: string
  /** Rows by their table. */
  readonly rows: ReadonlyMap<string, readonly Row[]>
}

/** The tables whose rows go with an alert, each after those it refers to. Counts of hits follow from the hits. */
const NOTICES = 'notice_id IN (SELECT id FROM notice WHERE alert_id = ?)'
export const ALERT_TABLES: readonly (readonly [table: string, of: string])[] = [
  ['alert', 'id = ?'],
  ['alert_state', 'alert_id = ?'],
  ['alert_event', 'alert_id = ?'],
  ['hit', 'alert_id = ?'],
  ['notice', 'alert_id = ?'],
  ['notice_hit', NOTICES],
  ['channel', 'alert_id = ?'],
  ['outbox', NOTICES],
  ['delivery', NOTICES],
]

export interface AlertRemoval {
  /** Removes an alert with its hits, notices and channels. */
  take(id: number): RemovedAlert
  /** Puts it back as it was, but for hits on stories that are gone. Its id and its name must be free. */
  putBack(removed: RemovedAlert): void
}

export function alertRemoval(db: WritableDb): AlertRemoval {
  const read = ALERT_TABLES.map(
    ([table, of]) => [table, db.prepare<[number], Row>(`SELECT * FROM ${table} WHERE ${of}`)] as const,
  )
  const remove = db.prepare('DELETE FROM alert WHERE id = ?')
  const existing = db
    .prepare<[string], number>('SELECT id FROM story WHERE id IN (SELECT value FROM json_each(?))')
    .pluck()

  /** Those of some rows whose story is there; a notice outlives its story. */
  function withStories(table: string, rows: readonly Row[], there: ReadonlySet<unknown>): readonly Row[] {
    if (table === 'notice')
      return rows.map((row) => (there.has(row.story_id) ? row : { ...row, story_id: null }))
    return rows.filter(({ story_id: story }) => story === undefined || there.has(story))
  }

  return {
    take: (id) =>
      db.transact(() => {
        const rows = new Map(read.map(([table, statement]) => [table, statement.all(id)]))
        remove.run(id)
        return { id, name: String(rows.get('alert')?.[0]?.name), rows }
      }),
    putBack: ({ rows }) =>
      db.transact(() => {
        const stories = [...rows.values()].flatMap((some) =>
          some.flatMap(({ story_id: story }) => story ?? []),
        )
        const there = new Set<unknown>(existing.all(JSON.stringify([...new Set(stories)])))
        for (const [table] of ALERT_TABLES) {
          const some = withStories(table, rows.get(table) ?? [], there)
          const columns = Object.keys(some[0] ?? {})
          if (columns.length === 0) continue
          const insert = db.prepare(
            `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
          )
          for (const row of some) insert.run(row)
        }
      }),
  }
}
