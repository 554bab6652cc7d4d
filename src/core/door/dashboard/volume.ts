import type { Volume } from '../../../api/contract/dashboard/volume.ts'
import { localDay, localMoment, startOfDay } from '../../localTime.ts'
import type { CountStore } from '../../store/counts.ts'
import { labelOf } from './figures.ts'
import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

type Unit = Volume['unit']

const DAY = 86_400_000
const HOUR = 3_600_000

type Parts = Pick<PanelParts, 'figures' | 'timeZone'>

/** Stories of each theme in the hours, days, weeks or months of the range. */
export function volumePanel({ figures, timeZone }: Parts): Panel<'volume'> {
  const moment = (ms: number): string => localMoment(ms, timeZone)

  /** Stories of a theme in each bucket of whole local days. */
  function sums(
    counts: CountStore,
    theme: number,
    starts: readonly number[],
    ends: readonly number[],
  ): number[] {
    const first = localDay(starts[0] ?? 0, timeZone)
    const last = localDay((ends.at(-1) ?? 1) - 1, timeZone)
    const days = counts.daily(theme, first, last)
    return starts.map((start, i) => {
      const a = localDay(start, timeZone) - first
      const b = localDay((ends[i] as number) - 1, timeZone) - first
      let sum = 0
      for (let day = a; day <= b; day++) sum += days[day] ?? 0
      return sum
    })
  }

  return (range, filter) => {
    const { now, themes, narrowed } = figures(range, filter)
    const { counts, query } = narrowed('theme')
    const { unit, starts } = bucketsOf(now.from, now.to, timeZone)
    const ends = starts.map((start, i) => starts[i + 1] ?? endOf(start, unit, timeZone))
    return {
      unit,
      buckets: starts,
      ends,
      queries: starts.map((start, i) =>
        joinedQuery(query, `after:${moment(start)} before:${moment(ends[i] as number)}`),
      ),
      series: themes.map((theme) => ({
        theme: labelOf(theme),
        events: (unit === 'hour'
          ? counts.events.buckets(theme.id, starts[0] ?? now.from, 3600, starts.length)
          : counts.events.byDays(
              theme.id,
              starts.map((start, i) => [
                localDay(start, timeZone),
                localDay((ends[i] as number) - 1, timeZone),
              ]),
            )
        ).map((tally) => tally.events()),
        stories:
          unit === 'hour'
            ? counts.buckets(theme.id, starts[0] ?? now.from, 3600, starts.length)
            : sums(counts, theme.id, starts, ends),
      })),
    }
  }
}

/** Starts of the local hours, days, weeks (Mondays) or months of a range. */
function bucketsOf(from: number, to: number, timeZone: string): { unit: Unit; starts: number[] } {
  const days = (to - from) / DAY
  const unit = days <= 3 ? 'hour' : days <= 92 ? 'day' : days <= 800 ? 'week' : 'month'
  if (unit === 'hour') {
    const midnight = startOfDay(localDay(from, timeZone), timeZone)
    const first = midnight + Math.floor((from - midnight) / HOUR) * HOUR
    const count = Math.max(1, Math.ceil((to - first) / HOUR))
    return { unit, starts: Array.from({ length: count }, (_, i) => first + i * HOUR) }
  }
  const starts: number[] = []
  let day = localDay(from, timeZone)
  // Day 0, 1970-01-01, was a Thursday.
  if (unit === 'week') day -= (((day + 3) % 7) + 7) % 7
  if (unit === 'month') day -= new Date(day * DAY).getUTCDate() - 1
  for (let start = startOfDay(day, timeZone); start < to; start = endOf(start, unit, timeZone))
    starts.push(start)
  return { unit, starts }
}

function endOf(start: number, unit: Unit, timeZone: string): number {
  if (unit === 'hour') return start + HOUR
  const day = localDay(start, timeZone)
  if (unit === 'day') return startOfDay(day + 1, timeZone)
  if (unit === 'week') return startOfDay(day + 7, timeZone)
  const date = new Date(day * DAY)
  return startOfDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY, timeZone)
}
