import { type SeriesParts, type SourceSeries, sourceSeries } from './sourceDays.ts'

/** Stories per day of all sources of one bloc. */
export interface BlocSeries {
  readonly bloc: string
  /** The first local day whose count can be compared: new sources alone are no burst of their bloc. */
  readonly begun: number
  /** One count a local day, oldest first. */
  readonly days: readonly number[]
  /** Ids of its sources that have any. */
  readonly sources: ReadonlySet<number>
}

/** The share of the last day's stories that must come from sources of a day for its count to be comparable. */
const COMPARABLE = 0.75

/** The blocs that have stories on any of the local days `first` to `last`; sources without a bloc make none. */
export function blocSeries(parts: SeriesParts, first: number, last: number): BlocSeries[] {
  const members = new Map<string, SourceSeries[]>()
  for (const one of sourceSeries(parts, first, last))
    if (one.source.bloc !== '') members.set(one.source.bloc, [...(members.get(one.source.bloc) ?? []), one])
  return [...members].map(([bloc, list]) => ({
    bloc,
    begun: comparableFrom(list),
    sources: new Set(list.map(({ source }) => source.id)),
    days: Array.from({ length: last - first + 1 }, (_, i) =>
      list.reduce((sum, { days }) => sum + (days[i] ?? 0), 0),
    ),
  }))
}

/** The first day by which the sources of most of the last day's stories had been added. */
function comparableFrom(sources: readonly SourceSeries[]): number {
  const oldest = sources.toSorted((a, b) => a.begun - b.begun)
  const today = (source: SourceSeries): number => source.days.at(-1) ?? 0
  const needed = COMPARABLE * oldest.reduce((sum, source) => sum + today(source), 0)
  let covered = 0
  for (const source of oldest) {
    covered += today(source)
    if (covered >= needed) return source.begun
  }
  return (oldest.at(-1) as SourceSeries).begun
}
