import { startOfDay } from '../format.ts'

/** The local day of an instant as a date field writes it: "2025-05-09". */
export function dayOf(instant: number, zone: string): string {
  // The Swedish date is the ISO date.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(instant)
}

/** The instant at which the local day (`plus` days later) begins. */
export function instantOfDay(day: string, zone: string, plus = 0): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  // Noon in Greenwich can be the neighbouring day far east or west: step to the day that was meant.
  const noon = Date.UTC(year, month - 1, date + plus, 12)
  const wanted = new Date(noon).toISOString().slice(0, 10)
  for (const shift of [0, -12, 12]) {
    const start = startOfDay(noon + shift * 3_600_000, zone)
    if (dayOf(start, zone) === wanted) return start
  }
  return startOfDay(noon, zone)
}

/** How many days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000)
}

/** "9 May 2025" of "2025-05-09"; a time stays behind it. */
export function dayText(value: string): string {
  const m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}:\d{2}))?/.exec(value)
  if (m === null) return value
  const month = MONTHS[Number(m[2]) - 1]
  if (month === undefined) return value
  return `${Number(m[3])} ${month} ${m[1]}${m[4] === undefined ? '' : `, ${m[4]}`}`
}

/**
 * The day of what a person typed, as "2025-05-09"; null where it is none. Read are 2025-05-09, 9 May 2025, May 9 2025 and, with
 * the day first as the page's language has it, 9.5.2025 and 9/5/2025.
 */
export function readDay(text: string): string | null {
  const typed = text.trim().toLowerCase().replaceAll(',', ' ')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso !== null) return dayFrom(iso[1], Number(iso[2]), iso[3])
  const dayFirst = /^(\d{1,2})[./ ](\d{1,2})[./ ](\d{4})$/.exec(typed)
  if (dayFirst !== null) return dayFrom(dayFirst[3], Number(dayFirst[2]), dayFirst[1])
  const words = /^(\d{1,2})\.?\s*([a-z]{3})[a-z]*\.?\s+(\d{4})$/.exec(typed)
  if (words !== null) return dayFrom(words[3], monthOf(words[2]), words[1])
  const monthFirst = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2})\s+(\d{4})$/.exec(typed)
  return monthFirst === null ? null : dayFrom(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2])
}

const monthOf = (name = ''): number => MONTHS.findIndex((month) => month.toLowerCase() === name) + 1

/** Null where the calendar has no such day. */
function dayFrom(year = '', month: number, day = ''): string | null {
  const at = new Date(Date.UTC(Number(year), month - 1, Number(day)))
  const sane = at.getUTCMonth() === month - 1 && at.getUTCDate() === Number(day)
  return sane ? `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}` : null
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
