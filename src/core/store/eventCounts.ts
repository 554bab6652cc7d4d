import { localDayReader, startOfDay } from '../localTime.ts'
import type { ReadableDb } from './connection.ts'
import { docidFrom, PER_SECOND } from './docid.ts'
import { ALL_STORIES } from './tags.ts'

/**
 * The events of some stories. Events of several stories are known one by one, with the sources that tell them; of those of one
 * story it is known how many each source has.
 */
export interface Tally {
  /** Distinct events of the stories of these sources; of all where it is left out. */
  events(has?: (source: number) => boolean): number
}

/**
 * How many events, as `CountStore` counts stories: whole local days from the counts that are kept by event, only the rest of a
 * range from the tags. A story that waits for its event counts as one of its own.
 */
export interface EventCountStore {
  /** Of the stories published in [from, to) ms, by theme row id (ALL_STORIES: every story). */
  published(themes: readonly number[], from: number, to: number): ReadonlyMap<number, Tally>
  /** Of the stories first fetched in [from, to) ms, by theme. */
  fetched(from: number, to: number): ReadonlyMap<number, Tally>
  /** Of a theme's stories in stretches of whole local days, each from its first to its last day (days since 1970-01-01). */
  byDays(theme: number, stretches: readonly (readonly [first: number, last: number])[]): Tally[]
  /** Of a theme's stories in `count` stretches of `seconds` from `from` ms on. */
  buckets(theme: number, from: number, seconds: number, count: number): Tally[]
  /**
   * The events of several stories that have most of a theme's in a stretch, most first, each with no fewer than it has: copies
   * count, and where the stretch is of publication so do whole local days.
   * @param sources of these alone
   */
  largest(theme: number, stretch: CountedStretch, limit: number, sources?: ReadonlySet<number>): Largest[]
}

/** A stretch of time [from, to), epoch ms. */
export interface CountedStretch {
  readonly by: 'published' | 'fetched'
  readonly from: number
  readonly to: number
}

export type Largest = readonly [event: number, atMost: number]

/** As in counts.ts: a shorter range is read from the stories. */
const HOUR_DAYS = 2

/** The days of a stretch from which on an event's own total is asked, not its daily counts. */
const MANY_DAYS = 31

/** An event with a source of its stories; below 0: the docid of a story that waits for its event. */
type Told = readonly [event: number, source: number]

/** A tally that is added to. */
export class Gathered implements Tally {
  readonly #told: Told[] = []
  readonly #alone = new Map<number, number>()

  add(told: readonly Told[]): void {
    for (const one of told) this.#told.push(one)
  }

  /** Stories that are events of their own. */
  addAlone(source: number, stories: number): void {
    this.#alone.set(source, (this.#alone.get(source) ?? 0) + stories)
  }

