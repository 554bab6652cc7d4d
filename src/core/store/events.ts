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

/** The same in the order that it is read in: tens of thousands are read at once, and objects take SQLite's driver twice as long. */
type FactsRow = [
  id: number,
  docid: number,
  sourceId: number,
  lang: string,
  published: number,
  fetched: number,
  copy: 0 | 1,
]

const factsFrom = ([id, docid, sourceId, lang, published, fetched, copy]: FactsRow): StoryFacts => ({
  id,
  docid,
  sourceId,
  lang,
  published,
  fetched,
  copy,
})

/** A story in its event: what is known of both without reading the story. */
export interface Telling {
  readonly docid: number
  readonly event: number
  readonly sourceId: number
  readonly fetched: number
  readonly copy: 0 | 1
}

/** What was done to events. */
export interface ChangeDraft {
  /** Epoch ms. */
  readonly at: number
  readonly kind: 'merge' | 'split' | 'take-out' | 'put-in' | 'rename'
  readonly by: 'engine' | 'person'
  /** The event that went on, was left, was put into, or got a name. */
  readonly event: number
  /** The event that went into it, was made of it, or was left for it. */
  readonly other: number | null
  /** Of a new name the one before; of a merge the name that the event got by it, '' for none. */
  readonly name: string
}

export interface ChangeRecord extends ChangeDraft {
  readonly seq: number
  readonly undone: 0 | 1
}

export interface ListedChange extends ChangeRecord {
  /** How many stories it moved. */
  readonly stories: number
}

/** A story with the event that it is of; null: none. */
export interface Place extends Placed {
  readonly id: number
  readonly event: number | null
}

/** A change whose stories are not all where it says. */
export interface Unfinished {
  readonly change: number
  /** The id of the last of its stories that was seen to … */
  readonly after: number
  /** … and how many come after it. */
  readonly remaining: number
}

