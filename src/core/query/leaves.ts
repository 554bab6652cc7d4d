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
}

/** The occurrences of every leaf in one story; reused from story to story. */
export class Found {
  readonly lists: (Occurrence[] | undefined)[] = []
  readonly touched: number[] = []

  of(leaf: number): readonly Occurrence[] {
    return this.lists[leaf] ?? NONE
  }

  add(leaf: number, occurrence: Occurrence): void {
    const list = this.lists[leaf]
    if (list === undefined) {
      this.lists[leaf] = [occurrence]
      this.touched.push(leaf)
    } else list.push(occurrence)
  }

  clear(): void {
    for (const leaf of this.touched) this.lists[leaf] = undefined
    this.touched.length = 0
  }
}

const NONE: readonly Occurrence[] = []

/**
 * All distinct leaves (words, prefixes, phrases, exact forms) of all queries, indexed by their first word, so that one
 * pass over a story's words finds every occurrence of every leaf. Equal leaves are shared between queries.
 */
export class LeafIndex {
  private readonly leaves: (Leaf | undefined)[] = []
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
    this.leaves.push({ term, key, uses: 1 })
    this.ids.set(key, id)
    const { map, first } = this.bucket(term)
    const bucket = map.get(first)
    if (bucket === undefined) map.set(first, [id])
    else bucket.push(id)
    if (map === this.byPrefix) this.prefixLengths[first.length] = (this.prefixLengths[first.length] ?? 0) + 1
    return id
  }

  release(id: number): void {
    const leaf = this.leaves[id]
    if (leaf === undefined || --leaf.uses > 0) return
    this.leaves[id] = undefined
    this.ids.delete(leaf.key)
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
    const lengths: number[] = []
    this.prefixLengths.forEach((count, length) => {
      if (count > 0) lengths.push(length)
    })
    for (let field = 0; field < story.fields.length; field++) {
      const { folded, places } = (story.fields[field] as Tokenised['fields'][number]).list
      for (let index = 0; index < folded.length; index++) {
        if ((places?.[index] ?? index) >= PLACE) break
        const word = folded[index] as string
        const whole = this.byWord.get(word)
        if (whole !== undefined) this.check(whole, story, field, index, found)
        for (let i = 0; i < lengths.length; i++) {
          const length = lengths[i] as number
          if (length > word.length) break
          const some = this.byPrefix.get(length === word.length ? word : word.slice(0, length))
          if (some !== undefined) this.check(some, story, field, index, found)
        }
      }
    }
  }

  private check(ids: readonly number[], story: Tokenised, field: number, index: number, found: Found): void {
    for (const id of ids) {
      const { term } = this.leaves[id] as Leaf
      if (!stands(term, story, field, index)) continue
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
