import type { TermWord, WordsTerm } from '../language/ast.ts'
import { foldedForm } from '../words/words.ts'
import { DocumentFrequencies, guessedFrequency } from './documentFrequency.ts'
import { type KeywordField, wantedValue } from './filters.ts'

/**
 * All distinct terms of all queries, each under a number; queries that use the same term share it. There are three kinds:
 * words (a word, prefix, phrase or exact form), synonym sets (the forms of a concept, counted as one term) and keywords (a
 * value of a field such as `lang:ru`). Words are indexed by their first word, so that a scan finds them all in one pass.
 */
export class TermIndex {
  /** Changes whenever words are added, removed or counted differently. */
  version = 0
  /** How often each term occurs in the stories read. */
  readonly frequencies = new DocumentFrequencies()
  /** All kinds share one row of ids. */
  private readonly terms: (IndexedTerm | undefined)[] = []
  private readonly sets: (SynonymSet | undefined)[] = []
  private readonly keywords = new Map<number, Keyword>()
  private readonly ids = new Map<string, number>()
  private readonly byFirst = new ByWord()
  private readonly bySecond = new ByWord()
  /** Keywords by their field, then by their value. */
  readonly byValue = new Map<KeywordField, Map<string, number>>()

  /** The id of a term of words, added where it is new. Each `add` needs one `release`. */
  add(term: WordsTerm): number {
    const key = `${term.exact ? '=' : ''}${term.words.map((w) => w.text + (w.prefix ? '*' : '')).join(' ')}`
    const known = this.ids.get(key)
    if (known !== undefined) {
      const there = this.terms[known] as IndexedTerm
      // Only synonym sets used it so far: from now on its own id is counted too.
      if (there.uses++ === there.sets.length) this.version++
      return known
    }
    const id = this.terms.length
    this.terms.push({ term, key, uses: 1, sets: [] })
    this.ids.set(key, id)
    this.frequencies.begin(guessedFrequency(term))
    this.version++
    const [first, second] = foldedWords(term)
    this.byFirst.add(first as TermWord, id)
    if (second !== undefined) this.bySecond.add(second, id)
    return id
  }

  /** The id of a synonym set, made of `terms` where `key` is new. Each `addSet` needs one `release`. */
  addSet(key: string, terms: () => readonly WordsTerm[]): number {
    const known = this.ids.get(key)
    if (known !== undefined) {
      ;(this.sets[known] as SynonymSet).uses++
      return known
    }
    const members = terms().map((term) => this.add(term))
    const id = this.terms.length
    this.terms.push(undefined)
    this.sets[id] = { key, members, uses: 1 }
    this.ids.set(key, id)
    this.frequencies.begin(
      members.reduce((sum, member) => sum + guessedFrequency((this.terms[member] as IndexedTerm).term), 0),
    )
    for (const member of members) (this.terms[member] as IndexedTerm).sets.push(id)
    this.version++
    return id
  }

  /** The id of a keyword. Each `addKeyword` needs one `release`. */
  addKeyword(field: KeywordField, written: string): number {
    const value = wantedValue(field, written)
    const key = `:${field}:${value}`
    const known = this.ids.get(key)
    if (known !== undefined) {
      ;(this.keywords.get(known) as Keyword).uses++
      return known
    }
    const id = this.terms.length
    this.terms.push(undefined)
    this.keywords.set(id, { key, field, value, uses: 1 })
    this.ids.set(key, id)
    this.frequencies.begin(GUESSED_KEYWORD_FREQUENCY)
    const values = this.byValue.get(field)
    if (values === undefined) this.byValue.set(field, new Map([[value, id]]))
    else values.set(value, id)
    return id
  }

  /** Gives up one use of a term of any kind; the last one removes it. */
  release(id: number): void {
    const keyword = this.keywords.get(id)
    const set = this.sets[id]
    if (keyword !== undefined) this.releaseKeyword(id, keyword)
    else if (set !== undefined) this.releaseSet(id, set)
    else this.releaseTerm(id)
  }

  get size(): number {
    return this.ids.size
  }

  /** The words of all terms, folded, each once. */
  words(): readonly TermWord[] {
    return this.distinct(foldedWords)
  }

  /** The words of the exact terms, as they must be written. */
  exactForms(): readonly TermWord[] {
    return this.distinct((term) => (term.exact ? term.words : []))
  }

  /** The terms whose first word, folded, is `word` or a prefix of it. */
  beginningWith(word: string): readonly number[] {
    return this.byFirst.of(word)
  }

