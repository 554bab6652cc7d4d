/**
 * Local calendar moments of an IANA time zone as epoch milliseconds, and back. Intl is slow (microseconds a call), so
 * formatters are kept per zone, and the offsets that were asked for.
 */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  let made = formatters.get(timeZone)
  if (made === undefined) {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    })
    formatters.set(timeZone, made)
  }
  return made
}

/** Clocks are not set twice within so long: where both ends of a block have one offset, all of it has. */
const BLOCK = 6 * 3_600_000
const MOST_BLOCKS = 100_000
/** Offsets by zone and block; null where they differ within it. */
const blocks = new Map<string, Map<number, number | null>>()
/** Of the zone that was asked for last: mostly there is but one. */
let last = { timeZone: '', offsets: new Map<number, number | null>() }

/** How far local time is ahead of UTC at a moment, in milliseconds. */
export function offsetAt(ms: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  if (timeZone !== last.timeZone) {
    last = { timeZone, offsets: blocks.get(timeZone) ?? new Map() }
    blocks.set(timeZone, last.offsets)
  }
  const { offsets } = last
  const block = Math.floor(ms / BLOCK)
  let offset = offsets.get(block)
  if (offset === undefined) {
    const [start, end] = [block * BLOCK, (block + 1) * BLOCK - 1].map((at) => formattedOffset(at, timeZone))
    offset = start === end ? (start as number) : null
    if (offsets.size >= MOST_BLOCKS) offsets.clear()
    offsets.set(block, offset)
  }
  return offset ?? formattedOffset(ms, timeZone)
}

function formattedOffset(ms: number, timeZone: string): number {
  const part: Record<string, string> = {}
  for (const { type, value } of formatter(timeZone).formatToParts(ms)) part[type] = value
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year)
  // Date.UTC takes the years up to 99 for those of the twentieth century.
  const local = new Date(0)
  local.setUTCFullYear(year, Number(part.month) - 1, Number(part.day))
  local.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second))
  return local.getTime() - Math.floor(ms / 1000) * 1000
}

/** The moment of a local time given as if it were UTC; in a gap of the clock the moment after the gap, in a repeat the first. */
export function fromLocal(localAsUtc: number, timeZone: string): number {
  const before = localAsUtc - offsetAt(localAsUtc - 86_400_000, timeZone)
  const after = localAsUtc - offsetAt(localAsUtc + 86_400_000, timeZone)
  for (const candidate of [Math.min(before, after), Math.max(before, after)])
    if (candidate + offsetAt(candidate, timeZone) === localAsUtc) return candidate
  return Math.max(before, after)
}

/** A moment as query text has it: "2025-05-08T18:40:05", local, cut to the second. */
export function localMoment(ms: number, timeZone: string): string {
  const second = Math.floor(ms / 1000) * 1000
  return new Date(second + offsetAt(second, timeZone)).toISOString().slice(0, 19)
}

/** Days since 1970-01-01 of the local calendar day that holds a moment. */
export function localDay(ms: number, timeZone: string): number {
  return Math.floor((ms + offsetAt(ms, timeZone)) / 86_400_000)
}

/** `localDay` of one zone. */
export function localDayReader(timeZone: string): (ms: number) => number {
  return (ms) => localDay(ms, timeZone)
}

/** The first moment of a local day (days since 1970-01-01). */
export function startOfDay(day: number, timeZone: string): number {
  return fromLocal(day * 86_400_000, timeZone)
}

/** What a canonical date value covers: a whole day, or a moment with the length of its precision. End exclusive. */
export function rangeOf(value: string, timeZone: string): { start: number; end: number } {
  const m = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(value)
  if (m === null) throw new RangeError(`Not a canonical date: ${value}`)
  const [, year, month, day, hour, minute, second] = m
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  )
  const start = fromLocal(local, timeZone)
  if (hour === undefined) return { start, end: fromLocal(local + 86_400_000, timeZone) }
  return { start, end: start + (second === undefined ? 60_000 : 1000) }
}

const UNIT: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 604_800_000, m: 2_592_000_000 }

/** Milliseconds of a `within` value: hours, days, weeks, or months of thirty days. */
export function durationOf(value: string): number {
  const m = /^(\d+)([hdwm])$/.exec(value)
  if (m === null) throw new RangeError(`Not a canonical duration: ${value}`)
  return Number(m[1]) * (UNIT[m[2] as string] as number)
}

/** "2025-05-09" of a local day (days since 1970-01-01). */
export const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** The day some days after a day, both as "2025-05-09". */
export function dayAfter(day: string, days = 1): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10)
}
