/** Ranges ("9–11 May", "16:30 – 18:00") as the day or time that they begin with: what an item is dated by. */

/** @param text with plain digits and hyphens */
export function withoutRangeEnd(text: string): string {
  return text
    .replace(CLOCKS, (written, first: string, half: string | undefined, end: string, last?: string) =>
      isOffset(first, half, end, last) ? written : `${first}${half ?? last ?? ''}`,
    )
    .replace(
      DAYS,
      (_, day: string, month: string | undefined, __, next: string, year: string) =>
        `${day}.${month ?? next}.${month !== undefined && Number(month) > Number(next) ? Number(year) - 1 : year}`,
    )
    .replace(SLASHED, '$1/$2')
}

/** 16:30 - 18:00, 4:30pm-6pm, 4:30-6 pm */
const CLOCKS =
  /(?<![\d:./-])(\d{1,2}(?::\d\d){0,2})(\s?[ap]\.?m\.?)?(\s?(?:-|to|bis)\s?\d{1,2}(?::\d\d)?)(\s?[ap]\.?m\.?(?![a-z]))?(?![\d:./-])/gi

/** True if the end of a range may be a zone's distance from UTC, or the text no range of times. */
function isOffset(first: string, half: string | undefined, end: string, last: string | undefined): boolean {
  if (last !== undefined) return false
  if (!first.includes(':') && half === undefined) return true
  const [, sign = '', hour = '', minute] = /^(.*?)(\d{1,2})(?::(\d\d))?$/.exec(end) ?? []
  if (minute === undefined) return true
  return sign.trim() === '-' && !/^\s-\s$/.test(sign) && Number(hour) <= 12 && /^(?:00|30)$/.test(minute)
}

/** 9.-11.5.2025, 9.5. - 11.6.2025 */
const DAYS =
  /(?<![\d.])(\d{1,2})\.(?:\s?(\d{1,2})\.)?\s?(-|bis|do|až|to|al|au)\s?\d{1,2}\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/i
/** 9/5 - 11/5/2025 */
const SLASHED = /(?<![\d/])(\d{1,2}\/\d{1,2})\s?(?:-|to|au|al)\s?\d{1,2}\/\d{1,2}\/(\d{4})(?!\d)/i
