import { localDayReader, startOfDay } from '../localTime.ts'
import type { ReadableDb } from './connection.ts'
import { docidFrom, PER_SECOND } from './docid.ts'
import { type EventCountStore, eventCountStore } from './eventCounts.ts'
import { ALL_STORIES } from './tags.ts'

/** Stories per theme row id (ALL_STORIES: every story) and source id. */
export type PerSource = ReadonlyMap<number, ReadonlyMap<number, number>>

/** The dashboard's numbers. Whole local days come from the daily counts, only the rest of a range from the tags. */
export interface CountStore {
  /** Stories published in [from, to) ms. */
  published(themes: readonly number[], from: number, to: number): PerSource
  /** Stories first fetched in [from, to) ms. */
  fetched(from: number, to: number): PerSource
  /** Stories of a theme per local day, `first` to `last` inclusive (days since 1970-01-01). */
  daily(theme: number, first: number, last: number): number[]
  /** The same for each source that has any, by source id. */
  dailyBySource(theme: number, first: number, last: number): Map<number, number[]>
  /** Stories of a theme in `count` stretches of `seconds` from `from` ms on. */
  buckets(theme: number, from: number, seconds: number, count: number): number[]
  /** Of how many events the stories are. */
  readonly events: EventCountStore
}

const HOUR_DAYS = 2

export function countStore(db: ReadableDb, timeZone: string): CountStore {
  const whole = db
    .prepare(
      'SELECT source_id, sum(stories) FROM daily WHERE theme_id = ? AND day >= ? AND day < ? GROUP BY source_id',
    )
    .raw()
  const tagged = db
    .prepare(
      `SELECT story.source_id, count(*) FROM tag JOIN story ON story.id = tag.story_id
       WHERE tag.theme_id = ? AND tag.docid >= ? AND tag.docid < ? GROUP BY story.source_id`,
    )
    .raw()
  const any = db
    .prepare('SELECT source_id, count(*) FROM story WHERE docid >= ? AND docid < ? GROUP BY source_id')
    .raw()
  const fetched = db
    .prepare(
      `SELECT tag.theme_id, story.source_id, count(*) FROM story CROSS JOIN tag ON tag.story_id = story.id
       WHERE story.fetched >= ? AND story.fetched < ? GROUP BY tag.theme_id, story.source_id`,
    )
    .raw()
  const fetchedAny = db
    .prepare('SELECT source_id, count(*) FROM story WHERE fetched >= ? AND fetched < ? GROUP BY source_id')
    .raw()
  const daily = db
    .prepare('SELECT day, sum(stories) FROM daily WHERE theme_id = ? AND day >= ? AND day <= ? GROUP BY day')
    .raw()
  const bySource = db
    .prepare(
      'SELECT source_id, day, stories FROM daily WHERE theme_id = ? AND day >= ? AND day <= ? AND stories > 0',
    )
    .raw()
  const buckets = db
    .prepare(
      'SELECT CAST((docid - @start) / @step AS INTEGER), count(*) FROM tag WHERE theme_id = @theme AND docid >= @start AND docid < @end GROUP BY 1',
    )
    .raw()

  const dayOf = localDayReader(timeZone)

  function edge(into: Map<number, number>, theme: number, from: number, to: number): void {
    if (to <= from) return
    const rows =
      theme === ALL_STORIES
        ? any.all(docidFrom(from), docidFrom(to))
        : tagged.all(theme, docidFrom(from), docidFrom(to))
    for (const [source, n] of rows as [number, number][]) into.set(source, (into.get(source) ?? 0) + n)
  }

  return {
    published(themes, from, to) {
      const first = dayOf(from - 1) + 1
      const last = dayOf(to)
      const found = new Map<number, Map<number, number>>()
      for (const theme of themes) {
        const sources = new Map<number, number>()
        if (last - first < HOUR_DAYS) edge(sources, theme, from, to)
        else {
          for (const [source, n] of whole.all(theme, first, last) as [number, number][])
            sources.set(source, n)
          edge(sources, theme, from, startOfDay(first, timeZone))
          edge(sources, theme, startOfDay(last, timeZone), to)
        }
        found.set(theme, sources)
      }
      return found
    },
    fetched(from, to) {
      const found = new Map<number, Map<number, number>>()
      found.set(ALL_STORIES, new Map(fetchedAny.all(from, to) as [number, number][]))
      for (const [theme, source, n] of fetched.all(from, to) as [number, number, number][]) {
        const sources = found.get(theme) ?? new Map<number, number>()
        sources.set(source, n)
        found.set(theme, sources)
      }
      return found
    },
    daily(theme, first, last) {
      const days = new Map(daily.all(theme, first, last) as [number, number][])
      return Array.from({ length: last - first + 1 }, (_, i) => days.get(first + i) ?? 0)
    },
    dailyBySource(theme, first, last) {
      const found = new Map<number, number[]>()
      for (const [source, day, n] of bySource.all(theme, first, last) as [number, number, number][]) {
        const days = found.get(source) ?? new Array<number>(last - first + 1).fill(0)
        days[day - first] = n
        found.set(source, days)
      }
      return found
    },
    buckets(theme, from, seconds, count) {
      const start = docidFrom(from)
      const step = seconds * PER_SECOND
      const found = new Map(
        buckets.all({ start, step, theme, end: start + count * step }) as [number, number][],
      )
      return Array.from({ length: count }, (_, i) => found.get(i) ?? 0)
    },
    events: eventCountStore(db, timeZone),
  }
}
