/** Halves of the day (a.m., 下午, ΜΜ) and digits of other scripts, from CLDR by way of Intl. */
import { LANGUAGES } from './monthNames.ts'

export type Half = 'am' | 'pm' | 'noon' | 'night'

let halves: ReadonlyMap<string, Half> | undefined

/**
 * The half of the day that stands right before or after a time; undefined where none does.
 * @param sure false where the number may be no hour: then names that are other words too do not count ("du" is French)
 */
export function halfOfDay(
  before: string,
  after: string,
  sure = true,
): { half: Half; length: number } | undefined {
  const english = /^[\s\u202f]*(?:ч\.?\s*)?([ap])\.?[\s\u00a0\u202f]?m(?![a-z])\.?/i.exec(after)
  if (english !== null)
    return { half: english[1]?.toLowerCase() === 'p' ? 'pm' : 'am', length: english[0].length }
  const ahead = /(?<![\p{L}\d])([AP])\.?M\.?\s*$/u.exec(before)?.[1]
  if (ahead !== undefined) return { half: ahead === 'P' ? 'pm' : 'am', length: 0 }
  halves ??= readHalves()
  const [head, tail] = [before.trimEnd().toLowerCase(), after.toLowerCase()]
  const start = tail.replace(/^[\s,'’]+/, '')
  const blanks = tail.length - start.length
  for (const [name, half] of halves) {
    if (!sure && name.length < 3 && /^[a-z]+$/.test(name)) continue
    if (start.startsWith(name) && !/^[\p{L}\p{M}]/u.test(start.slice(name.length)))
      return { half, length: blanks + name.length }
    // Welsh and German have "am" for "at".
    if (name.length < 2 || name === 'am' || name === 'pm' || !head.endsWith(name)) continue
    if (!/[a-zà-ž]$/.test(head.slice(0, -name.length)) || !/^[a-z]/.test(name)) return { half, length: 0 }
  }
  return undefined
}

/** Names of parts of the day that CLDR does not have, or has for more hours than half a day. */
const NAMES: Readonly<Record<Half, string>> = {
  am: 'in the morning|morgens|vormittags|früh|am morgen|de la mañana|de la madrugada|da manhã|da madrugada|del mattino|di mattina|du matin|утра|ранку|rano|ráno|dopoledne|délelőtt|reggel|sabah|το πρωί|صباحا|صباحًا|صباحاً|صبح|সকাল|πμ|सुबह|पूर्वाह्न|凌晨|清晨|早上|上午|sáng|เช้า|pagi|s ochtends|s morgens|förmiddag|på morgonen|aamulla|ق.ظ|ق.ظ.',
  pm: "in the afternoon|in the evening|nachmittags|abends|am nachmittag|am abend|de la tarde|da tarde|del pomeriggio|di sera|de l'après-midi|de l’après-midi|du soir|дня|вечера|вечора|по обіді|po południu|wieczorem|odpoledne|večer|délután|este|öğleden sonra|akşam|το απόγευμα|το βράδυ|مساء|مساءً|بعد الظهر|বিকেল|সন্ধ্যা|μμ|بعدازظهر|بعد از ظهر|عصر|शाम|अपराह्न|下午|傍晚|晚上|chiều|tối|บ่าย|เย็น|sore|s middags|s avonds|eftermiddag|på eftermiddagen|på kvällen|iltapäivällä|illalla|ب.ظ|ب.ظ.",
  noon: 'mittags|中午|正午|दोपहर|ظهرا|ظهرًا|siang|το μεσημέρι',
  night:
    'at night|nachts|de la noche|da noite|di notte|de la nuit|ночи|ночі|w nocy|v noci|gece|éjjel|ليلا|ليلاً|شب|रात|đêm|ค่ำ|malam|s nachts|夜',
}

function readHalves(): ReadonlyMap<string, Half> {
  const found = new Map<string, Set<Half>>()
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
        found.set(name, (found.get(name) ?? new Set<Half>()).add(hour < 12 ? 'am' : 'pm'))
      }
    }
  for (const [half, names] of Object.entries(NAMES) as [Half, string][])
    for (const name of names.split('|')) found.set(name.normalize('NFKC'), new Set([half]))
  return new Map(
    [...found]
      .flatMap(([name, halves]) => (halves.size === 1 ? [[name, [...halves][0] as Half] as const] : []))
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
