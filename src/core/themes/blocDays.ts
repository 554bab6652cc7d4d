import type { Engine } from '../engine.ts'
import { localDay } from '../query/localTime.ts'
import { ALL_STORIES } from '../store/tags.ts'

/** Stories per day of all sources of one bloc. */
export interface BlocSeries {
  readonly bloc: string
  /** From this local day on its days can be compared: a bloc that was given new sources does not burst by that. */
  readonly begun: number
  /** One count a local day, oldest first. */
  readonly days: readonly number[]
}

/** The share of the last day's stories that must come from sources which were there already. */
const COMPARABLE = 0.75

/** The blocs that have stories on any of the local days `first` to `last`; sources without a bloc make none. */
export function blocSeries(
  { counts, sources, timeZone }: Pick<Engine, 'counts' | 'sources' | 'timeZone'>,
  first: number,
  last: number,
): BlocSeries[] {
  const known = new Map(sources.all().map((source) => [source.id, source]))
  const members = new Map<string, { begun: number; days: number[] }[]>()
  for (const [id, days] of counts.dailyBySource(ALL_STORIES, first, last)) {
    const source = known.get(id)
    if (source === undefined || source.bloc === '') continue
    // Imported stories can be older than their source.
    const begun = Math.min(localDay(source.added, timeZone), first + days.findIndex((count) => count > 0))
    members.set(source.bloc, [...(members.get(source.bloc) ?? []), { begun, days }])
  }
  return [...members].map(([bloc, list]) => ({
    bloc,
    begun: comparableFrom(list),
    days: Array.from({ length: last - first + 1 }, (_, i) =>
      list.reduce((sum, { days }) => sum + (days[i] ?? 0), 0),
    ),
  }))
}

/** The first day on which the sources of most of the last day's stories were there. */
function comparableFrom(sources: readonly { begun: number; days: readonly number[] }[]): number {
  const oldest = sources.toSorted((a, b) => a.begun - b.begun)
  const today = (source: { days: readonly number[] }): number => source.days.at(-1) ?? 0
  const needed = COMPARABLE * oldest.reduce((sum, source) => sum + today(source), 0)
  let covered = 0
  for (const source of oldest) {
    covered += today(source)
    if (covered >= needed) return source.begun
  }
  return (oldest.at(-1) as { begun: number }).begun
}
