import { useSyncExternalStore } from 'react'

export const APPEARANCES = ['system', 'light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

const STORED = 'wirewatch.appearance'
const listeners = new Set<() => void>()
let appearance: Appearance = 'system'

/** Takes up the stored choice; to be called before the first paint. */
export function startAppearance(): void {
  const stored = localStorage.getItem(STORED)
  apply(APPEARANCES.find((name) => name === stored) ?? 'system')
}

/** @returns whether it is kept: a browser may have no room, or keep nothing; then it holds until the page is closed */
export function setAppearance(next: Appearance): boolean {
  apply(next)
  notify()
  try {
    if (next === 'system') localStorage.removeItem(STORED)
    else localStorage.setItem(STORED, next)
    return true
  } catch {
    return false
  }
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => appearance)

function apply(next: Appearance): void {
  appearance = next
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
}

function notify(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
