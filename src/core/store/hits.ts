import type { ReadStatement, WritableDb } from './connection.ts'

/** 0 new, 1 seen, 2 snoozed, 3 dismissed. */
export type HitState = 0 | 1 | 2 | 3

/** Which hits of the inbox: where they stand; `all` is all but what was dismissed. */
export type HitView = 'new' | 'all' | 'starred' | 'snoozed' | 'dismissed'

/** A hit's place in lists, which are newest first: by its moment, then by story and alert. */
export interface HitKey {
  readonly at: number
  readonly story: number
  readonly alert: number
}

/** A hit as lists find it. */
export interface ListedHit extends HitKey {
  readonly docid: number
  /** Null while its story waits for its event. */
  readonly event: number | null
}

export interface HitRecord extends ListedHit {
  readonly state: HitState
  /** Until when it is snoozed, epoch ms; null: until its event grows. */
  readonly until: number | null
  readonly starred: 0 | 1
  /** 0: the alert's query was changed since and no longer matches. */
  readonly fits: 0 | 1
  /** What was decided of it (alerts/decide/decision.ts), as JSON; '' for hits from before decisions were kept. */
  readonly decision: string
  /** The story that its story repeats. */
  readonly copyOf: number | null
}

/** Where a hit stands. */
export interface HitStanding {
  readonly state: HitState
  readonly until: number | null
  readonly starred: 0 | 1
}

/** How many hits of an alert stand where. */
export interface HitTotal {
  readonly alert: number
  readonly state: HitState
  readonly starred: 0 | 1
  readonly hits: number
}

/** Hits: alert × story, at most one ever, and where each stands in the inbox. */
export interface HitStore {
  /**
   * Records a hit, at most once ever.
   * @param hit.day the local day on which its story was published
   * @param hit.came how it came in, as JSON, until it is decided
   * @returns whether it is new
   */
  add(hit: { alert: number; story: number; at: number; day: number; came: string }): boolean
  /**
   * Hits, newest first, read some at a time as they are asked for.
   * @param alerts those of these alone; null: of all
   * @param below after this one alone
   */
  list(alerts: readonly number[] | null, view: HitView, below?: HitKey): Generator<ListedHit, void>
  /** The hits of a view on the stories of these docids, in no order. */
  ofDocids(docids: readonly number[], view: HitView): ListedHit[]
  /** The newest of a view. */
  newest(view: HitView, most: number): ListedHit[]
  /** The hits on the stories of an event, newest first. */
  ofEvent(event: number): HitRecord[]
  /** The hits on a story, newest first. */
  ofStory(story: number): HitRecord[]
  /** Some hits, in the order of the keys; those that are gone are left out. */
  many(keys: readonly Pick<HitKey, 'alert' | 'story'>[]): HitRecord[]
  /** Hits of an alert on some stories. */
  ofStories(alert: number, stories: readonly number[]): HitRecord[]
  /** Puts hits of an alert where they are to stand. */
  put(alert: number, stories: readonly number[], to: HitStanding): void
  totals(): HitTotal[]
  /** How many hits are new. */
  unseen(): number
  /** Hits by alert and local day of publication, from a day on. */
  days(from: number): { alert: number; day: number; hits: number }[]
}

/** Hits that are read at once. */
const CHUNK = 256
/** More alerts than this are found among the hits of all. */
const ONE_BY_ONE = 48
/** The states that a view shows. */
const STATES: Readonly<Record<Exclude<HitView, 'starred'>, readonly HitState[]>> = {
  new: [0],
  all: [0, 1, 2],
  snoozed: [2],
  dismissed: [3],
}
export const isIn = (view: HitView, { state, starred }: Pick<HitRecord, 'state' | 'starred'>): boolean =>
  view === 'starred' ? starred === 1 : STATES[view].includes(state)

