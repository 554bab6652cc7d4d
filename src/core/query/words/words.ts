/**
 * What a word is (docs/query-language.md, "Words"). This file alone decides it: the matcher walks these words, the
 * full-text table is fed them, queries are folded by them.
 *
 * Text is normalised a cluster at a time (a base character with the marks that follow it), so that each word keeps its
 * offsets in the original text: format characters removed, NFKC, lower case, accents off Latin, Greek and Cyrillic,
 * harakat and niqqud off, a few letters spelled out (ø ł đ ð þ ß æ œ ı).
 */
import { HASH_START, hashed, Lexicon } from './lexicon.ts'

/** The words of a text as numbers of the lexicon, 0 for those that have none; they hold in one `generation` of it. */
export interface WordNumbers {
  readonly ids: number[]
  readonly generation: number
}

/** Words of a text in order; the arrays have equal length. Offsets are UTF-16, `ends` exclusive. */
export interface WordList extends WordNumbers {
  readonly folded: string[]
  readonly starts: number[]
  readonly ends: number[]
  /** Which word of the text each one is, where some were left out; without it they are the first, the second, … */
  readonly places?: number[]
}

export interface Reading {
  /** Reads every cluster the long way: the same words, slower; tests hold the two against each other. */
  readonly byCluster?: boolean
  /** Words that do not begin so may be left out; the others then tell their places. */
  readonly wanted?: FirstUnits
}

/** The words of a text, folded, with their places in it. */
export function words(text: string, reading?: Reading): WordList {
  const list = emptyList(reading?.wanted === undefined ? undefined : [])
  read(text, list, undefined, reading)
  return list
}

const lexicon = new Lexicon()

function emptyList(places: number[] | undefined): WordList {
  lexicon.tidy()
  const list = { folded: [], starts: [], ends: [], ids: [], generation: lexicon.generation }
  return places === undefined ? list : { ...list, places }
}

/**
 * The numbers of all words of a text, which is all that most queries ask of it; null where a cluster must be read for
 * them, or the text is very long.
 */
export function wordNumbers(text: string): WordNumbers | null {
  if (text === '') return NO_WORDS
  lexicon.tidy()
  const length = text.length
  let count = 0
  let at = 0
  while (at < length) {
    const start = at
    let hash = HASH_START
    let unit = text.charCodeAt(at)
    let kind = CLASS[unit] as number
    while (kind === LETTER) {
      hash = hashed(hash, unit)
      if (++at === length) break
      unit = text.charCodeAt(at)
      kind = CLASS[unit] as number
    }
    if (kind === UNKNOWN) {
      classify(unit)
      at = start
      continue
    }
    if (kind === CLUSTER) return null
    if (at > start) {
      if (count === scratch.length) return null
      scratch[count++] = lexicon.find(text, start, at, hash) || met(text.slice(start, at), hash)
    } else if (kind === ALONE_SAME) {
      if (count === scratch.length) return null
      // What follows may belong to it.
      const next = at + 1 < length ? (CLASS[text.charCodeAt(at + 1)] as number) : SEPARATOR
      if (next === CLUSTER || next === UNKNOWN) return null
      scratch[count++] = idOf(text.charAt(at++))
    } else at++
  }
  return { ids: scratch.slice(0, count), generation: lexicon.generation }
}

/** A number for a run of letters that is met for the first time. */
const met = (run: string, hash: number): number => lexicon.add(run, hash, letters(run))

const NO_WORDS: WordNumbers = { ids: [], generation: 0 }
/** Numbers are collected here and then copied: an array that grows is made several times. */
const scratch: number[] = new Array(4096).fill(0)

/** The word of an entry, where it has a number that still holds. */
export function numberedWord({ ids, generation }: WordNumbers, index: number): string | undefined {
  const id = ids[index] as number
  return id > 0 && generation === lexicon.generation ? lexicon.word(id) : undefined
}

/** All words of a text, where all their numbers still hold. */
export function numberedWords({ ids, generation }: WordNumbers): string[] | undefined {
  if (generation !== lexicon.generation) return undefined
  const folded: string[] = new Array(ids.length)
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number
    if (id === 0) return undefined
    folded[i] = lexicon.word(id)
  }
  return folded
}

/** The exact form of an entry, where its number still holds and tells how it is written. */
export function numberedForm({ ids, generation }: WordNumbers, index: number): string | undefined {
  const spelling = generation === lexicon.generation ? lexicon.spelling(ids[index] as number) : undefined
  return spelling === undefined ? undefined : letters(spelling, true)
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
  read(text, emptyList(undefined), exact, reading)
  return exact
}

/** The numbers that folded words have in the lexicon, as `WordList.ids`. */
export function numbersOf(folded: readonly string[]): Pick<WordList, 'ids' | 'generation'> {
  lexicon.tidy()
  return { ids: folded.map(idOf), generation: lexicon.generation }
}

/** The folded form of one word as it is written. */
export const foldedForm = (exact: string): string => words(exact).folded[0] ?? exact

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
 * letters that can be read one by one: a run of those is looked up in the lexicon whole.
 */
