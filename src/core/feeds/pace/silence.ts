import { median } from '../../median.ts'
import { duration } from './duration.ts'
import { gaps } from './rhythm.ts'

const hour = 3_600_000
const day = 24 * hour

/** Gaps that a rhythm needs. */
const enough = 10
/** A history of two weeks holds two weekends, so its longest gaps include them. */
const weekendsSeen = 14 * day
const beforeThat = 72 * hour

/**
 * Tells a silent source from a quiet one by its own history, nights and weekends included. It is silent when it has published
 * nothing for more than twice its second longest gap (the longest may be a past outage, which must not hide the next one) and
 * more than six times its usual gap. While the history is too short to hold weekends, only more than three days count.
 * @param published epoch ms of the source's stories, newest first; the last four weeks are a good measure
 * @param now epoch ms
 * @returns '' or a phrase: "no story for 19 h, usually every 14 min"
 */
export function silence(published: readonly number[], now: number): string {
  const past = published.filter((at) => at <= now)
  const newest = past[0]
  const oldest = past.at(-1)
  const between = gaps(past, now)
  if (newest === undefined || oldest === undefined || between.length < enough) return ''

  const usual = median(between)
  const longest = between.toSorted((a, b) => b - a)[1]!
  const unusual = Math.max(2 * longest, 6 * usual, hour, newest - oldest < weekendsSeen ? beforeThat : 0)
  const quiet = now - newest
  return quiet > unusual ? `no story for ${duration(quiet)}, usually every ${duration(usual)}` : ''
}
