/**
 * What a word is (docs/query-language.md, "Words"). This file alone decides it: the matcher walks these words, the full-text
 * table is fed them, queries are folded by them.
 *
 * Text is normalised a cluster at a time (a base character with the marks that follow it), so that each word keeps its
 * offsets in the original text: format characters removed, NFKC, lower case, accents off Latin, Greek and Cyrillic, harakat
 * and niqqud off, a few letters spelled out (ø ł đ ð þ ß æ œ ı ħ ŧ), Arabic letters that readers take as one made one (Lucene's
 * Arabic and Persian normalisers), the decimal digits of every script written 0–9.
 */

/**
 * Rises when words are read otherwise than before: an archive has the words of the rule it was indexed by, and indexes anew
 * what a later one may read otherwise. 2: Arabic letters, digits of other scripts. 3: letters that are apostrophes, variants of
 * characters, Urdu heh, Maltese and Sami letters, Malayalam chillus, the am of Thai and Lao.
 */
export const WORDS_RULE = 3

/** True if a text may have other words now than by an earlier rule. */
export const mayReadOtherwise = (text: string, rule: number): boolean =>
  (rule < 2 && SINCE_2.test(text)) || (rule < 3 && SINCE_3.test(text))
const SINCE_2 = /\p{sc=Arabic}|(?![0-9])\p{Nd}/u
const SINCE_3 =
  /\p{Variation_Selector}|[\u02b9-\u02bf\ua78b\ua78cħŧĦŦہۀۂۃۓൺ-ൿ\u0e33\u0eb3]|\u20e3|\u0e4d|\u0ecd/u

/** A piece of a normalised cluster: a run of letters and digits, a character that is a word alone, or a separator. */
export interface Piece {
  readonly kind: 'run' | 'alone' | 'separator'
  readonly folded: string
  readonly exact: string
}

/** The pieces of a cluster, in order. */
export function pieces(cluster: string): readonly Piece[] {
  const before = known.get(cluster)
  if (before !== undefined) return before
  const made = makePieces(cluster)
  if (known.size < KNOWN_LIMIT && cluster.length <= 8) known.set(cluster, made)
  return made
}

/**
 * The one piece that a UTF-16 unit makes where no mark or format character follows it; undefined where it must be read as a
 * cluster: a surrogate, a mark, a format character, or what normalises to several pieces or to nothing.
 */
export function pieceOfUnit(unit: number): Piece | undefined {
  const c = String.fromCharCode(unit)
  if ((unit >= 0xd800 && unit <= 0xdfff) || FOLLOWS.test(c) || isJamo(unit) || isVoicing(unit))
    return undefined
  const [piece, ...more] = makePieces(c)
  return more.length === 0 ? piece : undefined
}

/** The am of Thai and Lao is written with the letter before it, whole or as its mark and its vowel. */
const FOLLOWS = /^[\p{M}\p{Cf}ー\u0e33\u0eb3]/u
/** Format characters, which variant of a character is meant (葛 has some), and the cap around a digit's key. */
const FORMAT = /\p{Cf}|\p{Variation_Selector}|\u20e3/gu
/** Letters by their category that are written where others write an apostrophe: Ukrainian пʼять, Uzbek oʻz, Arabic ʿ. */
const APOSTROPHE = /[\u02b9-\u02bf\ua78b\ua78c]/
/** The mark of am before a mark of tone, which Unicode takes for another order than the usual one. */
const AM_BEFORE_TONE = /([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])/g

/**
 * The end of a cluster: a code point and all marks and format characters after it; Hangul jamo, which compose with
 * their neighbours, and half-width kana with their voicing marks stay together.
 */
export function clusterEnd(text: string, at: number): number {
  const first = text.codePointAt(at) as number
  let end = at + (first > 0xffff ? 2 : 1)
  while (end < text.length) {
    const code = text.codePointAt(end) as number
    if (code < 0xad) break
    const size = code > 0xffff ? 2 : 1
    const jamo = isJamo(code) && (isJamo(first) || isHangul(first))
    if (!jamo && !isVoicing(code) && (code === 0x30fc || !FOLLOWS.test(text.slice(end, end + size)))) break
    end += size
  }
  return end
}

