/** The time of day in a date: by its colons and dots, by the word for hours or the half of the day beside it. */
import { type Half, halfOfDay } from './dayPeriods.ts'
import { minutesEast } from './timeZones.ts'

export interface Time {
  readonly hour: number
  readonly minute: number
  /** With its fraction. */
  readonly second: number
  /** Minutes east of UTC; null where the text does not say. */
  readonly zone: number | null
}

/** The time and zone in a text, and the text without them. Midnight where the text has no time. */
export function takeTime(text: string): { time: Time; rest: string } {
  const found = clock(text) ?? dotted(text) ?? bareHour(text) ?? named(text)
  if (found === null) return { time: { hour: 0, minute: 0, second: 0, zone: null }, rest: text }
  const { hour, minute, second, start, end } = found
  const tail = text.slice(end)
  const beside = found.half === undefined ? halfOfDay(text.slice(0, found.number), tail) : undefined
  const half = found.half ?? beside
  const rest = tail.slice(beside?.length ?? 0).replace(/^\s*(?:uhr|uur|h|ч\.?|hod\.?)(?![\p{L}\d])/iu, '')
  const zoned =
    /^\s*((?:gmt|utc|ut|z)?\s*[+-]\s?\d{1,2}:?\d{0,2})(?![\d/])/i.exec(rest) ??
    /^\s*((?:[a-zа-я]\.?){1,5})(?![\p{L}])/iu.exec(rest)
  const zone = zoned === null ? null : minutesEast((zoned[1] as string).replace(/\s/g, ''))
  // A word that is no zone stays: it may be the month or the year ("Thu Jan 1 00:00:00 UTC 2004").
  const taken = zoned !== null && zone !== null ? zoned[0].length : 0
  return {
    time: { hour: hourOf(hour, half?.half), minute, second, zone },
    rest: `${text.slice(0, start)} ${rest.slice(taken)}`,
  }
}

interface Found {
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Of all that is taken, and where the hour's number begins. */
  readonly start: number
  readonly number: number
  readonly end: number
  readonly half?: { readonly half: Half }
}

