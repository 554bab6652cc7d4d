import type { Clock } from '../clock.ts'
import { localDay } from '../localTime.ts'
import type { CountStore } from '../store/counts.ts'
import type { SourceRecord } from '../store/sources.ts'
import { ALL_STORIES } from '../store/tags.ts'
import type { Stores } from '../stores.ts'

/** The counts, of all stories or narrowed, that series are read from. */
export type SeriesParts = Pick<Stores, 'sources'> & Pick<Clock, 'timeZone'> & { readonly counts: CountStore }

/** Stories per day of one source. */
export interface SourceSeries {
  readonly source: SourceRecord
  /** The first local day on which it could have had a story. */
  readonly begun: number
  /** One count a local day, oldest first. */
  readonly days: readonly number[]
}

/** The sources that have stories on any of the local days `first` to `last`. */
export function sourceSeries(
  { counts, sources, timeZone }: SeriesParts,
  first: number,
  last: number,
): SourceSeries[] {
  const known = new Map(sources.all().map((source) => [source.id, source]))
  return [...counts.dailyBySource(ALL_STORIES, first, last)].flatMap(([id, days]) => {
    const source = known.get(id)
    if (source === undefined) return []
    // Imported stories can be older than their source.
    const begun = Math.min(localDay(source.added, timeZone), first + days.findIndex((count) => count > 0))
    return [{ source, begun, days }]
  })
}
