import type { TermWord, WordsTerm } from './ast.ts'
import { guessedRate, Rates } from './gates.ts'
import type { Tokenised } from './tokenise.ts'
import { foldedForm } from './words.ts'

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

/**
 * What a scan found in one story, reused from story to story. That a leaf occurs, and in which fields, is one byte; its
 * occurrences are noted one after another as they come and put into a list only for the queries that ask for places.
 */
export class Found {
  /** Leaves and unions that occur. */
  readonly touched: number[] = []
  /** Bits of the fields (1 << field) in which each leaf and union occurs. */
  private fields = new Uint8Array(64)
  private last = new Int32Array(64)
  private lists: (readonly Occurrence[] | undefined)[] = []
  /** Occurrences as noted, each with the one of the same leaf before it. */
  private noted = 0
  private places = new Int32Array(64)
  private shapes = new Int32Array(64)
  private before = new Int32Array(64)

  /** Bits of the fields in which a leaf or union occurs: 0 where it does not. */
  fieldsOf(id: number): number {
    return id < this.fields.length ? (this.fields[id] as number) : 0
  }

  /** The occurrences of a leaf or union, in order. */
  of(id: number): readonly Occurrence[] {
    if (this.fieldsOf(id) === 0) return NONE
    const known = this.lists[id]
    if (known !== undefined) return known
    const list: Occurrence[] = []
    for (let i = this.last[id] as number; i >= 0; i = this.before[i] as number)
      list.push(
        ((this.shapes[i] as number) >> 20) * FIELD +
          (this.places[i] as number) * PLACE +
          ((this.shapes[i] as number) & (PLACE - 1)),
      )
    const ordered = sorted(list.reverse())
    this.lists[id] = ordered
    return ordered
  }

  /** Notes that a leaf or union occurs at a place, over so many words. */
  add(id: number, field: number, place: number, length: number): void {
    if (id >= this.fields.length) this.widen(id)
    if (this.noted === this.places.length) this.lengthen()
    const i = this.noted++
    this.places[i] = place
    this.shapes[i] = (field << 20) | length
    const fields = this.fields[id] as number
    if (fields === 0) {
      this.touched.push(id)
      this.before[i] = -1
    } else this.before[i] = this.last[id] as number
    this.last[id] = i
    this.fields[id] = fields | (1 << field)
  }

  clear(): void {
    for (const id of this.touched) {
      this.fields[id] = 0
      if (this.lists[id] !== undefined) this.lists[id] = undefined
    }
    this.touched.length = 0
    this.noted = 0
  }

  private widen(id: number): void {
    const size = 2 * (id + 1)
    const { fields, last } = this
    this.fields = new Uint8Array(size)
    this.fields.set(fields)
    this.last = new Int32Array(size)
    this.last.set(last)
  }

  private lengthen(): void {
    const grown = (array: Int32Array) => {
      const longer = new Int32Array(2 * array.length)
      longer.set(array)
      return longer
    }
    this.places = grown(this.places)
    this.shapes = grown(this.shapes)
    this.before = grown(this.before)
  }
}

const NONE: readonly number[] = []

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
const NOTHING: Starting = { alone: NONE, bySecond: null, checked: null }
/** Answers are kept by word number, in chunks: an index that sees few words stays small. */
const CHUNK = 64

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
  /** What `startingWith` answered by word number, until leaves come or go, and the generation of the numbers. */
  private starting: (Starting | undefined)[][] = []
  private generation = 0
  /** Leaves and unions share one row of ids. */
  private readonly leaves: (Leaf | undefined)[] = []
  private readonly unions: (Union | undefined)[] = []
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
      if (leaf.uses++ === leaf.unions.length) this.starting = []
      return known
    }
    const id = this.leaves.length
    this.leaves.push({ term, key, uses: 1, unions: [] })
    this.ids.set(key, id)
    this.rates.begin(guessedRate(term))
    this.starting = []
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
    this.starting = []
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
      this.starting = []
      return
    }
    const leaf = this.leaves[id]
    if (leaf === undefined || --leaf.uses > 0) return
    this.leaves[id] = undefined
    this.ids.delete(leaf.key)
    this.starting = []
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

  /** Finds all leaves in a story. `found` is cleared first. */
  scan(story: Tokenised, found: Found): void {
    found.clear()
    for (let field = 0; field < story.fields.length; field++) {
      const { folded, ids, generation, places } = (story.fields[field] as Tokenised['fields'][number]).list
      const numbered = this.holds(generation)
      for (let index = 0; index < folded.length; index++) {
        const place = places === undefined ? index : (places[index] as number)
        if (place >= PLACE) break
        const id = numbered ? (ids[index] as number) : 0
        const some =
          this.starting[(id / CHUNK) | 0]?.[id % CHUNK] ?? this.startingWith(folded[index] as string, id)
        if (some === NOTHING) continue
        const { alone, bySecond, checked } = some
        for (let i = 0; i < alone.length; i++) found.add(alone[i] as number, field, place, 1)
        if (checked !== null) check(checked, story, field, index, place, found)
        if (bySecond === null || index + 1 === folded.length) continue
        const next = bySecond.get(folded[index + 1] as string)
        if (next !== undefined) check(next, story, field, index, place, found)
      }
    }
  }

  /** Whether answers may be kept by the word numbers of a generation. A new one makes the kept ones void. */
  private holds(generation: number): boolean {
    if (generation > this.generation) {
      this.generation = generation
      this.starting = []
    }
    return generation === this.generation
  }

  /** Leaves whose first word this word can be. Few words make up most of all texts, so the answer is kept. */
  private startingWith(word: string, number: number): Starting {
    const ids = [...(this.byWord.get(word) ?? NONE)]
    this.prefixLengths.forEach((count, length) => {
      if (count > 0 && length <= word.length) ids.push(...(this.byPrefix.get(word.slice(0, length)) ?? NONE))
    })
    const answer = ids.length === 0 ? NOTHING : this.starts(ids)
    if (number > 0) {
      const chunk = Math.floor(number / CHUNK)
      while (this.starting.length <= chunk) this.starting.push([])
      const kept = this.starting[chunk] as (Starting | undefined)[]
      if (kept.length === 0) for (let i = 0; i < CHUNK; i++) kept.push(undefined)
      kept[number % CHUNK] = answer
    }
    return answer
  }

  private starts(ids: readonly number[]): Starting {
    const alone: number[] = []
    const checked: Checked[] = []
    const bySecond = new Map<string, Checked[]>()
    for (const id of ids) {
      const { term, uses, unions } = this.leaves[id] as Leaf
      const counts = uses > unions.length ? [id, ...unions] : unions
      const second = term.words[1]
      if (term.exact || second?.prefix === true) checked.push({ term, counts })
      else if (second === undefined) alone.push(...counts)
      else {
        const list = bySecond.get(second.text)
        if (list === undefined) bySecond.set(second.text, [{ term, counts }])
        else list.push({ term, counts })
      }
    }
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
  story: Tokenised,
  field: number,
  index: number,
  place: number,
  found: Found,
): void {
  for (const { term, counts } of leaves)
    if (stands(term, story, field, index))
      for (const id of counts) found.add(id, field, place, term.words.length)
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
