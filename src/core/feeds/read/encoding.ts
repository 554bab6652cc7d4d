/**
 * Guesses the legacy encoding of bytes that have no valid declaration: each candidate decodes a sample, and the one whose text
 * reads most like a language (its frequent letters, whole words of one case, no controls) wins.
 */

import { decodeAs } from './charset.ts'

interface Candidate {
  readonly encoding: string
  /** Bytes a non-ASCII character takes: characters are weighed by the bytes they explain. */
  readonly width: 1 | 2
  /** The most frequent non-ASCII characters of the languages written in it. */
  readonly frequent: Set<string>
  /** The script the text should be in. */
  readonly script: RegExp
  /** Letters come in runs: an alphabet of its own. Otherwise they are single accents between ASCII letters. */
  readonly alphabet: boolean
  /** Languages that, declared in the feed, favour it where scripts leave it open. */
  readonly languages: RegExp
}

const candidate = (
  encoding: string,
  width: 1 | 2,
  frequent: string,
  script: RegExp,
  languages: string,
  alphabet = true,
): Candidate => ({
  encoding,
  width,
  frequent: new Set(frequent),
  script,
  alphabet,
  languages: new RegExp(`^(?:${languages})\\b`),
})

const LATIN = /[\u00c0-\u024f]/
const CYRILLIC = /[\u0400-\u045f\u0490\u0491]/
const HAN = /[\u4e00-\u9fff]/
const SIMPLIFIED =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指'
const TRADITIONAL =
  '的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指灣'
const KANA =
  'のにはをたがでてとしれさあいるなもかすまりっくらこよんきっどやだけつちえみせろわおそばめジスンイルトラアリクドコタレプメテロマシフサカッナムバキデー'
const KANJI = '日本人年大会国月出社東京事者新政党首相発表中米行'
const HANGUL =
  '이다의가에는을를한로고하지사도대인기정시스자리전수나해일부라어아원상보서그만과장국제비주동구관으들경조선위미여성화'

const CANDIDATES: readonly Candidate[] = [
  candidate(
    'windows-1252',
    1,
    'éèàçêâîôûäöüßñáíóúãõåøæëïœ',
    LATIN,
    'en|fr|de|es|it|pt|nl|sv|da|no|nb|nn|fi|is|ca|gl|ga',
    false,
  ),
  candidate(
    'windows-1250',
    1,
    'ěščřžýáíéůúąćęłńóśźżőűöüăâîşţđ',
    LATIN,
    'pl|cs|cz|sk|hu|sl|hr|bs|ro|sq|sr-latn',
    false,
  ),
  candidate('iso-8859-2', 1, 'ěščřžýáíéůúąćęłńóśźżőűöüăâîşţđ', LATIN, 'pl|cs|cz|sk|hu|sl|hr|bs|ro', false),
  candidate('windows-1254', 1, 'ığşçöüİâ', LATIN, 'tr|az', false),
  candidate('windows-1257', 1, 'ąčęėįšųūžāčēģīķļņōõäöü', LATIN, 'lt|lv|et', false),
  candidate('windows-1251', 1, 'оеаинтсрвлкмдпуі', CYRILLIC, 'ru|uk|be|bg|sr|mk|kk|ky|mn|tg'),
  candidate('koi8-r', 1, 'оеаинтсрвлкмдпу', CYRILLIC, 'ru'),
  candidate('koi8-u', 1, 'оеаинтсрвлкмдпуіїєґ', CYRILLIC, 'uk'),
  candidate('ibm866', 1, 'оеаинтсрвлкмдпу', CYRILLIC, 'ru'),
  candidate('iso-8859-5', 1, 'оеаинтсрвлкмдпу', CYRILLIC, 'ru|bg|sr'),
  candidate('windows-1253', 1, 'αοιετσνηυρπκμλςάίόέή', /[\u0370-\u03ff]/, 'el'),
  candidate('windows-1255', 1, 'יוהלאתרמבשנ', /[\u0590-\u05ff]/, 'he|iw|yi'),
  candidate('windows-1256', 1, 'اليمنوتربةعد', /[\u0600-\u06ff]/, 'ar|fa|ur|ps'),
  candidate('windows-874', 1, 'านรอกเงมยลวดทสตะปบ่้ีิัู', /[\u0e00-\u0e7f]/, 'th'),
  candidate('gb18030', 2, SIMPLIFIED, HAN, 'zh'),
  candidate('big5', 2, TRADITIONAL, HAN, 'zh'),
  candidate('shift_jis', 2, KANA + KANJI, /[\u3040-\u30ff\u4e00-\u9fff]/, 'ja'),
  candidate('euc-jp', 2, KANA + KANJI, /[\u3040-\u30ff\u4e00-\u9fff]/, 'ja'),
  candidate('euc-kr', 2, HANGUL, /[\uac00-\ud7a3]/, 'ko'),
]

