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

/** How a text is read; for all but speed, the words are the same. */
export interface Reading {
  /** Reads every cluster the long way: slower; tests hold the two against each other. */
  readonly byCluster?: boolean
  /** Only words that may begin so are wanted: others keep their place, but may be ''. */
  readonly wanted?: FirstUnits
}

/** The words of a text, folded, with their places in it. */
export function words(text: string, reading?: Reading): WordList {
  const list: WordList = { folded: [], starts: [], ends: [] }
  read(text, list, undefined, reading)
  return list
}

/** A set of first characters of folded words. */
export class FirstUnits {
  readonly units = new Uint8Array(65_536)

  /** @param word a folded word, or the beginning of one */
  add(word: string): void {
    this.units[word.charCodeAt(0)] = 1
  }
}

/** The same words at the same indexes, NFKC but not folded: what `case:` compares. */
export function exactForms(text: string, reading?: Reading): string[] {
  const exact: string[] = []
  read(text, { folded: [], starts: [], ends: [] }, exact, reading)
  return exact
}

/** A value folded like words, the words joined by one space. */
export function foldValue(text: string): string {
  return words(text).folded.join(' ')
}

/** A piece of a normalised cluster: a run of letters and digits, a character that is a word alone, or a separator. */
interface Piece {
  readonly kind: 'run' | 'alone' | 'separator'
  readonly folded: string
  readonly exact: string
}

/** Clusters repeat: each distinct one is normalised once. Bounded, since a text may hold any. */
const known = new Map<string, readonly Piece[]>()
const KNOWN_LIMIT = 20_000

/**
 * What a UTF-16 unit is when no mark or format character follows it, filled in as units are met. Most text is made of
 * units that fold to themselves or to their lower case: a run of those is one slice.
 */
const CLASS = new Uint8Array(65_536)
/** What a letter or digit of class SAME or LOWERED folds to. */
const FOLDED = new Uint16Array(65_536)
const UNKNOWN = 0
/** Alone it cannot be read: a surrogate, a mark, a format character, or a letter that folds in its own way. */
const CLUSTER = 1
const SEPARATOR = 2
const ALONE_SAME = 3
/** Letters and digits from here on. */
const SAME = 4
const LOWERED = 5

function classify(unit: number): number {
  const c = String.fromCharCode(unit)
  let kind = CLUSTER
  if (
    (unit < 0xd800 || unit > 0xdfff) &&
    !FOLLOWS.test(c) &&
    !isJamo(unit) &&
    unit !== 0xff9e &&
    unit !== 0xff9f
  ) {
    const [piece, ...more] = makePieces(c)
    if (piece !== undefined && more.length === 0) {
      if (piece.kind === 'separator') kind = SEPARATOR
      else if (piece.exact === c && piece.kind === 'alone') kind = piece.folded === c ? ALONE_SAME : CLUSTER
      else if (piece.exact === c && piece.folded === c) kind = SAME
      // Lower case of Σ depends on what follows it.
      else if (
        piece.exact === c &&
        piece.folded === c.toLowerCase() &&
        piece.folded.length === 1 &&
        unit !== 0x3a3
      )
        kind = LOWERED
    }
  }
  CLASS[unit] = kind
  FOLDED[unit] = kind === LOWERED ? c.toLowerCase().charCodeAt(0) : unit
  return kind
}

function read(text: string, list: WordList, exact: string[] | undefined, reading: Reading | undefined): void {
  const byCluster = reading?.byCluster === true
  const wanted = reading?.wanted?.units
  // No closures here: what they capture would live on the heap, and this loop sees every character.
  const { folded, starts, ends } = list
  const length = text.length
  // The word that is being read: its parts so far, where it began (-1: none) and where it ends.
  let word = ''
  let raw = ''
  let start = -1
  let end = 0
  let at = 0
  while (at < length) {
    let kind = CLUSTER
    if (!byCluster) {
      // A run of units that are read by themselves: as far as one that is not, less the unit that one may change.
      let stop = at
      let upper = false
      while (stop < length) {
        const unit = text.charCodeAt(stop)
        kind = CLASS[unit] as number
        if (kind === UNKNOWN) kind = classify(unit)
        if (kind < SAME) break
        if (kind === LOWERED) upper = true
        stop++
      }
      if (stop < length && kind === CLUSTER && stop > at) stop--
      if (stop > at && kind !== CLUSTER && word === '' && wanted !== undefined) {
        const first = FOLDED[text.charCodeAt(at)] as number
        if (wanted[first] === 0) {
          folded.push('')
          starts.push(at)
          ends.push(stop)
          if (exact !== undefined) exact.push('')
          start = -1
          at = stop
          if (at === length) break
          stop = at
        }
      }
      if (stop > at) {
        const slice = text.slice(at, stop)
        word += upper ? slice.toLowerCase() : slice
        if (exact !== undefined) raw += slice
        if (start < 0) start = at
        end = stop
        at = stop
        if (at === length) break
        if (kind === CLUSTER) continue
      }
      if (kind !== CLUSTER && at + 1 < length) {
        const unit = text.charCodeAt(at + 1)
        const next = CLASS[unit] as number
        if ((next === UNKNOWN ? classify(unit) : next) === CLUSTER) kind = CLUSTER
      }
    }
    if (kind === CLUSTER) {
      const stop = clusterEnd(text, at)
      for (const piece of pieces(text.slice(at, stop))) {
        if (piece.kind === 'run') {
          if (start < 0) start = at
          word += piece.folded
          if (exact !== undefined) raw += piece.exact
          end = stop
          continue
        }
        if (word !== '') {
          folded.push(word)
          starts.push(start)
          ends.push(end)
          if (exact !== undefined) exact.push(raw)
        }
        word = raw = ''
        start = -1
        if (piece.kind === 'separator') continue
        folded.push(piece.folded)
        starts.push(at)
        ends.push(stop)
        if (exact !== undefined) exact.push(piece.exact)
      }
      at = stop
      continue
    }
    // A separator, or a character that is a word alone.
    if (word !== '') {
      folded.push(word)
      starts.push(start)
      ends.push(end)
      if (exact !== undefined) exact.push(raw)
    }
    word = raw = ''
    start = -1
    if (kind === ALONE_SAME) {
      const c = text.charAt(at)
      folded.push(c)
      starts.push(at)
      ends.push(at + 1)
      if (exact !== undefined) exact.push(c)
    }
    at++
  }
  if (word !== '') {
    folded.push(word)
    starts.push(start)
    ends.push(end)
    if (exact !== undefined) exact.push(raw)
  }
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
