import { useCallback, useState } from 'react'

const STORED = 'wirewatch.closedFolders'

/** The folders of alerts that are folded, kept over restarts. */
export function useClosedFolders(): {
  closed: ReadonlySet<string>
  fold: (folder: string, isClosed: boolean) => void
} {
  const [closed, setClosed] = useState<ReadonlySet<string>>(remembered)
  const fold = useCallback((folder: string, isClosed: boolean) => {
    setClosed((before) => {
      const next = new Set(before)
      if (isClosed) next.add(folder)
      else next.delete(folder)
      try {
        localStorage.setItem(STORED, JSON.stringify([...next]))
      } catch {
        // Where a browser gives no storage, it lasts as long as the page.
      }
      return next
    })
  }, [])
  return { closed, fold }
}

function remembered(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]')
    return new Set(Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : [])
  } catch {
    return new Set()
  }
}
