/** Years of other eras as those of ours, and days of other calendars as days of ours. */

const JAPANESE: Readonly<Record<string, number>> = {
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  大正: 1911,
  明治: 1867,
}

/**
 * A text with the years of Japan's eras (also by their letters: R7.5.9) and of the Republic of China (民國, or three digits that
 * come first) as years of ours.
 */
export function withPlainYears(text: string): string {
  return withPlainNumerals(text)
    .replace(/(令和|平成|昭和|大正|明治)\s*(元|\d{1,2})\s*(?=[年./-])/g, (_, era: string, year: string) =>
      yearOf(JAPANESE[era] as number, year),
    )
    .replace(
      /(?<![\p{L}\d])([MTSHR])\.?\s?(元|\d{1,2})(?=\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}(?!\d))/giu,
      (_, letter: string, year: string) => yearOf(LETTERS[letter.toUpperCase()] as number, year),
    )
    .replace(/(?:中華)?民[國国]\s*(元|\d{1,3})\s*(?=[年./-])/g, (_, year: string) => yearOf(1911, year))
    .replace(
      /(?<![\d./:-])(1[0-4]\d)(?=\s?([年./-])\s?\d{1,2}\s?(?:月|\2)\s?\d{1,2}(?!\d))/g,
      (_, year: string) => yearOf(1911, year),
    )
}

/** @param before the year before the first of the era */
const yearOf = (before: number, year: string): string => String(before + (year === '元' ? 1 : Number(year)))

const LETTERS: Readonly<Record<string, number>> = {
  R: JAPANESE.令和 as number,
  H: JAPANESE.平成 as number,
  S: JAPANESE.昭和 as number,
  T: JAPANESE.大正 as number,
  M: JAPANESE.明治 as number,
}

/** A text with a date in Chinese numerals (二〇二五年五月九日) in digits. */
function withPlainNumerals(text: string): string {
  return text.replace(
    /([〇零一二三四五六七八九十元]{1,4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})(?=[日號号])/,
    (_, year: string, month: string, day: string) =>
      `${year === '元' ? year : ofNumerals(year)}年${ofNumerals(month)}月${ofNumerals(day)}`,
  )
}

/** 二〇二五 is 2025, 二十九 is 29. */
function ofNumerals(written: string): number {
  const plain = written.replace('廿', '二十').replace('卅', '三十')
  const digit = (numeral: string): number => '〇一二三四五六七八九'.indexOf(numeral.replace('零', '〇'))
  const [tens, ones] = plain.split('十') as [string, string?]
  if (ones === undefined) return Number([...plain].map(digit).join(''))
  return (tens === '' ? 1 : digit(tens)) * 10 + (ones === '' ? 0 : digit(ones))
}

/** A year of the Buddhist era as one of ours: no story is from our 25th century. */
export function ofOurEra(year: number): number {
  return year >= 2443 && year <= 2743 ? year - 543 : year
}

/** Two digits of a year as Thais write them, as one of ours: of the Buddhist era, but for those that would be the last century's. */
export function ofThaiYear(digits: number): number {
  return digits >= 40 ? 2500 + digits - 543 : 2000 + digits
}

/** True for a year as Nepal counts them, some 57 ahead of ours: no calendar of CLDR turns its days into ours. */
export function isNepaliYear(year: number): boolean {
  return year >= 2060 && year <= 2200
}

/** A calendar whose days Intl turns into ours, in languages whose names of its months CLDR has. */
interface Calendar {
  readonly calendar: 'persian' | 'islamic-umalqura' | 'hebrew' | 'indian' | 'ethiopic' | 'coptic'
  readonly languages: readonly string[]
  /** Its years that stories can be from. */
  readonly first: number
  readonly last: number
  /** Days of its year, and which of our years its first one began in. */
  readonly days: number
  readonly began: number
}
const PERSIAN: Calendar = {
  calendar: 'persian',
  languages: ['fa', 'en', 'ps'],
  first: 1200,
  last: 1499,
  days: 365.2422,
  began: 622.2,
}
const ISLAMIC: Calendar = {
  calendar: 'islamic-umalqura',
  languages: ['ar', 'en', 'fa', 'ur', 'tr', 'id', 'ms', 'fr', 'de', 'es', 'ru', 'bn'],
  first: 1200,
  last: 1599,
  days: 354.367,
  began: 622.54,
}
const CALENDARS: readonly Calendar[] = [
  PERSIAN,
  ISLAMIC,
  {
    calendar: 'hebrew',
    languages: ['he', 'en', 'fr', 'ru'],
    first: 5600,
    last: 5899,
    days: 365.2468,
    began: -3759.3,
  },
  {
    calendar: 'indian',
    languages: ['hi', 'en', 'mr', 'bn'],
    first: 1850,
    last: 1999,
    days: 365.2425,
    began: 79.2,
  },
  { calendar: 'ethiopic', languages: ['am', 'en', 'ti'], first: 1850, last: 2099, days: 365.25, began: 8.7 },
  { calendar: 'coptic', languages: ['ar', 'en'], first: 1560, last: 1799, days: 365.25, began: 284.7 },
]

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Years in numbers alone: 1404 is the Persian 2025, 1447 the Islamic one. Up to here they are Persian, as those of the web are. */
const LAST_PERSIAN = 1419
const DAY = 86_400_000

