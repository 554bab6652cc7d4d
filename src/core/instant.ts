import { fromLocal } from './localTime.ts'

const ISO =
  /^\s*([+-]?\d{4,6})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?\s*$/i

/**
 * A moment as data files write it, in epoch milliseconds; null where it cannot be read. Text is ISO 8601 (without a zone
 * UTC, except that a day alone is its first moment in `timeZone`); a number, or text of digits, is an epoch in
 * seconds, or from 100,000,000,000 on (in seconds that were after the year 5000) in milliseconds.
 */
export function readInstant(value: unknown, timeZone: string): number | null {
  if (typeof value === 'number') return epoch(value)
  if (typeof value !== 'string') return null
  if (/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return epoch(Number(value))
  const m = ISO.exec(value)
  if (m === null) return null
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (hour > 24 || minute > 59 || second > 60) return null
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  // 30 February would otherwise quietly be 2 March.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null
  if (m[4] === undefined) return fromLocal(midnight.getTime(), timeZone)
  const fraction = Math.floor(Number(`0.${m[7] ?? 0}`) * 1000)
  return (
    midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offset(m[8] ?? 'Z') * 60_000
  )
}

function epoch(value: number): number | null {
  const ms = Math.abs(value) < 1e11 ? value * 1000 : value
  return Math.abs(ms) <= 8.64e15 ? Math.round(ms) : null
}

/** Minutes ahead of UTC. */
function offset(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const digits = zone.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0)
  return zone.startsWith('-') ? -minutes : minutes
}
