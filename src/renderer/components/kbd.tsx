import type { ReactNode } from 'react'

/** A key, as on the keyboard. */
export function Kbd({ children }: { children: ReactNode }): ReactNode {
  return (
    <kbd className="inline-block min-w-[18px] rounded-sm border border-line bg-panel px-1 text-center font-sans text-xs text-ink-3">
      {children}
    </kbd>
  )
}
