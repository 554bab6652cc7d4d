/**
 * Dates as feeds write them → epoch ms. RFC 822/2822 with every usual fault, ISO 8601 and W3C-DTF in all their precisions,
 * C's asctime, numeric dates of several countries, month names in some 25 languages, epoch seconds.
 */
import { monthOf } from './monthNames.ts'
import { minutesEast } from './timeZones.ts'

/** Epoch ms, or null where no date can be read. A date without a zone is UTC; a part that is missing is its first value. */
export function readDate(written: string): number | null {
  const text = written.trim().slice(0, 100)
  if (text === '') return null
  return rfc822(text) ?? iso(text) ?? epoch(text) ?? loose(text)
}

interface Day {
  year: number
  /** 1 … 12 */
  month: number
  day: number
}

interface Time {
  hour: number
  minute: number
  /** With its fraction. */
  second: number
  /** Minutes east of UTC. */
  zone: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Epoch ms; null for a day or time that does not exist, and for one outside the years that a story can be from. */
function instant({ year, month, day, hour, minute, second, zone }: Day & Time): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second >= 62) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  // 31 February is no date.
  if (date.getUTCMonth() !== month - 1) return null
  const ms = date.getTime() + hour * HOUR + minute * MINUTE + Math.trunc(second * SECOND) - zone * MINUTE
  return ms >= EARLIEST && ms <= LATEST ? ms : null
}

/** No story is older than print; outside these years the text was not a date. */
const EARLIEST = Date.UTC(1400, 0, 1)
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
  /^([+-]?\d{4})(?:-?(?:w(\d\d)(?:-?(\d))?|(\d\d)(?:-?(\d\d))?(?!\d)|(\d{3})(?!\d)))?(?:(?:t|\s+|\s*t\s*)(\d\d?)(?::?(\d\d)(?::?(\d\d(?:[.,]\d+)?))?)?)?\s*(z|utc|gmt|[a-z]{3,5}|[+-]\d\d:?\d\d|[+-]\d\d?)?$/i

function iso(text: string): number | null {
  const match = ISO.exec(withPlainHyphens(text))
  if (match === null) return null
  const [, y, week, weekday, month, day, dayOfYear, hour, minute, second, zoneText] = match
  const year = Number(y)
  const zone = zoneText === undefined ? 0 : minutesEast(zoneText)
  if (zone === null) return null
  const time = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: seconds(second), zone }
  const first = instant({ year, month: Number(month ?? 1), day: Number(day ?? 1), ...time })
  if (first === null) return null
  if (dayOfYear !== undefined) {
    const count = Number(dayOfYear)
    return count >= 1 && count <= 366 ? first + (count - 1) * DAY : null
  }
  if (week !== undefined) {
    // ISO 8601: week 1 is the one with 4 January; weeks begin on Monday.
    const fourth = new Date(Date.UTC(year, 0, 4))
    const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
    return first + (monday - 1 + (Number(week) - 1) * 7 + Number(weekday ?? 1) - 1) * DAY
  }
  return first
}

/** Seconds or milliseconds since 1970, as some generators write. */
function epoch(text: string): number | null {
  if (/^\d{10}$/.test(text)) return Number(text) * SECOND
  if (/^\d{13}$/.test(text)) return Number(text)
  return null
}

/** Everything else: the time by its colons, then the day by its separators or the name of its month. */
function loose(written: string): number | null {
  const text = withPlainHyphens(written.normalize('NFKC')).replace(/\(.{0,40}?\)/g, ' ')
  const { time, rest } = takeTime(text)
  const day = eastAsianDay(text) ?? yearFirstDay(rest) ?? yearLastDay(rest) ?? namedDay(rest)
  return day === null ? null : instant({ ...day, ...time })
}

/** The time and zone in a text, and the text without them. Midnight UTC where the text has none. */
function takeTime(text: string): { time: Time; rest: string } {
  const match =
    /(?:^|[\s,t日일T])(\d{1,2})[:시时時](\d{1,2})(?:[:分분](\d{1,2}(?:[.,]\d+)?))?/.exec(text) ??
    /\b(\d{1,2})[.h](\d\d)\s*(?:uhr|h|Uhr)\b()/.exec(text)
  if (match === null) return { time: { hour: 0, minute: 0, second: 0, zone: 0 }, rest: text }
  let hour = Number(match[1])
  const tail = text.slice(match.index + match[0].length)
  const after = /^\s*([ap])\.?m\.?/i.exec(tail)
  const before = /(上午|下午|오전|오후)\s*$/.exec(text.slice(0, match.index + 1))
  if (after !== null && hour <= 12) hour = (hour % 12) + (after[1]?.toLowerCase() === 'p' ? 12 : 0)
  if (before !== null && hour < 12 && (before[1] === '下午' || before[1] === '오후')) hour += 12
  const rest = after === null ? tail : tail.slice(after[0].length)
  const named =
    /^\s*((?:gmt|utc|ut|z)?\s*[+-]\s?\d{1,2}:?\d{0,2})(?![\d/])/i.exec(rest) ??
    /^\s*((?:[a-z]\.?){1,5})(?![a-z])/i.exec(rest)
  const zone = named === null ? null : minutesEast((named[1] as string).replace(/\s/g, ''))
  // A word that is no zone stays: it may be the month or the year ("Thu Jan 1 00:00:00 UTC 2004").
  const taken = named !== null && zone !== null ? named[0].length : 0
  return {
    time: { hour, minute: Number(match[2]), second: seconds(match[3]), zone: zone ?? 0 },
    rest: `${text.slice(0, match.index)} ${rest.slice(taken)}`,
  }
}

/** 2025年5月9日, 2025년 5월 9일 */
function eastAsianDay(text: string): Day | null {
  const match = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?/.exec(text)
  return match === null ? null : { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

/** 2025/5/9, 2025.05.09 */
function yearFirstDay(text: string): Day | null {
  const match = /(?:^|\D)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text)
  return match === null ? null : { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

/** 5/9/2025 is American, 9.5.2025 and 9-5-2025 are not; a number over 12 settles it. */
function yearLastDay(text: string): Day | null {
  const match = /(?:^|\D)(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d\d)(?!\d)/.exec(text)
  if (match === null) return null
  const [, a, separator, b, year] = match
  const first = Number(a)
  const second = Number(b)
  const monthFirst = second > 12 || (first <= 12 && separator === '/')
  return {
    year: fullYear(year as string),
    month: monthFirst ? first : second,
    day: monthFirst ? second : first,
  }
}

/** 9 May 2025, May 9, 2025, 1 août 25: the month by its name, the day and the year from the numbers around it. */
function namedDay(text: string): Day | null {
  const numbers: string[] = []
  const months: number[] = []
  for (const token of text.match(/\d+|[\p{L}\p{M}.]+/gu) ?? []) {
    const named = /^\d/.test(token) ? undefined : monthOf(token)
    if (/^\d/.test(token)) numbers.push(token)
    else if (named !== undefined) months.push(named)
  }
  // "mar. 6 mai": some weekdays begin like months; the weekday comes first.
  const month = months[1] ?? months[0]
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
  return { year: fullYear(year), month, day: Number(day ?? 1) }
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
