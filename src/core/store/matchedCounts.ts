import { localDayReader, startOfDay } from '../localTime.ts'
import type { ReadableDb } from './connection.ts'
import type { CountStore } from './counts.ts'
import { docidFrom, PER_SECOND } from './docid.ts'
import { Gathered, type Largest, type Tally } from './eventCounts.ts'
import { ALL_STORIES } from './tags.ts'

/** The stories that a query matches, as search finds them: docids in any order. */
export interface MatchedStories {
  /** Of those published in [from, to) ms. */
  published(from: number, to: number): Iterable<readonly number[]>
  /** Of those first fetched in [from, to) ms. */
  fetched(from: number, to: number): Iterable<readonly number[]>
}

/** The matches of one theme, oldest first. */
interface Column {
  readonly docids: number[]
  readonly sources: number[]
  /** Their events; of a story that waits for one, its docid below 0. */
  readonly events: number[]
}

/**
 * The dashboard's numbers of the stories that a query matches, where the daily counts cannot give them: the matches of the time
 * that is asked for are read once, with their sources and themes, and counted in memory.
 * @param since the earliest time that will be asked for (ms): all of it is read at once
 */
export function matchedCounts(
  db: ReadableDb,
  timeZone: string,
  matched: MatchedStories,
  since: number,
): CountStore {
  const rows = db
    .prepare(
      `SELECT story.docid, story.source_id, tag.theme_id, ifnull(story_event.event, -story.docid) FROM json_each(?) AS wanted
       CROSS JOIN story ON story.docid = wanted.value LEFT JOIN tag ON tag.story_id = story.id
       LEFT JOIN story_event ON story_event.docid = story.docid`,
    )
    .raw()
  const dayOf = localDayReader(timeZone)
  let read: { from: number; to: number; columns: ReadonlyMap<number, Column> } | undefined

  function columnsOf(found: Iterable<readonly number[]>): Map<number, Column> {
    const docids: number[] = []
    for (const some of found) for (const docid of some) docids.push(docid)
    docids.sort((a, b) => a - b)
    const columns = new Map<number, Column>()
    const add = (theme: number, docid: number, source: number, event: number): void => {
      let column = columns.get(theme)
      if (column === undefined) {
        column = { docids: [], sources: [], events: [] }
        columns.set(theme, column)
      }
      column.docids.push(docid)
      column.sources.push(source)
      column.events.push(event)
    }
    let last = -1
    for (const [docid, source, theme, event] of rows.iterate(JSON.stringify(docids)) as Iterable<
      [number, number, number | null, number]
    >) {
      if (docid !== last) add(ALL_STORIES, docid, source, event)
      if (theme !== null) add(theme, docid, source, event)
      last = docid
    }
    return columns
  }

  function columnsIn(from: number, to: number): ReadonlyMap<number, Column> {
    if (read === undefined || from < read.from || to > read.to) {
      const whole = { from: Math.min(from, since, read?.from ?? from), to: Math.max(to, read?.to ?? to) }
      read = { ...whole, columns: columnsOf(matched.published(whole.from, whole.to)) }
    }
    return read.columns
  }

  /** The places of a column's stories published in [from, to) ms. */
  function places(column: Column, from: number, to: number): [number, number] {
    return [place(column.docids, docidFrom(from)), place(column.docids, docidFrom(to))]
  }

  function* within(
    theme: number,
    from: number,
    to: number,
  ): Generator<[docid: number, source: number, event: number]> {
    const column = columnsIn(from, to).get(theme)
    if (column === undefined) return
    const [first, end] = places(column, from, to)
    for (let at = first; at < end; at++)
      yield [column.docids[at] as number, column.sources[at] as number, column.events[at] as number]
  }

  function tallyOf(theme: number, from: number, to: number): Tally {
    const tally = new Gathered()
    tally.add([...within(theme, from, to)].map(([, source, event]) => [event, source]))
    return tally
  }

  const perSource = (sources: Iterable<number>): Map<number, number> => {
    const found = new Map<number, number>()
    for (const source of sources) found.set(source, (found.get(source) ?? 0) + 1)
    return found
  }
  const dayOfDocid = (docid: number): number => dayOf(Math.floor(docid / PER_SECOND) * 1000)

  return {
    published: (themes, from, to) =>
      new Map(
        themes.map((theme) => [theme, perSource([...within(theme, from, to)].map(([, source]) => source))]),
      ),
    fetched: (from, to) =>
      new Map(
        [...columnsOf(matched.fetched(from, to))].map(([theme, { sources }]) => [theme, perSource(sources)]),
      ),
    daily(theme, first, last) {
      const days = new Array<number>(last - first + 1).fill(0)
      for (const [docid] of within(theme, startOfDay(first, timeZone), startOfDay(last + 1, timeZone))) {
        const at = dayOfDocid(docid) - first
        days[at] = (days[at] ?? 0) + 1
      }
      return days
    },
    dailyBySource(theme, first, last) {
      const found = new Map<number, number[]>()
      for (const [docid, source] of within(
        theme,
        startOfDay(first, timeZone),
        startOfDay(last + 1, timeZone),
      )) {
        const days = found.get(source) ?? new Array<number>(last - first + 1).fill(0)
        const at = dayOfDocid(docid) - first
        days[at] = (days[at] ?? 0) + 1
        found.set(source, days)
      }
      return found
    },
    buckets(theme, from, seconds, count) {
      const found = new Array<number>(count).fill(0)
      const start = docidFrom(from)
      for (const [docid] of within(theme, from, from + count * seconds * 1000)) {
        const at = Math.floor((docid - start) / (seconds * PER_SECOND))
        found[at] = (found[at] ?? 0) + 1
      }
      return found
    },
    events: {
      published: (themes, from, to) => new Map(themes.map((theme) => [theme, tallyOf(theme, from, to)])),
      fetched: (from, to) =>
        new Map(
          [...columnsOf(matched.fetched(from, to))].map(([theme, { events, sources }]) => {
            const tally = new Gathered()
            tally.add(events.map((event, i) => [event, sources[i] as number]))
            return [theme, tally]
          }),
        ),
      byDays: (theme, stretches) =>
        stretches.map(([first, last]) =>
          tallyOf(theme, startOfDay(first, timeZone), startOfDay(last + 1, timeZone)),
        ),
      buckets: (theme, from, seconds, count) =>
        Array.from({ length: count }, (_, i) => {
          const start = from + i * seconds * 1000
          return tallyOf(theme, start, start + seconds * 1000)
        }),
      largest(theme, { by, from, to }, limit) {
        const events =
          by === 'fetched'
            ? (columnsOf(matched.fetched(from, to)).get(theme)?.events ?? [])
            : [...within(theme, from, to)].map(([, , event]) => event)
        const counts = new Map<number, number>()
        for (const event of events) if (event > 0) counts.set(event, (counts.get(event) ?? 0) + 1)
        return [...counts]
          .filter(([, stories]) => stories > 1)
          .sort(([a, n], [b, m]) => m - n || b - a)
          .slice(0, limit) as Largest[]
      },
    },
  }
}

/** Where a docid stands, or would stand, in a list of them. */
function place(docids: readonly number[], docid: number): number {
  let [low, high] = [0, docids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((docids[middle] as number) < docid) low = middle + 1
    else high = middle
  }
  return low
}
