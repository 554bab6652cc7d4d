import type { Range } from '../../../api/contract/common.ts'
import { localMoment } from '../../localTime.ts'

/** A stretch of time, and the query text that lists its stories: by publication, or (a visit) by the time of first fetching. */
export interface Stretch {
  /** Epoch ms; `to` is exclusive. */
  readonly from: number
  readonly to: number
  readonly query: string
  readonly by: 'published' | 'fetched'
}

/** A range as the dashboard compares it. */
export interface Stretches {
  readonly now: Stretch
  /**
   * The equal stretch before, by the same times: what arrived is compared with what arrived. Null where the archive does not
   * reach back over all of it.
   */
  readonly before: Stretch | null
  /** False before the first visit: "since last visit" then shows everything there is. */
  readonly hasVisit: boolean
}

/** The query text of everything. */
const EVERYTHING = ''

const DAY = 86_400_000
const HOUR = 3_600_000

/**
 * Seconds are the finest a query can say, so a stretch begins and ends on one.
 * @param at the clock and the visit mark (epoch ms; null before the first visit), and when the oldest story was published and the
 * first one arrived
 */
export function stretchesOf(
  range: Range,
  at: {
    now: number
    visitedAt: number | null
    oldest: number | null
    firstFetched: number | null
    timeZone: string
  },
): Stretches {
  const { visitedAt, oldest, timeZone } = at
  const end = wholeSecond(at.now) + 1000
  const hasVisit = visitedAt !== null
  const now = stretchNow()
  if (now === null)
    return {
      now: { from: oldest ?? end - DAY, to: end, query: EVERYTHING, by: 'published' },
      before: null,
      hasVisit,
    }
  const from = now.from - (now.to - now.from)
  const before: Stretch = { from, to: now.from, by: now.by, query: query(now.by, from, now.from) }
  const began = now.by === 'fetched' ? at.firstFetched : oldest
  return { now, before: began !== null && began <= from ? before : null, hasVisit }

  /** Null for "since last visit" before the first one. */
  function stretchNow(): Stretch | null {
    switch (range.kind) {
      case 'visit': {
        if (visitedAt === null) return null
        const from = wholeSecond(visitedAt)
        return { from, to: end, query: `fetched:${moment(from)}`, by: 'fetched' }
      }
      case 'last': {
        const from = end - range.hours * HOUR
        return { from, to: end, query: `after:${moment(from)}`, by: 'published' }
      }
      case 'custom': {
        const [from, to] = [wholeSecond(range.from), wholeSecond(range.to)]
        return { from, to, query: query('published', from, to), by: 'published' }
      }
    }
  }

  function query(by: Stretch['by'], from: number, to: number): string {
    return by === 'published'
      ? `after:${moment(from)} before:${moment(to)}`
      : `fetched:${moment(from)} -fetched:${moment(to)}`
  }

  function moment(ms: number): string {
    return localMoment(ms, timeZone)
  }
}

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000
