/** Numbers and dates as texts of many languages write them. */
import { foldValue } from '../../query/words/words.ts'

const NUMBER = /\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?/g
const MYRIAD: Record<string, number> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 }
/** What may stand behind a number: beginnings of folded words, the largest first. */
const MAGNITUDES: readonly (readonly [RegExp, number])[] = [
  [/^(?:mil millon|mil milh|thousand million)/, 1e9],
  [/^(?:billion|bn\b|mrd|milliard|miliard|miljard|млрд|миллиард|мільярд|bilh)/, 1e9],
  [/^(?:million|mio\b|mln|млн|миллион|мільйон|millon|milhao|milhoes|milion|miljoen|m\b)/, 1e6],
  [/^(?:thousand|tausend|mille\b|mil\b|тыс|тис\b|тисяч|mila\b|tys)/, 1e3],
]
const AHEAD = 16

/** Numbers of a text: “1,200”, “1 200” and “1.200” are one, “1.5万” is 15000, “1,8 Mrd.” and “1.8 billion” are one. */
export function* numbersIn(text: string): Generator<string> {
  for (const match of text.matchAll(NUMBER)) {
    const written = match[0]
    const grouped = /^\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+$/.test(written)
    const number = grouped ? written.replace(/\D/g, '') : written.replace(',', '.')
    const at = match.index + written.length
    const after = MYRIAD[text.charAt(at)] ?? magnitude(text, at)
    yield after === undefined ? number : String(Math.round(Number(number) * after))
  }
}

function magnitude(text: string, at: number): number | undefined {
  if (!/^\s?\p{L}/u.test(text.slice(at, at + 2))) return
  const after = foldValue(text.slice(at, at + AHEAD))
  return MAGNITUDES.find(([form]) => form.test(after))?.[1]
}

const LANGUAGES = ['en', 'es', 'fr', 'de', 'it', 'pt', 'nl', 'pl', 'ru', 'uk']
let months: Map<string, number> | undefined

/** The month that a word names, 1 to 12. */
export function monthOf(folded: string): number | undefined {
  months ??= readMonths()
  return months.get(folded)
}

/** A word of a text as days are read from it. */
export interface DateWord {
  readonly folded: string
  readonly month: number | undefined
}

/** Days that a text names, as “d10-24”. */
export function* datesIn(text: string, words: readonly DateWord[]): Generator<string> {
  for (let i = 0; i < words.length; i++) {
    const { month } = words[i] as DateWord
    if (month === undefined) continue
    const day = [words[i - 1], words[i + 1], words[i - 2]].find(
      (word) =>
        word !== undefined &&
        /^\d{1,2}$/.test(word.folded) &&
        Number(word.folded) >= 1 &&
        Number(word.folded) <= 31,
    )?.folded
    if (day !== undefined) yield `d${month}-${Number(day)}`
  }
  if (text.includes('月'))
    for (const [, month, day] of text.matchAll(/(\d{1,2})月(\d{1,2})[日号號]/g))
      yield `d${Number(month)}-${Number(day)}`
}

function readMonths(): Map<string, number> {
  const found = new Map<string, number>()
  for (const language of LANGUAGES)
    for (const options of [{ month: 'long' }, { month: 'long', day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
      for (let month = 0; month < 12; month++) {
        const name = format
          .formatToParts(Date.UTC(2021, month, 15))
          .find((part) => part.type === 'month')?.value
        if (name !== undefined) found.set(foldValue(name), month + 1)
      }
    }
  return found
}