/** The event that a change puts stories into, and the one that they come from; null for one that moves none. */
export function endsOf({ kind, event, other }: ChangeDraft): { to: number; from: number } | null {
  if (other === null) return null
  return kind === 'take-out' || kind === 'split' ? { to: other, from: event } : { to: event, from: other }
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
  /** How many stories of each source these events have. */
  sourcesOf(events: readonly number[]): { event: number; source: number; stories: number }[]
  /** Docid and event of each of these stories that has one. */
  ofAll(docids: readonly number[]): [docid: number, event: number][]
  /** What is known of an event; of one that is not there, that it has no stories. */
  get(event: number): EventRecord
  /** Those of these stories that have their event. */
  tellings(docids: readonly number[]): Telling[]
  /** The stories of an event, first published first. */
  tellingsOf(event: number, limit: number): Telling[]
  /** What lists of events need of stories, oldest first. */
  facts(docids: readonly number[]): StoryFacts[]
  /** Keeps an event's most central stories: by language, '' for all. */
  setHeadlines(event: number, headlines: Readonly<Record<string, number>>): void
  /** The highest number of an event that has stories; 0 where there is none. */
  highest(): number
  /** How many more stories there are than events. */
  repeats(): number
  /** How many stories an event has. */
  size(event: number): number
  /** Its stories, in the order of publication, from docid `from` on. */
  stories(event: number, limit: number, from?: number): Placed[]
  /** Puts a story into an event, out of the one it was in. @param size how many stories the event had @returns how many it has now */
  put(story: Placed, event: number, size: number): number
  /** Puts a story into an event of its own, whose number none had. */
  begin(story: Placed, event: number): void
  /** Takes a story out of its event. @returns how many are left in it */
  take(docid: number, event: number): number

  /** Records a change with the ids of the stories that it moved. @returns its number */
  record(change: ChangeDraft, stories: readonly number[]): number
  /** It moved these too. */
  addMoved(change: number, stories: readonly number[]): void
  change(seq: number): ChangeRecord | undefined
  /** Stories that a change moved, as far as they are there, in the order of their ids, after one. */
  movedBy(change: number, limit: number, after?: number): Place[]
  /** Where these stories are, as far as they are there. */
  placesOf(stories: readonly number[]): Place[]
  /** Those of these stories that a change moved. */
  amongMoved(change: number, stories: readonly number[]): number[]
  /** Some story that a change moved is of this event. */
  isAnyIn(change: number, event: number): boolean
  /** The event of a change got another name after it, which was not taken back. */
  isRenamedAfter(change: ChangeRecord): boolean
  setUndone(change: number): void
  /** The changes of an event, newest first. */
  changesOf(event: number, limit: number): ListedChange[]
  /** The event that an event went into, or that one into …; itself where it stayed. */
  goesOnAs(event: number): number
  /** The merge by which an event went into another. */
  mergeOf(event: number): number | undefined
  /** The event of a story once all are moved that are still to be; null where it has not had its turn. */
  settlesIn(story: number): number | null

  /** An event whose stories are still to be moved, all of them, with the merge that moves them. */
  moving(): { readonly event: number; readonly change: number } | undefined
  /** The stories that an event still has are to be moved by a merge; null: no more. */
  setMoving(event: number, change: number | null): void
  /** The same as null, if it is this merge that moves them. */
  stopMoving(event: number, change: number): void
  /** Changes whose stories are still to be moved where they say or, of one that is undone, back; the latest first. */
  unfinished(): Unfinished[]
  /** All stories of a change are to be moved. */
  setUnfinished(change: number): void
  /** Of a change, the stories up to this one were seen to, so many; null: all. */
  advance(change: number, after: number | null, seen: number): void
  /** How many stories are still to be moved: of this event, out or in, or of all. */
  toBeMoved(event?: number): number
  /** @param name '' for none */
  rename(event: number, name: string): void
  /** The person's word: a story belongs to an event (1), does not (-1), or neither was said (0). @param at epoch ms */
  pin(storyId: number, event: number, verdict: -1 | 0 | 1, at: number): void
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
  const sourcesOf = db.prepare(
    `SELECT event, source_id AS source, count(*) AS stories
     FROM json_each(?) AS wanted CROSS JOIN story_event ON event = wanted.value GROUP BY event, source_id`,
  )
  const any = db.prepare('SELECT EXISTS (SELECT 1 FROM story_event WHERE event = ?)').pluck()
  const stories = db.prepare(
    'SELECT docid, source_id AS sourceId FROM story_event WHERE event = +? AND docid >= +? ORDER BY docid LIMIT +?',
  )
  const put = db.prepare(
    `INSERT INTO story_event (docid, event, source_id) VALUES (?, ?, ?)
     ON CONFLICT (docid) DO UPDATE SET event = excluded.event`,
  )
  const take = db.prepare('DELETE FROM story_event WHERE docid = ?')
  const resize = db.prepare(
    `INSERT INTO event (id, stories, first, last) VALUES (@event, @stories, @docid, @docid)
     ON CONFLICT (id) DO UPDATE SET stories = @stories, first = min(first, @docid), last = max(last, @docid)`,
  )
  // The line of an event begins with its second story: the first is older, or newer.
  const span = db.prepare(
    `UPDATE event SET (first, last) = (SELECT min(docid), max(docid) FROM story_event WHERE event = @event) WHERE id = @event`,
  )
  const get = db.prepare('SELECT stories, name, headlines, headlined FROM event WHERE id = ?')
  const setHeadlines = db.prepare('UPDATE event SET headlines = ?, headlined = stories WHERE id = ?')
  const facts = db
    .prepare(
      `SELECT story.id, docid, source_id, lang, published, fetched, copy_of IS NOT NULL
       FROM json_each(?) AS wanted CROSS JOIN story ON story.docid = wanted.value ORDER BY docid`,
    )
    .raw()
  const TELLING = `story_event.docid, event, story_event.source_id AS sourceId, fetched, copy_of IS NOT NULL AS copy`
  const tellings = db.prepare(
    `SELECT ${TELLING} FROM json_each(?) AS wanted CROSS JOIN story_event ON story_event.docid = wanted.value
     CROSS JOIN story INDEXED BY story_facts ON story.docid = story_event.docid`,
  )
  const tellingsOf = db.prepare(
    `SELECT ${TELLING} FROM story_event CROSS JOIN story INDEXED BY story_facts ON story.docid = story_event.docid
     WHERE event = ? ORDER BY story_event.docid LIMIT ?`,
  )
  const repeats = db.prepare('SELECT ifnull(sum(stories - 1), 0) FROM event WHERE stories > 1').pluck()
  const highest = db.prepare('SELECT max(event) FROM story_event').pluck()
  const update = db.prepare('UPDATE event SET stories = ? WHERE id = ?')
  // An event of one story needs no line, unless it has a name or is being moved.
  const drop = db.prepare("DELETE FROM event WHERE id = ? AND stories < 2 AND name = '' AND moving IS NULL")
  const record = db.prepare(
    'INSERT INTO event_change (at, kind, by, event, other, name) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const CHANGE = 'seq, at, kind, by, event, other, name, undone'
  const change = db.prepare(`SELECT ${CHANGE} FROM event_change WHERE seq = ?`)
  const changesOf = db.prepare(
    `SELECT ${CHANGE}, (SELECT count(*) FROM event_move WHERE change = seq) AS stories FROM event_change
     WHERE seq IN (SELECT seq FROM event_change WHERE event = @event UNION SELECT seq FROM event_change WHERE other = @event)
     ORDER BY seq DESC LIMIT @limit`,
  )
  const PLACE = 'story.id, story.docid, story.source_id AS sourceId, event'
  const placesOf = db.prepare(
    `SELECT ${PLACE} FROM json_each(?) AS wanted CROSS JOIN story ON story.id = wanted.value
     LEFT JOIN story_event ON story_event.docid = story.docid`,
  )
  const movedBy = db.prepare(
    `SELECT ${PLACE} FROM event_move CROSS JOIN story ON story.id = story_id
     LEFT JOIN story_event ON story_event.docid = story.docid
     WHERE change = ? AND story_id > ? ORDER BY story_id LIMIT +?`,
  )
  const amongMoved = db
    .prepare(
      `SELECT story_id FROM json_each(@stories) AS wanted CROSS JOIN event_move ON change = @change AND story_id = wanted.value`,
    )
    .pluck()
  const isAnyIn = db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM event_move CROSS JOIN story ON story.id = story_id
         CROSS JOIN story_event ON story_event.docid = story.docid WHERE change = ? AND event = ?)`,
    )
    .pluck()
  const isRenamedAfter = db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM event_change WHERE event = @event AND seq > @seq AND kind = 'rename' AND undone = 0)`,
    )
    .pluck()
  const setUndone = db.prepare('UPDATE event_change SET undone = 1 WHERE seq = ?')
  const wentInto = db.prepare(
    "SELECT seq, event FROM event_change WHERE other = ? AND kind = 'merge' AND undone = 0 ORDER BY seq DESC LIMIT 1",
  )
  const moving = db.prepare(
    'SELECT id AS event, moving AS change FROM event WHERE moving IS NOT NULL LIMIT 1',
  )
  const allMoving = db.prepare('SELECT id AS event, stories FROM event WHERE moving IS NOT NULL')
  const setMoving = db.prepare(
    'INSERT INTO event (id, stories, moving) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET moving = excluded.moving',
  )
  const stopMoving = db.prepare('UPDATE event SET moving = NULL WHERE id = ? AND moving = ?')
  const unfinished = db.prepare('SELECT change, after, remaining FROM event_unfinished ORDER BY change DESC')
  const setUnfinished = db.prepare(
    `INSERT OR REPLACE INTO event_unfinished (change, after, remaining)
     SELECT @change, 0, count(*) FROM event_move WHERE change = @change`,
  )
  const advance = db.prepare(
    'UPDATE event_unfinished SET after = @after, remaining = remaining - @seen WHERE change = @change',
  )
  const finished = db.prepare('DELETE FROM event_unfinished WHERE change = ?')
  const rename = db.prepare(
    'INSERT INTO event (id, stories, name) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
  )
  const pin = db.prepare(
    `INSERT INTO event_pin (story_id, event, verdict, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (story_id, event) DO UPDATE SET verdict = excluded.verdict, at = excluded.at`,
  )
  const unpin = db.prepare('DELETE FROM event_pin WHERE story_id = ? AND event = ?')
  const moved = db.prepare('INSERT INTO event_move (change, story_id) SELECT ?, value FROM json_each(?)')

  const merged = (event: number): { seq: number; event: number } | undefined =>
    wentInto.get(event) as { seq: number; event: number } | undefined

  /** Whence and where an unfinished change moves its stories. */
  function wayOf(seq: number): { from: number; to: number } {
    const record = change.get(seq) as ChangeRecord
    const { from, to } = endsOf(record) as { from: number; to: number }
    return record.undone === 1 ? { from: to, to: from } : { from, to }
  }

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
    sourcesOf: (list) =>
      sourcesOf.all(JSON.stringify(list)) as { event: number; source: number; stories: number }[],
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
    tellings: (docids) => tellings.all(JSON.stringify(docids)) as Telling[],
    tellingsOf: (event, limit) => tellingsOf.all(event, limit) as Telling[],
    facts: (docids) => (facts.all(JSON.stringify(docids)) as FactsRow[]).map(factsFrom),
    setHeadlines(event, headlines) {
      setHeadlines.run(JSON.stringify(headlines), event)
    },
    highest: () => (highest.get() as number | null) ?? 0,
    repeats: () => repeats.get() as number,
    size: (event) => (size.get(event) as number | undefined) ?? (any.get(event) as number),
    stories: (event, limit, from = 0) => stories.all(event, from, limit) as Placed[],
    put({ docid, sourceId }, event, before) {
      const now = before + 1
      put.run(docid, event, sourceId)
      if (now === 1) update.run(now, event)
      else resize.run({ event, stories: now, docid })
      if (now === 2) span.run({ event })
      return now
    },
    begin({ docid, sourceId }, event) {
      put.run(docid, event, sourceId)
    },
    take(docid, event) {
      const left = store.size(event) - 1
      take.run(docid)
      update.run(left, event)
      drop.run(event)
      return left
    },
    record({ at, kind, by, event, other, name }, list) {
      const seq = Number(record.run(at, kind, by, event, other, name).lastInsertRowid)
      store.addMoved(seq, list)
      return seq
    },
    addMoved(seq, list) {
      moved.run(seq, JSON.stringify(list))
    },
    change: (seq) => change.get(seq) as ChangeRecord | undefined,
    movedBy: (seq, limit, after = 0) => movedBy.all(seq, after, limit) as Place[],
    placesOf: (list) => placesOf.all(JSON.stringify(list)) as Place[],
    amongMoved: (seq, list) => amongMoved.all({ change: seq, stories: JSON.stringify(list) }) as number[],
    isAnyIn: (seq, event) => isAnyIn.get(seq, event) === 1,
    isRenamedAfter: ({ event, seq }) => isRenamedAfter.get({ event, seq }) === 1,
    setUndone(seq) {
      setUndone.run(seq)
    },
    changesOf: (event, limit) => changesOf.all({ event, limit }) as ListedChange[],
    goesOnAs(event) {
      for (let at = event; ; ) {
        const next = merged(at)
        if (next === undefined) return at
        at = next.event
      }
    },
    mergeOf: (event) => merged(event)?.seq,
    settlesIn(story) {
      const event = store.ofStory(story)
      if (event === null) return null
      for (const { change: seq, after } of store.unfinished()) {
        const { from, to } = wayOf(seq)
        const isLeaving = event === from || event === store.goesOnAs(from)
        if (isLeaving && story > after && store.amongMoved(seq, [story]).length > 0) return store.goesOnAs(to)
      }
      return store.goesOnAs(event)
    },
    moving: () => moving.get() as { event: number; change: number } | undefined,
    setMoving(event, seq) {
      setMoving.run(event, any.get(event), seq)
      drop.run(event)
    },
    stopMoving(event, seq) {
      stopMoving.run(event, seq)
      drop.run(event)
    },
    unfinished: () => unfinished.all() as Unfinished[],
    setUnfinished(seq) {
      setUnfinished.run({ change: seq })
    },
    advance(seq, after, seen) {
      if (after === null) finished.run(seq)
      else advance.run({ change: seq, after, seen })
    },
    toBeMoved(event) {
      const merging = (allMoving.all() as { event: number; stories: number }[]).map((one) => ({
        ends: [one.event, store.goesOnAs(one.event)],
        stories: one.stories,
      }))
      const others = store.unfinished().map((one) => ({
        ends: Object.values(wayOf(one.change)),
        stories: one.remaining,
      }))
      return [...merging, ...others]
        .filter(({ ends }) => event === undefined || ends.includes(event))
        .reduce((sum, { stories }) => sum + stories, 0)
    },
    rename(event, name) {
      rename.run(event, any.get(event), name)
      drop.run(event)
    },
    pin(storyId, event, verdict, at) {
      if (verdict === 0) unpin.run(storyId, event)
      else pin.run(storyId, event, verdict, at)
    },
  }
  return store
}
