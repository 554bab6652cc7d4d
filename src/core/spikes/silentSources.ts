import type { SilentSource } from '../../api/contract/dashboard/above.ts'
import type { Clock } from '../clock.ts'
import { titleOf } from '../store/sources.ts'
import type { Stores } from '../stores.ts'
import { sourceSeries } from './sourceDays.ts'
import { expectation, silentOn, WEEKS } from './spikes.ts'

/**
 * The sources that were silent on a day that is over, by how many stories were expected of them. The day's counts lack their
 * stories: an outage until shown otherwise, not calm. A source that was added later, or that warms up, is not among them.
 * (Whether a source is silent now is decided by its own rhythm, `feeds/pace/silence.ts`: today's count is not complete.)
 * @param day days since 1970-01-01, local
 */
export function silentSources(
  parts: Pick<Stores, 'counts' | 'sources'> & Pick<Clock, 'timeZone'>,
  day: number,
): SilentSource[] {
  const first = day - 7 * WEEKS
  return sourceSeries(parts, first, day)
    .flatMap(({ source, begun, days }) => {
      const series = { since: begun, counts: days.map((count, i) => ({ day: first + i, count })) }
      const expected = silentOn(series, day) ? expectation(series, day) : null
      return expected === null ? [] : [{ source, expected }]
    })
    .sort((a, b) => b.expected.value - a.expected.value)
    .map(({ source, expected }) => ({ id: source.id, title: titleOf(source), message: expected.words }))
}
