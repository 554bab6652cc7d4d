import { clusterEnd, type Piece, pieceOfUnit, pieces } from './clusters.ts'
import { HASH_START, hashed, Lexicon } from './lexicon.ts'

/**
 * Reads text into words, quickly. Most text is letters that can be read one by one; only where a mark, a format character or
 * the like comes is a cluster normalised (clusters.ts, which decides what a word is).
 */

/** The words of a text as numbers of the lexicon, 0 for those without one; they are valid in one `generation` of it. */
export interface WordNumbers {
  readonly ids: number[]
  readonly generation: number
}

/** Words of a text in order; the arrays have equal length. Offsets are UTF-16, `ends` exclusive. */
export interface WordList extends WordNumbers {
  readonly folded: string[]
  readonly starts: number[]
  readonly ends: number[]
  /** Where some words were left out: the index among all words of the text of each that was kept. */
  readonly positions?: number[]
}

export interface Reading {
  /** Normalises every cluster: the same words, slower. Tests compare the two. */
  readonly byCluster?: boolean
  /** Words that do not begin with one of these may be left out; `positions` then has the indexes of those kept. */
  readonly wanted?: FirstUnits
}

/** The words of a text, folded, with their offsets in it. */
export function words(text: string, reading?: Reading): WordList {
  const list = emptyList(reading?.wanted === undefined ? undefined : [])
  read(text, list, undefined, reading)
  return list
}

const lexicon = new Lexicon()

function emptyList(positions: number[] | undefined): WordList {
  lexicon.tidy()
  const list = { folded: [], starts: [], ends: [], ids: [], generation: lexicon.generation }
  return positions === undefined ? list : { ...list, positions }
}

/**
 * The numbers of all words of a text, which is all that most queries need; null where a cluster must be normalised for them,
 * or the text is very long.
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
      scratch[count++] = lexicon.find(text, start, at, hash) || newNumber(text.slice(start, at), hash)
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

/** Where the words of a text stand in it, of a text whose words `wordNumbers` gives: no word is looked up. */
export function wordOffsets(text: string): Pick<WordList, 'starts' | 'ends'> {
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  while (at < text.length) {
    const start = at
    while (at < text.length && CLASS[text.charCodeAt(at)] === LETTER) at++
    if (at === start && CLASS[text.charCodeAt(at++)] !== ALONE_SAME) continue
    starts.push(start)
    ends.push(at)
  }
  return { starts, ends }
}

/** A number for a run of letters that the lexicon does not hold yet. */
const newNumber = (run: string, hash: number): number => lexicon.add(run, hash, letters(run))

const NO_WORDS: WordNumbers = { ids: [], generation: 0 }
/** Numbers are collected here and copied once: an array that grows is reallocated several times. */
const scratch: number[] = new Array(4096).fill(0)

/** The word of an entry, where it has a number that is still valid. */
export function numberedWord({ ids, generation }: WordNumbers, index: number): string | undefined {
  const id = ids[index] as number
  return id > 0 && generation === lexicon.generation ? lexicon.word(id) : undefined
}

/** All words of a text, where all their numbers are still valid. */
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

/** How an entry is written, where its number is still valid and says so. */
export const numberedSpelling = ({ ids, generation }: WordNumbers, index: number): string | undefined =>
  generation === lexicon.generation ? lexicon.spelling(ids[index] as number) : undefined

/** The exact form of an entry, where its number is still valid and determines how the word is written. */
export function numberedForm(numbers: WordNumbers, index: number): string | undefined {
  const spelling = numberedSpelling(numbers, index)
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

/**
 * What a UTF-16 unit is when no mark or format character follows it, filled in when a unit is first read. A run of letters
 * is looked up in the lexicon whole.
 */
const CLASS = new Uint8Array(65_536)
/** The first unit of what a letter or digit folds to. */
const FIRST = new Uint16Array(65_536)
const UNKNOWN = 0
/** It must be read as part of a cluster. */
const CLUSTER = 1
const SEPARATOR = 2
const ALONE_SAME = 3
const LETTER = 4
/** For `byCluster`. */
const ALL_CLUSTERS = new Uint8Array(65_536).fill(CLUSTER)

function classify(unit: number): number {
  const piece = pieceOfUnit(unit)
  const c = String.fromCharCode(unit)
  let kind = CLUSTER
  if (piece?.kind === 'separator') kind = SEPARATOR
  else if (piece?.kind === 'alone') kind = piece.exact === c && piece.folded === c ? ALONE_SAME : CLUSTER
  else if (piece !== undefined && piece.folded !== '') {
    kind = LETTER
    FIRST[unit] = piece.folded.charCodeAt(0)
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
  const { folded, starts, ends, ids, positions } = list
  const classes = reading?.byCluster === true ? ALL_CLUSTERS : CLASS
  const wanted = positions === undefined ? undefined : reading?.wanted?.units
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
      if (word === '' && start < 0 && kind !== CLUSTER) {
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
          if (positions !== undefined) positions.push(count)
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
        if (positions !== undefined) positions.push(count)
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
      if (positions !== undefined) positions.push(count)
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
        if (positions !== undefined) positions.push(count)
      }
      count++
    }
    at++
  }
}

/** The number of a folded word, whatever the way it is written. */
function idOf(word: string): number {
  let hash = HASH_START
  for (let i = 0; i < word.length; i++) hash = hashed(hash, word.charCodeAt(i))
  return lexicon.find(word, 0, word.length, hash, false) || lexicon.add(word, hash, word, false)
}
