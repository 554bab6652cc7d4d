import type { WritableDb } from './connection.ts'

/** A story as it stands in an event. */
export interface Placed {
  readonly docid: number
  readonly sourceId: number
}

export interface EventSize {
  readonly id: number
  readonly stories: number
  readonly sources: number
}

export interface EventRecord {
  readonly stories: number
  /** The person's name for it; '' for none. */
  readonly name: string
  /** Ids of its most central stories by language, of all by ''; they may be gone. */
  readonly headlines: Readonly<Record<string, number>>
  /** How many stories it had when they were chosen. */
  readonly headlined: number
}

export interface StoryFacts {
  readonly id: number
  readonly docid: number
  readonly sourceId: number
  readonly lang: string
  readonly published: number
  readonly fetched: number
  readonly copy: 0 | 1
}

/** A line of the clusterer's journal: what came, or what a person did, and what was decided. */
export interface JournalLine {
  readonly seq: number
  /** JSON, as events/memory.ts writes it. */
  readonly entry: string
  /** A story's packed reading; null for what is no story. */
  readonly reading: Uint8Array | null
}

/** How far the gathering of stories into events is. */
export interface GatheringState {
  /** The number of the journal's last line, whether or not that is still there. */
  readonly seq: number
  /** All stories up to this id have their event, none beyond. */
  readonly gathered: number
}

/** Which story is of which event. An event has a line of its own where it has several stories, or a name. */
export interface EventStore {
  /** The event of a story; null where it has not had its turn. */
  of(docid: number): number | null
  ofStory(id: number): number | null
  /** The same where the event has several stories; else null. */
  sharedOf(docid: number): number | null
  /** The events of stories with their sizes, by docid; stories that have not had their turn are left out. */
  sizesOf(docids: readonly number[]): Map<number, EventSize>
  /** Docid and event of each of these stories that has one. */
  ofAll(docids: readonly number[]): [docid: number, event: number][]
  /** What is known of an event; of one that is not there, that it has no stories. */
  get(event: number): EventRecord
  /** What lists of events need of stories, oldest first. */
  facts(docids: readonly number[]): StoryFacts[]
  /** Keeps an event's most central stories: by language, '' for all. */
  setHeadlines(event: number, headlines: Readonly<Record<string, number>>): void
  /** How many stories an event has. */
  size(event: number): number
  /** Its stories, in the order of publication, from docid `from` on. */
  stories(event: number, limit: number, from?: number): Placed[]
  /** Puts a story into an event, out of the one it was in. @returns how many stories the event has now */
  put(story: Placed, event: number): number
  /** Takes a story out of its event. @returns how many are left in it */
  take(docid: number, event: number): number

  /** Records that an event went into another, with the stories that it had. @param at epoch ms @returns the number of the change */
  merged(from: number, into: number, stories: readonly number[], at: number): number

  readonly state: GatheringState
  setState(state: GatheringState): void
  /** Ids of stories after `id`, in order. */
  waiting(after: number, limit: number): number[]
  /** How many stories wait for their event, about: ids that are gone count too. */
  waitingCount(): number
  append(line: JournalLine): void
  /** Lines after `seq`, in order. */
  journal(after: number, limit: number): JournalLine[]
}

