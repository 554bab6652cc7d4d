import type { Trigger } from '../../../api/contract/alertSettings.ts'
import { nextDigest } from './schedule.ts'
import type { AlertState, WaitingHit } from './state.ts'

/** Arrivals of one transaction need not be in order; a clock that goes back further was set back. */
export const DISORDER_MS = 3_600_000

/**
 * The moment as it counts: a clock that was set back takes all that lies ahead of it along.
 * @param state is altered
 * @param now epoch ms
 */
export function momentOf(state: AlertState, now: number, trigger: Trigger, timeZone: string): number {
  if (now >= state.now || state.now - now < DISORDER_MS) {
    state.now = Math.max(now, state.now)
    return state.now
  }
  const back = (at: number): number => Math.min(at, now)
  const earlier = (hit: WaitingHit): WaitingHit => ({ ...hit, at: back(hit.at) })
  state.now = now
  if (state.lastTold !== null) state.lastTold = back(state.lastTold)
  state.recent = state.recent.map(({ at, priority }) => ({ at: back(at), priority }))
  state.held = state.held.map(earlier)
  state.counted = state.counted.map(earlier)
  state.arrivals = state.arrivals.map(back)
  if (state.last !== null) state.last = { ...state.last, at: back(state.last.at) }
  if (state.digest !== null && trigger.kind === 'digest')
    state.digest = Math.min(state.digest, nextDigest(trigger, now, timeZone))
  return now
}