/** The day of ours for a day of another calendar, its month named or (Persian and Islamic) a number; null where it is none. */
export function dayOfOtherCalendar(written: string): Day | null {
  const text = withoutHebrewNumerals(written)
  const [, numbered, month, dayOfMonth] =
    /(?<!\d)(1[34]\d\d)\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?!\d)/.exec(text) ?? []
  if (numbered !== undefined) {
    const year = Number(numbered)
    const calendar = year <= LAST_PERSIAN ? PERSIAN : ISLAMIC
    return dayIn(calendar, 'en', 'numeric', year, String(Number(month)), Number(dayOfMonth))
  }
  const numbers = text.match(/\d+/g) ?? []
  const day = Number(numbers.find((number) => number.length <= 2))
  if (!(day > 0)) return null
  const words = ` ${foldedWords(text)} `
  for (const calendar of CALENDARS) {
    const written = numbers.find(
      (number) => Number(number) >= calendar.first && Number(number) <= calendar.last,
    )
    if (written === undefined) continue
    for (const language of calendar.languages) {
      const name = namesOf(calendar, language).find((name) => words.includes(` ${name} `))
      if (name !== undefined) return dayIn(calendar, language, 'long', Number(written), name, day)
    }
  }
  return null
}

/** Looked for from the year's beginning, in steps that meet every month: no table of days is kept, however many years a feed names. */
function dayIn(
  { calendar, days, began }: Calendar,
  language: string,
  form: 'numeric' | 'long',
  year: number,
  month: string,
  day: number,
): Day | null {
  const format = formatOf(calendar, language, form)
  const read = (at: number): { year: number; month: string; day: number } => {
    const parts = format.formatToParts(at)
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
    return {
      year: Number.parseInt(part('relatedYear') || part('year'), 10),
      month: foldedWords(part('month')),
      day: Number.parseInt(part('day'), 10),
    }
  }
  const first = Math.floor((began - 1970) * 365.2425 + (year - 1) * days) * DAY
  for (let at = first - 20 * DAY; at < first + 420 * DAY; at += 5 * DAY) {
    const near = read(at)
    if (near.year !== year || near.month !== month) continue
    const found = at + (day - near.day) * DAY
    const there = read(found)
    if (there.day !== day || there.month !== month) return null
    const date = new Date(found)
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  }
  return null
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(calendar: string, language: string, month: 'numeric' | 'long'): Intl.DateTimeFormat {
  const key = `${calendar} ${language} ${month}`
  const made =
    formats.get(key) ??
    new Intl.DateTimeFormat(language, {
      calendar,
      numberingSystem: 'latn',
      year: 'numeric',
      month,
      day: 'numeric',
      timeZone: 'UTC',
    })
  formats.set(key, made)
  return made
}

const names = new Map<string, readonly string[]>()
/** The names of a calendar's months, longest first. */
function namesOf({ calendar, first }: Calendar, language: string): readonly string[] {
  const key = `${calendar} ${language}`
  const known = names.get(key)
  if (known !== undefined) return known
  const format = formatOf(calendar, language, 'long')
  const made = new Set<string>()
  // Of three years, for months that not every year has.
  for (let at = Date.UTC(2023, 0, 1); at < Date.UTC(2026, 0, 1); at += 5 * DAY)
    made.add(foldedWords(format.formatToParts(at).find(({ type }) => type === 'month')?.value ?? ''))
  // Beside a year that may be one of ours a short name is another word: "ter" is a Portuguese Tuesday.
  const isClear = (name: string): boolean => first < 1800 || first > 5000 || !/^[a-z]{1,3}$/.test(name)
  const longest = [...made].filter(isClear).sort((a, b) => b.length - a.length)
  names.set(key, longest)
  return longest
}

/** A text with י״א and ה׳תשפ״ה as 11 and 5785: the sum of the letters; thousands are left out, or their number stands before. */
function withoutHebrewNumerals(text: string): string {
  return text.replace(
    /(?<!\p{L})(?:ה['׳])?(ת{0,2}[ק-ת]?[א-צ]{0,2}["״][א-ת]|[א-ל]['׳](?!\s*(?:תש|["״])))(?!\p{L})/gu,
    (written, letters: string) => {
      const sum = [...letters].reduce((sum, letter) => sum + (HEBREW[letter] ?? 0), 0)
      return /^[א-ב]['׳]$/.test(written) && /אדר\s*$/.test(text.slice(0, text.indexOf(written)))
        ? written
        : String(sum < 100 ? sum : 5000 + sum)
    },
  )
}
const HEBREW: Readonly<Record<string, number>> = Object.fromEntries(
  [...'אבגדהוזחטיכלמנסעפצקרשת'].map((letter, n) => [
    letter,
    n < 9 ? n + 1 : n < 18 ? (n - 8) * 10 : (n - 17) * 100,
  ]),
)

/** Words in lower case without accents, apostrophes and hyphens; Hebrew's without the "in" before them. */
function foldedWords(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u0652'’‘`´ʻʼʿʾ׳״"\u200c-\u200f-]/g, '')
    .normalize('NFC')
    .match(/[\p{L}\p{M}]+|\d+/gu)
  return (words ?? []).map((word) => (/^ב[א-ת]{2}/.test(word) ? word.slice(1) : word)).join(' ')
}
