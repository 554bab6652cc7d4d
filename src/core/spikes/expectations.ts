import type { Departure } from '../../api/contract/dashboard/above.ts'
import type { CountUnit } from '../../api/contract/dashboard/panel.ts'
import type { Expectation } from '../../api/contract/dashboard/themes.ts'
import { isoDay } from '../localTime.ts'
import type { Tally } from '../store/eventCounts.ts'
import { ALL_STORIES } from '../store/tags.ts'
import { blocSeries } from './blocDays.ts'
import type { EntityDays } from './entityDays.ts'
import type { SeriesParts } from './sourceDays.ts'
import { type DayCount, expectations as expectationsOf, type Series, WEEKS } from './spikes.ts'

export interface Expectations {
  /** By the row id of a theme or group; those that warm up are left out. */
  readonly themes: ReadonlyMap<number, Expectation>
  /** What departs from its expectation, furthest first, in widths of the expected band. */
  readonly departures: readonly Departure[]
  /** How many themes, blocs and entities were looked at. */
  readonly tested: number
}

/** What is asked of an expectation. */
export interface Asked {
  /** The local day (days since 1970-01-01), and whether it is over: too few stories are only said of a day that is. */
  readonly day: number
  readonly over: boolean
  readonly unit: CountUnit
  /** Query text by which the counts are narrowed; entities are counted of all stories, so under a filter there are none. */
  readonly filter: string
}

/** A theme or group of the dashboard. */
interface Shown {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly kind: 'theme' | 'group'
}

/** One daily series, and the query that lists its stories of all days. */
interface Candidate extends Pick<Departure, 'name' | 'label' | 'query'> {
  /** A group counts the stories of its themes once more: it has an expectation, but is not listed as a departure. */
  readonly kind: Departure['kind'] | 'group'
  readonly series: Series
}

/**
 * The expectations for a local day, from the daily counts of themes, of the sources' blocs and of entities. All series are tested
 * together, so that their number does not make a false spike likely. A day on which no source had any story is an outage, not
 * calm: it is left out of the history.
 */
export function expectations(
  parts: SeriesParts,
  themes: readonly Shown[],
  entities: EntityDays,
  { day, over, unit, filter }: Asked,
): Expectations {
  const { counts } = parts
  const first = day - 7 * WEEKS
  const stories = counts.daily(ALL_STORIES, first, day)
  const began = stories.findIndex((count) => count > 0)
  if (began < 0) return { themes: new Map(), departures: [], tested: 0 }
  const since = first + began
  const gaps = new Set(stories.flatMap((count, i) => (count === 0 ? [first + i] : [])))
  const weekdays = Array.from({ length: WEEKS + 1 }, (_, week) => first + 7 * week)
  const eventsOf = (theme: number): Tally[] =>
    counts.events.byDays(
      theme,
      weekdays.map((one) => [one, one]),
    )
  const dated = (perWeekday: readonly number[]): DayCount[] =>
    perWeekday.map((count, week) => ({ day: weekdays[week] as number, count }))
  const onWeekdays = (days: readonly number[]): number[] => weekdays.map((one) => days[one - first] ?? 0)

  const bracketed = /\bOR\b/.test(filter) ? `(${filter})` : filter
  const on = (query: string, then: number): string => `${query} ${`${bracketed} on:${isoDay(then)}`.trim()}`
  const candidates = new Map<string, Candidate>()
  for (const { id, key, name, kind } of themes) {
    const series =
      unit === 'events'
        ? eventsOf(id).map((tally) => tally.events())
        : onWeekdays(counts.daily(id, first, day))
    const query = `theme:${key}`
    candidates.set(idOf(id), {
      kind,
      name: key,
      label: name,
      query,
      series: { since, gaps, counts: dated(series) },
    })
  }
  const blocs = blocSeries(parts, first, day)
  const all = unit === 'events' && blocs.length > 0 ? eventsOf(ALL_STORIES) : []
  for (const { bloc, begun, days, sources } of blocs) {
    const series =
      unit === 'events' ? all.map((tally) => tally.events((id) => sources.has(id))) : onWeekdays(days)
    candidates.set(`bloc ${bloc}`, {
      kind: 'bloc',
      name: bloc,
      label: bloc,
      query: `bloc:${bloc}`,
      series: { since: begun, gaps, counts: dated(series) },
    })
  }
  // Without four weeks of history nothing is expected: then no entity is counted either.
  const named = day - since < 28 || filter !== '' ? [] : entities(day, WEEKS)
  for (const { name, label, query, counts: own } of named)
    candidates.set(`entity ${name}`, {
      kind: 'entity',
      name,
      label,
      query,
      series: { since, gaps, counts: own.map((one) => ({ day: one.day, count: one[unit] })) },
    })

  const found = expectationsOf(new Map([...candidates].map(([id, { series }]) => [id, series])), day, {
    weeks: WEEKS,
  })
  return {
    themes: new Map(
      themes.flatMap(({ id, key }) => {
        const one = found.get(idOf(id))
        if (one === undefined) return []
        const { chance: _, history: __, below: ___, ...shown } = one
        return [[id, { ...shown, query: on(`theme:${key}`, day) }] as const]
      }),
    ),
    departures: [...found]
      .filter(([, { above, below }]) => above || (over && below))
      .sort(([, a], [, b]) => distance(b) - distance(a))
      .flatMap(([id, { observed, value, low, high, above, words, history }]): Departure[] => {
        const { kind, name, label, query } = candidates.get(id) as Candidate
        if (kind === 'group') return []
        return [
          {
            kind,
            name,
            label,
            side: above ? 'above' : 'below',
            day: isoDay(day),
            observed,
            value,
            low,
            high,
            words,
            query: on(query, day),
            history: history.map(({ day: then, count }) => ({
              day: isoDay(then),
              count,
              query: on(query, then),
            })),
          },
        ]
      }),
    tested: [...found.keys()].filter((id) => candidates.get(id)?.kind !== 'group').length,
  }
}

const idOf = (theme: number): string => `theme ${theme}`
/** How far a count is from what is expected, in halves of the band. */
const distance = ({ observed, value, high }: Pick<Departure, 'observed' | 'value' | 'high'>): number =>
  Math.abs(observed - value) / Math.max(1, high - value)
