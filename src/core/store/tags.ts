import type { WritableDb } from './connection.ts'
import { docidFrom } from './docid.ts'

/** A tag that holds: the theme's row id, its strength, and whether a person set it. */
export interface Tag {
  readonly theme: number
  readonly score: number
  readonly byPerson: boolean
}

/** The story a tag is on, with what its counts are kept by. */
export interface Tagged {
  readonly id: number
  readonly docid: number
  readonly sourceId: number
  /** Local day (days since 1970-01-01) of its publication. */
  readonly day: number
  /** Its event, where that has several stories. */
  readonly event: number | null
}

/** Theme 0 of the daily counts: all stories. */
export const ALL_STORIES = 0

export interface TagStore {
  of(storyId: number): Tag[]
  /** The same of several stories at once, by story; those without any are left out. */
  ofAll(storyIds: readonly number[]): Map<number, Tag[]>
  /** How many of these stories each theme has. */
  counted(storyIds: readonly number[]): [theme: number, stories: number][]
  corrections(storyId: number): { theme: number; verdict: 1 | -1 }[]
  correct(storyId: number, theme: number, verdict: 1 | 0 | -1, at: number): void
  /** The stories a person corrected for a theme, with the verdict. */
  corrected(theme: number): { storyId: number; verdict: 1 | -1 }[]
  /** Adds the tags of a story that has none. */
  add(story: Tagged, tags: readonly Tag[], counts: Counts): void
  /**
   * Makes these the story's tags and counts the difference. `counts` must be written within the same transaction.
   * @param were its tags until now; read from the database where they are left out
   */
  set(story: Tagged, tags: readonly Tag[], counts: Counts, were?: readonly Tag[]): void
  /** Stories of a theme's tags with from ≤ docid < to. */
  storyIds(theme: number, from: number, to: number): number[]
  /** Stories of a theme published in [from, to) ms. */
  count(theme: number, from: number, to: number): number
  write(counts: Counts): void
}

/** Changes to the daily counts and their totals, gathered over a transaction: many stories of a feed fall on the same few rows. */
export class Counts {
  /** By theme and source: how many stories more (or fewer) each day. */
  readonly changes = new Map<number, { theme: number; sourceId: number; days: Map<number, number> }>()
  /** Of stories in events with several, by theme, day, event and source. */
  readonly events = new Map<string, { readonly row: readonly [number, number, number, number]; by: number }>()

  add(theme: number, story: Pick<Tagged, 'day' | 'sourceId' | 'event'>, by: number): void {
    const { day, sourceId, event } = story
    if (event !== null) this.addToEvent(theme, { day, sourceId, event }, by)
    const key = theme * SOURCES + sourceId
    let change = this.changes.get(key)
    if (change === undefined) {
      change = { theme, sourceId, days: new Map() }
      this.changes.set(key, change)
    }
    change.days.set(day, (change.days.get(day) ?? 0) + by)
  }

  /** A story that is there already is counted for an event (or no more). */
  addToEvent(
    theme: number,
    { day, sourceId, event }: { day: number; sourceId: number; event: number },
    by: number,
  ): void {
    const key = `${theme} ${day} ${event} ${sourceId}`
    const change = this.events.get(key)
    if (change === undefined) this.events.set(key, { row: [theme, day, event, sourceId], by })
    else change.by += by
  }
}

/** More than there are sources: pairs of theme and source become one number. */
const SOURCES = 2 ** 32

