import type { Histogram } from '../../api/contract/stories.ts'
import { countBetween } from '../../core/countBetween.ts'
import { dayAfter } from '../../core/query/language/language.ts'
import { daysBetween } from '../frame/days.ts'

/** A bar of the histogram: one day, or several where a bar a day would be too thin. */
export interface Bar {
  readonly from: string
  /** Inclusive. */
  readonly to: string
  /** What a list of these days shows: stories, or events where the histogram counts them. */
  readonly count: number
}

/** Around selected days so many times their number stays visible on either side. */
const CONTEXT = 2
const LEAST_DAYS = 14

/**
 * The bars to draw, oldest first, at most `most`. Where days are selected the strip shows them with some days around,
 * else all there are. Days before the first and after the last story are added as zeros so that a bar is never wide.
 */
export function bars(
  days: Histogram['days'],
  most: number,
  selected: { from: string | null; to: string | null } | null,
): Bar[] {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  let from = selected?.from ?? first.day
  let to = selected?.to ?? last.day
  if (to < from) to = from
  if (selected !== null) {
    const around = CONTEXT * (daysBetween(from, to) + 1)
    if (selected.from !== null) from = dayAfter(from, -around)
    if (selected.to !== null) to = dayAfter(to, around)
    from = max(from, min(first.day, selected.from ?? first.day))
    to = min(to, max(last.day, selected.to ?? last.day))
  }
  const missing = LEAST_DAYS - (daysBetween(from, to) + 1)
  if (missing > 0) from = dayAfter(from, -missing)
  const length = daysBetween(from, to) + 1
  const width = Math.max(1, Math.ceil(length / Math.max(1, most)))
  const made: Bar[] = []
  for (let at = 0; at < length; at += width) {
    const start = dayAfter(from, at)
    const size = Math.min(width, length - at)
    const end = dayAfter(start, size - 1)
    made.push({ from: start, to: end, count: countOf(days, start, end) })
  }
  return made
}

/** How many stories, or events, the days of a histogram have from one to another. */
export function countOf(days: Histogram['days'], from: string, to: string): number {
  const [first] = days
  if (first === undefined) return 0
  return countBetween(days, daysBetween(first.day, from), daysBetween(first.day, to))
}

const max = (a: string, b: string): string => (a > b ? a : b)
const min = (a: string, b: string): string => (a < b ? a : b)
