import type { TermWord, WordsTerm } from '../language/ast.ts'
import { WORD_NUMBERS } from '../words/lexicon.ts'
import { foldedForm, numberedForm } from '../words/words.ts'
import { valuesOf } from './filters.ts'
import { POSITIONS } from './occurrence.ts'
import type { Postings } from './postings.ts'
import type { TermIndex } from './termIndex.ts'
import type { FieldWords, Tokenised } from './tokenise.ts'

/**
 * Finds every occurrence of every term of an index in one pass over a story's words. What can begin with a word, and whether
 * it can be the second word of a term, is worked out once and kept by the word's number in the lexicon: most words cost one
 * look into an array, and where a frequent word begins phrases, most of the words that follow it are no second word.
 */
export class TermScanner {
  private readonly index: TermIndex
  /** The version of the index, and the generation of the lexicon, that the codes are valid for. */
  private version = 0
  private generation = 0
  /** By word number: UNKNOWN, or KNOWN, SECOND where it can be a second word, and above these bits its row; row 0 is none. */
  private codes = new Int32Array(0)
  /** Rows, one after another: the number of terms that occur with the word alone; their ids; 0, or what is to be verified. */
  private rows = new Int32Array(256)
  private used = 1
  /** What is to be verified, from 1 on. */
  private unverified: (Unverified | null)[] = [null]
  private hasCodes = false

  constructor(index: TermIndex) {
    this.index = index
  }

  /** Fills `postings`, cleared first, with the terms that occur in a story. */
  scan(story: Tokenised, postings: Postings): void {
    postings.clear()
    for (let field = 0; field < story.fields.length; field++) {
      const words = story.fields[field] as FieldWords
      const { positions } = words
      const { ids, generation } = words.numbers
      const codes = this.codesFor(generation)
      for (let index = 0; index < ids.length; index++) {
        const position = positions === undefined ? index : (positions[index] as number)
        if (position >= POSITIONS) break
        const id = ids[index] as number
        const code = id < codes.length ? (codes[id] as number) : UNKNOWN
        let unverified: Unverified | null
        if (code >= ROW) {
          const { rows } = this
          let at = code >> ROW_BITS
          const end = at + 1 + (rows[at] as number)
          for (at++; at < end; at++) postings.add(rows[at] as number, field, position, 1)
          unverified = this.unverified[rows[end] as number] as Unverified | null
        } else if (code === UNKNOWN) {
          const beginning = this.beginningAt(words, index)
          if (id > 0 && codes !== NO_CODES) this.keep(id, beginning, words.word(index) as string)
          if (beginning === null) continue
          for (const term of beginning.alone) postings.add(term, field, position, 1)
          unverified = beginning.unverified
        } else continue
        if (unverified === null) continue
        for (const { term, counts } of unverified.words)
          if (occursAt(term, words, index, 0)) addAll(counts, field, position, 1, postings)
        if (!canBeSecond(codes, ids[index + 1])) continue
        verify(unverified.byPrefix, words, field, index, position, postings)
        const next = unverified.bySecond?.get(words.word(index + 1) as string)
        if (next !== undefined) verify(next, words, field, index, position, postings)
      }
    }
    if (this.index.byValue.size === 0) return
    for (const [field, ids] of this.index.byValue)
      for (const value of valuesOf(field, story.subject)) {
        const id = ids.get(value)
        if (id !== undefined) postings.addKeyword(id)
      }
  }

  /** The codes for words numbered in a generation of the lexicon; older numbers than those kept get none. */
  private codesFor(generation: number): Int32Array {
    if (this.index.size <= SMALL) return NO_CODES
    if (this.codes.length === 0) this.codes = new Int32Array(WORD_NUMBERS)
    if (generation > this.generation || this.version !== this.index.version) {
      this.generation = Math.max(generation, this.generation)
      this.version = this.index.version
      this.forget()
    }
    return generation === this.generation ? this.codes : NO_CODES
  }

  private keep(id: number, beginning: Beginning | null, word: string): void {
    this.hasCodes = true
    const second = this.index.isSecond(word) ? SECOND : 0
    this.codes[id] = KNOWN | second | (beginning === null ? 0 : this.addRow(beginning) << ROW_BITS)
  }

  private addRow({ alone, unverified }: Beginning): number {
    const row = this.used
    this.used += alone.length + 2
    if (this.used > this.rows.length) {
      const rows = new Int32Array(2 * this.used)
      rows.set(this.rows)
      this.rows = rows
    }
    this.rows[row] = alone.length
    this.rows.set(alone, row + 1)
    this.rows[this.used - 1] = unverified === null ? 0 : this.unverified.push(unverified) - 1
    return row
  }

