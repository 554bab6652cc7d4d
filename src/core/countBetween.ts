import type { Histogram } from '../api/contract/stories.ts'

/**
 * How many stories, or events where the histogram counts these, a stretch of its days has. An event that several days have is
 * counted once.
 * @param first place of the first day, `last` of the last (inclusive)
 */
export function countBetween(days: Histogram['days'], first: number, last: number): number {
  let sum = 0
  for (let at = Math.max(0, first); at <= last && at < days.length; at++) {
    const { stories, events, again } = days[at] as Histogram['days'][number]
    if (events === undefined) sum += stories
    else {
      sum += events
      for (const [ago, known] of again ?? []) if (at - ago >= first) sum -= known
    }
  }
  return sum
}
