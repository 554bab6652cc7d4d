import type { WordsTerm } from './ast.ts'
import type { Tokenised } from './tokenise.ts'
import { FirstUnits, words } from './words.ts'

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

/** The occurrences of every leaf in one story; reused from story to story. */
export class Found {
  readonly lists: (Occurrence[] | undefined)[] = []
  readonly touched: number[] = []

  private readonly ordered: boolean[] = []

  of(leaf: number): readonly Occurrence[] {
    return this.lists[leaf] ?? NONE
  }

  /** The occurrences of a union: its leaves were found one after another, so they are put in order when first asked for. */
  ofUnion(union: number): readonly Occurrence[] {
    const list = this.lists[union]
    if (list === undefined) return NONE
    if (this.ordered[union] === true) return list
    const sortedList = sorted(list)
    this.lists[union] = sortedList
    this.ordered[union] = true
    return sortedList
  }

  add(leaf: number, occurrence: Occurrence): void {
    const list = this.lists[leaf]
    if (list === undefined) {
      this.lists[leaf] = [occurrence]
      this.touched.push(leaf)
    } else list.push(occurrence)
  }

  clear(): void {
    for (const leaf of this.touched) {
      this.lists[leaf] = undefined
      this.ordered[leaf] = false
    }
    this.touched.length = 0
  }
}

const NONE: readonly number[] = []

/** Leaves by their first word: those that ask nothing of the next word, and the others by what they ask. */
interface Starting {
  readonly single: readonly number[]
  readonly bySecond: ReadonlyMap<string, readonly number[]> | null
}
const NOTHING: Starting = { single: NONE, bySecond: null }
/** Distinct words whose leaves are kept at hand. */
const KEPT_WORDS = 100_000

/** Occurrences in order, each once. Sorts the list it is given. */
export function sorted(list: Occurrence[]): Occurrence[] {
  if (list.length < 2) return list
  list.sort((a, b) => a - b)
  return list.filter((o, i) => i === 0 || o !== list[i - 1])
}

/**
 * All distinct leaves (words, prefixes, phrases, exact forms) of all queries, indexed by their first word, so that one
 * pass over a story's words finds every occurrence of every leaf. Equal leaves are shared between queries.
 */
export class LeafIndex {
  /** What `startingWith` answered, until leaves come or go. */
  private readonly starting = new Map<string, Starting>()
  /** Leaves and unions share one row of ids. */
  private readonly leaves: (Leaf | undefined)[] = []
  private readonly unions: (Union | undefined)[] = []
  private readonly ids = new Map<string, number>()
  private readonly byWord = new Map<string, number[]>()
  private readonly byPrefix = new Map<string, number[]>()
  /** How many leaves start with a prefix of each length. */
  private readonly prefixLengths: number[] = []

  /** The id of a leaf, adding it where it is new. Each `add` wants one `release`. */
  add(term: WordsTerm): number {
    const key = `${term.exact ? '=' : ''}${term.words.map((w) => w.text + (w.prefix ? '*' : '')).join(' ')}`
    const known = this.ids.get(key)
    if (known !== undefined) {
      ;(this.leaves[known] as Leaf).uses++
      return known
    }
    const id = this.leaves.length
    this.leaves.push({ term, key, uses: 1, unions: [] })
    this.ids.set(key, id)
    this.starting.clear()
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
    for (const leaf of leaves) (this.leaves[leaf] as Leaf).unions.push(id)
    return id
  }