  private forget(): void {
    if (!this.hasCodes) return
    this.hasCodes = false
    this.codes.fill(UNKNOWN)
    this.used = 1
    this.unverified = [null]
  }

  /** What can begin with an entry of a field. Where the lexicon knows how it is written, `case:` is decided here. */
  private beginningAt(words: FieldWords, index: number): Beginning | null {
    const ids = this.index.beginningWith(words.word(index) as string)
    return ids.length === 0 ? null : this.beginning(ids, numberedForm(words.numbers, index))
  }

  private beginning(ids: readonly number[], form: string | undefined): Beginning | null {
    const alone: number[] = []
    const words: Candidate[] = []
    const byPrefix: Candidate[] = []
    const bySecond = new Map<string, Candidate[]>()
    for (const id of ids) {
      const term = this.index.term(id)
      const counts = this.index.countsFor(id)
      const [first, second] = term.words
      if (term.exact && form !== undefined && first !== undefined && !isWord(form, first)) continue
      const sure = term.exact && form === undefined ? 0 : 1
      if (second === undefined) {
        if (sure === 0) words.push({ term, counts, sure })
        else for (const count of counts) alone.push(count)
      } else if (second.prefix) byPrefix.push({ term, counts, sure })
      else {
        const text = term.exact ? foldedForm(second.text) : second.text
        const candidate = { term, counts, sure: term.exact ? sure : 2 }
        const list = bySecond.get(text)
        if (list === undefined) bySecond.set(text, [candidate])
        else list.push(candidate)
      }
    }
    const isSure = words.length === 0 && byPrefix.length === 0 && bySecond.size === 0
    if (isSure && alone.length === 0) return null
    return {
      alone,
      unverified: isSure ? null : { words, byPrefix, bySecond: bySecond.size === 0 ? null : bySecond },
    }
  }
}

/** What can begin with a word. */
interface Beginning {
  /** Terms of this one word, and the synonym sets they are in: they occur. */
  readonly alone: readonly number[]
  readonly unverified: Unverified | null
}

/** Terms that may begin with a word, to be verified where it occurs. */
interface Unverified {
  /** Terms of this one word: how it is written decides. */
  readonly words: readonly Candidate[]
  /** Terms whose second word is a prefix. */
  readonly byPrefix: readonly Candidate[]
  /** Terms by their second word, folded. */
  readonly bySecond: ReadonlyMap<string, readonly Candidate[]> | null
}

/** A term that may begin at a word, and the ids that an occurrence of it counts for. */
interface Candidate {
  readonly term: WordsTerm
  readonly counts: readonly number[]
  /** So many of its words are known to stand there, if they follow one another. */
  readonly sure: number
}

/** For an index of no more terms, as one query has, codes cost more than they save. */
const SMALL = 32
/** Codes. */
const UNKNOWN = 0
const KNOWN = 1
const SECOND = 2
const ROW_BITS = 2
/** From here on a code has a row. */
const ROW = 1 << ROW_BITS
const NO_CODES = new Int32Array(0)

/** False if no term has this word as its second one. @param id its number in the lexicon; undefined behind the last word */
function canBeSecond(codes: Int32Array, id: number | undefined): boolean {
  if (id === undefined) return false
  const code = id < codes.length ? (codes[id] as number) : UNKNOWN
  return code === UNKNOWN || (code & SECOND) !== 0
}

function verify(
  candidates: readonly Candidate[],
  words: FieldWords,
  field: number,
  index: number,
  position: number,
  postings: Postings,
): void {
  for (const { term, counts, sure } of candidates)
    if (occursAt(term, words, index, sure)) addAll(counts, field, position, term.words.length, postings)
}

function addAll(
  ids: readonly number[],
  field: number,
  position: number,
  length: number,
  postings: Postings,
): void {
  for (const id of ids) postings.add(id, field, position, length)
}

/** Whether a term's words follow one another, the first as entry `index` of a field's words. @param sure see `Candidate` */
function occursAt(term: WordsTerm, field: FieldWords, index: number, sure: number): boolean {
  const { positions } = field
  for (let i = 0; i < term.words.length; i++) {
    if (positions !== undefined && i > 0 && positions[index + i] !== (positions[index] as number) + i)
      return false
    if (i < sure) continue
    const there = term.exact ? field.exact(index + i) : field.word(index + i)
    if (there === undefined || !isWord(there, term.words[i] as TermWord)) return false
  }
  return true
}

const isWord = (there: string, { text, prefix }: TermWord): boolean =>
  prefix ? there.startsWith(text) : there === text
