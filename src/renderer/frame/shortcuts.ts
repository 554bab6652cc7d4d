import { useEffect, useRef } from 'react'

/** Keys as they are written: 'j', '/', '?', 'Enter', 'g d' (one after the other), 'mod+k' (Ctrl, or ⌘ on a Mac). */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

const SEQUENCE_MS = 1200
const tables: { current: Shortcuts }[] = []
/** With `mod` they undo, redo, cut, copy, paste and select. */
const EDITING = /^[zyxcva]$/i
let first = ''
let firstAt = 0

/**
 * Listens for shortcuts while the component is there; the latest component wins. Plain keys are left alone while
 * a field has the focus or a dialog is open; those with `mod` work in fields too, but for those that edit their text.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const table = useRef(shortcuts)
  useEffect(() => {
    table.current = shortcuts
  })
  useEffect(() => {
    if (tables.length === 0) window.addEventListener('keydown', onKey)
    tables.push(table)
    return () => {
      tables.splice(tables.indexOf(table), 1)
      if (tables.length === 0) window.removeEventListener('keydown', onKey)
    }
  }, [])
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const mod = event.ctrlKey || event.metaKey
  if (mod && EDITING.test(event.key) && writesInto(event.target)) return
  if (!mod && (writesInto(event.target) || document.querySelector('[role=dialog]') !== null)) return
  const key = mod ? `mod+${event.key.toLowerCase()}` : event.key
  const pair = first !== '' && event.timeStamp - firstAt < SEQUENCE_MS ? `${first} ${key}` : ''
  first = ''
  const run = find(pair) ?? find(key)
  if (run !== undefined) {
    event.preventDefault()
    run(event)
  } else if (!mod && key.length === 1) {
    first = key
    firstAt = event.timeStamp
  }
}

function find(key: string): Shortcuts[string] | undefined {
  if (key === '') return undefined
  for (const table of tables.toReversed()) {
    const run = table.current[key]
    if (run !== undefined) return run
  }
  return undefined
}

/** True where a typed letter belongs to the element. */
function writesInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
        !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type)))
  )
}
