import type { Trigger } from '../../../api/contract/alertSettings.ts'
import { duration } from '../../feeds/pace/duration.ts'
import { median } from '../../median.ts'
import { type AlertState, USUAL } from './state.ts'

/** What a silence is told by: how far hits usually lie apart, and when the last one came. */
export interface Silence {
  /** Remembers a hit. */
  hear(hit: { readonly story: number; readonly source: number }, now: number): void
  /** From when on it may be told, epoch ms: after the time that was asked for, of what usually speaks more often; null: not. */
  from(): number | null
  /** @param about what is known of its sources; '' for nothing */
  words(now: number, about: string): string
}

/** How many hits it takes to tell how often there usually is one. */
const ENOUGH = 4

/** @param state is altered */
export function silenceOf(trigger: Trigger, state: AlertState): Silence {
  /** How far hits usually lie apart, in ms; null where too few are known. */
  function usualGap(): number | null {
    const { arrivals } = state
    return arrivals.length < ENOUGH
      ? null
      : median(arrivals.slice(1).map((at, i) => at - (arrivals[i] as number)))
  }

  return {
    hear({ story, source }, now) {
      if (trigger.kind !== 'silence') return
      state.last = { story, at: now }
      state.arrivals = [...state.arrivals, now].slice(-USUAL)
      state.sources = [...state.sources.filter((id) => id !== source), source].slice(-USUAL)
    },
    from() {
      const { last, silentAfter } = state
      if (trigger.kind !== 'silence' || last === null || silentAfter === last.story) return null
      const usual = usualGap()
      if (usual === null || usual >= trigger.forMs) return null
      return Math.max(last.at + trigger.forMs, state.now)
    },
    words(now, about) {
      const usual = duration(usualGap() ?? 0)
      const lasts = duration(now - (state.last?.at ?? now))
      return `No hit for ${lasts}, usually one every ${usual}.${about === '' ? '' : ` ${about}`}`
    },
  }
}
