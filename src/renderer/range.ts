import { useSyncExternalStore } from 'react'
import type { Range } from '../api/contract/common.ts'
import { dayOf, instantOfDay } from './frame/days.ts'

/** The ranges offered by name, in order; `custom` opens two dates. */
export const RANGES = ['visit', '24h', '7d', '30d', '1y'] as const
export type RangeName = (typeof RANGES)[number]

const HOURS: Record<Exclude<RangeName, 'visit'>, number> = { '24h': 24, '7d': 168, '30d': 720, '1y': 8760 }
const STORED = 'wirewatch.range'

let range: Range = remembered()
const listeners = new Set<() => void>()

/** The range of the dashboard and of the navigation's counts; kept while the window lives. */
export function useRange(): Range {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => range,
  )
}

export function setRange(next: Range): void {
  range = next
  sessionStorage.setItem(STORED, JSON.stringify(next))
  for (const listener of listeners) listener()
}

export function rangeOf(name: RangeName): Range {
  return name === 'visit' ? { kind: 'visit' } : { kind: 'last', hours: HOURS[name] }
}

/** The next longer range that is offered by name; null behind a year. */
export function wider(than: Range): Exclude<RangeName, 'visit'> | null {
  const hours =
    than.kind === 'last' ? than.hours : than.kind === 'custom' ? (than.to - than.from) / 3_600_000 : 0
  const lengths = Object.keys(HOURS) as (keyof typeof HOURS)[]
  return lengths.find((name) => HOURS[name] > hours) ?? null
}

/** The seven local days up to the one of an instant. */
export function weekOf(instant: number, zone: string): Range {
  const day = dayOf(instant, zone)
  return { kind: 'custom', from: instantOfDay(day, zone, -6), to: instantOfDay(day, zone, 1) }
}

/** The name of a range that is offered by name, else 'custom'. */
export function nameOf(of: Range): RangeName | 'custom' {
  if (of.kind === 'visit') return 'visit'
  return RANGES.find((name) => name !== 'visit' && of.kind === 'last' && HOURS[name] === of.hours) ?? 'custom'
}

function remembered(): Range {
  const visit: Range = { kind: 'visit' }
  if (typeof sessionStorage === 'undefined') return visit
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null')
    return isRange(stored) ? stored : visit
  } catch {
    return visit
  }
}

function isRange(value: unknown): value is Range {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'visit') return true
  if (value.kind === 'last') return 'hours' in value && typeof value.hours === 'number'
  return (
    value.kind === 'custom' &&
    'from' in value &&
    'to' in value &&
    typeof value.from === 'number' &&
    typeof value.to === 'number'
  )
}
