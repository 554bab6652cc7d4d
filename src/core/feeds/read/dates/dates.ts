/**
 * Dates as feeds write them → epoch ms. RFC 822/2822 with every usual fault, ISO 8601 and W3C-DTF in all their precisions,
 * C's asctime, numeric dates of several countries, month names in some 25 languages, epoch seconds.
 */
import { withPlainDigits } from './dayPeriods.ts'
import { dayOfOtherCalendar, isNepaliYear, ofOurEra, ofThaiYear, withPlainYears } from './eras.ts'
import { isMonth, isMonthIn, monthOf, withMarkedMonths } from './monthNames.ts'
import { withoutRangeEnd } from './ranges.ts'
import { type Time, takeTime } from './timeOfDay.ts'
import { minutesEast, minutesEastAt, placeNamed } from './timeZones.ts'

/** How a feed writes its dates. */
export interface DateStyle {
  /** BCP 47, or '': a few names are those of different months in different languages. */
  readonly language: string
  /** 5/9/2025 is the 5th of September; undefined where that is not known: then it is American. */
  readonly dayFirst: boolean | undefined
  /** 25. 5. 9. is the 9th of May 2025. */
  readonly shortYearFirst?: boolean
}

const UNKNOWN_STYLE: DateStyle = { language: '', dayFirst: undefined }

/**
 * Epoch ms, or null where no date can be read. A date without a zone is UTC; a part that is missing is its first value. The
 * epoch is no date but a field left at zero, and neither are seconds that were taken for milliseconds.
 */
export function readDate(written: string, style: DateStyle = UNKNOWN_STYLE): number | null {
  const text = written.trim().slice(0, 100)
  if (text === '') return null
  const date = rfc822(text) ?? epoch(text) ?? iso(text) ?? joined(text) ?? loose(text, style)
  if (date !== null && isLanguage(style, 'ne') && isNepaliYear(new Date(date).getUTCFullYear())) return null
  return date === null || Math.abs(date) <= 14 * HOUR || (date > MISREAD_FROM && date < MISREAD_TO)
    ? null
    : date
}

const isLanguage = ({ language }: DateStyle, wanted: string): boolean => language.split('-')[0] === wanted

/** The seconds of the years 2001 to 2038, taken for milliseconds: some days of January 1970. */
const MISREAD_FROM = 1_000_000_000
const MISREAD_TO = 2_150_000_000

/** The style of a feed, from its dates as they are written: one that has a day over 12 decides for all; else its language does. */
export function styleOf(written: readonly string[], language: string): DateStyle {
  let dayFirst = 0
  const order = language === '' ? UNKNOWN_STYLE : orderOf(language)
  for (const text of written) {
    const [, first, second, year] =
      /(?:^|\D)(\d{1,2})\/(\d{1,2})\/(\d{4}|\d\d)(?!\d)/.exec(withPlainDigits(text)) ?? []
    if (order.shortYearFirst === true && year?.length === 2) continue
    if (Number(first) > 12 && Number(second) <= 12) dayFirst++
    if (Number(second) > 12 && Number(first) <= 12) dayFirst--
  }
  if (dayFirst !== 0) return { language, dayFirst: dayFirst > 0 }
  return { ...order, language }
}

function orderOf(language: string): Pick<DateStyle, 'dayFirst' | 'shortYearFirst'> {
  try {
    const written = new Intl.DateTimeFormat(language, { dateStyle: 'short' }).formatToParts(0)
    const parts = written.map(({ type }) => type)
    // Where the year comes first that says nothing of dates that end in it; of these, East Asia's are American.
    if (parts.indexOf('year') < parts.indexOf('month'))
      return {
        dayFirst: /^(zh|ja|ko|en)\b/.test(language) ? undefined : true,
        shortYearFirst: written.find(({ type }) => type === 'year')?.value.length === 2,
      }
    return { dayFirst: parts.indexOf('day') < parts.indexOf('month') }
  } catch {
    return { dayFirst: undefined }
  }
}

interface Day {
  year: number
  /** 1 … 12 */
  month: number
  day: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Epoch ms; null for a day or time that does not exist, and for one outside the years that a story can be from. */
function instant({ year, month, day, hour, minute, second, zone }: Day & Time): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second >= 62) return null
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  // 31 February is no date.
  if (midnight.getUTCMonth() !== month - 1) return null
  const ms =
    midnight.getTime() + hour * HOUR + minute * MINUTE + Math.trunc(second * SECOND) - (zone ?? 0) * MINUTE
  return ms >= EARLIEST && ms <= LATEST ? ms : null
}

