import { Problem } from '../problem.ts'
import type { WritableDb } from './connection.ts'
import type { HitState } from './hits.ts'
import { alertRemoval, type RemovedAlert } from './removedAlert.ts'

export interface AlertRecord {
  readonly id: number
  readonly name: string
  readonly query: string
  readonly enabled: 0 | 1
  readonly created: number
  /** How it decides, as JSON (alerts/settings.ts). */
  readonly settings: string
  /** '' for none. */
  readonly folder: string
  readonly colour: number | null
  readonly note: string
  /** The query that its hits and its history are in line with (alerts/revising.ts); '' where that is not known. */
  readonly revised: string
}

/** What a person writes of an alert. */
export interface AlertValues {
  readonly id?: number | undefined
  readonly name: string
  readonly query: string
  readonly enabled: boolean
  readonly settings: string
  readonly folder: string
  readonly colour: number | null
  readonly note: string
}

export interface AlertCounts {
  readonly hits: number
  readonly unread: number
  readonly lastHit: number | null
}

export interface AlertStore {
  all(): AlertRecord[]
  /** @throws Problem NOT_FOUND */
  get(id: number): AlertRecord
  find(id: number): AlertRecord | undefined
  byName(name: string): AlertRecord | undefined
  /** @throws Problem CONFLICT where another alert has the name */
  save(alert: AlertValues, now: number): AlertRecord
  /** With its hits, notices and channels. No other alert gets its id while the archive is open. */
  remove(id: number): RemovedAlert
  /** @throws Problem CONFLICT where another alert has its name now */
  restore(removed: RemovedAlert): void
  /** Alerts that are to be brought in line with the archive. */
  unrevised(): AlertRecord[]
  /** @param query '' where it is to be revised */
  setRevised(id: number, query: string): void
  counts(): Map<number, AlertCounts>
  /** Switches alerts on or off, or moves them to a folder; what is left out stays. */
  arrange(
    ids: readonly number[],
    change: { enabled?: boolean | undefined; folder?: string | undefined },
  ): void
  /** Names of the alerts that hit a story. */
  named(storyId: number): string[]
}

export function alertStore(db: WritableDb): AlertStore {
  const all = db.prepare('SELECT * FROM alert ORDER BY name COLLATE NOCASE')
  const get = db.prepare('SELECT * FROM alert WHERE id = ?')
  const byName = db.prepare('SELECT * FROM alert WHERE name = ?')
  const insert = db.prepare(
    `INSERT INTO alert (id, name, query, enabled, created, settings, folder, colour, note, revised)
     VALUES ((SELECT max(@removed, ifnull(max(id), 0)) + 1 FROM alert), @name, @query, @enabled, @now, @settings, @folder, @colour,
       @note, @query)`,
  )
  const update = db.prepare(
    `UPDATE alert SET name = @name, query = @query, enabled = @enabled, settings = @settings, folder = @folder,
       colour = @colour, note = @note WHERE id = @id`,
  )
  const removal = alertRemoval(db)
  /** The highest id of an alert that was removed. */
  let removed = 0
  const unrevised = db.prepare('SELECT * FROM alert WHERE revised <> query ORDER BY id')
  const setRevised = db.prepare('UPDATE alert SET revised = ? WHERE id = ?')
  const arrange = db.prepare(
    `UPDATE alert SET enabled = coalesce(@enabled, enabled), folder = coalesce(@folder, folder)
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  )
  const lastIn = (state: HitState): string =>
    `SELECT max(at) AS at FROM hit INDEXED BY hit_alert WHERE alert_id = alert.id AND state = ${state}`
  const counts = db.prepare(
    `SELECT alert.id, ifnull(sum(hits), 0) AS hits, ifnull(sum(hits) FILTER (WHERE state = 0), 0) AS unread,
       (SELECT max(at) FROM (${HIT_STATES.map(lastIn).join(' UNION ALL ')})) AS lastHit
     FROM alert LEFT JOIN hit_total ON hit_total.alert_id = alert.id GROUP BY alert.id`,
  )
  const named = db
    .prepare('SELECT alert.name FROM hit JOIN alert ON alert.id = hit.alert_id WHERE hit.story_id = ?')
    .pluck()

  function mustBeFree(name: string, id: number | undefined): void {
    const holder = store.byName(name)
    if (holder !== undefined && holder.id !== id)
      throw new Problem('CONFLICT', `There is an alert “${holder.name}” already: choose another name.`)
  }

  const store: AlertStore = {
    all: () => all.all() as AlertRecord[],
    get(id) {
      const row = store.find(id)
      if (row === undefined) throw new Problem('NOT_FOUND', 'This alert is no longer there.')
      return row
    },
    find: (id) => get.get(id) as AlertRecord | undefined,
    byName: (name) => byName.get(name) as AlertRecord | undefined,
    save({ id, ...values }, now) {
      mustBeFree(values.name, id)
      const row = { ...values, enabled: values.enabled ? 1 : 0 }
      if (id === undefined) return store.get(Number(insert.run({ ...row, now, removed }).lastInsertRowid))
      store.get(id)
      update.run({ ...row, id })
      return store.get(id)
    },
    remove(id) {
      removed = Math.max(removed, id)
      return removal.take(id)
    },
    restore(alert) {
      mustBeFree(alert.name, alert.id)
      removal.putBack(alert)
    },
    unrevised: () => unrevised.all() as AlertRecord[],
    setRevised(id, query) {
      setRevised.run(query, id)
    },
    counts: () =>
      new Map(
        (counts.all() as (AlertCounts & { id: number })[]).map(({ id, hits, unread, lastHit }) => [
          id,
          { hits, unread, lastHit },
        ]),
      ),
    arrange(ids, { enabled, folder }) {
      arrange.run({
        ids: JSON.stringify(ids),
        enabled: enabled === undefined ? null : Number(enabled),
        folder: folder ?? null,
      })
    },
    named: (storyId) => named.all(storyId) as string[],
  }
  return store
}

const HIT_STATES: readonly HitState[] = [0, 1, 2, 3]
