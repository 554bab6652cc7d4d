import type { WritableDb } from './connection.ts'
import type { HitState } from './hits.ts'

/** A hit of which nothing was decided yet, with what its decision needs of the story. */
export interface UndecidedHit {
  readonly alertId: number
  readonly story: number
  /** Epoch ms of its arrival. */
  readonly at: number
  /** What is known of how it came in, as JSON. */
  readonly came: string
  readonly published: number
  readonly source: number
  readonly state: HitState
}

/** What alerts have decided, and what their next decisions hang on. States, marks and decisions are JSON of alerts/decide. */
export interface DecisionStore {
  /** The hits of a story that wait for their decision. */
  undecided(story: number): UndecidedHit[]
  /** When the first hit came that waits for its decision, epoch ms; null where none waits. */
  undecidedFrom(): number | null
  /** Stories with hits that wait for their decision, but for those that came from one moment to another. */
  undecidedBut(from: number, to: number): number[]
  /** What was decided of the hits of a story. */
  decided(
    story: number,
  ): { readonly alertId: number; readonly outcome: string; readonly key: string | null }[]
  /** Stories that an alert hits, in the order of their ids, after one. */
  hitStories(alert: number, after: number, limit: number): number[]
  /** Docids of the stories that an alert hits and that came from a moment on, epoch ms. */
  hitDocids(alert: number, from: number): number[]
  /** Whether the alert's query, as it is now, matches a hit. */
  setFits(alert: number, story: number, fits: boolean): void
  decide(alert: number, story: number, decision: string, state: HitState, until: number | null): void
  /** Changes some members of a decision. Where it is told, or was seen, its state stays as it is. */
  redecide(alert: number, story: number, change: string): void
  decisionOf(alert: number, story: number): string | undefined
  /** The stories that a change of events moved, as far as they are of this event. */
  moved(change: number, event: number): number[]
  /** The hits of an alert on these stories that are decided. */
  decidedHits(
    alert: number,
    stories: readonly number[],
  ): { readonly story: number; readonly isTold: boolean }[]
  /** The id of the notice of an alert by its key. */
  noticeOf(alert: number, key: string): number | undefined
  state(alert: number): string | undefined
  /** @param due epoch ms of when the clock alone makes a decision due; null: never */
  setState(alert: number, state: string, due: number | null): void
  /** Alerts that are on and due by a moment. */
  due(now: number): number[]
  /** Alerts that are on, wait for the clock, and have decided for a later moment than this. */
  ahead(now: number): number[]
  /** When the next alert that is on, or the next snoozed hit, is due. */
  nextDue(): number | null
  mark(alert: number, event: number): string | undefined
  setMark(alert: number, event: number, mark: string): void
  removeMark(alert: number, event: number): void
  /** The alerts that have a mark on an event. */
  marking(event: number): number[]
  /** Hits whose snooze is over are new again. @returns how many */
  wake(now: number): number
  /** The snoozed hits of an alert on an event are new again. */
  wakeHits(alert: number, event: number): void
}