  /** True if `word`, folded, can be the second word of a term. */
  isSecond(word: string): boolean {
    return this.bySecond.of(word).length > 0
  }

  term(id: number): WordsTerm {
    return (this.terms[id] as IndexedTerm).term
  }

  /** The ids that an occurrence of a term counts for: the synonym sets it is in, and itself if a query names it. */
  countsFor(id: number): readonly number[] {
    const { uses, sets } = this.terms[id] as IndexedTerm
    return uses > sets.length ? [id, ...sets] : sets
  }

  private releaseKeyword(id: number, keyword: Keyword): void {
    if (--keyword.uses > 0) return
    this.keywords.delete(id)
    this.ids.delete(keyword.key)
    const values = this.byValue.get(keyword.field)
    values?.delete(keyword.value)
    if (values?.size === 0) this.byValue.delete(keyword.field)
  }

  private releaseSet(id: number, set: SynonymSet): void {
    if (--set.uses > 0) return
    this.sets[id] = undefined
    this.ids.delete(set.key)
    for (const member of set.members) {
      const { sets } = this.terms[member] as IndexedTerm
      sets.splice(sets.indexOf(id), 1)
      this.releaseTerm(member)
    }
    this.version++
  }

  private releaseTerm(id: number): void {
    const there = this.terms[id]
    if (there === undefined || --there.uses > 0) return
    this.terms[id] = undefined
    this.ids.delete(there.key)
    this.version++
    const [first, second] = foldedWords(there.term)
    this.byFirst.remove(first as TermWord, id)
    if (second !== undefined) this.bySecond.remove(second, id)
  }

  private distinct(of: (term: WordsTerm) => readonly TermWord[]): readonly TermWord[] {
    const all = new Map<string, TermWord>()
    for (const there of this.terms)
      if (there !== undefined)
        for (const word of of(there.term)) all.set(`${word.text}${word.prefix ? '*' : ''}`, word)
    return [...all.values()]
  }
}

interface IndexedTerm {
  readonly term: WordsTerm
  readonly key: string
  /** Uses by queries and by synonym sets. */
  uses: number
  /** The synonym sets it is a member of. */
  readonly sets: number[]
}

/** The forms of a concept, perhaps hundreds, shared by all queries that name it. */
interface SynonymSet {
  readonly key: string
  readonly members: readonly number[]
  uses: number
}

interface Keyword {
  readonly key: string
  readonly field: KeywordField
  readonly value: string
  uses: number
}

/** A term's words as the scan finds them: of an exact term it then compares how they are written. */
const foldedWords = ({ words, exact }: WordsTerm): readonly TermWord[] =>
  exact ? words.map(({ text, prefix }) => ({ text: foldedForm(text), prefix })) : words

/** Terms by one of their words, whole or as a prefix. */
class ByWord {
  private readonly byWhole = new Map<string, number[]>()
  private readonly byPrefix = new Map<string, number[]>()
  /** How many prefixes there are of each length. */
  private readonly lengths: number[] = []

  add({ text, prefix }: TermWord, id: number): void {
    const map = prefix ? this.byPrefix : this.byWhole
    const ids = map.get(text)
    if (ids !== undefined) ids.push(id)
    else {
      map.set(text, [id])
      if (prefix) this.lengths[text.length] = (this.lengths[text.length] ?? 0) + 1
    }
  }

  remove({ text, prefix }: TermWord, id: number): void {
    const map = prefix ? this.byPrefix : this.byWhole
    const rest = (map.get(text) ?? []).filter((other) => other !== id)
    if (rest.length > 0) map.set(text, rest)
    else if (map.delete(text) && prefix) this.lengths[text.length] = (this.lengths[text.length] ?? 1) - 1
  }

  /** The terms whose word is `word` or a prefix of it. */
  of(word: string): readonly number[] {
    let ids: readonly number[] = this.byWhole.get(word) ?? NONE
    for (let length = 1; length < this.lengths.length && length <= word.length; length++) {
      if ((this.lengths[length] ?? 0) === 0) continue
      const some = this.byPrefix.get(word.slice(0, length))
      if (some !== undefined) ids = ids.length === 0 ? some : [...ids, ...some]
    }
    return ids
  }
}

/** The frequency assumed for a keyword before any story was read. */
const GUESSED_KEYWORD_FREQUENCY = 0.05

const NONE: readonly number[] = []
