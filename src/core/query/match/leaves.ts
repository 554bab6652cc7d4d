import type { TermWord, WordsTerm } from '../language/ast.ts'
import { WORD_NUMBERS } from '../words/lexicon.ts'
import { foldedForm, numberedForm } from '../words/words.ts'
import { type KnownField, valuesOf, wantedValue } from './filters.ts'
import { guessedRate, Rates } from './gates.ts'
import type { FieldWords, Tokenised } from './tokenise.ts'

/**
 * Where a term stands in a story, packed into one number: field × 2^40 + first word × 2^20 + number of words. Packed
 * occurrences sort by field, then place. A field holds at most 2^20 words; what lies behind is not searched.
 */
export type Occurrence = number

const FIELD = 2 ** 40
const PLACE = 2 ** 20

export const fieldOf = (o: Occurrence): number => Math.floor(o / FIELD)
export const startOf = (o: Occurrence): number => Math.floor(o / PLACE) % PLACE
export const endOf = (o: Occurrence): number => startOf(o) + (o % PLACE)
export const pack = (field: number, start: number, end: number): Occurrence =>
  field * FIELD + start * PLACE + (end - start)

interface Leaf {
  readonly term: WordsTerm
  readonly key: string
  /** Uses by queries and by unions. */
  uses: number
  /** Unions it is part of. */
  readonly unions: number[]
}

/** Leaves that count as one: the forms of a concept, which may be hundreds, shared by all queries that name it. */
interface Union {
  readonly key: string
  readonly leaves: readonly number[]
  uses: number
}

/** A filter on a value that stories have or have not, shared by all queries that ask for it. */
interface Mark {
  readonly key: string
  readonly field: KnownField
  readonly value: string
  uses: number
}
/** Before any story was seen, a mark is taken to hold for one in twenty. */
const GUESSED_MARK = 0.05

/**
 * What a scan found in one story, reused from story to story. That a leaf occurs, and in which fields, is one byte; its
 * occurrences are noted one after another as they come and put into a list only for the queries that ask for places.
 */
export class Found {
  /** Leaves and unions that occur. */
  readonly touched: number[] = []
  /** Bits of the fields (1 << field) in which each leaf and union occurs. */
  private fields = new Uint8Array(64)
  /** Occurrences as noted: of what, where, and over how many words. */
  private noted = 0
  private ids = new Int32Array(64)
  private places = new Int32Array(64)
  private shapes = new Int32Array(64)
  /** Once lists are asked for: of each leaf and union its last occurrence, and of each occurrence the one before. */
  private chained = false
  private last = new Int32Array(0)
  private before = new Int32Array(0)
  private readonly lists = new Map<number, readonly Occurrence[]>()

  /** Bits of the fields in which a leaf or union occurs: 0 where it does not. */
  fieldsOf(id: number): number {
    return id < this.fields.length ? (this.fields[id] as number) : 0
  }

  /** The occurrences of a leaf or union, in order. */
  of(id: number): readonly Occurrence[] {
    if (this.fieldsOf(id) === 0) return NONE
    if (!this.chained) this.chain()
    const known = this.lists.get(id)
    if (known !== undefined) return known
    const list: Occurrence[] = []
    for (let i = this.last[id] as number; i >= 0; i = this.before[i] as number)
      list.push(
        ((this.shapes[i] as number) >> 20) * FIELD +
          (this.places[i] as number) * PLACE +
          ((this.shapes[i] as number) & (PLACE - 1)),
      )
    const ordered = sorted(list.reverse())
    this.lists.set(id, ordered)
    return ordered
  }

  /** Notes that a leaf or union occurs at a place, over so many words. */
  add(id: number, field: number, place: number, length: number): void {
    if (id >= this.fields.length) this.fields = widened(this.fields, new Uint8Array(2 * id))
    if (this.noted === this.ids.length) {
      const size = 2 * this.noted
      this.ids = widened(this.ids, new Int32Array(size))
      this.places = widened(this.places, new Int32Array(size))
      this.shapes = widened(this.shapes, new Int32Array(size))
    }
    const i = this.noted++
    this.ids[i] = id
    this.places[i] = place
    this.shapes[i] = (field << 20) | length
    const fields = this.fields[id] as number
    if (fields === 0) this.touched.push(id)
    this.fields[id] = fields | (1 << field)
  }

