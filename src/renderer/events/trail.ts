import { createContext, useContext } from 'react'
import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'

/** What an event's page was opened from: where to go back to, and the events that were listed there. */
export interface Trail {
  readonly from?: string
  readonly events?: readonly number[]
  /** The event that was asked for, where it went into this one. */
  readonly merged?: number
}

/** The events of the list that is on the screen, in its order. */
export const ListedEvents = createContext<readonly number[]>([])

/** So many events go along with an address. */
const MOST = 500

/** What a link to an event's page hands on. */
export function useTrail(): Trail {
  const [from] = useLocation()
  const events = useContext(ListedEvents)
  return { from, events: events.slice(0, MOST) }
}

/** Where an event stands among those that were listed where the reader came from, and how to go to its neighbours. */
export function useNeighbours(id: number): { at: number; of: number; go(step: number): void } {
  const [, navigate] = useLocation()
  const trail = useHistoryState<Trail | null>()
  const events = trail?.events ?? []
  const at = events.indexOf(id)
  return {
    at,
    of: events.length,
    go(step) {
      const next = at < 0 ? undefined : events[at + step]
      if (next === undefined) return
      const { merged: _, ...rest } = trail ?? {}
      navigate(`/events/${next}`, { replace: true, state: rest })
    },
  }
}
