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

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
