/**
 * Numbers, times and durations as the page writes them. All pure: the zone and the clock are given (the sample pins
 * the clock). Times are absolute in lists, and relative only within the last hour.
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** A whole number with thin spaces: 1 204 518. */
export function number(n: number): string {
  return thin(grouped.format(n))
}

/** A number with at most one decimal: 8.6. */
export function number1(n: number): string {
  return thin(decimal.format(n))
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 2 })

/** A number where there is little room: 1.2K. */
export const short = (n: number): string => compact.format(n)

const thin = (text: string): string => text.replaceAll(',', '\u202f').replace('-', '−')

/** A change as a signed percentage ("+340 %", "−8 %"); null where there was nothing before. */
export function change(now: number, before: number): string | null {
  if (before === 0) return null
  const percent = Math.round(((now - before) / before) * 100)
  return `${percent > 0 ? '+' : ''}${number(percent)}\u202f%`
}

export function bytes(n: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let unit = 0
  let value = n
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 10 && unit > 0 ? number1(value) : number(value)} ${units[unit]}`
}

/** A length of time in its largest fitting unit: "40 s", "14 min", "19 h", "3 d". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < MINUTE) return `${Math.round(ms / 1000)} s`
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`
  if (ms < 2 * DAY) return `${Math.round(ms / HOUR)} h`
  return `${number(Math.round(ms / DAY))} d`
}

interface Parts {
  year: string
  month: string
  day: string
  hour: string
  minute: string
  weekday: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

function parts(instant: number, zone: string): Parts {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  const found: Parts = { year: '', month: '', day: '', hour: '', minute: '', weekday: '' }
  for (const { type, value } of format.formatToParts(instant))
    if (type in found) found[type as keyof Parts] = value
  if (found.month === 'Sept') found.month = 'Sep'
  return found
}

const dayKey = ({ year, month, day }: Parts): string => `${year} ${month} ${day}`

/** "09:05" */
export function clock(instant: number, zone: string): string {
  const { hour, minute } = parts(instant, zone)
  return `${hour}:${minute}`
}

/** "9 May 2025, 06:31" */
export function dateTime(instant: number, zone: string): string {
  return `${date(instant, zone)}, ${clock(instant, zone)}`
}

/** "9 May 2025" */
export function date(instant: number, zone: string): string {
  const { year, month, day } = parts(instant, zone)
  return `${day} ${month} ${year}`
}

/** "Fri 9 May" */
export function weekday(instant: number, zone: string): string {
  const { weekday: name, day, month } = parts(instant, zone)
  return `${name} ${day} ${month}`
}

/** "May 2025" */
export function monthYear(instant: number, zone: string): string {
  const { month, year } = parts(instant, zone)
  return `${month} ${year}`
}

/** Midnight that begins the local day of `instant`; days of 23 and 25 hours included. */
export function startOfDay(instant: number, zone: string): number {
  const { hour, minute } = parts(instant, zone)
  const guess = instant - Number(hour) * HOUR - Number(minute) * MINUTE - (instant % MINUTE)
  // A clock change in between leaves the guess an hour off midnight.
  const at = parts(guess, zone)
  if (at.hour === '00') return guess
  const late = Number(at.hour) < 12
  return late ? guess - Number(at.hour) * HOUR : guess + (24 - Number(at.hour)) * HOUR
}

export interface TimeWords {
  justNow: string
  minutesAgo: (minutes: number) => string
  yesterday: (clock: string) => string
  tomorrow: (clock: string) => string
}

/**
 * A time as a list shows it: minutes within the last hour, else the clock for today, "yesterday 18:40" or "tomorrow
 * 06:00", "7 May 18:40" this year, "7 May 2024" in others.
 */
export function listTime(instant: number, now: number, zone: string, words: TimeWords): string {
  const ago = now - instant
  if (ago >= 0 && ago < MINUTE) return words.justNow
  if (ago >= 0 && ago < HOUR) return words.minutesAgo(Math.floor(ago / MINUTE))
  const then = parts(instant, zone)
  const today = parts(now, zone)
  const time = `${then.hour}:${then.minute}`
  if (dayKey(then) === dayKey(today)) return time
  if (ago > 0 && dayKey(then) === dayKey(parts(startOfDay(now, zone) - 1, zone))) return words.yesterday(time)
  if (ago < 0 && dayKey(then) === dayKey(parts(startOfDay(now, zone) + 36 * HOUR, zone)))
    return words.tomorrow(time)
  if (then.year === today.year) return `${then.day} ${then.month} ${time}`
  return `${then.day} ${then.month} ${then.year}`
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** "Chinese" for zh, "Brazilian Portuguese" for pt-BR; the code itself where it names no language. */
export function languageName(code: string): string {
  try {
    return languages.of(code) ?? code
  } catch {
    return code
  }
}