const CLASS = new Uint8Array(65_536)
/** The first unit of what a letter or digit folds to. */
const FIRST = new Uint16Array(65_536)
const UNKNOWN = 0
/** Alone it cannot be read: a surrogate, a mark, a format character, or what folds to several words or to nothing. */
const CLUSTER = 1
const SEPARATOR = 2
const ALONE_SAME = 3
const LETTER = 4
/** Reads every unit the long way. */
const ALL_CLUSTERS = new Uint8Array(65_536).fill(CLUSTER)

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
      else if (piece.kind === 'alone') kind = piece.exact === c && piece.folded === c ? ALONE_SAME : CLUSTER
      else if (piece.folded !== '') {
        kind = LETTER
        FIRST[unit] = piece.folded.charCodeAt(0)
      }
    }
  }
  CLASS[unit] = kind
  return kind
}

/** What a run of letters folds to, and with `exact` its exact form. */
function letters(run: string, exact = false): string {
  if (ASCII.test(run)) return exact ? run : run.toLowerCase()
  let out = ''
  for (const c of run) out += (pieces(c)[0] as Piece)[exact ? 'exact' : 'folded']
  return out
}

const ASCII = /^[\0-\x7f]*$/

/**
 * One pass. A word is a run of letters and digits [run, at), after what clusters gave of its beginning (`word`, `raw`).
 * No closures here: what they capture would live on the heap, and this loop sees every character.
 */
function read(text: string, list: WordList, exact: string[] | undefined, reading: Reading | undefined): void {
  const { folded, starts, ends, ids, places } = list
  const classes = reading?.byCluster === true ? ALL_CLUSTERS : CLASS
  const wanted = places === undefined ? undefined : reading?.wanted?.units
  const length = text.length
  let count = 0
  let word = ''
  let raw = ''
  // The number of the word where it is known already.
  let id = 0
  // Where the word and its run began; -1: none.
  let start = -1
  let run = -1
  let hash = 0
  // Up to here a following unit changes nothing: a cluster ended here.
  let settled = 0
  let at = 0
  for (;;) {
    let kind = SEPARATOR
    if (at < length) {
      let unit = text.charCodeAt(at)
      kind = classes[unit] as number
      if (kind === LETTER) {
        if (run < 0) {
          run = at
          hash = HASH_START
        }
        do {
          hash = hashed(hash, unit)
          if (++at === length) break
          unit = text.charCodeAt(at)
          kind = classes[unit] as number
        } while (kind === LETTER)
        if (at === length) kind = SEPARATOR
      }
      if (kind === UNKNOWN) {
        classify(unit)
        continue
      }
      // A mark or the like changes the letter before it: that is read again, with it.
      if (kind === CLUSTER && run >= 0 && at > settled) at--
      else if (kind === ALONE_SAME && at + 1 < length) {
        const next = text.charCodeAt(at + 1)
        const after = CLASS[next] as number
        if ((after === UNKNOWN ? classify(next) : after) === CLUSTER) kind = CLUSTER
      }
    }
    if (run >= 0) {
      if (word === '' && kind !== CLUSTER) {
        if (wanted !== undefined && wanted[FIRST[text.charCodeAt(run)] as number] === 0) count++
        else {
          id = lexicon.find(text, run, at, hash)
          if (id !== 0) word = lexicon.word(id)
          else {
            const slice = text.slice(run, at)
            word = letters(slice)
            id = lexicon.add(slice, hash, word)
          }
          if (exact !== undefined) raw = letters(text.slice(run, at), true)
          start = run
          settled = at
        }
      } else if (run < at) {
        const slice = text.slice(run, at)
        word += letters(slice)
        if (exact !== undefined) raw += letters(slice, true)
        if (start < 0) start = run
        settled = at
      }
      run = -1
    }
    if (kind === CLUSTER) {
      const stop = clusterEnd(text, at)
      for (const piece of pieces(text.slice(at, stop))) {
        if (piece.kind === 'run') {
          if (start < 0) start = at
          word += piece.folded
          if (exact !== undefined) raw += piece.exact
          settled = stop
          continue
        }
        if (word !== '') {
          folded.push(word)
          starts.push(start)
          ends.push(settled)
          ids.push(idOf(word))
          if (exact !== undefined) exact.push(raw)
          if (places !== undefined) places.push(count)
          count++
        }
        word = raw = ''
        start = -1
        if (piece.kind === 'separator') continue
        folded.push(piece.folded)
        starts.push(at)
        ends.push(stop)
        ids.push(idOf(piece.folded))
        if (exact !== undefined) exact.push(piece.exact)
        if (places !== undefined) places.push(count)
        count++
      }
      at = stop
      settled = stop
      continue
    }
    // A separator, a character that is a word alone, or the end.
    if (word !== '') {
      folded.push(word)
      starts.push(start)
      ends.push(settled)
      ids.push(id === 0 ? idOf(word) : id)
      if (exact !== undefined) exact.push(raw)
      if (places !== undefined) places.push(count)
      count++
    }
    // Marks that fold to nothing may stand alone: of them too nothing is carried over.
    word = raw = ''
    id = 0
    start = -1
    if (at >= length) return
    if (kind === ALONE_SAME) {
      if (wanted === undefined || wanted[text.charCodeAt(at)] === 1) {
        const c = text.charAt(at)
        folded.push(c)
        starts.push(at)
        ends.push(at + 1)
        ids.push(idOf(c))
        if (exact !== undefined) exact.push(c)
        if (places !== undefined) places.push(count)
      }
      count++
    }
    at++
  }
}

/** The number of a folded word of which it is not known how it is written. */
function idOf(word: string): number {
  let hash = HASH_START
  for (let i = 0; i < word.length; i++) hash = hashed(hash, word.charCodeAt(i))
  return lexicon.find(word, 0, word.length, hash, false) || lexicon.add(word, hash, word, false)
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