  release(id: number): void {
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
      return
    }
    const leaf = this.leaves[id]
    if (leaf === undefined || --leaf.uses > 0) return
    this.leaves[id] = undefined
    this.ids.delete(leaf.key)
    this.starting.clear()
    const { map, first } = this.bucket(leaf.term)
    const rest = (map.get(first) ?? []).filter((other) => other !== id)
    if (rest.length === 0) map.delete(first)
    else map.set(first, rest)
    if (map === this.byPrefix) this.prefixLengths[first.length] = (this.prefixLengths[first.length] ?? 1) - 1
  }

  get size(): number {
    return this.ids.size
  }

  /** What the words of all leaves begin with. */
  firstUnits(): FirstUnits {
    const units = new FirstUnits()
    for (const leaf of this.leaves)
      for (const { text } of leaf?.term.words ?? [])
        units.add(leaf?.term.exact ? (words(text).folded[0] ?? text) : text)
    return units
  }

  /** Finds all leaves in a story. `found` is cleared first. */
  scan(story: Tokenised, found: Found): void {
    found.clear()
    for (let field = 0; field < story.fields.length; field++) {
      const { folded, places } = (story.fields[field] as Tokenised['fields'][number]).list
      for (let index = 0; index < folded.length; index++) {
        if ((places?.[index] ?? index) >= PLACE) break
        const word = folded[index] as string
        const some = this.starting.get(word) ?? this.startingWith(word)
        if (some === NOTHING) continue
        if (some.single !== NONE) this.check(some.single, story, field, index, found)
        if (some.bySecond === null || index + 1 === folded.length) continue
        const next = some.bySecond.get(folded[index + 1] as string)
        if (next !== undefined) this.check(next, story, field, index, found)
      }
    }
    const alone = found.touched.length
    for (let i = 0; i < alone; i++) {
      const leaf = found.touched[i] as number
      for (const union of (this.leaves[leaf] as Leaf).unions)
        for (const occurrence of found.of(leaf)) found.add(union, occurrence)
    }
  }

  /** Leaves whose first word this word can be. Few words make up most of all texts, so the answer is kept. */
  private startingWith(word: string): Starting {
    const ids = [...(this.byWord.get(word) ?? NONE)]
    this.prefixLengths.forEach((count, length) => {
      if (count > 0 && length <= word.length) ids.push(...(this.byPrefix.get(word.slice(0, length)) ?? NONE))
    })
    const answer = ids.length === 0 ? NOTHING : this.bySecondWord(ids)
    if (this.starting.size >= KEPT_WORDS) this.starting.clear()
    this.starting.set(word, answer)
    return answer
  }

  private bySecondWord(ids: readonly number[]): Starting {
    const single: number[] = []
    const bySecond = new Map<string, number[]>()
    for (const id of ids) {
      const { term } = this.leaves[id] as Leaf
      const second = term.words[1]
      if (second === undefined || second.prefix || term.exact) single.push(id)
      else bySecond.set(second.text, [...(bySecond.get(second.text) ?? NONE), id])
    }
    return { single: single.length === 0 ? NONE : single, bySecond: bySecond.size === 0 ? null : bySecond }
  }

  private check(ids: readonly number[], story: Tokenised, field: number, index: number, found: Found): void {
    for (const id of ids) {
      const { term } = this.leaves[id] as Leaf
      if ((term.words.length > 1 || term.exact) && !stands(term, story, field, index)) continue
      const at = story.fields[field]?.list.places?.[index] ?? index
      found.add(id, pack(field, at, at + term.words.length))
    }
  }

  /** Exact leaves are found by the folded form of their first word and then compared exactly. */
  private bucket(term: WordsTerm): { map: Map<string, number[]>; first: string } {
    const word = term.words[0] as WordsTerm['words'][number]
    const first = term.exact ? (words(word.text).folded[0] ?? word.text) : word.text
    return { map: word.prefix ? this.byPrefix : this.byWord, first }
  }
}

/** Whether a term's words stand one after another, the first as entry `index` of a field's words. */
export function stands(term: WordsTerm, story: Tokenised, field: number, index: number): boolean {
  const { list, exact } = story.fields[field] as Tokenised['fields'][number]
  const { folded, places } = list
  for (let i = 0; i < term.words.length; i++) {
    const word = term.words[i] as WordsTerm['words'][number]
    if (places !== undefined && i > 0 && places[index + i] !== (places[index] as number) + i) return false
    const there = term.exact ? exact(index + i) : folded[index + i]
    if (there === undefined || (word.prefix ? !there.startsWith(word.text) : there !== word.text))
      return false
  }
  return true
}