  private chain(): void {
    this.chained = true
    if (this.last.length < this.fields.length) this.last = new Int32Array(this.fields.length)
    if (this.before.length < this.ids.length) this.before = new Int32Array(this.ids.length)
    for (const id of this.touched) this.last[id] = -1
    for (let i = 0; i < this.noted; i++) {
      const id = this.ids[i] as number
      this.before[i] = this.last[id] as number
      this.last[id] = i
    }
  }

  /** Notes that a mark holds: of the story, so of all its fields. */
  mark(id: number): void {
    if (id >= this.fields.length) this.fields = widened(this.fields, new Uint8Array(2 * id))
    if (this.fields[id] === 0) this.touched.push(id)
    this.fields[id] = ALL_FIELDS
  }

  clear(): void {
    for (const id of this.touched) this.fields[id] = 0
    if (this.chained) this.lists.clear()
    this.chained = false
    this.touched.length = 0
    this.noted = 0
  }
}

function widened<T extends Int32Array | Uint8Array>(array: T, wider: T): T {
  wider.set(array)
  return wider
}

const NONE: readonly number[] = []
const ALL_FIELDS = 7

/** A leaf that must be checked where its first word stands, and what it counts for: itself and its unions. */
interface Checked {
  readonly term: WordsTerm
  readonly counts: readonly number[]
}

/** What may begin with a word: what the word alone says, what the next word decides, and what must be checked. */
interface Starting {
  /** Leaves of this one word and their unions. */
  readonly alone: readonly number[]
  readonly bySecond: ReadonlyMap<string, readonly Checked[]> | null
  readonly checked: readonly Checked[] | null
}
/** An index of no more leaves and unions, as one query has, looks words up anew each time. */
const SMALL = 32
/** What is known of a word, by its number: a leaf, counted from LEAF on, or one's complement of a place in `startings`. */
const UNKNOWN = 0
const NOTHING = 1
const LEAF = 2
const NO_CODES = new Int32Array(0)

/** Occurrences in order, each once. Sorts the list it is given. */
export function sorted(list: Occurrence[]): Occurrence[] {
  let i = 1
  while (i < list.length && (list[i - 1] as number) < (list[i] as number)) i++
  if (i >= list.length) return list
  list.sort((a, b) => a - b)
  return list.filter((o, i) => i === 0 || o !== list[i - 1])
}

/**
 * All distinct leaves (words, prefixes, phrases, exact forms) of all queries, indexed by their first word, so that one
 * pass over a story's words finds every occurrence of every leaf. Equal leaves are shared between queries.
 */
export class LeafIndex {
  /** What may begin with each word, by word number, until leaves come or go, and the generation of the numbers. */
  private codes = new Int32Array(0)
  private startings: Starting[] = []
  private generation = 0
  private keeps = false
  /** Leaves, unions and marks share one row of ids. */
  private readonly leaves: (Leaf | undefined)[] = []
  private readonly unions: (Union | undefined)[] = []
  private readonly marks = new Map<number, Mark>()
  private readonly byValue = new Map<KnownField, Map<string, number>>()
  private readonly ids = new Map<string, number>()
  private readonly byWord = new Map<string, number[]>()
  private readonly byPrefix = new Map<string, number[]>()
  /** How many leaves start with a prefix of each length. */
  private readonly prefixLengths: number[] = []
  /** How often each leaf and union occurs. */
  readonly rates = new Rates()

  /** The id of a leaf, adding it where it is new. Each `add` wants one `release`. */
  add(term: WordsTerm): number {
    const key = `${term.exact ? '=' : ''}${term.words.map((w) => w.text + (w.prefix ? '*' : '')).join(' ')}`
    const known = this.ids.get(key)
    if (known !== undefined) {
      const leaf = this.leaves[known] as Leaf
      // A leaf of unions alone counts for itself from now on.
      if (leaf.uses++ === leaf.unions.length) this.forget()
      return known
    }
    const id = this.leaves.length
    this.leaves.push({ term, key, uses: 1, unions: [] })
    this.ids.set(key, id)
    this.rates.begin(guessedRate(term))
    this.forget()
    const { map, first } = this.bucket(term)
    const bucket = map.get(first)
    if (bucket === undefined) map.set(first, [id])
    else bucket.push(id)
    if (map === this.byPrefix) this.prefixLengths[first.length] = (this.prefixLengths[first.length] ?? 0) + 1
    return id
  }