/** No story is older than the first newspaper; outside these years the text was not a date of our calendar. */
const EARLIEST = Date.UTC(1600, 0, 1)
const LATEST = Date.UTC(9999, 11, 31)

/** Most feeds write exactly this: no need to try the rest. */
const RFC822 =
  /^(?:[a-z]{3},\s)?(\d\d?)\s(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s(\d{4})\s(\d\d):(\d\d)(?::(\d\d))?\s([+-]\d{4}|gmt|utc)$/i
const RFC822_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function rfc822(text: string): number | null {
  const match = RFC822.exec(text)
  if (match === null) return null
  const [, day, month, year, hour, minute, second, zone] = match
  return instant({
    year: Number(year),
    month: RFC822_MONTHS.indexOf((month as string).toLowerCase()) + 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    zone: minutesEast(zone as string) ?? 0,
  })
}

/** 2025-05-09T16:30:00.123+08:00 and every shorter form of it; 2025-W19-5, 2025-129, 20250509T163000Z. */
const ISO =
  /^([+-]?(?:00(?=\d{4}-))?\d{4})(?:-?(?:w(\d\d)(?:-?(\d))?|(\d\d)(?:-?(\d\d))?(?!\d)|(\d{3})(?!\d)))?(?:(?:t|\s+|\s*t\s*)(\d\d?)(?::?(\d\d)(?::?(\d\d(?:[.,]\d+)?))?)?)?\s*(z|utc|gmt|[a-z]{3,5}|[+-]\d\d:?\d\d|[+-]\d\d?)?$/i

function iso(text: string): number | null {
  const match = ISO.exec(withPlainHyphens(text))
  // "250509" may be a day of 2025; it is no month of 2505.
  if (match === null || (/^\d{6}$/.test(text) && !/^(?:19|20)/.test(text))) return null
  const [, y, week, weekday, month, day, dayOfYear, hour, minute, second, zoneText] = match
  const year = ofOurEra(Number(y))
  const zone = zoneText === undefined ? 0 : minutesEast(zoneText)
  if (zone === null) return null
  const time = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: seconds(second), zone }
  const first = instant({ year, month: Number(month ?? 1), day: Number(day ?? 1), ...time })
  if (first === null) return null
  if (dayOfYear !== undefined) {
    const count = Number(dayOfYear)
    const days = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY
    return count >= 1 && count <= days ? first + (count - 1) * DAY : null
  }
  if (week === undefined) return first
  const number = Number(week)
  const onDay = Number(weekday ?? 1)
  if (onDay < 1 || onDay > 7 || number < 1 || number > (firstMonday(year + 1) - firstMonday(year)) / WEEK)
    return null
  return first + firstMonday(year) - Date.UTC(year, 0, 1) + (number - 1) * WEEK + (onDay - 1) * DAY
}

/** The day that the first week of a year begins: ISO 8601's week 1 is the one with 4 January, and weeks begin on Monday. */
function firstMonday(year: number): number {
  const fourth = Date.UTC(year, 0, 4)
  return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY
}
const WEEK = 7 * DAY

/** Seconds, milliseconds, micro- or nanoseconds since 1970, as some generators write; .NET puts "/Date(…)/" around them. */
function epoch(text: string): number | null {
  const [, digits] =
    /^(?:\/?Date\()?(\d{10}(?:\d{3}){0,3})(?:\.\d+)?(?:[+-]\d{4})?(?:\)\/?)?$/.exec(text) ?? []
  return digits === undefined ? null : Math.trunc(Number(digits) / 10 ** (digits.length - 13))
}

/** 20250509163000 and 202505091630: a day and a time without anything between them. */
function joined(text: string): number | null {
  const match = /^((?:19|20)\d\d[01]\d[0-3]\d)[\s-]?([0-2]\d[0-5]\d(?:[0-5]\d)?)(?!\d)/.exec(text)
  return match === null ? null : iso(`${match[1]}T${match[2]}${text.slice(match[0].length)}`)
}

