import { offsetAt } from '../../localTime.ts'
import { PER_SECOND } from '../docid.ts'

/** The local calendar over a range of docids. Clock changes are found once, so that each row costs only arithmetic. */
export interface LocalDays {
  /** The local day (days since 1970-01-01) of a docid. */
  day(docid: number): number
  /** The same as an SQL expression over a docid expression. */
  sql(docid: string): string
}

interface Stretch {
  /** Seconds since 1970 from which the offset holds. */
  readonly from: number
  readonly offset: number
}

const DAY = 86_400

/** @param first the first docid of the range, `last` its last (inclusive) */
export function localDays(first: number, last: number, timeZone: string): LocalDays {
  const stretches = clockChanges(Math.floor(first / PER_SECOND), Math.floor(last / PER_SECOND), timeZone)
  return {
    day(docid) {
      const second = Math.floor(docid / PER_SECOND)
      const stretch = stretches.findLast(({ from }) => from <= second) ?? (stretches[0] as Stretch)
      return Math.floor((second + stretch.offset) / DAY)
    },
    sql(docid) {
      const second = `(${docid} / ${PER_SECOND})`
      const [oldest, ...later] = stretches as [Stretch, ...Stretch[]]
      const offset =
        later.length === 0
          ? String(oldest.offset)
          : `CASE ${later
              .reverse()
              .map(({ from, offset }) => `WHEN ${docid} >= ${from * PER_SECOND} THEN ${offset}`)
              .join(' ')} ELSE ${oldest.offset} END`
      // Days before 1970 cannot be; the sum is positive but for the first hours of 1970, west of Greenwich.
      return `((${second} + ${offset} + ${DAY}) / ${DAY} - 1)`
    },
  }
}

/** Stretches of equal offset over a range of seconds, oldest first; a change is found within the day it happens. */
function clockChanges(first: number, last: number, timeZone: string): Stretch[] {
  const stretches: Stretch[] = []
  for (let year = yearOf(first); year <= yearOf(last); year++) {
    const key = `${timeZone} ${year}`
    let known = years.get(key)
    if (known === undefined) {
      known = changesOfYear(year, timeZone)
      years.set(key, known)
    }
    for (const stretch of known) if (stretches.at(-1)?.offset !== stretch.offset) stretches.push(stretch)
  }
  return stretches
}

const years = new Map<string, readonly Stretch[]>()
const yearOf = (second: number): number => new Date(second * 1000).getUTCFullYear()

function changesOfYear(year: number, timeZone: string): Stretch[] {
  const offset = (second: number): number => offsetAt(second * 1000, timeZone) / 1000
  const first = Date.UTC(year, 0, 1) / 1000
  const last = Date.UTC(year + 1, 0, 1) / 1000
  const stretches: Stretch[] = [{ from: first, offset: offset(first) }]
  for (let at = first; at < last; at += DAY) {
    const now = (stretches.at(-1) as Stretch).offset
    const then = offset(at + DAY)
    if (then === now) continue
    let [low, high] = [at, at + DAY]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (offset(middle) === now) low = middle
      else high = middle
    }
    stretches.push({ from: high, offset: then })
  }
  return stretches
}