  /** The id of a union of leaves, made from `terms` where `key` is new. Each `addUnion` wants one `release`. */
  addUnion(key: string, terms: () => readonly WordsTerm[]): number {
    const known = this.ids.get(key)
    if (known !== undefined) {
      ;(this.unions[known] as Union).uses++
      return known
    }
    const leaves = terms().map((term) => this.add(term))
    const id = this.leaves.length
    this.leaves.push(undefined)
    this.unions[id] = { key, leaves, uses: 1 }
    this.ids.set(key, id)
    this.rates.begin(leaves.reduce((sum, leaf) => sum + guessedRate((this.leaves[leaf] as Leaf).term), 0))
    for (const leaf of leaves) (this.leaves[leaf] as Leaf).unions.push(id)
    this.forget()
    return id
  }

  /** The id of a mark. Each `addMark` wants one `release`. */
  addMark(field: KnownField, asked: string): number {
    const value = wantedValue(field, asked)
    const key = `:${field}:${value}`
    const known = this.ids.get(key)
    if (known !== undefined) {
      ;(this.marks.get(known) as Mark).uses++
      return known
    }
    const id = this.leaves.length
    this.leaves.push(undefined)
    this.marks.set(id, { key, field, value, uses: 1 })
    this.ids.set(key, id)
    this.rates.begin(GUESSED_MARK)
    const values = this.byValue.get(field)
    if (values === undefined) this.byValue.set(field, new Map([[value, id]]))
    else values.set(value, id)
    return id
  }

  release(id: number): void {
    const mark = this.marks.get(id)
    if (mark !== undefined) {
      if (--mark.uses > 0) return
      this.marks.delete(id)
      this.ids.delete(mark.key)
      const values = this.byValue.get(mark.field)
      values?.delete(mark.value)
      if (values?.size === 0) this.byValue.delete(mark.field)
      return
    }
    const union = this.unions[id]
    if (union !== undefined) {
      if (--union.uses > 0) return
      this.unions[id] = undefined
      this.ids.delete(union.key)
      for (const leaf of union.leaves) {
        const { unions } = this.leaves[leaf] as Leaf
        unions.splice(unions.indexOf(id), 1)
        this.release(leaf)
      }
      this.forget()
      return
    }
    const leaf = this.leaves[id]
    if (leaf === undefined || --leaf.uses > 0) return
    this.leaves[id] = undefined
    this.ids.delete(leaf.key)
    this.forget()
    const { map, first } = this.bucket(leaf.term)
    const rest = (map.get(first) ?? []).filter((other) => other !== id)
    if (rest.length === 0) map.delete(first)
    else map.set(first, rest)
    if (map === this.byPrefix) this.prefixLengths[first.length] = (this.prefixLengths[first.length] ?? 1) - 1
  }

  get size(): number {
    return this.ids.size
  }

  /** The words of all leaves, folded, each once. */
  words(): readonly TermWord[] {
    return this.distinct((term) =>
      term.words.map(({ text, prefix }) => ({ text: term.exact ? foldedForm(text) : text, prefix })),
    )
  }

  /** The words of the leaves that ask how words are written, as they are to be written. */
  forms(): readonly TermWord[] {
    return this.distinct((term) => (term.exact ? term.words : []))
  }

  private distinct(of: (term: WordsTerm) => readonly TermWord[]): readonly TermWord[] {
    const all = new Map<string, TermWord>()
    for (const leaf of this.leaves)
      if (leaf !== undefined)
        for (const word of of(leaf.term)) all.set(`${word.text}${word.prefix ? '*' : ''}`, word)
    return [...all.values()]
  }

  /** Finds all leaves and marks of a story. `found` is cleared first. */
  scan(story: Tokenised, found: Found): void {
    found.clear()
    for (let field = 0; field < story.fields.length; field++) {
      const words = story.fields[field] as FieldWords
      const { places } = words
      const { ids, generation } = words.numbers
      const codes = this.codesFor(generation)
      for (let index = 0; index < ids.length; index++) {
        const place = places === undefined ? index : (places[index] as number)
        if (place >= PLACE) break
        const id = ids[index] as number
        const code = id < codes.length ? (codes[id] as number) : UNKNOWN
        if (code === NOTHING) continue
        if (code >= LEAF) {
          found.add(code - LEAF, field, place, 1)
          continue
        }
        let starting: Starting | null
        if (code === UNKNOWN) {
          starting = this.startingWith(words, index)
          if (id > 0 && codes !== NO_CODES) this.keep(id, starting)
          if (starting === null) continue
        } else starting = this.startings[~code] as Starting
        const { alone, bySecond, checked } = starting
        for (let i = 0; i < alone.length; i++) found.add(alone[i] as number, field, place, 1)
        if (checked !== null) check(checked, words, field, index, place, found)
        if (bySecond === null || index + 1 === ids.length) continue
        const next = bySecond.get(words.word(index + 1) as string)
        if (next !== undefined) check(next, words, field, index, place, found)
      }
    }
    if (this.byValue.size === 0) return
    for (const [field, ids] of this.byValue)
      for (const value of valuesOf(field, story.subject)) {
        const id = ids.get(value)
        if (id !== undefined) found.mark(id)
      }
  }

