import { FIELD, type Occurrence, POSITIONS, sorted } from './occurrence.ts'

/**
 * The postings of one story: which terms occur in it, in which fields and where. One object is reused from story to story.
 * That a term occurs, and in which fields, is one byte; occurrences are appended as the scan finds them and are sorted into
 * a list per term only for the queries that compare positions.
 */
export class Postings {
  /** Ids of the terms that occur, each once. */
  readonly terms: number[] = []
  /** By term: bits of the fields (1 << field) in which it occurs. */
  private fields = new Uint8Array(64)
  /** The occurrences in the order they were found: term, position, and field and number of words packed. */
  private count = 0
  private ids = new Int32Array(64)
  private positions = new Int32Array(64)
  private shapes = new Int32Array(64)
  /** Set up by the first call of `of`: by term its last occurrence, and by occurrence the one before it of the same term. */
  private chained = false
  private last = new Int32Array(0)
  private before = new Int32Array(0)
  private readonly lists = new Map<number, readonly Occurrence[]>()

  /** Bits of the fields in which a term occurs; 0 where it does not. */
  fieldsOf(id: number): number {
    return id < this.fields.length ? (this.fields[id] as number) : 0
  }

  /** The occurrences of a term, sorted. */
  of(id: number): readonly Occurrence[] {
    if (this.fieldsOf(id) === 0) return NONE
    if (!this.chained) this.chain()
    const known = this.lists.get(id)
    if (known !== undefined) return known
    const list: Occurrence[] = []
    for (let i = this.last[id] as number; i >= 0; i = this.before[i] as number)
      list.push(
        ((this.shapes[i] as number) >> 20) * FIELD +
          (this.positions[i] as number) * POSITIONS +
          ((this.shapes[i] as number) & (POSITIONS - 1)),
      )
    const ordered = sorted(list.reverse())
    this.lists.set(id, ordered)
    return ordered
  }

  /** Adds an occurrence of a term at a position, `length` words long. */
  add(id: number, field: number, position: number, length: number): void {
    if (id >= this.fields.length) this.fields = widened(this.fields, new Uint8Array(2 * id))
    if (this.count === this.ids.length) {
      const size = 2 * this.count
      this.ids = widened(this.ids, new Int32Array(size))
      this.positions = widened(this.positions, new Int32Array(size))
      this.shapes = widened(this.shapes, new Int32Array(size))
    }
    const i = this.count++
    this.ids[i] = id
    this.positions[i] = position
    this.shapes[i] = (field << 20) | length
    const fields = this.fields[id] as number
    if (fields === 0) this.terms.push(id)
    this.fields[id] = fields | (1 << field)
  }

  /** Adds a keyword: it describes the whole story, so it counts for every field and has no position. */
  addKeyword(id: number): void {
    if (id >= this.fields.length) this.fields = widened(this.fields, new Uint8Array(2 * id))
    if (this.fields[id] === 0) this.terms.push(id)
    this.fields[id] = ALL_FIELDS
  }

  clear(): void {
    for (const id of this.terms) this.fields[id] = 0
    if (this.chained) this.lists.clear()
    this.chained = false
    this.terms.length = 0
    this.count = 0
  }

  private chain(): void {
    this.chained = true
    if (this.last.length < this.fields.length) this.last = new Int32Array(this.fields.length)
    if (this.before.length < this.ids.length) this.before = new Int32Array(this.ids.length)
    for (const id of this.terms) this.last[id] = -1
    for (let i = 0; i < this.count; i++) {
      const id = this.ids[i] as number
      this.before[i] = this.last[id] as number
      this.last[id] = i
    }
  }
}

const NONE: readonly number[] = []
const ALL_FIELDS = 7

function widened<T extends Int32Array | Uint8Array>(array: T, wider: T): T {
  wider.set(array)
  return wider
}
