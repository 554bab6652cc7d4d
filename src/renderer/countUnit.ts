import { useSyncExternalStore } from 'react'

/** What lists and counts are of: happenings, or each story that tells of them. */
export type CountUnit = 'events' | 'stories'

const STORED = 'wirewatch.unit'
let unit: CountUnit = remembered()
const listeners = new Set<() => void>()

/** The person's choice, kept over restarts; events until they choose. */
export function useCountUnit(): CountUnit {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => unit,
  )
}

export function setCountUnit(next: CountUnit): void {
  unit = next
  try {
    localStorage.setItem(STORED, next)
  } catch {
    // Where a browser gives no storage, the choice lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

function remembered(): CountUnit {
  try {
    return localStorage.getItem(STORED) === 'stories' ? 'stories' : 'events'
  } catch {
    return 'events'
  }
}
