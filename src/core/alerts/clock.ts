import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { Stores } from '../stores.ts'
import type { Deciding } from './deciding.ts'

/** What alerts tell by the clock alone: what was held, digests, silences, the end of a snooze. A line of the heartbeat. */
export interface AlertClock {
  next(after: number): number | null
  /** Tells what is due. Also once when the archive is opened: for what became due while it was closed. */
  tick(): void
}

/** A tick that changed nothing is not repeated at once. */
const LEAST_MS = 1000
/** A clock that goes back further was set back: what waits for later moments by it is looked at again. */
const SET_BACK_MS = 60_000
/** A hit waits so long for its story's event where nothing gathers stories into events, then it is decided without. */
const PATIENCE_MS = 60_000

type Parts = Pick<Stores, 'together' | 'decisions' | 'events'> &
  Pick<Clock, 'now'> & {
    readonly changes: Changes
    readonly beginDeciding: () => Deciding
    /** Stories that wait for their event are about to get it. */
    readonly isGathering: () => boolean
    /** Called where notices wait for their channels. */
    readonly deliver: () => void
  }

export function createAlertClock(parts: Parts): AlertClock {
  const { together, decisions, events, changes, now, beginDeciding, isGathering, deliver } = parts
  /** The latest moment that the clock has shown; null: not known. */
  let latest: number | null = null

  return {
    next(after) {
      const at = now()
      if (latest !== null && at < latest - SET_BACK_MS) return at
      if (latest !== null) latest = Math.max(latest, at)
      const waiting = isGathering() ? null : decisions.undecidedFrom()
      const moments = [decisions.nextDue(), waiting === null ? null : waiting + PATIENCE_MS]
      const due = Math.min(...moments.filter((moment) => moment !== null))
      return Number.isFinite(due) ? Math.max(due, after + LEAST_MS) : null
    },
    tick() {
      const at = now()
      const isSetBack = latest === null || at < latest - SET_BACK_MS
      latest = at
      const isNews = together(() => {
        const deciding = beginDeciding()
        const late = isGathering() ? [] : decisions.undecidedBut(at - PATIENCE_MS, at + PATIENCE_MS)
        deciding.decide(late, events.settlesIn, at, true)
        const woken = deciding.tick(at, isSetBack)
        return deciding.finish() > 0 || late.length > 0 || woken > 0
      })
      if (isNews) {
        changes.emit({ type: 'alerts', hits: 0 })
        deliver()
      }
    },
  }
}
