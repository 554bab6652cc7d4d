import type { EventRow } from '../../api/contract/events.ts'
import type { SourceRecord } from '../store/sources.ts'
import { EventTally, mostFirst, summed } from './eventTally.ts'
import type { DoorParts } from './parts.ts'
import { type Voices, voicesIn } from './voices.ts'

/** Events as lists have them: counted by those of their stories that were asked for. */
export interface EventRows extends Voices {
  sourcesById(): SourcesById
  /** What stories come to, some at a time. @param docids the oldest first */
  tallyOf(docids: readonly number[]): Generator<void, EventTally>
  /** An event by those of its stories that count; null where none of them is left. */
  rowFrom(id: number, tally: EventTally, how: RowOptions): EventRow | null
  /** The rows of events, in their order. @param docids which of their stories count, by docid */
  rowsOf(
    docids: ReadonlyMap<number, readonly number[]>,
    narrowed: string,
    language: string,
  ): Generator<void, EventRow[]>
  /** The stories of each theme that is no group, by key; '' for those that are gone. */
  themesOf(tally: EventTally): Map<string, number>
}

export type SourcesById = ReadonlyMap<number, SourceRecord>

interface RowOptions {
  /** What its stories are narrowed by, as query text; '' for nothing. */
  readonly narrowed: string
  /** BCP 47, of the headline. */
  readonly language: string
  readonly sources: SourcesById
}

/** How an event grows is told of so many hours. */
const GROWN_HOURS = 6
export const GROWN_MS = GROWN_HOURS * 3_600_000

/** Stories that are counted before others work. */
const COUNTED_A_STEP = 1000

type Parts = Pick<DoorParts, 'events' | 'stories' | 'sources' | 'tags' | 'definitions' | 'now'>

export function createEventRows(parts: Parts): EventRows {
  const { events, tags, definitions } = parts
  const voices = voicesIn(parts.stories)

  const sourcesById = (): SourcesById => new Map(parts.sources.all().map((source) => [source.id, source]))

  function* tallyOf(docids: readonly number[]): Generator<void, EventTally> {
    const tally = new EventTally(parts.now() - GROWN_MS)
    for (let at = 0; at < docids.length; at += COUNTED_A_STEP) {
      const facts = events.facts(docids.slice(at, at + COUNTED_A_STEP))
      for (const story of facts) tally.add(story)
      for (const [theme, stories] of tags.counted(facts.map(({ id }) => id))) tally.addTheme(theme, stories)
      yield
    }
    return tally
  }

  function* rowsOf(
    docids: ReadonlyMap<number, readonly number[]>,
    narrowed: string,
    language: string,
  ): Generator<void, EventRow[]> {
    const sources = sourcesById()
    const rows: EventRow[] = []
    for (const [id, mine] of docids) {
      const tally = yield* tallyOf(mine.toSorted((a, b) => a - b))
      const row = rowFrom(id, tally, { narrowed, language, sources })
      if (row !== null) rows.push(row)
    }
    return rows
  }

  function rowFrom(
    id: number,
    tally: EventTally,
    { narrowed, language, sources }: RowOptions,
  ): EventRow | null {
    const record = events.get(id)
    const headline = voices.headlineOf(record.headlines, tally.firstOfLanguages(), language, sources)
    if (headline === null || tally.stories === 0) return null
    return {
      id,
      name: record.name,
      headline,
      first: tally.first,
      last: tally.last,
      stories: { stories: tally.stories, query: `event:${id} ${narrowed}`.trim() },
      grown: { stories: tally.grown, query: `event:${id} within:${GROWN_HOURS}h ${narrowed}`.trim() },
      all: { stories: record.stories, query: `event:${id}` },
      sources: tally.bySource.size,
      blocs: named(blocsOf(tally, sources)),
      languages: named(tally.byLanguage()),
      themes: named(themesOf(tally)),
      copies: tally.copies.length,
    }
  }

  /** The stories of each bloc; '' for sources without one. */
  const blocsOf = ({ bySource }: EventTally, sources: SourcesById): Map<string, number> =>
    summed(
      bySource,
      (source) => sources.get(source)?.bloc ?? '',
      ({ stories: n }) => n,
    )

  function themesOf({ byTheme }: EventTally): Map<string, number> {
    const keys = new Map(
      definitions().themes.flatMap(({ id, key, kind }) => (kind === 'theme' ? [[id, key] as const] : [])),
    )
    return summed(
      byTheme,
      (theme) => keys.get(theme) ?? '',
      (n) => n,
    )
  }

  return { ...voices, sourcesById, tallyOf, rowFrom, rowsOf, themesOf }
}

/** The names of what has one, most first. */
const named = (sums: ReadonlyMap<string, number>): string[] =>
  mostFirst(sums).flatMap(([name]) => (name === '' ? [] : [name]))