const SAMPLE = 4096
const PUNCTUATION = new Set('“”‘’„‚«»‹›–—…•·№°§©®™€£\u00a0、。，：；！？（）《》「」『』【】〈〉・')

/** Signs that begin no word: "©éf" is "Šéf". */
const SIGNS = /[©®]/

/** The encoding bytes look like, as a WHATWG name, and how surely (0 … about 10 points a byte); undefined where none does. */
export function guessEncoding(bytes: Uint8Array): { encoding: string; score: number } | undefined {
  const start = bytes.findIndex((byte) => byte >= 0x80)
  if (start === -1) return undefined
  const sample = bytes.subarray(Math.max(0, start - 1), start + SAMPLE)
  const language = declaredLanguage(bytes)
  let best: { encoding: string; score: number } | undefined
  for (const one of CANDIDATES) {
    let score = readability(one, sample)
    if (language !== '' && one.languages.test(language)) score += 1.5
    if (best === undefined || score > best.score) best = { encoding: one.encoding, score }
  }
  return best !== undefined && best.score > 0 ? best : undefined
}

/** How well the sample reads in one encoding. */
export function readabilityIn(encoding: string, bytes: Uint8Array): number {
  const one = CANDIDATES.find(
    (one) => one.encoding === encoding || (encoding === 'gbk' && one.encoding === 'gb18030'),
  )
  const start = bytes.findIndex((byte) => byte >= 0x80)
  return one === undefined || start === -1
    ? 0
    : readability(one, bytes.subarray(Math.max(0, start - 1), start + SAMPLE))
}

function declaredLanguage(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  const found = /(?:<(?:dc:)?language>\s{0,20}|xml:lang\s?=\s?["'])([a-z]{2,3}(?:-[\w-]{2,10})?)/i.exec(head)
  return found?.[1]?.toLowerCase() ?? ''
}

/** Points a non-ASCII byte. */
function readability(one: Candidate, sample: Uint8Array): number {
  const text = decodeAs(one.encoding, sample)
  let points = 0
  let high = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) continue
    high++
    const char = text[at] as string
    const before = text[at - 1] ?? ''
    const after = text[at + 1] ?? ''
    if (code === 0xfffd || (code < 0xa0 && code >= 0x80) || (code >= 0xe000 && code < 0xf900)) points -= 20
    else if (SIGNS.test(char) && /\p{L}/u.test(after)) points -= 5
    else if (PUNCTUATION.has(char)) points += one.width === 1 ? 3 : 6
    else if (one.alphabet) points += inAlphabet(one, char, before, after)
    else points += asAccent(one, char, before, after)
  }
  return high === 0 ? 0 : points / high
}

function inAlphabet(one: Candidate, char: string, before: string, after: string): number {
  // A lone letter of another alphabet between ASCII letters is an accent of Latin text, misread.
  if (one.width === 1 && (/[a-z]/i.test(before) || (/[a-z]/i.test(after) && !one.script.test(before))))
    return -10
  // A Thai vowel sign or tone mark stands on a consonant.
  if (
    one.encoding === 'windows-874' &&
    /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/.test(char) &&
    !/[\u0e01-\u0e2e\u0e34-\u0e39]/.test(before)
  )
    return -20
  // Letters and digits that Thai hardly uses, and bytes of other encodings hit all the time.
  if (one.encoding === 'windows-874' && /[ฃฅฆฌฎฏฐฑฒฬ฿๏-๛]/.test(char)) return -6
  if (one.frequent.has(char)) return 10
  if (!one.script.test(char)) return -5
  if (one.width === 2) return 3
  const capital = char !== char.toLowerCase()
  if (!capital) return 5
  // Capitals begin words, or stand among capitals.
  return before !== '' && before === before.toLowerCase() && before !== before.toUpperCase() ? -10 : 4
}

function asAccent(one: Candidate, char: string, before: string, after: string): number {
  if (!one.script.test(char)) return -4
  // Two accents side by side are rare in Latin text, and usual in any other alphabet read as Latin.
  if (LATIN.test(before) || LATIN.test(after)) return -2
  if (!/[a-z]/i.test(before) && !/[a-z]/i.test(after)) return -3
  if (one.frequent.has(char)) return 8
  return one.frequent.has(char.toLowerCase()) && !/[a-z]/.test(before) ? 6 : -1
}
