import type { Trigger } from '../../../api/contract/alertSettings.ts'
import { counted } from '../../counted.ts'
import { duration } from '../../feeds/pace/duration.ts'
import { localDay, startOfDay } from '../../localTime.ts'
import { expectation, WEEKS } from '../../spikes/spikes.ts'
import type { AlertState } from './state.ts'

/** What a threshold or a spike that is reached tells; no key of its own: the next window. */
export interface Reached {
  readonly key: string | null
  readonly words: string
}

/** Whether the hits that are counted reach what a threshold or a spike asks for. */
export interface Reach {
  /** Counts a hit for the history of a spike. @param published epoch ms */
  countDay(published: number): void
  /** What a threshold tells that so many hits within its window have reached. */
  byCount(now: number, byEvents: boolean): Reached | null
  /** What a spike, or a share above the expectation, tells of a local day. */
  byShare(day: number): Reached | null
}

/**
 * @param state is altered
 * @param gaps local days of a stretch on which no source had a story: they are no history
 */
export function reachOf(
  trigger: Trigger,
  state: AlertState,
  timeZone: string,
  gaps: (first: number, last: number) => ReadonlySet<number>,
): Reach {
  function byCount(now: number, byEvents: boolean): Reached | null {
    if (trigger.kind !== 'threshold' || trigger.rule.by !== 'count') return null
    const { count: needed, windowMs } = trigger.rule
    dropBefore(now - windowMs + 1)
    const found = byEvents
      ? new Set(state.counted.map(({ event, story }) => event ?? `story ${story}`)).size
      : state.counted.length
    if (found < needed) return null
    const what = byEvents ? counted(found, 'event') : counted(found, 'story', 'stories')
    return { key: null, words: `${what} within ${duration(windowMs)}.` }
  }

  function byShare(day: number): Reached | null {
    dropBefore(startOfDay(day, timeZone))
    const since = state.since ?? day
    const series = { since, counts: state.days, gaps: gaps(day - 7 * WEEKS, day - 1) }
    const expected = expectation(series, day)
    if (expected === null) return null
    const isReached =
      trigger.kind === 'threshold' && trigger.rule.by === 'share'
        ? expected.observed >= Math.max(1, expected.value) * (1 + trigger.rule.percent / 100)
        : expected.above
    if (!isReached) return null
    state.spiked = day
    return { key: `spike:${day}`, words: `${expected.words}.` }
  }

  function dropBefore(start: number): void {
    const first = state.counted.findIndex(({ at }) => at >= start)
    state.counted.splice(0, first < 0 ? state.counted.length : first)
  }

  function countDay(published: number): void {
    if (trigger.kind !== 'spike' && !(trigger.kind === 'threshold' && trigger.rule.by === 'share')) return
    const day = localDay(published, timeZone)
    const newest = state.days.at(-1)
    if (newest?.day === day) {
      state.days[state.days.length - 1] = { day, count: newest.count + 1 }
      return
    }
    const known = state.days.find((one) => one.day === day)
    if (known !== undefined)
      state.days = state.days.map((one) => (one === known ? { day, count: one.count + 1 } : one))
    else state.days = [...state.days, { day, count: 1 }].sort((a, b) => a.day - b.day)
    state.since = Math.min(state.since ?? day, day)
    const oldest = (state.days.at(-1)?.day ?? day) - 7 * WEEKS
    state.days = state.days.filter((one) => one.day >= oldest)
  }

  return { countDay, byCount, byShare }
}
