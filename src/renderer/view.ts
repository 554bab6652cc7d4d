import { useSyncExternalStore } from 'react'
import type { Range } from '../api/contract/common.ts'
import { addFilter, hasValue, setFilter } from '../core/query/language/language.ts'
import { rangeText, readRange } from './range.ts'

/**
 * What the dashboard shows: a range, and query text that narrows it ('' for all stories). It stands in the dashboard's address, so
 * that back, forward, a reload, a bookmark and a second window keep it. Other pages go by the last one.
 */
export interface View {
  readonly range: Range
  readonly filter: string
  /** The saved view that was opened, and may have been changed since; null for none. */
  readonly saved: number | null
}

const STORED = 'wirewatch.view'
/** wouter announces each of these, whoever changes the address. */
const EVENTS = ['popstate', 'pushState', 'replaceState', 'view'] as const

let search: string | null = null
let view: View = { range: { kind: 'visit' }, filter: '', saved: null }
/** The last one that is not a saved view: what "Dashboard" leads back to. */
let own: View = view

export const useView = (): View => useSyncExternalStore(subscribe, current)
/** What the dashboard showed before a saved view was opened; what it shows, where none is. */
export const useOwnView = (): View =>
  useSyncExternalStore(subscribe, () => (current().saved === null ? view : own))
/** The range of the dashboard and of the navigation's counts. */
export const useRange = (): Range => useView().range

/** Shows another view: in the dashboard's address, where that is open. */
export function setView(next: View): void {
  if (onDashboard()) history.pushState(null, '', addressOf(next))
  else {
    remember(addressOf(next).slice(1))
    dispatchEvent(new Event('view'))
  }
}
export const setRange = (range: Range): void => setView({ ...current(), range })
export const setNarrowing = (filter: string): void => setView({ ...current(), filter: filter.trim() })

/** The dashboard's address for a view. */
export function addressOf({ range, filter, saved }: View): string {
  const params = new URLSearchParams()
  const text = rangeText(range)
  if (text !== null) params.set('range', text)
  if (filter !== '') params.set('q', filter)
  if (saved !== null) params.set('view', String(saved))
  return params.size === 0 ? '/' : `/?${params}`
}

/** A field of the query language that a click on the dashboard filters by. */
export type FilterField = 'theme' | 'bloc' | 'source' | 'lang' | 'kind' | 'entity'

/** Filters that clicks alone have made: their stories are asked for before the engine has read them. */
const made = new Set([''])
export const isMade = (filter: string): boolean => made.has(filter)

/** Whether the dashboard is filtered by a value, and what a click on it does: filter by it alone, or lift that again. */
export function useFilterBy(): {
  readonly is: (field: FilterField, value: string) => boolean
  readonly toggle: (field: FilterField, value: string) => void
} {
  const { filter } = useView()
  const is = (field: FilterField, value: string): boolean => hasValue(filter, field, value)
  return {
    is,
    toggle(field, value) {
      const next = setFilter(filter, field, is(field, value) ? [] : [value]).trim()
      if (made.has(filter)) made.add(next)
      setNarrowing(next)
    },
  }
}

/** The stories of a query that pass the filter too. */
export const narrowed = (query: string, filter: string): string =>
  filter === '' ? query : query === '' ? filter : addFilter(query, bracketed(filter))

const bracketed = (text: string): string => (/\bOR\b/.test(text) ? `(${text})` : text)

function subscribe(listener: () => void): () => void {
  for (const event of EVENTS) addEventListener(event, listener)
  return () => {
    for (const event of EVENTS) removeEventListener(event, listener)
  }
}

function current(): View {
  const now = onDashboard() ? location.search : (search ?? stored())
  if (now !== search) remember(now)
  return view
}

const onDashboard = (): boolean => location.pathname === '/'

function remember(text: string): void {
  search = text
  const params = new URLSearchParams(text)
  const saved = params.get('view')
  view = {
    range: readRange(params.get('range')),
    filter: (params.get('q') ?? '').trim(),
    saved: saved !== null && /^[1-9]\d{0,9}$/.test(saved) ? Number(saved) : null,
  }
  if (view.saved === null) own = view
  try {
    sessionStorage.setItem(STORED, text)
  } catch {}
}

/** The view of this window before a page was loaded anew. */
function stored(): string {
  try {
    return sessionStorage.getItem(STORED) ?? ''
  } catch {
    return ''
  }
}
