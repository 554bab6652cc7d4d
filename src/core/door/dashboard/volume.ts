import type { CountUnit } from '../../../api/contract/dashboard/panel.ts'
import type { Volume } from '../../../api/contract/dashboard/volume.ts'
import { localDay, localMoment, startOfDay } from '../../localTime.ts'
import type { CountStore } from '../../store/counts.ts'
import { labelOf } from './figures.ts'
import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

type Unit = Volume['unit']

/** Local hours, days, weeks (from Monday) or months, side by side. */
interface Buckets {
  readonly unit: Unit
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const DAY = 86_400_000
const HOUR = 3_600_000
const WEEK_DAYS = 7
/** Whole weeks, so that weekdays stand over each other. */
const YEAR_DAYS = 364

type Parts = Pick<PanelParts, 'figures' | 'stories' | 'timeZone'>

/** Stories of each theme in the hours, days, weeks or months of the range. */
export function volumePanel({ figures, stories, timeZone }: Parts): Panel<'volume'> {
  const moment = (ms: number): string => localMoment(ms, timeZone)

  /** The first and last local day of each bucket. */
  const daysOf = ({ starts, ends }: Buckets): [number, number][] =>
    starts.map((start, i) => [localDay(start, timeZone), localDay((ends[i] as number) - 1, timeZone)])

  function storiesIn(counts: CountStore, theme: number, buckets: Buckets): number[] {
    const { unit, starts } = buckets
    if (unit === 'hour') return counts.buckets(theme, starts[0] as number, HOUR / 1000, starts.length)
    const stretches = daysOf(buckets)
    const first = stretches[0]?.[0] ?? 0
    const days = counts.daily(theme, first, stretches.at(-1)?.[1] ?? first)
    return stretches.map(([from, to]) =>
      days.slice(from - first, to - first + 1).reduce((sum, count) => sum + count, 0),
    )
  }

  function eventsIn(counts: CountStore, theme: number, buckets: Buckets): number[] {
    const { unit, starts } = buckets
    const tallies =
      unit === 'hour'
        ? counts.events.buckets(theme, starts[0] as number, HOUR / 1000, starts.length)
        : counts.events.byDays(theme, daysOf(buckets))
    return tallies.map((tally) => tally.events())
  }

  function countsIn(counts: CountStore, theme: number, buckets: Buckets, counted: CountUnit): number[] {
    return counted === 'events' ? eventsIn(counts, theme, buckets) : storiesIn(counts, theme, buckets)
  }

  return (range, filter, counted = 'stories') => {
    const { now, themes, narrowed } = figures(range, filter)
    const { counts, query } = narrowed('theme')
    const buckets = bucketsOf(now.from, now.to, timeZone)
    const { unit, starts, ends } = buckets
    const past = shifted(buckets, timeZone)
    const oldest = stories.oldest()
    const reaches = oldest !== null && oldest <= (past.starts[0] as number)
    return {
      unit,
      buckets: [...starts],
      ends: [...ends],
      queries: starts.map((start, i) =>
        joinedQuery(query, `after:${moment(start)} before:${moment(ends[i] as number)}`),
      ),
      series: themes.map((theme) => ({
        theme: labelOf(theme),
        stories: storiesIn(counts, theme.id, buckets),
        ...(counted === 'events' ? { events: eventsIn(counts, theme.id, buckets) } : {}),
      })),
      before: reaches
        ? {
            days: past.days,
            sums: sums(themes.map(({ id }) => countsIn(counts, id, past, counted))),
          }
        : null,
    }
  }
}

const sums = (series: readonly (readonly number[])[]): number[] =>
  (series[0] ?? []).map((_, i) => series.reduce((sum, counts) => sum + (counts[i] ?? 0), 0))

/** The same buckets some days before; each is as long as the bucket that it is compared with, but where the clock was changed. */
function shifted({ unit, starts, ends }: Buckets, timeZone: string): Buckets & { readonly days: number } {
  const length = Math.ceil(((ends.at(-1) ?? 0) - (starts[0] ?? 0)) / (WEEK_DAYS * DAY)) * WEEK_DAYS
  const days = unit === 'hour' ? WEEK_DAYS : unit === 'day' ? length : YEAR_DAYS
  const backTo = (day: number): number => (unit === 'month' ? aYearBefore(day) : day - days)
  const back = (ms: number): number => {
    const day = localDay(ms, timeZone)
    return startOfDay(backTo(day), timeZone) + (ms - startOfDay(day, timeZone))
  }
  return { unit, days, starts: starts.map(back), ends: ends.map(back) }
}

function aYearBefore(day: number): number {
  const date = new Date(day * DAY)
  return Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth(), date.getUTCDate()) / DAY
}

/** Local hours, days, weeks (Mondays) or months of a range. */
function bucketsOf(from: number, to: number, timeZone: string): Buckets {
  const days = (to - from) / DAY
  const unit = days <= 3 ? 'hour' : days <= 92 ? 'day' : days <= 800 ? 'week' : 'month'
  const made = (starts: readonly number[]): Buckets => ({
    unit,
    starts,
    ends: starts.map((start, i) => starts[i + 1] ?? endOf(start, unit, timeZone)),
  })
  if (unit === 'hour') {
    const midnight = startOfDay(localDay(from, timeZone), timeZone)
    const first = midnight + Math.floor((from - midnight) / HOUR) * HOUR
    const count = Math.max(1, Math.ceil((to - first) / HOUR))
    return made(Array.from({ length: count }, (_, i) => first + i * HOUR))
  }
  const starts: number[] = []
  let day = localDay(from, timeZone)
  // Day 0, 1970-01-01, was a Thursday.
  if (unit === 'week') day -= (((day + 3) % 7) + 7) % 7
  if (unit === 'month') day -= new Date(day * DAY).getUTCDate() - 1
  for (let start = startOfDay(day, timeZone); start < to; start = endOf(start, unit, timeZone))
    starts.push(start)
  return made(starts)
}

function endOf(start: number, unit: Unit, timeZone: string): number {
  if (unit === 'hour') return start + HOUR
  const day = localDay(start, timeZone)
  if (unit === 'day') return startOfDay(day + 1, timeZone)
  if (unit === 'week') return startOfDay(day + 7, timeZone)
  const date = new Date(day * DAY)
  return startOfDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY, timeZone)
}