/** Everything else: the time by its colons, then the day by its separators or the name of its month. */
function loose(written: string, style: DateStyle): number | null {
  const text = withPlainYears(
    withoutRangeEnd(
      withPlainDigits(withPlainHyphens(written.normalize('NFKC')).replace(/[\u200e\u200f\u061c]/g, '')),
    )
      .replace(/\((.{0,40}?)\)/g, (_, inside: string) => (isTimeOrZone(inside) ? ` ${inside} ` : ' '))
      .replace(OF_CAMERAS, '$1-$2-$3 ')
      .replace(OF_FILES, '$1 $2:$3:$4')
      .replace(OF_PERL, (_, before: string, year: string) => `${before}${1900 + Number(year)}`)
      // "8. 5. 2025" and "2025. 5. 8." are dates as Czechs and Koreans write them.
      .replace(/(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)\.?/, '$1$2$3$2$4 ')
      .replace(/(?<!\d)(\d{1,2}) (\d{1,2}) (\d{4})(?!\d)/, '$1.$2.$3 ')
      .replace(/^(\d{4}) (\d{1,2}) (\d{1,2})(?![\d:.])/, '$1-$2-$3')
      .replace(ROMAN, (_, a: string, month: string, b: string) => `${a}.${ROMANS.indexOf(month) + 1}.${b} `),
  )
  const { time, rest } = takeTime(text)
  const day =
    (OTHER_YEARS.test(rest) ? dayOfOtherCalendar(rest) : null) ??
    eastAsianDay(text) ??
    yearFirstDay(rest) ??
    yearLastDay(rest, withDigitsOf(written, style)) ??
    monthAndYear(rest) ??
    // A word that is no month of ours, but may begin like one.
    (/\p{L}/u.test(rest) && !anyMonth(rest) ? dayOfOtherCalendar(rest) : null) ??
    namedDay(rest, style)
  if (day === null) return null
  const moment = instant({ ...day, year: ofOurEra(day.year), ...time })
  const place = time.zone === null && moment !== null ? placeNamed(written) : undefined
  return place === undefined ? moment : (moment as number) - minutesEastAt(place, moment as number) * MINUTE
}

/** True for what brackets hold if it is a time or a zone: "(16:30)", "(UTC+3)"; a weekday and a zone's long name are passed over. */
function isTimeOrZone(inside: string): boolean {
  return (
    /^\s*\d{1,2}(?:[:.]\d|\s*[ap]\.?m)/i.test(inside) ||
    (/[\p{L}\d]{2}/u.test(inside) && minutesEast(inside) !== null)
  )
}

/** 2025:05:09 16:30:00, as cameras date their pictures. */
const OF_CAMERAS = /^(\d{4}):(\d\d):(\d\d)(?=\s|$)/
/** 2025-05-09T16-30-00: no file's name may hold a colon. */
const OF_FILES = /(?<!\d)(\d{4}-\d\d-\d\d)[ t_-](\d\d)-(\d\d)-(\d\d)(?!\d)/i
/** Fri, 09 May 125 16:30:00: Perl, C and Java count years from 1900. */
const OF_PERL = /(\d\s+\p{L}{3,}\.?\s+)(1[0-9]\d)(?=\s+\d{1,2}:)/u

/** Years of the Persian, Islamic, Coptic and Hebrew calendars. */
const OTHER_YEARS = /(?<!\d)(?:1[2-7]\d\d|5[6-8]\d\d)(?!\d)/

/** 9 V 2025, 2025. V. 9.: the month as a Roman number. */
const ROMAN =
  /(?<![\p{L}\d])(\d{1,2}|\d{4})\s?[./-]?\s?(I{1,3}|IV|VI{0,3}|IX|XI{0,2})\s?[./-]?\s?(\d{4}|\d{1,2})(?![\d:])/u
const ROMANS = 'I II III IV V VI VII VIII IX X XI XII'.split(' ')

