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
/** A hit waits so long for its story's event, then it is decided without. */
const PATIENCE_MS = 60_000
/** Hits from before that have waited too long for anybody to hear of them. */
const FORGOTTEN_MS = 7 * 86_400_000

/** @param parts.deliver is called where notices wait for their channels */
export function createAlertClock(
  parts: Pick<Stores, 'together' | 'decisions'> &
    Pick<Clock, 'now'> & {
      readonly changes: Changes
      readonly beginDeciding: () => Deciding
      readonly deliver: () => void
    },
): AlertClock {
  const { together, decisions, changes, now, beginDeciding, deliver } = parts
  return {
    next(after) {
      const due = decisions.nextDue()
      return due === null ? null : Math.max(due, after + LEAST_MS)
    },
    tick() {
      const at = now()
      const isNews = together(() => {
        const deciding = beginDeciding()
        const late = decisions.undecidedSince(at - FORGOTTEN_MS, at - PATIENCE_MS)
        deciding.decide(late, () => null, at, true)
        deciding.tick(at)
        return deciding.finish() > 0 || late.length > 0
      })
      if (isNews) {
        changes.emit({ type: 'alerts', hits: 0 })
        deliver()
      }
    },
  }
}
