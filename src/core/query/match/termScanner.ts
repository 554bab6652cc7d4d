import type { TermWord, WordsTerm } from '../language/ast.ts'
import { WORD_NUMBERS } from '../words/lexicon.ts'
import { numberedForm } from '../words/words.ts'
import { valuesOf } from './filters.ts'
import { POSITIONS } from './occurrence.ts'
import type { Postings } from './postings.ts'
import type { TermIndex } from './termIndex.ts'
import type { FieldWords, Tokenised } from './tokenise.ts'

/**
 * Finds every occurrence of every term of an index in one pass over a story's words. What can begin with a word is worked
 * out once and kept by the word's number in the lexicon, so that most words cost one look into an array.
 */
export class TermScanner {
  private readonly index: TermIndex
  /** The version of the index, and the generation of the lexicon, that the codes are valid for. */
  private version = 0
  private generation = 0
  /** By word number: UNKNOWN, NOTHING, a term (from TERM on), or the one's complement of a place in `beginnings`. */
  private codes = new Int32Array(0)
  private beginnings: Beginning[] = []
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
        if (code === NOTHING) continue
        if (code >= TERM) {
          postings.add(code - TERM, field, position, 1)
          continue
        }
        let beginning: Beginning | null
        if (code === UNKNOWN) {
          beginning = this.beginningAt(words, index)
          if (id > 0 && codes !== NO_CODES) this.keep(id, beginning)
          if (beginning === null) continue
        } else beginning = this.beginnings[~code] as Beginning
        const { alone, bySecond, unverified } = beginning
        for (let i = 0; i < alone.length; i++) postings.add(alone[i] as number, field, position, 1)
        if (unverified !== null) verify(unverified, words, field, index, position, postings)
        if (bySecond === null || index + 1 === ids.length) continue
        const next = bySecond.get(words.word(index + 1) as string)
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

  private keep(id: number, beginning: Beginning | null): void {
    this.hasCodes = true
    if (beginning === null) this.codes[id] = NOTHING
    else if (beginning.alone.length === 1 && beginning.bySecond === null && beginning.unverified === null)
      this.codes[id] = TERM + (beginning.alone[0] as number)
    else this.codes[id] = ~(this.beginnings.push(beginning) - 1)
  }

  private forget(): void {
    if (!this.hasCodes) return
    this.hasCodes = false
    this.codes.fill(UNKNOWN)
    this.beginnings = []
  }

  /** What can begin with an entry of a field. Where the lexicon knows how it is written, `case:` is decided here. */
  private beginningAt(words: FieldWords, index: number): Beginning | null {
    const ids = this.index.beginningWith(words.word(index) as string)
    return ids.length === 0 ? null : this.beginning(ids, numberedForm(words.numbers, index))
  }

  private beginning(ids: readonly number[], form: string | undefined): Beginning | null {
    const alone: number[] = []
    const unverified: Candidate[] = []
    const bySecond = new Map<string, Candidate[]>()
    for (const id of ids) {
      const term = this.index.term(id)
      const counts = this.index.countsFor(id)
      const [first, second] = term.words
      if (term.exact && form !== undefined && first !== undefined && !isWord(form, first)) continue
      if (second === undefined && (!term.exact || form !== undefined))
        for (const count of counts) alone.push(count)
      else if (term.exact || second === undefined || second.prefix) unverified.push({ term, counts })
      else {
        const list = bySecond.get(second.text)
        if (list === undefined) bySecond.set(second.text, [{ term, counts }])
        else list.push({ term, counts })
      }
    }
    if (alone.length === 0 && unverified.length === 0 && bySecond.size === 0) return null
    return {
      alone,
      bySecond: bySecond.size === 0 ? null : bySecond,
      unverified: unverified.length === 0 ? null : unverified,
    }
  }
}

/** What can begin with a word. */
interface Beginning {
  /** Terms of this one word, and the synonym sets they are in: they occur. */
  readonly alone: readonly number[]
  /** Terms of several words, by their second one: to be verified where that follows. */
  readonly bySecond: ReadonlyMap<string, readonly Candidate[]> | null
  /** Terms to be verified wherever the word occurs. */
  readonly unverified: readonly Candidate[] | null
}

/** A term that may begin at a word, and the ids that an occurrence of it counts for. */
interface Candidate {
  readonly term: WordsTerm
  readonly counts: readonly number[]
}

/** For an index of no more terms, as one query has, codes cost more than they save. */
const SMALL = 32
const UNKNOWN = 0
const NOTHING = 1
const TERM = 2
const NO_CODES = new Int32Array(0)

function verify(
  candidates: readonly Candidate[],
  words: FieldWords,
  field: number,
  index: number,
  position: number,
  postings: Postings,
): void {
  for (const { term, counts } of candidates)
    if (occursAt(term, words, index))
      for (const id of counts) postings.add(id, field, position, term.words.length)
}

/** Whether a term's words follow one another, the first as entry `index` of a field's words. */
function occursAt(term: WordsTerm, field: FieldWords, index: number): boolean {
  const { positions } = field
  for (let i = 0; i < term.words.length; i++) {
    const word = term.words[i] as TermWord
    if (positions !== undefined && i > 0 && positions[index + i] !== (positions[index] as number) + i)
      return false
    const there = term.exact ? field.exact(index + i) : field.word(index + i)
    if (there === undefined || !isWord(there, word)) return false
  }
  return true
}

const isWord = (there: string, { text, prefix }: TermWord): boolean =>
  prefix ? there.startsWith(text) : there === text