export function hitStore(db: WritableDb): HitStore {
  const add = db.prepare(
    `INSERT INTO hit (alert_id, story_id, at, day, decision) VALUES (@alert, @story, @at, @day, @came)
     ON CONFLICT DO NOTHING`,
  )
  const below = '(at, story_id, alert_id) < (@at, @story, @alert)'
  const newest = 'ORDER BY at DESC, story_id DESC, alert_id DESC'
  const page = (from: string): ReadStatement<[Place], ListedHit> =>
    db.prepare(
      `SELECT at, story_id AS story, alert_id AS alert, story.docid, story_event.event
       FROM (SELECT at, story_id, alert_id FROM ${from} AND ${below} ${newest} LIMIT ${CHUNK})
         CROSS JOIN story ON story.id = story_id LEFT JOIN story_event ON story_event.docid = story.docid ${newest}`,
    )
  const inState = page('hit INDEXED BY hit_state WHERE state = @state')
  const ofAlert = page('hit INDEXED BY hit_alert WHERE alert_id = @of AND state = @state')
  const starred = page('hit INDEXED BY hit_starred WHERE starred = 1')
  const columns = `hit.at, hit.story_id AS story, hit.alert_id AS alert, story.docid, story_event.event, hit.state, hit.until,
    hit.starred, hit.fits, hit.decision, story.copy_of AS copyOf`
  const ofEvent = db.prepare<[number], HitRecord>(
    `SELECT ${columns} FROM story_event CROSS JOIN story ON story.docid = story_event.docid
       CROSS JOIN hit ON hit.story_id = story.id WHERE story_event.event = ? ORDER BY at DESC, story DESC, alert DESC`,
  )
  const ofStory = db.prepare<[number], HitRecord>(
    `SELECT ${columns} FROM hit CROSS JOIN story ON story.id = hit.story_id
       LEFT JOIN story_event ON story_event.docid = story.docid WHERE hit.story_id = ? ORDER BY at DESC, alert DESC`,
  )
  const many = db.prepare<[string], HitRecord>(
    `SELECT ${columns} FROM json_each(?) AS wanted CROSS JOIN hit
       ON hit.story_id = wanted.value ->> 1 AND hit.alert_id = wanted.value ->> 0
       CROSS JOIN story ON story.id = hit.story_id LEFT JOIN story_event ON story_event.docid = story.docid
     ORDER BY wanted.key`,
  )
  const ofDocids = db.prepare<[string], ListedHit & Pick<HitRecord, 'state' | 'starred'>>(
    `SELECT hit.at, hit.story_id AS story, hit.alert_id AS alert, story.docid, story_event.event, hit.state, hit.starred
     FROM json_each(?) AS wanted CROSS JOIN story ON story.docid = wanted.value
       CROSS JOIN hit ON hit.story_id = story.id
       LEFT JOIN story_event ON story_event.docid = story.docid`,
  )
  const put = db.prepare(
    `UPDATE hit SET state = @state, until = @until, starred = @starred
     WHERE alert_id = @alert AND story_id IN (SELECT value FROM json_each(@stories))`,
  )
  const totals = db.prepare<[], HitTotal>(
    'SELECT alert_id AS alert, state, starred, hits FROM hit_total WHERE hits > 0',
  )
  const unseen = db.prepare('SELECT ifnull(sum(hits), 0) FROM hit_total WHERE state = 0').pluck()
  const days = db.prepare<[number], { alert: number; day: number; hits: number }>(
    'SELECT alert_id AS alert, day, hits FROM hit_day WHERE day >= ? AND hits > 0',
  )

  /** The hits of one order, a chunk at a time. */
  function* chunks(
    statement: ReadStatement<[Place], ListedHit>,
    place: Omit<Place, keyof HitKey>,
    from: HitKey,
  ): Generator<ListedHit, void> {
    for (let last = from; ; ) {
      const rows = statement.all({ ...last, ...place })
      yield* rows
      const end = rows.at(-1)
      if (end === undefined || rows.length < CHUNK) return
      const { at, story, alert } = end
      last = { at, story, alert }
    }
  }

  const store: HitStore = {
    add: (hit) => add.run(hit).changes === 1,
    *list(alerts, view, from = START) {
      const wanted = alerts === null ? null : new Set(alerts)
      const some = (found: Generator<ListedHit, void>): Generator<ListedHit, void> =>
        wanted === null ? found : only(found, ({ alert }) => wanted.has(alert))
      if (view === 'starred') {
        yield* some(chunks(starred, {}, from))
        return
      }
      const states = STATES[view]
      if (alerts === null || alerts.length > ONE_BY_ONE)
        yield* some(merged(states.map((state) => chunks(inState, { state }, from))))
      else yield* merged(alerts.flatMap((of) => states.map((state) => chunks(ofAlert, { of, state }, from))))
    },
    ofDocids: (docids, view) => ofDocids.all(JSON.stringify(docids)).filter((hit) => isIn(view, hit)),
    newest(view, most) {
      const found: ListedHit[] = []
      for (const hit of store.list(null, view)) if (found.push(hit) === most) break
      return found
    },
    ofEvent: (event) => ofEvent.all(event),
    ofStory: (story) => ofStory.all(story),
    many: (keys) => many.all(JSON.stringify(keys.map(({ alert, story }) => [alert, story]))),
    ofStories: (alert, stories) => store.many(stories.map((story) => ({ alert, story }))),
    put(alert, stories, to) {
      put.run({ alert, stories: JSON.stringify(stories), ...to })
    },
    totals: () => totals.all(),
    unseen: () => unseen.get() as number,
    days: (from) => days.all(from),
  }
  return store
}

interface Place extends HitKey {
  readonly state?: HitState
  readonly of?: number
}

/** Before all hits. */
const START: HitKey = {
  at: Number.MAX_SAFE_INTEGER,
  story: Number.MAX_SAFE_INTEGER,
  alert: Number.MAX_SAFE_INTEGER,
}

/** True if a hit stands before another in lists. */
export const isNewer = (a: HitKey, b: HitKey): boolean =>
  (a.at - b.at || a.story - b.story || a.alert - b.alert) > 0

function* only(found: Generator<ListedHit, void>, passes: (hit: ListedHit) => boolean) {
  for (const hit of found) if (passes(hit)) yield hit
}

/** Ordered lists as one. */
function* merged(lists: readonly Generator<ListedHit, void>[]): Generator<ListedHit, void> {
  const heads = lists.flatMap((list) => {
    const { value, done } = list.next()
    return done === true ? [] : [{ list, hit: value }]
  })
  while (heads.length > 0) {
    let first = 0
    for (let i = 1; i < heads.length; i++)
      if (isNewer((heads[i] as { hit: ListedHit }).hit, (heads[first] as { hit: ListedHit }).hit)) first = i
    const head = heads[first] as (typeof heads)[number]
    yield head.hit
    const { value, done } = head.list.next()
    if (done === true) heads.splice(first, 1)
    else head.hit = value
  }
}
