/**
 * Words met before. Reading a text makes a hash of each word on the way; the word is then looked up by its characters as
 * they stand in the text, so that a known one is neither cut out nor folded again, and has a number to look things up by.
 */

/** Words held at once. Enough for the vocabulary of a language and its names; a text of noise cannot fill the memory. */
const LIMIT = 131_072
/** Longer words are rare, and no number is kept for them. */
const LONGEST = 32
const SLOTS = 2 * LIMIT
const UNITS = 12 * LIMIT
const PRIME = 0x01000193

export const HASH_START = 0x811c9dc5 | 0
/** The hash of a word grows by one UTF-16 unit (FNV-1a). */
export const hashed = (hash: number, unit: number): number => Math.imul(hash ^ unit, PRIME)

export class Lexicon {
  /** Numbers hold within a generation: a full lexicon starts anew. */
  generation = 0
  /** Numbers by hash, 0: free. */
  private readonly slots = new Int32Array(SLOTS)
  private readonly hashes = new Int32Array(LIMIT)
  /** The characters of all words as written, one after another, and where each begins. */
  private readonly units = new Uint16Array(UNITS)
  private readonly begins = new Int32Array(LIMIT + 1)
  private folded: string[] = ['']

  /** The word of a number. */
  word(id: number): string {
    return this.folded[id] as string
  }

  /** Starts a generation when most of the room is used. Called between texts: within one, numbers hold. */
  tidy(): void {
    if (this.folded.length < LIMIT * 0.9 && (this.begins[this.folded.length] as number) < UNITS * 0.9) return
    this.generation++
    this.slots.fill(0)
    this.folded = ['']
  }

  /**
   * The number of the word that `text` holds at [start, end), whose hash is `hash`; 0 where it is not known.
   */
  find(text: string, start: number, end: number, hash: number): number {
    const { slots, hashes, units, begins } = this
    const length = end - start
    for (let slot = spread(hash); ; slot = (slot + 1) % SLOTS) {
      const id = slots[slot] as number
      if (id === 0) return 0
      if (hashes[id] !== hash) continue
      const begin = begins[id] as number
      if ((begins[id + 1] as number) - begin !== length) continue
      let i = 0
      while (i < length && units[begin + i] === text.charCodeAt(start + i)) i++
      if (i === length) return id
    }
  }

  /** A number for a word that is not known, or 0 where it gets none. `folded`: what it folds to. */
  add(text: string, start: number, end: number, hash: number, folded: string): number {
    const id = this.folded.length
    const begin = this.begins[id] as number
    if (end - start > LONGEST || id >= LIMIT || begin + end - start > UNITS) return 0
    for (let i = start; i < end; i++) this.units[begin + i - start] = text.charCodeAt(i)
    this.begins[id + 1] = begin + end - start
    this.hashes[id] = hash
    this.folded.push(folded)
    let slot = spread(hash)
    while (this.slots[slot] !== 0) slot = (slot + 1) % SLOTS
    this.slots[slot] = id
    return id
  }
}

/** The slot of a hash: its high bits are mixed in, since FNV's low bits alone depend on few. */
const spread = (hash: number): number => (hash ^ (hash >>> 15)) & (SLOTS - 1)
