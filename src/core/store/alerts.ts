import { Problem } from '../problem.ts'
import type { ReadStatement, WritableDb } from './connection.ts'

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

/** 0 new, 1 seen, 2 snoozed, 3 dismissed. */
export type HitState = 0 | 1 | 2 | 3
const HIT_STATES: readonly HitState[] = [0, 1, 2, 3]

export interface HitRecord {
  readonly alert_id: number
  readonly alert_name: string
  readonly story_id: number
  readonly at: number
  readonly state: HitState
}

export interface AlertStore {
  all(): AlertRecord[]
  /** @throws Problem NOT_FOUND */
  get(id: number): AlertRecord
  find(id: number): AlertRecord | undefined
  byName(name: string): AlertRecord | undefined
  /** @throws Problem CONFLICT where another alert has the name */
  save(alert: AlertValues, now: number): AlertRecord
  remove(id: number): void
  /** Alerts that are to be brought in line with the archive. */
  unrevised(): AlertRecord[]
  /** @param query '' where it is to be revised */
  setRevised(id: number, query: string): void
  counts(): Map<number, AlertCounts>
  /** Records alert × story, at most once ever. @param came how it came in, as JSON, until it is decided @returns whether it is new */
  hit(alertId: number, storyId: number, at: number, came: string): boolean
  /** Newest first. */
  hits(filter: {
    alert?: number | undefined
    unseen?: boolean | undefined
    limit: number
    cursor?: string | undefined
  }): {
    hits: HitRecord[]
    next: string | null
  }
  markSeen(filter: { alert?: number | undefined; stories?: readonly number[] | undefined }): void
  unread(): number
  /** Names of the alerts that hit a story. */
  named(storyId: number): string[]
}

export function alertStore(db: WritableDb): AlertStore {
  const all = db.prepare('SELECT * FROM alert ORDER BY name COLLATE NOCASE')
  const get = db.prepare('SELECT * FROM alert WHERE id = ?')
  const byName = db.prepare('SELECT * FROM alert WHERE name = ?')
  const insert = db.prepare(
    `INSERT INTO alert (name, query, enabled, created, settings, folder, colour, note, revised)
     VALUES (@name, @query, @enabled, @now, @settings, @folder, @colour, @note, @query)`,
  )
  const update = db.prepare(
    `UPDATE alert SET name = @name, query = @query, enabled = @enabled, settings = @settings, folder = @folder,
       colour = @colour, note = @note WHERE id = @id`,
  )
  const remove = db.prepare('DELETE FROM alert WHERE id = ?')
  const unrevised = db.prepare('SELECT * FROM alert WHERE revised <> query ORDER BY id')
  const setRevised = db.prepare('UPDATE alert SET revised = ? WHERE id = ?')
  const counts = db.prepare(
    `SELECT alert.id, count(hit.at) AS hits, count(hit.at) FILTER (WHERE hit.state = 0) AS unread, max(hit.at) AS lastHit
     FROM alert LEFT JOIN hit ON hit.alert_id = alert.id GROUP BY alert.id`,
  )
  const hit = db.prepare('INSERT OR IGNORE INTO hit (alert_id, story_id, at, decision) VALUES (?, ?, ?, ?)')
  // Each in the order of an index, or over no more than there are unseen: an alert may have ten hits among a million.
  const before = '(hit.at, hit.story_id, hit.alert_id) < (@at, @story, @after)'
  const newest = 'ORDER BY at DESC, story_id DESC, alert_id DESC LIMIT @limit'
  const ofAlert = (state: HitState): string =>
    `SELECT * FROM (SELECT * FROM hit INDEXED BY hit_alert WHERE alert_id = @alert AND state = ${state} AND ${before} ${newest})`
  const list = (from: string): ReadStatement =>
    db.prepare(
      `SELECT alert_id, alert.name AS alert_name, story_id, at, state FROM (${from}) JOIN alert ON alert.id = alert_id ${newest}`,
    )
  const hits = {
    ofAll: list(`SELECT * FROM hit INDEXED BY hit_at WHERE ${before} ${newest}`),
    unseenOfAll: list(
      `SELECT hit.* FROM alert AS every CROSS JOIN hit INDEXED BY hit_alert ON hit.alert_id = every.id AND hit.state = 0 WHERE ${before}`,
    ),
    ofOne: list(HIT_STATES.map(ofAlert).join(' UNION ALL ')),
    unseenOfOne: list(ofAlert(0)),
  }
  const everyAlert = 'alert_id IN (SELECT id FROM alert)'
  const someStories = 'story_id IN (SELECT value FROM json_each(@stories))'
  const seen = {
    all: db.prepare(`UPDATE hit SET state = 1 WHERE state = 0 AND ${everyAlert}`),
    ofAlert: db.prepare('UPDATE hit SET state = 1 WHERE state = 0 AND alert_id = @alert'),
    onStories: db.prepare(`UPDATE hit SET state = 1 WHERE +state = 0 AND ${someStories}`),
    ofAlertOnStories: db.prepare(
      `UPDATE hit SET state = 1 WHERE +state = 0 AND +alert_id = @alert AND ${someStories}`,
    ),
  }
  const named = db
    .prepare('SELECT alert.name FROM hit JOIN alert ON alert.id = hit.alert_id WHERE hit.story_id = ?')
    .pluck()
  const unread = db
    .prepare(`SELECT count(*) FROM hit INDEXED BY hit_alert WHERE state = 0 AND ${everyAlert}`)
    .pluck()

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
      const holder = store.byName(values.name)
      if (holder !== undefined && holder.id !== id)
        throw new Problem('CONFLICT', `There is an alert “${holder.name}” already: choose another name.`)
      const row = { ...values, enabled: values.enabled ? 1 : 0 }
      if (id === undefined) return store.get(Number(insert.run({ ...row, now }).lastInsertRowid))
      store.get(id)
      update.run({ ...row, id })
      return store.get(id)
    },
    remove: (id) => {
      remove.run(id)
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
    hit: (alertId, storyId, at, came) => hit.run(alertId, storyId, at, came).changes === 1,
    hits({ alert, unseen, limit, cursor }) {
      const [at, story, after] = cursor === undefined ? START : cursor.split('-').map(Number)
      const [any, fresh] =
        alert === undefined ? [hits.ofAll, hits.unseenOfAll] : [hits.ofOne, hits.unseenOfOne]
      const statement = unseen === true ? fresh : any
      const from = { at: at ?? 0, story: story ?? 0, after: after ?? 0, limit: limit + 1 }
      const rows = statement.all(alert === undefined ? from : { ...from, alert }) as HitRecord[]
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        hits: page,
        next:
          rows.length > limit && last !== undefined ? `${last.at}-${last.story_id}-${last.alert_id}` : null,
      }
    },
    markSeen({ alert, stories }) {
      const on = stories === undefined ? undefined : JSON.stringify(stories)
      if (on === undefined) alert === undefined ? seen.all.run() : seen.ofAlert.run({ alert })
      else if (alert === undefined) seen.onStories.run({ stories: on })
      else seen.ofAlertOnStories.run({ alert, stories: on })
    },
    unread: () => unread.get() as number,
    named: (storyId) => named.all(storyId) as string[],
  }
  return store
}

const START = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