export function eventStore(db: WritableDb): EventStore {
  const of = db.prepare('SELECT event FROM story_event WHERE docid = ?').pluck()
  const ofStory = db
    .prepare('SELECT event FROM story_event WHERE docid = (SELECT docid FROM story WHERE id = ?)')
    .pluck()
  const sharedOf = db
    .prepare(
      `SELECT event.id FROM story_event JOIN event ON event.id = story_event.event
       WHERE docid = ? AND event.stories > 1`,
    )
    .pluck()
  const size = db.prepare('SELECT stories FROM event WHERE id = ?').pluck()
  const ofAll = db
    .prepare('SELECT docid, event FROM json_each(?) AS wanted CROSS JOIN story_event ON docid = wanted.value')
    .raw()
  const sizes = db.prepare(
    `SELECT event AS id, count(*) AS stories, count(DISTINCT source_id) AS sources
     FROM json_each(?) AS wanted CROSS JOIN story_event ON event = wanted.value GROUP BY event`,
  )
  const any = db.prepare('SELECT EXISTS (SELECT 1 FROM story_event WHERE event = ?)').pluck()
  const stories = db.prepare(
    'SELECT docid, source_id AS sourceId FROM story_event WHERE event = ? AND docid >= ? ORDER BY docid LIMIT ?',
  )
  const put = db.prepare(
    `INSERT INTO story_event (docid, event, source_id) VALUES (?, ?, ?)
     ON CONFLICT (docid) DO UPDATE SET event = excluded.event`,
  )
  const take = db.prepare('DELETE FROM story_event WHERE docid = ?')
  const resize = db.prepare(
    `INSERT INTO event (id, stories) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET stories = excluded.stories`,
  )
  const get = db.prepare('SELECT stories, name, headlines, headlined FROM event WHERE id = ?')
  const setHeadlines = db.prepare('UPDATE event SET headlines = ?, headlined = stories WHERE id = ?')
  const facts = db.prepare(
    `SELECT story.id, docid, source_id AS sourceId, lang, published, fetched, copy_of IS NOT NULL AS copy
     FROM json_each(?) AS wanted CROSS JOIN story ON story.docid = wanted.value ORDER BY docid`,
  )
  const update = db.prepare('UPDATE event SET stories = ? WHERE id = ?')
  // An event of one story needs no line, unless it has a name or is being moved.
  const drop = db.prepare("DELETE FROM event WHERE id = ? AND stories < 2 AND name = '' AND moving IS NULL")
  const change = db.prepare('INSERT INTO event_change (at, kind, by, event, other) VALUES (?, ?, ?, ?, ?)')
  const moved = db.prepare('INSERT INTO event_move (change, story_id) SELECT ?, value FROM json_each(?)')
  const state = db.prepare('SELECT seq, gathered FROM cluster_state')
  const setState = db.prepare(`INSERT INTO cluster_state (only, seq, gathered) VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET seq = excluded.seq, gathered = excluded.gathered`)
  const waiting = db.prepare('SELECT id FROM story WHERE id > ? ORDER BY id LIMIT ?').pluck()
  const last = db.prepare('SELECT max(id) FROM story').pluck()
  const append = db.prepare('INSERT INTO cluster_journal (seq, entry, reading) VALUES (?, ?, ?)')
  const journal = db.prepare(
    'SELECT seq, entry, reading FROM cluster_journal WHERE seq > ? ORDER BY seq LIMIT ?',
  )

  const store: EventStore = {
    of: (docid) => (of.get(docid) as number | undefined) ?? null,
    ofStory: (id) => (ofStory.get(id) as number | undefined) ?? null,
    sharedOf: (docid) => (sharedOf.get(docid) as number | undefined) ?? null,
    sizesOf(docids) {
      const events = new Map(store.ofAll(docids))
      const distinct = JSON.stringify([...new Set(events.values())])
      const bySize = new Map((sizes.all(distinct) as EventSize[]).map((size) => [size.id, size]))
      return new Map([...events].map(([docid, event]) => [docid, bySize.get(event) as EventSize]))
    },
    ofAll: (docids) => ofAll.all(JSON.stringify(docids)) as [number, number][],
    get(event) {
      const row = get.get(event) as
        | { stories: number; name: string; headlines: string; headlined: number }
        | undefined
      if (row === undefined)
        return { stories: any.get(event) as number, name: '', headlines: {}, headlined: 0 }
      return {
        ...row,
        headlines: row.headlines === '' ? {} : (JSON.parse(row.headlines) as Record<string, number>),
      }
    },
    facts: (docids) => facts.all(JSON.stringify(docids)) as StoryFacts[],
    setHeadlines(event, headlines) {
      setHeadlines.run(JSON.stringify(headlines), event)
    },
    size: (event) => (size.get(event) as number | undefined) ?? (any.get(event) as number),
    stories: (event, limit, from = 0) => stories.all(event, from, limit) as Placed[],
    put({ docid, sourceId }, event) {
      const now = store.size(event) + 1
      put.run(docid, event, sourceId)
      if (now > 1) resize.run(event, now)
      else update.run(now, event)
      return now
    },
    take(docid, event) {
      const left = store.size(event) - 1
      take.run(docid)
      update.run(left, event)
      drop.run(event)
      return left
    },
    merged(from, into, list, at) {
      const seq = Number(change.run(at, 'merge', 'engine', into, from).lastInsertRowid)
      moved.run(seq, JSON.stringify(list))
      return seq
    },
    get state() {
      return (state.get() as GatheringState | undefined) ?? { seq: 0, gathered: 0 }
    },
    setState({ seq, gathered }) {
      setState.run(seq, gathered)
    },
    waiting: (after, limit) => waiting.all(after, limit) as number[],
    waitingCount: () => Math.max(0, ((last.get() as number | null) ?? 0) - store.state.gathered),
    append({ seq, entry, reading }) {
      append.run(seq, entry, reading)
    },
    journal: (after, limit) => journal.all(after, limit) as JournalLine[],
  }
  return store
}