const isJamo = (c: number): boolean =>
  (c >= 0x1100 && c <= 0x11ff) || (c >= 0xa960 && c <= 0xa97f) || (c >= 0xd7b0 && c <= 0xd7ff)
/** The half-width voicing marks of kana. */
const isVoicing = (c: number): boolean => c === 0xff9e || c === 0xff9f
const isHangul = (c: number): boolean => c >= 0xac00 && c <= 0xd7a3

/** Clusters repeat: each distinct one is normalised once. Bounded, since a text may hold any. */
const known = new Map<string, readonly Piece[]>()
const KNOWN_LIMIT = 20_000

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
const MARK = /\p{M}/u
const DIGIT = /\p{Nd}/u
/** Scripts without spaces between words: each character, with its marks, is a word; but digits make numbers. */
const ALONE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}ー々〆]/u

function makePieces(cluster: string): readonly Piece[] {
  const exact = cluster.replace(FORMAT, '').normalize('NFKC').replace(AM_BEFORE_TONE, '$2$1')
  const made: Piece[] = []
  let pending = ''
  const flush = (): void => {
    if (pending !== '') made.push({ kind: 'run', exact: pending, folded: fold(pending) })
    pending = ''
  }
  const characters = [...exact]
  for (let i = 0; i < characters.length; i++) {
    const c = characters[i] as string
    if (ALONE.test(c) && !MARK.test(c) && !DIGIT.test(c)) {
      flush()
      let whole = c
      while (i + 1 < characters.length && MARK.test(characters[i + 1] as string)) whole += characters[++i]
      made.push({ kind: 'alone', exact: whole, folded: fold(whole) })
    } else if ((LETTER_OR_DIGIT.test(c) && !APOSTROPHE.test(c)) || (MARK.test(c) && pending !== ''))
      pending += c
    else if (!MARK.test(c)) {
      flush()
      made.push({ kind: 'separator', exact: '', folded: '' })
    }
  }
  flush()
  return made
}

const SPELLED: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
  ħ: 'h',
  ŧ: 't',
  // A consonant without its vowel, as one letter and as two.
  ൺ: 'ണ്',
  ൻ: 'ന്',
  ർ: 'ര്',
  ൽ: 'ല്',
  ൾ: 'ള്',
  ൿ: 'ക്',
}
const SPELLED_ANY = /[øłđðþßæœıςħŧൺ-ൿ]/g
/** Letters that keep their mark: a breve, diaeresis or acute here makes another letter, not an accent. */
const KEPT = /[йїўќѓ]/
const STRIPPED = /\p{M}/gu
const ACCENTED = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]/u
/** Arabic harakat and Quranic marks, tatweel; Hebrew niqqud and cantillation. */
const VOWELS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05c7]/g

/** Arabic letters that are written one for the other: alef with and without hamza, madda or wasla, yeh, kaf, and the heh of Urdu. */
const ALIKE: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ۀ: 'ه',
  ۂ: 'ه',
  ۃ: 'ة',
  ۓ: 'ے',
}
const ALIKE_ANY = /[أإآٱىیکہۀۂۃۓ]/g
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu

/** The value of a decimal digit: each script has its ten in a row, and rows that touch begin with a zero. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) as number
  let first = code
  while (DIGIT.test(String.fromCodePoint(first - 1))) first--
  return String((code - first) % 10)
}

/** Folds one normalised run: lower case, accents off, letters spelled out, digits as 0–9. Idempotent. */
export function fold(run: string): string {
  let out = ''
  for (const c of run.toLowerCase().replace(VOWELS, '').normalize('NFC')) {
    if (KEPT.test(c)) out += c
    else if (ACCENTED.test(c)) out += c.normalize('NFD').replace(STRIPPED, '')
    else if (MARK.test(c) && endsAccented(out)) continue
    else out += c
  }
  return out
    .replace(SPELLED_ANY, (c) => SPELLED[c] as string)
    .replace(ALIKE_ANY, (c) => ALIKE[c] as string)
    .replace(OTHER_DIGIT, digitOf)
    .normalize('NFC')
}

function endsAccented(text: string): boolean {
  const last = [...text.slice(-2)].pop()
  return last !== undefined && ACCENTED.test(last)
}