function hourOf(hour: number, half: Half | undefined): number {
  if (half === undefined || hour > 12) return hour
  if (half === 'noon') return hour >= 10 ? hour : hour + 12
  if (half === 'night') return hour >= 6 && hour < 12 ? hour + 12 : hour % 12
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

/** 18:30:05, 18時30分 */
function clock(text: string): Found | null {
  const match =
    /(?<![\d:.+-])(\d{1,2})(?::|[시时時点點]\s?)(?:(\d{1,2})|(半))(?:[:分분](\d{1,2}(?:[.,]\d+)?)?)?/.exec(
      text,
    )
  return match === null ? null : found(match, match[1], match[3] === undefined ? match[2] : '30', match[4])
}

/** "18.30 Uhr", "klo 18.30", "18h30", "18.30" after the day: hours with a dot are told from days by what stands around them. */
function dotted(text: string): Found | null {
  const match = ORACLE.exec(text) ?? MILITARY.exec(text) ?? DOTTED.exec(text)
  // "23.05.25" alone is a day.
  if (match === null || (/^[\s\d.]+$/.test(match[0]) && !/\d/.test(text.slice(0, match.index)))) return null
  return found(match, match[1], match[2], match[3])
}
const DOTTED =
  /(?:^|\s)(?:(?:klo|kl\.?|um|om|at|ore|alle|às|a las|à|o|v|ob|u|la|pukul|pkl\.?|เวลา)\s+)?(\d{1,2})(?:[hu]|\.(?=\d\d(?:\.\d\d)?\s*(?:uhr|h|uur|hod|น|[ap]\.?m|[ai]p\b|$))|(?<=\d\D+\d{4},?\s+\d{1,2})\.(?=[0-5]))(\d\d)(?:\.(\d\d))?(?![.\d])(?:\s*(?:uhr|uur|h|น\.?))?/i

/** 9 May 2025 1630 GMT: hours and minutes in one, behind the year. */
const MILITARY =
  /(?<=\d\D+\d{4},?\s+)([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(?=\s?(?:z|gmt|utc|h|hrs?|hours|[+-]\d{4})(?![a-z])|\s[a-z]{3,4}\s*$)/i

/** 10.30.00 AM, 10.30.00.000000 AM: as Oracle writes it. */
const ORACLE = /(?:^|\s)(\d{1,2})\.(\d\d)(?:\.(\d\d)(?:[. ]\d{3,})?)?(?=\s*[ap]\.?m)/i

/** An hour alone: "15 Uhr 30", "klo 15", "오후 3시", "下午3点", "3 p.m.", "в 15 ч." */
function bareHour(text: string): Found | null {
  for (const match of text.matchAll(NUMBERS)) {
    const number = match.index + match[0].length - (match[1] as string).length
    const before = text.slice(Math.max(0, number - LONGEST), number)
    const after = text.slice(match.index + match[0].length)
    const word = HOUR_WORD.exec(after)
    const head = HOUR_BEFORE.exec(before)
    const sure = word !== null || head !== null || /\d{4}/.test(text.slice(0, number))
    const behind = after.slice(word?.[0].length ?? 0)
    const half = ofThis(halfOfDay(before, behind, sure), Number(match[1]), behind)
    const last = head === null ? LAST_WORD.exec(before) : null
    const ends = /^[\s.,)]*(?:\p{L}[\p{L}\p{M}]*)?[\s.]*$/u.test(after)
    if (word === null && half === undefined && head === null && (last === null || !ends)) continue
    if (Number(match[1]) > 24) continue
    const minutes = word === null ? null : MINUTES.exec(after.slice(word[0].length))
    const wordLength = (word?.[0].length ?? 0) + (minutes?.[0].length ?? 0)
    return {
      hour: Number(match[1]),
      minute: Number(minutes?.[1] ?? 0),
      second: 0,
      start: number - (head?.[0].length ?? 0),
      number,
      end:
        match.index +
        match[0].length +
        wordLength +
        (half !== undefined && minutes === null ? half.length : 0),
      ...(half === undefined ? {} : { half }),
    }
  }
  return null
}
const LONGEST = 24

/** A half of the day that is of this number, and not of the one behind it: "9 ညနေ 3" is the 9th at three in the afternoon. */
function ofThis(
  half: ReturnType<typeof halfOfDay>,
  hour: number,
  behind: string,
): ReturnType<typeof halfOfDay> {
  if (half === undefined) return undefined
  const [name, next] = [behind.slice(0, half.length), behind.slice(half.length)]
  if (half.length > 0 && /[a-z]/i.test(name)) return half
  return hour > 12 || (half.length > 0 && /^\s*\d/.test(next)) ? undefined : half
}
/** Numbers that are no part of a date in numbers or of a longer number. */
const NUMBERS = /(?:^|[^\d:.+/-]|(?<=\d{4})[./-]\s?)(\d{1,2})(?![\d:/]|[.-]\d)/g
/** Behind the number. Ukrainian "год" is Russian for a year, which has four digits. */
const HOUR_WORD =
  /^\s?(?:o'clock|uhr|auer|h(?:rs?|eures?|oras?|ours?|od(?:in[ay]?|\.)?)?|uur|час(?:а|ов)?|ч|ц|год(?:ин[аиу]?)?|óra(?:kor)?|godz(?:in[ay])?|giờ|ώρα|बजे|वाजता|น|นาฬิกา|ساعت|ساعة|שעה)(?![\p{L}\p{M}\d])\.?|^\s?(?:시|时|時|点|點|ໂມງ)/iu
const MINUTES =
  /^\s?(\d{1,2})(?![\d.:/])\s?(?:мин(?:ут[аы]?)?|хв(?:илин[аи]?)?|perc|min(?:uten?|uti|utos?)?|분|分|phút)?\.?(?![\p{L}\d])/iu
/** Before the number: words that stand before an hour and nothing else. */
const HOUR_BEFORE =
  /(?<![\p{L}\p{M}])(?:klo|kl|kell|kello|ore|saat|godz|godzina|pukul|pkl|jam|hora|horas|ساعت|الساعة|ساعة|בשעה|שעה|เวลา|ម៉ោង|lúc)\.?\s*$/iu
/** Words that stand before much else too: the number that follows is an hour where it ends the date. */
const LAST_WORD =
  /(?<![\p{L}\p{M}])(?:at|um|om|u|o|ob|v|в|о|у|во|à|a las|a la|às|a les|la|στις|στη|në|في|په|کو|को|रोजी|এ|அன்று|ರಂದು|pada|nang|ag|je)\s+$/iu

/** Noon and midnight in words. */
function named(text: string): Found | null {
  const match = /(?<!\p{L})(?:(?:12\s+)?(noon|midday)|(?:12\s+)?midnight)(?!\p{L})/iu.exec(text)
  if (match === null) return null
  return found(match, match[1] === undefined ? '0' : '12', undefined, undefined)
}

function found(match: RegExpExecArray, hour = '0', minute = '0', second = '0'): Found {
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number((second || '0').replace(',', '.')),
    start: match.index,
    number: match.index + Math.max(0, match[0].search(/\d/)),
    end: match.index + match[0].length,
  }
}
