import { dayAfter } from '../../core/query/language/language.ts'
import { daysBetween } from '../frame/days.ts'

/** A bar of the histogram: the stories of one day, or of several where a bar a day would be too thin. */
export interface Bar {
  readonly from: string
  /** Inclusive. */
  readonly to: string
  readonly stories: number
}

/** Around selected days so many times their number stays visible on either side. */
const CONTEXT = 2
const LEAST_DAYS = 14

/**
 * The bars to draw, oldest first, at most `most`. Where days are selected the strip shows them with some days around,
 * else all there are. Days before the first and after the last story are added as zeros so that a bar is never wide.
 */
export function bars(
  days: readonly { day: string; stories: number }[],
  most: number,
  selected: { from: string | null; to: string | null } | null,
): Bar[] {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  const counts = new Map(days.map((d) => [d.day, d.stories]))
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
    let stories = 0
    for (let i = 0; i < size; i++) stories += counts.get(dayAfter(start, i)) ?? 0
    made.push({ from: start, to: dayAfter(start, size - 1), stories })
  }
  return made
}

const max = (a: string, b: string): string => (a > b ? a : b)
const min = (a: string, b: string): string => (a < b ? a : b)
