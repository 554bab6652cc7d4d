import { useCallback, useEffect, useState } from 'react'

const STORED = 'wirewatch.draft.'

export interface Draft<T> {
  readonly draft: T
  readonly setDraft: (next: T) => void
  /** It differs from what is saved. */
  readonly changed: boolean
  /** It was begun before this page was opened, and left. */
  readonly kept: boolean
  /** Back to what is saved. */
  readonly discard: () => void
}

/**
 * What a form holds, kept while it differs from what is saved: a person who leaves a half-written theme and comes back, even
 * after a restart, finds it as it was.
 * @param name what is edited, of this kind one at a time: "theme russia-china"
 * @param saved what the form begins with; a value of plain data
 */
export function useDraft<T>(name: string, saved: T): Draft<T> {
  const [draft, setDraft] = useState<T>(() => read<T>(name) ?? saved)
  const [kept, setKept] = useState(() => read(name) !== null)
  const now = JSON.stringify(draft)
  const changed = now !== JSON.stringify(saved)
  useEffect(() => {
    if (changed) write(name, now)
    else write(name, null)
  }, [name, now, changed])
  const discard = useCallback(() => {
    setKept(false)
    setDraft(saved)
  }, [saved])
  return { draft, setDraft, changed, kept: kept && changed, discard }
}

/** Forgets a draft: it was saved under another name, or is given up. */
export function forgetDraft(name: string): void {
  write(name, null)
}

/** Whether something of this name is half-written. */
export const hasDraft = (name: string): boolean => read(name) !== null

function read<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(STORED + name) ?? 'null') as T | null
  } catch {
    return null
  }
}

/** Where a browser gives no storage, drafts last as long as their form. */
function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(STORED + name)
    else localStorage.setItem(STORED + name, value)
  } catch {}
}