const anyMonth = (text: string): boolean =>
  (withMarkedMonths(text).match(/#\d+#|[\p{L}\p{M}.'’]+/gu) ?? []).some(
    (word) => word.startsWith('#') || isMonth(word),
  )

/** 05/2025 */
function monthAndYear(text: string): Day | null {
  const match = /^\D*(?<!\d)(\d{1,2})[/.-](\d{4})\D*$/.exec(text)
  return match === null ? null : { year: Number(match[2]), month: Number(match[1]), day: 1 }
}

/** Whoever writes Arabic or Indian digits writes the day first. */
function withDigitsOf(written: string, style: DateStyle): DateStyle {
  return style.dayFirst === undefined && /[^\0-\x7f\uff10-\uff19]/.test(written.match(/\p{Nd}/u)?.[0] ?? '')
    ? { ...style, dayFirst: true }
    : style
}

/** 2025年5月9日, 2025년 5월 9일, 2025 оны 05 сарын 09 */
function eastAsianDay(text: string): Day | null {
  const match =
    /(\d{4})\s*(?:[年년]|он\p{L}*)\s*(\d{1,2})\s*(?:[月월]|(?:-?р)?\s*сарын)\s*(\d{1,2})\s*[日일]?/u.exec(
      text,
    )
  return match === null ? null : { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

/** 2025/5/9, 2025.05.09 */
function yearFirstDay(text: string): Day | null {
  const match = /(?:^|\D)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text)
  return match === null ? null : { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

/** 5/9/2025 is American unless the feed's style is another, 9.5.2025 and 9-5-2025 are not; a number over 12 settles it. */
function yearLastDay(text: string, style: DateStyle): Day | null {
  const { dayFirst, shortYearFirst = false } = style
  const match = /(?:^|\D)(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{1,2})(?!\d)/.exec(text)
  if (match === null) return null
  const [, a, separator, b, year = ''] = match
  const first = Number(a)
  const second = Number(b)
  if (shortYearFirst && year.length < 3 && second <= 12)
    return { year: fullYear(a as string), month: second, day: Number(year) }
  if (year.length === 1) return null
  const monthFirst = second > 12 || (first <= 12 && separator === '/' && dayFirst !== true)
  return {
    year: isLanguage(style, 'th') && year.length === 2 ? ofThaiYear(Number(year)) : fullYear(year),
    month: monthFirst ? first : second,
    day: monthFirst ? second : first,
  }
}

/** 9 May 2025, May 9, 2025, 1 août 25: the month by its name, the day and the year from the numbers around it. */
function namedDay(written: string, { language }: DateStyle): Day | null {
  const numbers: string[] = []
  const months: number[] = []
  const own: number[] = []
  const text = withMarkedMonths(written)
  for (const token of text
    .replace(/\u200c|\u200d|\u05f3|\u0970/g, '')
    .match(/#\d+#|\d+|[\p{L}\p{M}.'’]+/gu) ?? []) {
    if (/^\d/.test(token)) {
      numbers.push(token)
      continue
    }
    const named = token.startsWith('#') ? Number(token.slice(1, -1)) : monthOf(token, language)
    if (named === undefined) continue
    months.push(named)
    if (isMonthIn(token, language)) own.push(named)
  }
  const range = months.length > 1 ? firstOfRange(numbers, months) : null
  if (range !== null) return range
  // "mar. 6 mai": some weekdays begin like months; the weekday comes first.
  // "May/June 2025" is an issue of two months.
  const month = numbers.length === 1 ? months[0] : (own.at(-1) ?? months[1] ?? months[0])
  if (month === undefined || numbers.length === 0) return null
  // A year has four digits or an apostrophe's two; the day is the other number. "Thu, 01 Jan 04" is day first.
  const yearAt = numbers.findIndex((number) => number.length === 4)
  const year =
    yearAt !== -1
      ? numbers[yearAt]
      : numbers.length > 1
        ? Number(numbers[0]) > 31
          ? numbers[0]
          : numbers[1]
        : undefined
  if (year === undefined) return null
  const day = numbers.find(
    (number, index) =>
      number.length <= 2 && (yearAt !== -1 ? index !== yearAt : number !== year || index === 0),
  )
  const isThai = year.length === 2 && /[\u0e00-\u0e7f]/.test(written)
  return { year: isThai ? ofThaiYear(Number(year)) : fullYear(year), month, day: Number(day ?? 1) }
}

/**
 * "29 December – 2 January 2025": the first of two days with a month each, in the year before the other's if its month comes later.
 * Null where there is one day; more months than days begin with a weekday that is called like one.
 */
function firstOfRange(numbers: readonly string[], months: readonly number[]): Day | null {
  const years = numbers.filter((number) => number.length === 4)
  const days = numbers.filter((number) => number.length <= 2 && Number(number) >= 1 && Number(number) <= 31)
  if (days.length < 2 || months.length < days.length || years.length === 0) return null
  const [month, next] = (months.length > days.length ? months.slice(1) : months) as [number, number]
  const year = Number(years[0])
  return { year: years.length === 1 && month > next ? year - 1 : year, month, day: Number(days[0]) }
}

/** POSIX: of two digits, 69 … 99 are the last century. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length > 2) return year
  return year + (year >= 69 ? 1900 : 2000)
}

/** "14", "14.25" and "14,25" are seconds; 0 where there are none. */
function seconds(written: string | undefined): number {
  return Number((written || '0').replace(',', '.'))
}

function withPlainHyphens(text: string): string {
  return text.replace(/[\u2010-\u2015\u2212]/g, '-')
}
