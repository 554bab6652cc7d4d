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

const CALENDARS = [
  { calendar: 'persian', language: 'fa', days: 365.2422, years: 622.2 },
  { calendar: 'islamic-umalqura', language: 'ar', days: 354.367, years: 622.54 },
] as const

/** The day of ours for a day of the Persian or the Islamic calendar whose month is named; null where it names none. */
export function dayOfOtherCalendar(text: string): { year: number; month: number; day: number } | null {
  const numbers = text.match(/\d+/g) ?? []
  const year = Number(numbers.find((number) => /^1[2-5]\d\d$/.test(number)))
  const day = Number(numbers.find((number) => number.length <= 2))
  if (!(year > 0 && day >= 1 && day <= 31)) return null
  for (const { calendar, language, days, years } of CALENDARS) {
    const named = new Intl.DateTimeFormat(language, { calendar, month: 'long', timeZone: 'UTC' })
    const numbered = new Intl.DateTimeFormat('en', {
      calendar,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    })
    const part = (at: number, type: string): number =>
      Number.parseInt(numbered.formatToParts(at).find((one) => one.type === type)?.value ?? '', 10)
    const first = Date.UTC(1970, 0, 1) + (years - 1970) * 365.2425 * DAY + (year - 1) * days * DAY
    for (let at = first - 20 * DAY; at < first + 390 * DAY; at += DAY) {
      if (part(at, 'year') !== year || part(at, 'day') !== day) continue
      if (!text.includes(named.format(at))) continue
      const date = new Date(at)
      return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
    }
  }
  return null
}

const DAY = 86_400_000
