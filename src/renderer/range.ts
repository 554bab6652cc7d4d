import type { Range } from '../api/contract/common.ts'
import { dayOf, instantOfDay } from './frame/days.ts'

/** The ranges offered by name, in order; `custom` opens two dates. */
export const RANGES = ['visit', '24h', '7d', '30d', '1y'] as const
export type RangeName = (typeof RANGES)[number]

const HOURS: Record<Exclude<RangeName, 'visit'>, number> = { '24h': 24, '7d': 168, '30d': 720, '1y': 8760 }
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

/** A range as the dashboard's address has it: "7d", "48h", "2025-05-01T00:00:00Z..2025-05-09T00:00:00Z"; null for the usual one. */
export function rangeText(range: Range): string | null {
  if (range.kind === 'visit') return null
  if (range.kind === 'custom') return `${moment(range.from)}..${moment(range.to)}`
  const name = nameOf(range)
  return name === 'custom' ? `${range.hours}h` : name
}

const moment = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

/** The range of such a text; since the last visit where it is none. */
export function readRange(text: string | null): Range {
  const visit: Range = { kind: 'visit' }
  const name = RANGES.find((one) => one === text)
  if (name !== undefined) return rangeOf(name)
  const hours = /^(\d{1,6})h$/.exec(text ?? '')?.[1]
  if (hours !== undefined && Number(hours) > 0 && Number(hours) <= MOST_HOURS)
    return { kind: 'last', hours: Number(hours) }
  const [from = Number.NaN, to = Number.NaN] = (text ?? '').split('..').map(Date.parse)
  return from < to ? { kind: 'custom', from, to } : visit
}

/** Thirty years, as the engine allows. */
const MOST_HOURS = 24 * 366 * 30
