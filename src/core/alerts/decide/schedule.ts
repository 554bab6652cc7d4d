/** When an alert's day has its quiet hours and its digests, in the person's time zone. */
import type { AlertSettings, Trigger, Weekday } from '../../../api/contract/alertSettings.ts'
import { fromLocal, localDay, offsetAt } from '../../localTime.ts'

type Quiet = AlertSettings['quiet']
type Digest = Pick<Extract<Trigger, { kind: 'digest' }>, 'at' | 'on'>

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** 1970-01-01 was a Thursday. */
const FROM_DAY_0: readonly Weekday[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed']
const DAYS_OF_A_WEEK = 7

/**
 * The end of the quiet hours that hold a moment; null where none do. They are a stretch of time that begins and ends at local
 * times of its day: an hour that the clock shows twice does not begin them again, one that it leaves out ends them later.
 */
export function quietUntil(quiet: Quiet, moment: number, timeZone: string): number | null {
  if (quiet === null || quiet.from === quiet.to) return null
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  const length = to > from ? 0 : 1
  const today = localDay(moment, timeZone)
  // Those that began today, and those of yesterday that last into today.
  for (const day of length === 0 ? [today] : [today - 1, today]) {
    const start = fromLocal(day * DAY + from * MINUTE, timeZone)
    const end = fromLocal((day + length) * DAY + to * MINUTE, timeZone)
    if (start <= moment && moment < end) return end
  }
  return null
}

/** `quietUntil` for very many moments, most of them near the one before: an answer is kept for as long as it holds. */
export function quietReader(quiet: Quiet, timeZone: string): (moment: number) => number | null {
  if (quiet === null || quiet.from === quiet.to) return () => null
  let known: { from: number; to: number; until: number | null } = { from: 0, to: 0, until: null }
  return (moment) => {
    if (moment < known.from || moment >= known.to) {
      const until = quietUntil(quiet, moment, timeZone)
      known = { from: moment, to: until ?? nextStart(quiet, moment, timeZone), until }
    }
    return known.until
  }
}

/** When quiet hours next begin after a moment. */
function nextStart({ from }: NonNullable<Quiet>, moment: number, timeZone: string): number {
  const today = localDay(moment, timeZone)
  const starts = [today, today + 1, today + 2].map((day) =>
    fromLocal(day * DAY + minutesOf(from) * MINUTE, timeZone),
  )
  return Math.min(...starts.filter((start) => start > moment))
}

/** The first moment of a digest after a moment. */
export function nextDigest({ at, on }: Digest, after: number, timeZone: string): number {
  if (at.length === 0) {
    const local = after + offsetAt(after, timeZone)
    return after + HOUR - (local % HOUR)
  }
  const today = localDay(after, timeZone)
  for (let day = today; day <= today + DAYS_OF_A_WEEK; day++) {
    if (on.length > 0 && !on.includes(FROM_DAY_0[day % DAYS_OF_A_WEEK] as Weekday)) continue
    const moments = at.map((time) => fromLocal(day * DAY + minutesOf(time) * MINUTE, timeZone))
    const next = Math.min(...moments.filter((moment) => moment > after))
    if (Number.isFinite(next)) return next
  }
  throw new RangeError('A digest has a day within a week.')
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
