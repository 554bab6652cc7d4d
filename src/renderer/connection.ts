import { useSyncExternalStore } from 'react'

/**
 * `lost`: the event stream broke and is being opened again; `back`: it came back a moment ago; `refused`: another launch
 * answers, which does not know this window.
 */
export type Connection = 'connecting' | 'live' | 'lost' | 'back' | 'refused'

let connection: Connection = 'connecting'
const listeners = new Set<() => void>()

export function setConnection(next: Connection): void {
  if (next === connection) return
  connection = next
  for (const listener of listeners) listener()
}

export const currentConnection = (): Connection => connection

/** The state of the event stream, for the frame's banner. */
export function useConnection(): Connection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentConnection)
}