export function tagStore(db: WritableDb): TagStore {
  const of = db.prepare(
    'SELECT tag.theme_id, tag.score, tag.by_person FROM tag WHERE story_id = +? ORDER BY tag.score DESC',
  )
  const ofAll = db
    .prepare(
      `SELECT tag.story_id, tag.theme_id, tag.score, tag.by_person FROM json_each(?) AS wanted
       CROSS JOIN tag ON tag.story_id = wanted.value`,
    )
    .raw()
  const counted = db
    .prepare(
      `SELECT theme_id, count(*) FROM json_each(?) AS wanted
       CROSS JOIN tag INDEXED BY tag_story ON tag.story_id = wanted.value GROUP BY theme_id`,
    )
    .raw()
  const corrections = db.prepare('SELECT theme_id AS theme, verdict FROM correction WHERE story_id = ?')
  const correct = db.prepare(
    `INSERT INTO correction (story_id, theme_id, verdict, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (story_id, theme_id) DO UPDATE SET verdict = excluded.verdict, at = excluded.at`,
  )
  const uncorrect = db.prepare('DELETE FROM correction WHERE story_id = ? AND theme_id = ?')
  const corrected = db.prepare('SELECT story_id AS storyId, verdict FROM correction WHERE theme_id = ?')
  const insert = db.prepare(
    `INSERT INTO tag (theme_id, docid, story_id, score, by_person) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (theme_id, docid) DO UPDATE SET score = excluded.score, by_person = excluded.by_person`,
  )
  const remove = db.prepare('DELETE FROM tag WHERE theme_id = ? AND docid = ?')
  const storyIds = db
    .prepare('SELECT story_id FROM tag WHERE theme_id = ? AND docid >= ? AND docid < ?')
    .pluck()
  const count = db.prepare('SELECT count(*) FROM tag WHERE theme_id = ? AND docid >= ? AND docid < ?').pluck()
  const write = db.prepare(
    `INSERT INTO daily (theme_id, day, source_id, stories) VALUES (?, ?, ?, ?)
     ON CONFLICT (theme_id, day, source_id) DO UPDATE SET stories = stories + excluded.stories`,
  )
  const sweep = db.prepare(
    'DELETE FROM daily WHERE theme_id = ? AND day = ? AND source_id = ? AND stories = 0',
  )
  const writeTotal = db.prepare(
    `INSERT INTO total (theme_id, source_id, stories) VALUES (?, ?, ?)
     ON CONFLICT (theme_id, source_id) DO UPDATE SET stories = stories + excluded.stories`,
  )
  const writeEvent = db.prepare(
    `INSERT INTO event_day (theme_id, day, event, source_id, stories) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (theme_id, day, event, source_id) DO UPDATE SET stories = stories + excluded.stories`,
  )
  const sweepEvent = db.prepare(
    'DELETE FROM event_day WHERE theme_id = ? AND day = ? AND event = ? AND source_id = ? AND stories = 0',
  )

  const store: TagStore = {
    of: (storyId) =>
      (of.all(storyId) as { theme_id: number; score: number; by_person: number }[]).map((row) => ({
        theme: row.theme_id,
        score: row.score,
        byPerson: row.by_person === 1,
      })),
    ofAll(storyIds) {
      const found = new Map<number, Tag[]>()
      const rows = ofAll.all(JSON.stringify(storyIds)) as [number, number, number, number][]
      for (const [story, theme, score, byPerson] of rows) {
        const tag = { theme, score, byPerson: byPerson === 1 }
        const others = found.get(story)
        if (others === undefined) found.set(story, [tag])
        else others.push(tag)
      }
      return found
    },
    counted: (storyIds) => counted.all(JSON.stringify(storyIds)) as [number, number][],
    corrections: (storyId) => corrections.all(storyId) as { theme: number; verdict: 1 | -1 }[],
    correct(storyId, theme, verdict, at) {
      if (verdict === 0) uncorrect.run(storyId, theme)
      else correct.run(storyId, theme, verdict, at)
    },
    corrected: (theme) => corrected.all(theme) as { storyId: number; verdict: 1 | -1 }[],
    add(story, tags, counts) {
      for (const tag of tags) {
        insert.run(tag.theme, story.docid, story.id, tag.score, tag.byPerson ? 1 : 0)
        counts.add(tag.theme, story, 1)
      }
    },
    set(story, tags, counts, were = store.of(story.id)) {
      const before = new Map(were.map((tag) => [tag.theme, tag]))
      for (const tag of tags) {
        const had = before.get(tag.theme)
        before.delete(tag.theme)
        if (had !== undefined && had.score === tag.score && had.byPerson === tag.byPerson) continue
        insert.run(tag.theme, story.docid, story.id, tag.score, tag.byPerson ? 1 : 0)
        if (had === undefined) counts.add(tag.theme, story, 1)
      }
      for (const theme of before.keys()) {
        remove.run(theme, story.docid)
        counts.add(theme, story, -1)
      }
    },
    storyIds: (theme, from, to) => storyIds.all(theme, from, to) as number[],
    count: (theme, from, to) => count.get(theme, docidFrom(from), docidFrom(to)) as number,
    write(counts) {
      for (const { theme, sourceId, days } of counts.changes.values()) {
        let sum = 0
        for (const [day, by] of days) {
          if (by === 0) continue
          write.run(theme, day, sourceId, by)
          if (by < 0) sweep.run(theme, day, sourceId)
          sum += by
        }
        if (sum !== 0) writeTotal.run(theme, sourceId, sum)
      }
      counts.changes.clear()
      for (const { row, by } of counts.events.values()) {
        if (by === 0) continue
        writeEvent.run(...row, by)
        if (by < 0) sweepEvent.run(...row)
      }
      counts.events.clear()
    },
  }
  return store
}