  /** What is kept by the word numbers of a generation; a new one makes what was kept void. */
  private codesFor(generation: number): Int32Array {
    if (this.ids.size <= SMALL) return NO_CODES
    if (this.codes.length === 0) this.codes = new Int32Array(WORD_NUMBERS)
    if (generation > this.generation) {
      this.generation = generation
      this.forget()
    }
    return generation === this.generation ? this.codes : NO_CODES
  }

  private keep(id: number, starting: Starting | null): void {
    this.keeps = true
    if (starting === null) this.codes[id] = NOTHING
    else if (starting.alone.length === 1 && starting.bySecond === null && starting.checked === null)
      this.codes[id] = LEAF + (starting.alone[0] as number)
    else this.codes[id] = ~(this.startings.push(starting) - 1)
  }

  private forget(): void {
    if (!this.keeps) return
    this.keeps = false
    this.codes.fill(UNKNOWN)
    this.startings = []
  }

  /** Leaves whose first word an entry can be. Where its number tells how it is written, that is settled here. */
  private startingWith(words: FieldWords, index: number): Starting | null {
    const word = words.word(index) as string
    let ids: readonly number[] = this.byWord.get(word) ?? NONE
    for (let length = 1; length < this.prefixLengths.length && length <= word.length; length++) {
      if ((this.prefixLengths[length] ?? 0) === 0) continue
      const some = this.byPrefix.get(word.slice(0, length))
      if (some !== undefined) ids = ids.length === 0 ? some : [...ids, ...some]
    }
    return ids.length === 0 ? null : this.starts(ids, numberedForm(words.numbers, index))
  }

  private starts(ids: readonly number[], form: string | undefined): Starting | null {
    const alone: number[] = []
    const checked: Checked[] = []
    const bySecond = new Map<string, Checked[]>()
    for (const id of ids) {
      const { term, uses, unions } = this.leaves[id] as Leaf
      const counts = uses > unions.length ? [id, ...unions] : unions
      const [first, second] = term.words
      if (term.exact && form !== undefined && first !== undefined && !isWord(form, first)) continue
      if (second === undefined && (!term.exact || form !== undefined)) alone.push(...counts)
      else if (term.exact || second === undefined || second.prefix) checked.push({ term, counts })
      else {
        const list = bySecond.get(second.text)
        if (list === undefined) bySecond.set(second.text, [{ term, counts }])
        else list.push({ term, counts })
      }
    }
    if (alone.length === 0 && checked.length === 0 && bySecond.size === 0) return null
    return {
      alone,
      bySecond: bySecond.size === 0 ? null : bySecond,
      checked: checked.length === 0 ? null : checked,
    }
  }

  /** Exact leaves are found by the folded form of their first word and then compared exactly. */
  private bucket(term: WordsTerm): { map: Map<string, number[]>; first: string } {
    const word = term.words[0] as WordsTerm['words'][number]
    const first = term.exact ? foldedForm(word.text) : word.text
    return { map: word.prefix ? this.byPrefix : this.byWord, first }
  }
}

function check(
  leaves: readonly Checked[],
  words: FieldWords,
  field: number,
  index: number,
  place: number,
  found: Found,
): void {
  for (const { term, counts } of leaves)
    if (stands(term, words, index)) for (const id of counts) found.add(id, field, place, term.words.length)
}

const isWord = (there: string, { text, prefix }: TermWord): boolean =>
  prefix ? there.startsWith(text) : there === text

/** Whether a term's words stand one after another, the first as entry `index` of a field's words. */
function stands(term: WordsTerm, field: FieldWords, index: number): boolean {
  const { places } = field
  for (let i = 0; i < term.words.length; i++) {
    const word = term.words[i] as WordsTerm['words'][number]
    if (places !== undefined && i > 0 && places[index + i] !== (places[index] as number) + i) return false
    const there = term.exact ? field.exact(index + i) : field.word(index + i)
    if (there === undefined || !isWord(there, word)) return false
  }
  return true
}
