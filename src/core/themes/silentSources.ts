import type { Engine } from '../engine.ts'
import { localDay } from '../query/localTime.ts'
import { titleOf } from '../store/sources.ts'
import { ALL_STORIES } from '../store/tags.ts'
import { expectation, silentOn } from './spikes.ts'

/** A source without stories on a day that its own weekdays lead one to expect several of. */
export interface SilentSource {
  readonly id: number
  readonly title: string
  /** The arithmetic: 0, expected 20 ± 9 on Mondays over 8 weeks */
  readonly message: string
}

const WEEKS = 8

/**
 * The sources that were silent on a day that is over, the one most was expected of first: what was counted on it lacks
 * their stories, which is an outage until shown otherwise, not calm. A source that was added later, or that warms up, is
 * none. (Whether a source is silent now is told by its own rhythm, `feeds/silence.ts`: a day that goes on has no whole count.)
 * @param day days since 1970-01-01, local
 */
export function silentSources(
  { counts, sources, timeZone }: Pick<Engine, 'counts' | 'sources' | 'timeZone'>,
  day: number,
): SilentSource[] {
  const first = day - 7 * WEEKS
  const known = new Map(sources.all().map((source) => [source.id, source]))
  const silent: (SilentSource & { readonly expected: number })[] = []
  for (const [id, days] of counts.dailyBySource(ALL_STORIES, first, day)) {
    const source = known.get(id)
    if (source === undefined) continue
    const series = {
      // Imported stories can be older than their source.
      since: Math.min(localDay(source.added, timeZone), first + days.findIndex((count) => count > 0)),
      counts: days.map((count, i) => ({ day: first + i, count })),
    }
    if (!silentOn(series, day)) continue
    const found = expectation(series, day)
    if (found !== null)
      silent.push({ id, title: titleOf(source), message: found.words, expected: found.value })
  }
  return silent
    .sort((a, b) => b.expected - a.expected)
    .map(({ id, title, message }) => ({ id, title, message }))
}
