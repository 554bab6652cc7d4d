import type { Burst } from '../../api/contract/dashboard/above.ts'
import type { Expectation } from '../../api/contract/dashboard/themes.ts'
import { isoDay, localDay } from '../localTime.ts'
import { ALL_STORIES } from '../store/tags.ts'
import { blocSeries } from './blocDays.ts'
import type { EntityDays } from './entityDays.ts'
import type { SeriesParts } from './sourceDays.ts'
import { expectations as expectationsOf, type Series, WEEKS } from './spikes.ts'

export interface Expectations {
  /** By the row id of a theme or group; those that warm up are left out. */
  readonly themes: ReadonlyMap<number, Expectation>
  /** Furthest above its expectation first, in widths of the expected band. */
  readonly above: readonly Burst[]
}

/** A theme or group of the dashboard. */
interface Shown {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly kind: 'theme' | 'group'
}

/** One daily series, and the query that lists its stories of all days. */
interface Candidate extends Omit<Burst, 'kind' | 'observed' | 'words'> {
  /** A group counts the stories of its themes once more: it has an expectation, but is not listed as a burst. */
  readonly kind: Burst['kind'] | 'group'
  readonly series: Series
}

/**
 * The expectations for the local day that a range ends on, from the daily counts of themes, of the sources' blocs and of
 * entities. All series are tested together, so that their number does not make a false spike likely. A day on which no source
 * had any story is an outage, not calm: it is left out of the history.
 * @param to end of the range (epoch ms, exclusive)
 * @param filter query text by which the counts are narrowed; entities are counted of all stories, so under a filter there are none
 */
export function expectations(
  parts: SeriesParts,
  themes: readonly Shown[],
  to: number,
  entities: EntityDays,
  filter = '',
): Expectations {
  const { counts, timeZone } = parts
  const day = localDay(to - 1, timeZone)
  const first = day - 7 * WEEKS
  const stories = counts.daily(ALL_STORIES, first, day)
  const began = stories.findIndex((count) => count > 0)
  if (began < 0) return { themes: new Map(), above: [] }
  const since = first + began
  const gaps = new Set(stories.flatMap((count, i) => (count === 0 ? [first + i] : [])))
  const dated = (days: readonly number[]) => days.map((count, i) => ({ day: first + i, count }))

  const bracketed = /\bOR\b/.test(filter) ? `(${filter})` : filter
  const narrow = `${bracketed} on:${isoDay(day)}`.trim()
  const candidates = new Map<string, Candidate>()
  for (const { id, key, name, kind } of themes)
    candidates.set(idOf(id), {
      kind,
      name: key,
      label: name,
      query: `theme:${key}`,
      series: { since, gaps, counts: dated(counts.daily(id, first, day)) },
    })
  for (const { bloc, begun, days } of blocSeries(parts, first, day))
    candidates.set(`bloc ${bloc}`, {
      kind: 'bloc',
      name: bloc,
      label: bloc,
      query: `bloc:${bloc}`,
      series: { since: begun, gaps, counts: dated(days) },
    })
  // Without four weeks of history nothing is expected: then no entity is counted either.
  const chosen = day - since < 28 || filter !== '' ? { entities: [], untested: 0 } : entities.on(day, WEEKS)
  for (const { name, label, query, counts } of chosen.entities)
    candidates.set(`entity ${name}`, { kind: 'entity', name, label, query, series: { since, gaps, counts } })

  const found = expectationsOf(new Map([...candidates].map(([id, { series }]) => [id, series])), day, {
    weeks: WEEKS,
    untested: chosen.untested,
  })
  return {
    themes: new Map(
      themes.flatMap(({ id, key }) => {
        const one = found.get(idOf(id))
        if (one === undefined) return []
        const { chance: _, ...shown } = one
        return [[id, { ...shown, query: `theme:${key} ${narrow}` }] as const]
      }),
    ),
    above: [...found]
      .filter(([, { above }]) => above)
      .sort(([, a], [, b]) => height(b) - height(a))
      .flatMap(([id, { observed, words }]) => {
        const { kind, name, label, query } = candidates.get(id) as Candidate
        return kind === 'group' ? [] : [{ kind, name, label, observed, words, query: `${query} ${narrow}` }]
      }),
  }
}

const idOf = (theme: number): string => `theme ${theme}`
const height = ({ observed, value, high }: Omit<Expectation, 'query'>): number =>
  (observed - value) / Math.max(1, high - value)