  events(has?: (source: number) => boolean): number {
    const seen = new Set<number>()
    let alone = 0
    for (const [event, source] of this.#told) if (has === undefined || has(source)) seen.add(event)
    for (const [source, stories] of this.#alone) if (has === undefined || has(source)) alone += stories
    return seen.size + alone
  }
}

/** The same of some sources alone. */
export function eventsOfSources(all: EventCountStore, sources: ReadonlySet<number>): EventCountStore {
  const some = (tally: Tally): Tally => ({
    events: (has) => tally.events((source) => sources.has(source) && (has === undefined || has(source))),
  })
  const each = (tallies: ReadonlyMap<number, Tally>): ReadonlyMap<number, Tally> =>
    new Map([...tallies].map(([theme, tally]) => [theme, some(tally)]))
  return {
    published: (themes, from, to) => each(all.published(themes, from, to)),
    fetched: (from, to) => each(all.fetched(from, to)),
    byDays: (theme, stretches) => all.byDays(theme, stretches).map(some),
    buckets: (...asked) => all.buckets(...asked).map(some),
    largest: (theme, stretch, limit) => all.largest(theme, stretch, limit, sources),
  }
}

export function eventCountStore(db: ReadableDb, timeZone: string): EventCountStore {
  const sharedOfDays = db
    .prepare('SELECT event, source_id, stories FROM event_day WHERE theme_id = ? AND day >= ? AND day <= ?')
    .raw()
  const ofDays = db
    .prepare(
      'SELECT source_id, sum(stories) FROM daily WHERE theme_id = ? AND day >= ? AND day <= ? GROUP BY source_id',
    )
    .raw()
  const countOfDays = db
    .prepare(
      `SELECT (SELECT ifnull(sum(stories), 0) FROM daily WHERE theme_id = @theme AND day >= @from AND day <= @to),
         count(DISTINCT event), ifnull(sum(stories), 0)
       FROM event_day WHERE theme_id = @theme AND day >= @from AND day <= @to`,
    )
    .raw()
  const countWithEdges = db
    .prepare(
      `SELECT (SELECT ifnull(sum(stories), 0) FROM daily WHERE theme_id = @theme AND day >= @from AND day <= @to),
         count(DISTINCT event), ifnull(sum(stories), 0)
       FROM (SELECT event, stories FROM event_day WHERE theme_id = @theme AND day >= @from AND day <= @to
         UNION ALL SELECT value, 0 FROM json_each(@edges))`,
    )
    .raw()
  const any = db
    .prepare(
      `SELECT ifnull(event, -story.docid), story.source_id FROM story INDEXED BY story_facts
       LEFT JOIN story_event ON story_event.docid = story.docid WHERE story.docid >= ? AND story.docid < ?`,
    )
    .raw()
  const tagged = db
    .prepare(
      `SELECT ifnull(event, -tag.docid), story.source_id FROM tag JOIN story INDEXED BY story_facts ON story.docid = tag.docid
       LEFT JOIN story_event ON story_event.docid = tag.docid
       WHERE tag.theme_id = ? AND tag.docid >= ? AND tag.docid < ?`,
    )
    .raw()
  const fetched = db
    .prepare(
      `SELECT tag.theme_id, ifnull(event, -story.docid), story.source_id
       FROM story CROSS JOIN tag ON tag.story_id = story.id
       LEFT JOIN story_event ON story_event.docid = story.docid WHERE story.fetched >= ? AND story.fetched < ?`,
    )
    .raw()
  const fetchedAny = db
    .prepare(
      `SELECT ifnull(event, -story.docid), story.source_id FROM story
       LEFT JOIN story_event ON story_event.docid = story.docid WHERE story.fetched >= ? AND story.fetched < ?`,
    )
    .raw()
  const inBuckets = db
    .prepare(
      `SELECT CAST((tag.docid - @start) / @step AS INTEGER), ifnull(event, -tag.docid), story.source_id FROM tag
       JOIN story INDEXED BY story_facts ON story.docid = tag.docid
       LEFT JOIN story_event ON story_event.docid = tag.docid
       WHERE tag.theme_id = @theme AND tag.docid >= @start AND tag.docid < @end`,
    )
    .raw()

  const largestOfDays = db
    .prepare(
      `SELECT event, sum(stories) AS n FROM event_day WHERE theme_id = ? AND day >= ? AND day <= ?
       GROUP BY event ORDER BY n DESC, event DESC LIMIT ?`,
    )
    .raw()
  const largestOfAll = db
    .prepare(
      `SELECT id, stories FROM event INDEXED BY event_span WHERE last >= ? AND first < ? AND stories > 1
       ORDER BY stories DESC, id DESC LIMIT ?`,
    )
    .raw()
  const largestOfSources = db
    .prepare(
      `SELECT event, sum(stories) AS n FROM event_day WHERE theme_id = ? AND day >= ? AND day <= ?
       AND source_id IN (SELECT value FROM json_each(?)) GROUP BY event ORDER BY n DESC, event DESC LIMIT ?`,
    )
    .raw()
  const largestFetched = db
    .prepare(
      `SELECT event.id, count(*) AS n FROM story INDEXED BY story_fetched
       CROSS JOIN story_event ON story_event.docid = story.docid CROSS JOIN event ON event.id = story_event.event
       WHERE story.fetched >= ? AND story.fetched < ? AND event.stories > 1
       GROUP BY event.id ORDER BY n DESC, event.id DESC LIMIT ?`,
    )
    .raw()

  const dayOf = localDayReader(timeZone)

  /** @param edges events of the stories beside those days */
  function eventsOfDays(theme: number, from: number, to: number, edges: readonly number[] = []): number {
    const [all, events, told] = (
      edges.length === 0
        ? countOfDays.get({ theme, from, to })
        : countWithEdges.get({ theme, from, to, edges: JSON.stringify(edges) })
    ) as [number, number, number]
    return events + all - told
  }

  function gatheredOfDays(theme: number, from: number, to: number): Gathered {
    const tally = new Gathered()
    for (const [source, stories] of ofDays.all(theme, from, to) as [number, number][])
      tally.addAlone(source, stories)
    for (const [event, source, stories] of sharedOfDays.all(theme, from, to) as [number, number, number][]) {
      tally.add([[event, source]])
      tally.addAlone(source, -stories)
    }
    return tally
  }

  /** Whole days and what stands beside them: rows are read only where sources are told apart. */
  function tallyOf(theme: number, first: number, last: number, edges: readonly Told[]): Tally {
    let gathered: Gathered | undefined
    return {
      events(has) {
        if (has === undefined)
          return eventsOfDays(
            theme,
            first,
            last,
            edges.map(([event]) => event),
          )
        if (gathered === undefined) {
          gathered = gatheredOfDays(theme, first, last)
          gathered.add(edges)
        }
        return gathered.events(has)
      },
    }
  }

  function edge(theme: number, from: number, to: number): Told[] {
    if (to <= from) return []
    return (
      theme === ALL_STORIES
        ? any.all(docidFrom(from), docidFrom(to))
        : tagged.all(theme, docidFrom(from), docidFrom(to))
    ) as Told[]
  }

  return {
    published(themes, from, to) {
      const first = dayOf(from - 1) + 1
      const last = dayOf(to)
      const found = new Map<number, Tally>()
      for (const theme of themes) {
        if (last - first < HOUR_DAYS) {
          const tally = new Gathered()
          tally.add(edge(theme, from, to))
          found.set(theme, tally)
          continue
        }
        const edges = [
          ...edge(theme, from, startOfDay(first, timeZone)),
          ...edge(theme, startOfDay(last, timeZone), to),
        ]
        found.set(theme, tallyOf(theme, first, last - 1, edges))
      }
      return found
    },
    fetched(from, to) {
      const all = new Gathered()
      all.add(fetchedAny.all(from, to) as Told[])
      const found = new Map([[ALL_STORIES, all]])
      for (const [theme, event, source] of fetched.all(from, to) as [number, number, number][]) {
        const tally = found.get(theme) ?? new Gathered()
        tally.add([[event, source]])
        found.set(theme, tally)
      }
      return found
    },
    byDays: (theme, stretches) => stretches.map(([from, to]) => tallyOf(theme, from, to, [])),
    buckets(theme, from, seconds, count) {
      const start = docidFrom(from)
      const step = seconds * PER_SECOND
      const tallies = Array.from({ length: count }, () => new Gathered())
      const rows = inBuckets.all({ start, step, theme, end: start + count * step }) as [
        number,
        number,
        number,
      ][]
      for (const [bucket, event, source] of rows) tallies[bucket]?.add([[event, source]])
      return tallies
    },
    largest(theme, { by, from, to }, limit, sources) {
      if (by === 'fetched') return largestFetched.all(from, to, limit) as Largest[]
      const [first, last] = [dayOf(from), dayOf(to - 1)]
      // Over many days their counts are many: then all of an event's stories stand for those of the stretch.
      if (theme === ALL_STORIES && sources === undefined && last - first > MANY_DAYS)
        return largestOfAll.all(docidFrom(from), docidFrom(to), limit) as Largest[]
      return (
        sources === undefined
          ? largestOfDays.all(theme, first, last, limit)
          : largestOfSources.all(theme, first, last, JSON.stringify([...sources]), limit)
      ) as Largest[]
    },
  }
}
