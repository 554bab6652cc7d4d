/**
 * What a word is (docs/query-language.md, "Words"). This file alone decides it: the matcher walks these words, the
 * full-text table is fed them, queries are folded by them.
 *
 * Text is normalised a cluster at a time (a base character with the marks that follow it), so that each word keeps its
 * offsets in the original text: format characters removed, NFKC, lower case, accents off Latin, Greek and Cyrillic,
 * harakat and niqqud off, a few letters spelled out (ø ł đ ð þ ß æ œ ı).
 */

/** Words of a text in order; the arrays have equal length. Offsets are UTF-16, `ends` exclusive. */
export interface WordList {
  readonly folded: string[]
  readonly starts: number[]
  readonly ends: number[]
}

/** The words of a text, folded, with their places in it. */
export function words(text: string): WordList {
  const list: WordList = { folded: [], starts: [], ends: [] }
  read(text, list, undefined)
  return list
}

/** The same words at the same indexes, NFKC but not folded: what `case:` compares. */
export function exactForms(text: string): string[] {
  const exact: string[] = []
  read(text, { folded: [], starts: [], ends: [] }, exact)
  return exact
}

/** A value folded like words, the words joined by one space. */
export function foldValue(text: string): string {
  return words(text).folded.join(' ')
}

/** ASCII: 0 separates, 1 is kept, 2 is lowered. */
const ASCII = new Uint8Array(128)
for (let c = 48; c <= 57; c++) ASCII[c] = 1
for (let c = 97; c <= 122; c++) ASCII[c] = 1
for (let c = 65; c <= 90; c++) ASCII[c] = 2

/** A piece of a normalised cluster: a run of letters and digits, a character that is a word alone, or a separator. */
interface Piece {
  readonly kind: 'run' | 'alone' | 'separator'
  readonly folded: string
  readonly exact: string
}

/** Clusters repeat: each distinct one is normalised once. Bounded, since a text may hold any. */
const known = new Map<string, readonly Piece[]>()
const KNOWN_LIMIT = 20_000

function read(text: string, list: WordList, exact: string[] | undefined): void {
  let folded = ''
  let raw = ''
  let start = -1
  let end = 0
  const close = (): void => {
    if (folded !== '') {
      list.folded.push(folded)
      list.starts.push(start)
      list.ends.push(end)
      exact?.push(raw)
      folded = ''
      raw = ''
    }
    start = -1
  }
  const length = text.length
  let at = 0
  while (at < length) {
    const code = text.charCodeAt(at)
    const next = at + 1 < length ? text.charCodeAt(at + 1) : 0
    if (code < 128 && next < 128) {
      // A run of ASCII: one slice instead of a character at a time.
      const kind = ASCII[code] as number
      if (kind === 0) {
        close()
        at++
        continue
      }
      let stop = at + 1
      let upper = kind === 2
      while (stop < length) {
        const c = text.charCodeAt(stop)
        if (c >= 128) {
          // The last letter may carry a mark that follows it.
          stop--
          break
        }
        const k = ASCII[c] as number
        if (k === 0) break
        if (k === 2) upper = true
        stop++
      }
      if (stop > at) {
        const slice = text.slice(at, stop)
        if (start < 0) start = at
        folded += upper ? slice.toLowerCase() : slice
        if (exact !== undefined) raw += slice
        end = stop
        at = stop
        continue
      }
    }
    const stop = clusterEnd(text, at)
    for (const piece of pieces(text.slice(at, stop))) {
      if (piece.kind === 'separator') close()
      else if (piece.kind === 'alone') {
        close()
        list.folded.push(piece.folded)
        list.starts.push(at)
        list.ends.push(stop)
        exact?.push(piece.exact)
      } else {
        if (start < 0) start = at
        folded += piece.folded
        if (exact !== undefined) raw += piece.exact
        end = stop
      }
    }
    at = stop
  }
  close()
}

const FOLLOWS = /^[\p{M}\p{Cf}ー]/u
const FORMAT = /\p{Cf}/gu

/**
 * The end of a cluster: a code point and all marks and format characters after it; Hangul jamo, which compose with
 * their neighbours, and half-width kana with their voicing marks stay together.
 */
function clusterEnd(text: string, at: number): number {
  const first = text.codePointAt(at) as number
  let end = at + (first > 0xffff ? 2 : 1)
  while (end < text.length) {
    const code = text.codePointAt(end) as number
    if (code < 0xad) break
    const size = code > 0xffff ? 2 : 1
    const jamo = isJamo(code) && (isJamo(first) || isHangul(first))
    const voicing = code === 0xff9e || code === 0xff9f
    if (!jamo && !voicing && (code === 0x30fc || !FOLLOWS.test(text.slice(end, end + size)))) break
    end += size
  }
  return end
}

const isJamo = (c: number): boolean =>
  (c >= 0x1100 && c <= 0x11ff) || (c >= 0xa960 && c <= 0xa97f) || (c >= 0xd7b0 && c <= 0xd7ff)
const isHangul = (c: number): boolean => c >= 0xac00 && c <= 0xd7a3

function pieces(cluster: string): readonly Piece[] {
  const before = known.get(cluster)
  if (before !== undefined) return before
  const made = makePieces(cluster)
  if (known.size < KNOWN_LIMIT && cluster.length <= 8) known.set(cluster, made)
  return made
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
const MARK = /\p{M}/u
/** Scripts without spaces between words: each character, with its marks, is a word. */
const ALONE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}ー々〆]/u

function makePieces(cluster: string): readonly Piece[] {
  const exact = cluster.replace(FORMAT, '').normalize('NFKC')
  const made: Piece[] = []
  let pending = ''
  const flush = (): void => {
    if (pending !== '') made.push({ kind: 'run', exact: pending, folded: fold(pending) })
    pending = ''
  }
  const characters = [...exact]
  for (let i = 0; i < characters.length; i++) {
    const c = characters[i] as string
    if (ALONE.test(c) && !MARK.test(c)) {
      flush()
      let whole = c
      while (i + 1 < characters.length && MARK.test(characters[i + 1] as string)) whole += characters[++i]
      made.push({ kind: 'alone', exact: whole, folded: fold(whole) })
    } else if (LETTER_OR_DIGIT.test(c) || (MARK.test(c) && pending !== '')) pending += c
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
}
const SPELLED_ANY = /[øłđðþßæœıς]/g
/** Letters that keep their mark: a breve, diaeresis or acute here makes another letter, not an accent. */
const KEPT = /[йїўќѓ]/
const STRIPPED = /\p{M}/gu
const ACCENTED = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]/u
/** Arabic harakat and Quranic marks, tatweel; Hebrew niqqud and cantillation. */
const VOWELS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05c7]/g

/** Folds one normalised run: lower case, accents off, letters spelled out. Idempotent. */
export function fold(run: string): string {
  let out = ''
  for (const c of run.toLowerCase().replace(VOWELS, '').normalize('NFC')) {
    if (KEPT.test(c)) out += c
    else if (ACCENTED.test(c)) out += c.normalize('NFD').replace(STRIPPED, '')
    else if (MARK.test(c) && endsAccented(out)) continue
    else out += c
  }
  return out.replace(SPELLED_ANY, (c) => SPELLED[c] as string).normalize('NFC')
}

function endsAccented(text: string): boolean {
  const last = [...text.slice(-2)].pop()
  return last !== undefined && ACCENTED.test(last)
}
