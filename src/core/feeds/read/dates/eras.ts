/** Years of other eras as those of ours, and days of other calendars as days of ours. */

const JAPANESE: Readonly<Record<string, number>> = {
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  大正: 1911,
  明治: 1867,
}

/** A text with the years of Japan's eras and of the Republic of China (民國) as years of ours. */
export function withPlainYears(text: string): string {
  return text
    .replace(/(令和|平成|昭和|大正|明治)\s*(元|\d{1,2})\s*(?=[年./-])/g, (_, era: string, year: string) =>
      String((JAPANESE[era] as number) + (year === '元' ? 1 : Number(year))),
    )
    .replace(/(?:中華)?民[國国]\s*(元|\d{1,3})\s*(?=[年./-])/g, (_, year: string) =>
      String(1911 + (year === '元' ? 1 : Number(year))),
    )
}

/** A year of the Buddhist era as one of ours: no story is from our 25th century. */
export function ofOurEra(year: number): number {
  return year >= 2443 && year <= 2743 ? year - 543 : year
}

/** The day of ours for a day of the Persian or the Islamic calendar, its month named or a number; null where it is none. */
export function dayOfOtherCalendar(text: string): { year: number; month: number; day: number } | null {
  const numbers = text.match(/\d+/g) ?? []
  const year = Number(numbers.find((number) => /^1[2-5]\d\d$/.test(number)))
  if (!(year > 0)) return null
  const [, month, dayOfMonth] =
    /(?<!\d)1[34]\d\d\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?!\d)/.exec(text) ?? []
  if (month !== undefined)
    return dayOf(year <= LAST_PERSIAN ? PERSIAN : ISLAMIC, year, Number(month), Number(dayOfMonth))
  const day = Number(numbers.find((number) => number.length <= 2))
  for (const calendar of [PERSIAN, ISLAMIC]) {
    const named = monthsOf(calendar).findIndex((name) => text.includes(name))
    if (named !== -1) return dayOf(calendar, year, named + 1, day)
  }
  return null
}

interface Calendar {
  readonly calendar: 'persian' | 'islamic-umalqura'
  readonly language: string
  /** Days of its year, and which of our years its first one began in. */
  readonly days: number
  readonly began: number
}
const PERSIAN: Calendar = { calendar: 'persian', language: 'fa', days: 365.2422, began: 622.2 }
const ISLAMIC: Calendar = { calendar: 'islamic-umalqura', language: 'ar', days: 354.367, began: 622.54 }
/** Years in numbers alone: 1404 is the Persian 2025, 1447 the Islamic one. Up to here they are Persian, as those of the web are. */
const LAST_PERSIAN = 1419
const DAY = 86_400_000

function dayOf(calendar: Calendar, year: number, month: number, day: number) {
  const at = daysOf(calendar, year).get(month * 100 + day)
  if (at === undefined) return null
  const date = new Date(at)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** The days of a calendar's year (epoch ms), by month × 100 + day. Made once: asking Intl for each takes milliseconds. */
function daysOf({ calendar, days, began }: Calendar, year: number): ReadonlyMap<number, number> {
  const key = `${calendar} ${year}`
  const known = years.get(key)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en', {
    calendar,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  })
  const made = new Map<number, number>()
  const first = Math.floor((began - 1970) * 365.2425 + (year - 1) * days) * DAY
  for (let at = first - 20 * DAY; at < first + 390 * DAY; at += DAY) {
    const parts = format.formatToParts(at)
    const part = (type: string): number =>
      Number.parseInt(parts.find((one) => one.type === type)?.value ?? '', 10)
    if (part('year') === year) made.set(part('month') * 100 + part('day'), at)
  }
  years.set(key, made)
  return made
}
const years = new Map<string, ReadonlyMap<number, number>>()

/** The names of a calendar's months, in order. */
function monthsOf(calendar: Calendar): readonly string[] {
  const known = names.get(calendar)
  if (known !== undefined) return known
  const { calendar: name, language } = calendar
  const format = new Intl.DateTimeFormat(language, { calendar: name, month: 'long', timeZone: 'UTC' })
  const days = daysOf(calendar, 1404)
  const made = Array.from({ length: 12 }, (_, n) => format.format(days.get((n + 1) * 100 + 1)))
  names.set(calendar, made)
  return made
}
const names = new Map<Calendar, readonly string[]>()
