/** Halves of the day (a.m., 下午, ΜΜ) and digits of other scripts, from CLDR by way of Intl. */
import { LANGUAGES } from './monthNames.ts'

let halves: ReadonlyMap<string, 'am' | 'pm'> | undefined

/** The half of the day that stands right before or after a time; undefined where none does. */
export function halfOfDay(before: string, after: string): { half: 'am' | 'pm'; length: number } | undefined {
  const english = /^[\s\u202f]*(?:ч\.?\s*)?([ap])\.?[\s\u00a0\u202f]?m\b\.?/i.exec(after)
  if (english !== null)
    return { half: english[1]?.toLowerCase() === 'p' ? 'pm' : 'am', length: english[0].length }
  halves ??= readHalves()
  const [head, tail] = [before.trimEnd().toLowerCase(), after.toLowerCase()]
  const blanks = tail.length - tail.trimStart().length
  const start = tail.trimStart()
  for (const [name, half] of halves) {
    if (start.startsWith(name) && !/^\p{L}/u.test(start.slice(name.length)))
      return { half, length: blanks + name.length }
    // Welsh and German have "am" for "at".
    if (name.length > 1 && name !== 'am' && name !== 'pm' && head.endsWith(name)) return { half, length: 0 }
  }
  return undefined
}

function readHalves(): ReadonlyMap<string, 'am' | 'pm'> {
  const found = new Map<string, Set<'am' | 'pm'>>()
  for (const language of LANGUAGES)
    for (const options of [
      { hour: 'numeric' },
      { timeStyle: 'short' },
      { hour: 'numeric', dayPeriod: 'short' },
    ] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, hour12: true, timeZone: 'UTC' })
      for (let hour = 0; hour < 24; hour += 3) {
        const parts = format.formatToParts(Date.UTC(2025, 4, 9, hour))
        const name = parts
          .find(({ type }) => type === 'dayPeriod')
          ?.value.normalize('NFKC')
          .toLowerCase()
          .trim()
        // "a" and "p" alone are not told from other words; Arabic has one letter.
        if (name === undefined || (name.length < 2 && name < '\u0600')) continue
        found.set(name, (found.get(name) ?? new Set()).add(hour < 12 ? 'am' : 'pm'))
      }
    }
  return new Map(
    [...found]
      .flatMap(([name, halves]) =>
        halves.size === 1 ? [[name, [...halves][0] as 'am' | 'pm'] as const] : [],
      )
      .sort(([a], [b]) => b.length - a.length),
  )
}

/** A text with the digits of every script as ASCII's. */
export function withPlainDigits(text: string): string {
  return /[^\0-\x7f]/.test(text) ? text.replace(/\p{Nd}/gu, digitOf) : text
}

/** Unicode keeps the ten digits of a script together, in order. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) as number
  let zero = code
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
  // Blocks of mathematical digits follow each other without a gap.
  return String((code - zero) % 10)
}
