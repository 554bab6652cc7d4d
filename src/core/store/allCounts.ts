import type { ReadableDb } from './connection.ts'
import { type CountStore, countStore, type PerSource } from './counts.ts'
import { docidFrom, PER_SECOND } from './docid.ts'
import { eventsOfSources } from './eventCounts.ts'
import { type MatchedStories, matchedCounts } from './matchedCounts.ts'
import { ALL_STORIES } from './tags.ts'

/** The numbers of all stories, and of those that pass a filter. */
export interface AllCounts extends CountStore {
  /** All stories by local day (days since 1970-01-01), days without any left out. */
  byDay(): [day: number, stories: number][]
  /** The events of several stories that a local day has, with how many it has of each. */
  eventsOfDay(day: number): [event: number, stories: number][]
  /** Of some sources alone. */
  ofSources(sources: ReadonlySet<number>): CountStore
  /** Of what a query matches. @param since the earliest time that will be asked for (ms) */
  ofMatches(matched: MatchedStories, since: number): CountStore
}

/** @param timeZone IANA zone of the days that counts are kept by */
export function allCounts(db: ReadableDb, timeZone: string): AllCounts {
  const counts = countStore(db, timeZone)
  const byDay = db
    .prepare('SELECT day, sum(stories) AS n FROM daily WHERE theme_id = ? GROUP BY day HAVING n > 0')
    .raw()
  const eventsOfDay = db
    .prepare('SELECT event, sum(stories) FROM event_day WHERE theme_id = ? AND day = ? GROUP BY event')
    .raw()
  return {
    ...counts,
    byDay: () => byDay.all(ALL_STORIES) as [number, number][],
    eventsOfDay: (day) => eventsOfDay.all(ALL_STORIES, day) as [number, number][],
    ofSources: (sources) => countsOfSources(db, counts, sources),
    ofMatches: (matched, since) => matchedCounts(db, timeZone, matched, since),
  }
}

/** The same numbers of some sources alone. */
function countsOfSources(db: ReadableDb, all: CountStore, sources: ReadonlySet<number>): CountStore {
  const ids = JSON.stringify([...sources])
  const daily = db
    .prepare(
      `SELECT day, sum(stories) FROM daily WHERE theme_id = ? AND day >= ? AND day <= ?
       AND source_id IN (SELECT value FROM json_each(?)) GROUP BY day`,
    )
    .raw()
  const buckets = db
    .prepare(
      `SELECT CAST((tag.docid - @start) / @step AS INTEGER), count(*) FROM tag JOIN story ON story.id = tag.story_id
       WHERE theme_id = @theme AND tag.docid >= @start AND tag.docid < @end
         AND story.source_id IN (SELECT value FROM json_each(@ids)) GROUP BY 1`,
    )
    .raw()
  const some = <T>(bySource: ReadonlyMap<number, T>): Map<number, T> =>
    new Map([...bySource].filter(([source]) => sources.has(source)))
  const each = (perSource: PerSource): PerSource =>
    new Map([...perSource].map(([theme, bySource]) => [theme, some(bySource)]))
  return {
    published: (themes, from, to) => each(all.published(themes, from, to)),
    fetched: (from, to) => each(all.fetched(from, to)),
    daily(theme, first, last) {
      const days = new Map(daily.all(theme, first, last, ids) as [number, number][])
      return Array.from({ length: last - first + 1 }, (_, i) => days.get(first + i) ?? 0)
    },
    dailyBySource: (theme, first, last) => some(all.dailyBySource(theme, first, last)),
    buckets(theme, from, seconds, count) {
      const start = docidFrom(from)
      const step = seconds * PER_SECOND
      const found = new Map(
        buckets.all({ start, step, theme, end: start + count * step, ids }) as [number, number][],
      )
      return Array.from({ length: count }, (_, i) => found.get(i) ?? 0)
    },
    events: eventsOfSources(all.events, sources),
  }
}
