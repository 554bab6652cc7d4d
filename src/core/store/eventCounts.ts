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
  /** Of the stories first fetched at or after `from` ms, by theme. */
  fetched(from: number): ReadonlyMap<number, Tally>
  /** Of a theme's stories in stretches of whole local days, each from its first to its last day (days since 1970-01-01). */
  byDays(theme: number, stretches: readonly (readonly [first: number, last: number])[]): Tally[]
  /** Of a theme's stories in `count` stretches of `seconds` from `from` ms on. */
  buckets(theme: number, from: number, seconds: number, count: number): Tally[]
}

/** As in counts.ts: a shorter range is read from the stories. */
const HOUR_DAYS = 2

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
    fetched: (from) => each(all.fetched(from)),
    byDays: (theme, stretches) => all.byDays(theme, stretches).map(some),
    buckets: (...asked) => all.buckets(...asked).map(some),
  }
}

export function eventCountStore(db: ReadableDb, timeZone: string): EventCountStore {
  const shared = db
    .prepare('SELECT event, source_id, stories FROM event_day WHERE theme_id = ? AND day >= ? AND day < ?')
    .raw()
  const sharedByDay = db
    .prepare(
      'SELECT day, event, source_id, stories FROM event_day WHERE theme_id = ? AND day >= ? AND day <= ?',
    )
    .raw()
  const whole = db
    .prepare(
      'SELECT source_id, sum(stories) FROM daily WHERE theme_id = ? AND day >= ? AND day < ? GROUP BY source_id',
    )
    .raw()
  const daily = db
    .prepare('SELECT day, source_id, stories FROM daily WHERE theme_id = ? AND day >= ? AND day <= ?')
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
       LEFT JOIN story_event ON story_event.docid = story.docid WHERE story.fetched >= ?`,
    )
    .raw()
  const fetchedAny = db
    .prepare(
      `SELECT ifnull(event, -story.docid), story.source_id FROM story
       LEFT JOIN story_event ON story_event.docid = story.docid WHERE story.fetched >= ?`,
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

  const dayOf = localDayReader(timeZone)

  function edge(into: Gathered, theme: number, from: number, to: number): void {
    if (to <= from) return
    into.add(
      (theme === ALL_STORIES
        ? any.all(docidFrom(from), docidFrom(to))
        : tagged.all(theme, docidFrom(from), docidFrom(to))) as Told[],
    )
  }

  return {
    published(themes, from, to) {
      const first = dayOf(from - 1) + 1
      const last = dayOf(to)
      const found = new Map<number, Gathered>()
      for (const theme of themes) {
        const tally = new Gathered()
        found.set(theme, tally)
        if (last - first < HOUR_DAYS) {
          edge(tally, theme, from, to)
          continue
        }
        for (const [source, stories] of whole.all(theme, first, last) as [number, number][])
          tally.addAlone(source, stories)
        const told: Told[] = []
        for (const [event, source, stories] of shared.all(theme, first, last) as [number, number, number][]) {
          told.push([event, source])
          tally.addAlone(source, -stories)
        }
        tally.add(told)
        edge(tally, theme, from, startOfDay(first, timeZone))
        edge(tally, theme, startOfDay(last, timeZone), to)
      }
      return found
    },
    fetched(from) {
      const all = new Gathered()
      all.add(fetchedAny.all(from) as Told[])
      const found = new Map([[ALL_STORIES, all]])
      for (const [theme, event, source] of fetched.all(from) as [number, number, number][]) {
        const tally = found.get(theme) ?? new Gathered()
        tally.add([[event, source]])
        found.set(theme, tally)
      }
      return found
    },
    byDays(theme, stretches) {
      const first = Math.min(...stretches.map(([from]) => from))
      const last = Math.max(...stretches.map(([, to]) => to))
      const all = Map.groupBy(daily.all(theme, first, last) as [number, number, number][], ([day]) => day)
      const rows = Map.groupBy(
        sharedByDay.all(theme, first, last) as [number, number, number, number][],
        ([day]) => day,
      )
      return stretches.map(([from, to]) => {
        const tally = new Gathered()
        for (let day = from; day <= to; day++) {
          for (const [, source, stories] of all.get(day) ?? []) tally.addAlone(source, stories)
          for (const [, event, source, stories] of rows.get(day) ?? []) {
            tally.add([[event, source]])
            tally.addAlone(source, -stories)
          }
        }
        return tally
      })
    },
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
  }
}
