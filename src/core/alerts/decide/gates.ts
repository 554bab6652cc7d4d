import type { AlertSettings } from '../../../api/contract/alertSettings.ts'
import type { Gates } from './decision.ts'
import { quietReader } from './schedule.ts'
import type { AlertState } from './state.ts'

/** What keeps an alert from telling anything: a snooze, quiet hours, the cooldown and the cap. */
export interface AlertGates {
  /** What does at a moment. */
  at(moment: number): Gates
  /** The first moment from this one on at which nothing does. */
  openFrom(moment: number): number
}

const HOUR = 3_600_000

/** @param state is read at each call */
export function alertGates(settings: AlertSettings, state: AlertState, timeZone: string): AlertGates {
  const quietAt = quietReader(settings.quiet, timeZone)

  function gatesAt(at: number): Gates {
    const gates: Gates = {}
    if (state.snoozedUntil !== null && state.snoozedUntil > at) gates.snooze = state.snoozedUntil
    const quiet = quietAt(at)
    if (quiet !== null) gates.quiet = quiet
    const { cooldownMs, capPerHour, priority } = settings
    if (cooldownMs > 0 && state.lastTold !== null && state.lastTold + cooldownMs > at)
      gates.cooldown = state.lastTold + cooldownMs
    if (capPerHour !== null) {
      // A notice of lower priority takes no place from one of a higher.
      const recent = state.recent.filter((one) => one.at > at - HOUR && one.priority >= priority)
      const last = recent.at(-capPerHour)
      if (last !== undefined) gates.cap = last.at + HOUR
    }
    return gates
  }

  function openFrom(at: number): number {
    for (let next = at; ; ) {
      const later = Math.max(...Object.values(gatesAt(next)), next)
      if (later === next) return next
      next = later
    }
  }

  return { at: gatesAt, openFrom }
}

export const isOpen = (gates: Gates): boolean => Object.keys(gates).length === 0