export function decisionStore(db: WritableDb): DecisionStore {
  const hit = 'alert_id = @alert AND story_id = @story'
  const undecided = db.prepare<[number], UndecidedHit>(
    `SELECT hit.alert_id AS alertId, story.id AS story, hit.at, hit.decision AS came, story.published, story.source_id AS source,
       hit.state
     FROM hit JOIN story ON story.id = hit.story_id
     WHERE hit.story_id = +? AND hit.decision <> '' AND hit.decision ->> 'outcome' IS NULL ORDER BY hit.alert_id`,
  )
  const waits = "hit INDEXED BY hit_undecided WHERE decision <> '' AND decision ->> 'outcome' IS NULL"
  const undecidedFrom = db.prepare<[], number | null>(`SELECT min(at) FROM ${waits}`).pluck()
  const undecidedBut = db
    .prepare<[number, number], number>(
      `SELECT DISTINCT story_id FROM ${waits} AND (at < ? OR at > ?) ORDER BY story_id`,
    )
    .pluck()
  const decided = db.prepare<[number], { alertId: number; outcome: string; key: string | null }>(
    `SELECT alert_id AS alertId, decision ->> 'outcome' AS outcome, decision ->> 'key' AS key FROM hit
     WHERE story_id = +? AND decision <> '' AND decision ->> 'outcome' IS NOT NULL ORDER BY alert_id`,
  )
  const hitStories = db
    .prepare<[number, number, number], number>(
      'SELECT story_id FROM hit WHERE alert_id = ? AND story_id > ? ORDER BY story_id LIMIT ?',
    )
    .pluck()
  const hitDocids = db
    .prepare<[number, number], number>(
      'SELECT docid FROM hit JOIN story ON story.id = hit.story_id WHERE hit.alert_id = ? AND hit.at >= ?',
    )
    .pluck()
  const setFits = db.prepare(`UPDATE hit SET fits = @fits WHERE ${hit} AND fits <> @fits`)
  const decide = db.prepare(
    `UPDATE hit SET decision = @decision, state = max(state, @state), until = @until WHERE ${hit}`,
  )
  const redecide = db.prepare(
    `UPDATE hit SET decision = json_patch(decision, @change) WHERE ${hit} AND decision <> ''`,
  )
  const decisionOf = db
    .prepare<[number, number], string>('SELECT decision FROM hit WHERE alert_id = ? AND story_id = ?')
    .pluck()
  const moved = db
    .prepare<[number, number], number>(
      `SELECT story_id FROM event_move CROSS JOIN story ON story.id = story_id
       CROSS JOIN story_event ON story_event.docid = story.docid WHERE change = ? AND event = ? ORDER BY story_id`,
    )
    .pluck()
  const decidedHits = db.prepare<[object], { story: number; outcome: string }>(
    `SELECT story_id AS story, decision ->> 'outcome' AS outcome
     FROM json_each(@stories) AS wanted CROSS JOIN hit ON alert_id = @alert AND story_id = wanted.value
     WHERE decision <> '' AND decision ->> 'outcome' IS NOT NULL ORDER BY story_id`,
  )
  const noticeOf = db
    .prepare<[number, string], number>('SELECT id FROM notice WHERE alert_id = ? AND key = ?')
    .pluck()
  const state = db.prepare<[number], string>('SELECT state FROM alert_state WHERE alert_id = ?').pluck()
  const setState = db.prepare(
    `INSERT INTO alert_state (alert_id, state, due) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, due = excluded.due`,
  )
  const isOn = 'EXISTS (SELECT 1 FROM alert WHERE alert.id = alert_id AND enabled = 1)'
  const due = db
    .prepare<[number], number>(
      `SELECT alert_id FROM alert_state WHERE due <= ? AND ${isOn} ORDER BY alert_id`,
    )
    .pluck()
  const ahead = db
    .prepare<[number], number>(
      `SELECT alert_id FROM alert_state WHERE due IS NOT NULL AND state ->> 'now' > ? AND ${isOn} ORDER BY alert_id`,
    )
    .pluck()
  const nextDue = db
    .prepare<[], number | null>(
      `SELECT min(at) FROM (SELECT min(due) AS at FROM alert_state WHERE due IS NOT NULL AND ${isOn}
         UNION ALL SELECT min(until) FROM hit WHERE state = 2 AND until IS NOT NULL)`,
    )
    .pluck()
  const mark = db
    .prepare<[number, number], string>('SELECT mark FROM alert_event WHERE alert_id = ? AND event = ?')
    .pluck()
  const setMark = db.prepare(
    `INSERT INTO alert_event (alert_id, event, mark) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET mark = excluded.mark`,
  )
  const removeMark = db.prepare('DELETE FROM alert_event WHERE alert_id = ? AND event = ?')
  const marking = db.prepare<[number], number>('SELECT alert_id FROM alert_event WHERE event = ?').pluck()
  const wake = db.prepare(
    'UPDATE hit SET state = 0, until = NULL WHERE state = 2 AND until IS NOT NULL AND until <= ?',
  )
  const wakeHits = db.prepare(
    `UPDATE hit SET state = 0, until = NULL
     WHERE alert_id = @alert AND +state = 2 AND story_id IN (
       SELECT story.id FROM story_event JOIN story ON story.docid = story_event.docid WHERE event = @event)`,
  )

  return {
    undecided: (story) => undecided.all(story),
    undecidedFrom: () => undecidedFrom.get() ?? null,
    undecidedBut: (from, to) => undecidedBut.all(from, to),
    hitStories: (alert, after, limit) => hitStories.all(alert, after, limit),
    hitDocids: (alert, from) => hitDocids.all(alert, from),
    setFits(alert, story, fits) {
      setFits.run({ alert, story, fits: fits ? 1 : 0 })
    },
    decided: (story) => decided.all(story),
    decide(alert, story, decision, state, until) {
      decide.run({ alert, story, decision, state, until })
    },
    redecide(alert, story, change) {
      redecide.run({ alert, story, change })
    },
    noticeOf: (alert, key) => noticeOf.get(alert, key),
    decisionOf: (alert, story) => decisionOf.get(alert, story),
    moved: (change, event) => moved.all(change, event),
    decidedHits: (alert, stories) =>
      decidedHits
        .all({ alert, stories: JSON.stringify(stories) })
        .map(({ story, outcome }) => ({ story, isTold: outcome === 'told' })),
    state: (alert) => state.get(alert),
    setState(alert, text, moment) {
      setState.run(alert, text, moment)
    },
    due: (now) => due.all(now),
    ahead: (now) => ahead.all(now),
    nextDue: () => nextDue.get() ?? null,
    mark: (alert, event) => mark.get(alert, event),
    setMark(alert, event, text) {
      setMark.run(alert, event, text)
    },
    removeMark(alert, event) {
      removeMark.run(alert, event)
    },
    marking: (event) => marking.all(event),
    wake: (now) => wake.run(now).changes,
    wakeHits(alert, event) {
      wakeHits.run({ alert, event })
    },
  }
}
