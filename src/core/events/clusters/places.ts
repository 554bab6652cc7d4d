/**
 * Countries that a text names, in any of the languages below: the names are the platform's (CLDR). A name with another ending
 * (“Индонезии”, “indonesisch”) and the adjective of most countries begin like the name.
 */
import { words } from '../../query/words/words.ts'
import { bareWord } from './arabic.ts'

const LANGUAGES = [
  'en',
  'es',
  'fr',
  'de',
  'it',
  'pt',
  'nl',
  'pl',
  'ru',
  'uk',
  'zh',
  'zh-Hant',
  'ja',
  'ko',
  'ar',
  'tr',
]
/** A beginning of so many letters stands for the name, if only one country begins so. */
const STEM = 4
/** So much longer than the beginning may a form be. */
const ENDING = 6

const SPACELESS = /[぀-ヿ㐀-鿿]/

interface Names {
  /** By first word: the other words, and the code. */
  readonly whole: ReadonlyMap<string, readonly CountryName[]>
  /** By the first STEM letters: beginnings, and the code. */
  readonly stems: ReadonlyMap<string, readonly (readonly [string, string])[]>
  /** By first character. */
  readonly spaceless: ReadonlyMap<string, readonly (readonly [string, string])[]>
}

let names: Names | undefined
const NONE: readonly CountryName[] = []

/** A word by the countries whose names may begin with it, wherever it stands. */
export interface PlaceWord {
  /** Without what Arabic writes together with it. */
  readonly bare: string
  readonly countries: readonly CountryName[]
}

/** The other words of a name, and the country's code. */
type CountryName = readonly [rest: readonly string[], code: string]

/** The names of countries that a word may begin, or is a form of. */
export function countriesOf(bare: string): readonly CountryName[] {
  names ??= readNames()
  const whole = names.whole.get(bare) ?? NONE
  if (bare.length <= STEM) return whole
  const stems =
    names.stems
      .get(bare.slice(0, STEM))
      ?.filter(([stem]) => bare.length <= stem.length + ENDING && bare.startsWith(stem)) ?? []
  return stems.length === 0 ? whole : [...whole, ...stems.map(([, code]): CountryName => [[], code])]
}

/** ISO 3166 codes of the countries in a text. @param text for scripts without spaces, as it is written */
export function placesIn(words: readonly PlaceWord[], text: string): Set<string> {
  names ??= readNames()
  const found = new Set<string>()
  for (let i = 0; i < words.length; i++)
    for (const [rest, code] of (words[i] as PlaceWord).countries)
      if (rest.every((word, n) => words[i + 1 + n]?.bare === word)) found.add(code)
  if (SPACELESS.test(text))
    for (let i = 0; i < text.length; i++)
      for (const [name, code] of names.spaceless.get(text.charAt(i)) ?? [])
        if (text.startsWith(name, i)) found.add(code)
  return found
}

/** Every country's code with its English name, folded. */
export function countryNames(): Map<string, string> {
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  return new Map(codes(english).map((code) => [words(english.of(code) ?? '').folded.join(' '), code]))
}

function codes(display: Intl.DisplayNames): string[] {
  const found: string[] = []
  for (let a = 65; a <= 90; a++)
    for (let b = 65; b <= 90; b++) {
      const code = String.fromCharCode(a, b)
      if (NO_COUNTRY.has(code) || display.of(code) === undefined) continue
      found.push(code)
    }
  return found
}

/** Unions, withdrawn and reserved codes. */
const NO_COUNTRY = new Set(
  'EU EZ UN QO XA XB ZZ AN BU CS DD DY FX HV NH NQ NT PC PU PZ RH SU TP UK VD WK YD YU ZR FQ CT JT MI AC CP DG EA IC TA NR'.split(
    ' ',
  ),
)

function readNames(): Names {
  const whole = new Map<string, CountryName[]>()
  const spaceless = new Map<string, [string, string][]>()
  const beginnings = new Map<string, string>()
  const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [value])
    else list.push(value)
  }
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const all = codes(english)
  const seen = new Set<string>()
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of all) {
      const name = (display.of(code) ?? '').replace(/\s*[(（].*$/, '')
      if (name === '' || seen.has(`${code}${name}`)) continue
      seen.add(`${code}${name}`)
      if (SPACELESS.test(name)) {
        if (name.length > 1) push(spaceless, name.charAt(0), [name, code])
        continue
      }
      const [first, ...rest] = words(name).folded.map(bareWord)
      if (first === undefined || (rest.length === 0 && first.length < STEM)) continue
      push(whole, first, [rest, code])
      if (rest.length > 0 || first.length <= STEM) continue
      // “Indonesia”, “Indonésie”, “Индонезия”: without the ending.
      const stem = first.slice(0, Math.max(STEM + 1, first.length - 2))
      const other = beginnings.get(stem)
      beginnings.set(stem, other === undefined || other === code ? code : '')
    }
  }
  const stems = new Map<string, [string, string][]>()
  for (const [stem, code] of beginnings)
    if (code !== '' && !beginsAnother(stem, code)) push(stems, stem.slice(0, STEM), [stem, code])
  return { whole, stems, spaceless }

  /** “Schwe” of Schweiz begins Schweden too. */
  function beginsAnother(stem: string, code: string): boolean {
    for (const [first, list] of whole)
      if (first.startsWith(stem) && list.some(([, other]) => other !== code)) return true
    return false
  }
}
