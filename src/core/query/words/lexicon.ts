/**
 * The words read so far, each with a number. A text is hashed word by word while it is read, and a word is looked up by its
 * characters as they stand in the text: a known one is neither sliced nor folded again.
 *
 * Look-ups are bound by cache misses: each touches one slot and one record of fixed size, and the words added first, which
 * are the frequent ones, lie together.
 */

/** Words kept at once: the vocabulary of a language and its names. A text of noise cannot fill the memory. */
const LIMIT = 131_072
/** Word numbers are below this. */
export const WORD_NUMBERS = LIMIT
const SLOTS = 2 * LIMIT
/** Characters of a record, 32 bytes. */
const RECORD = 16
/** No number is given to words longer than this. */
const LONGEST = 64
const PRIME = 0x01000193

export const HASH_START = 0x811c9dc5 | 0
/** The hash of a word grows by one UTF-16 unit (FNV-1a). */
export const hashed = (hash: number, unit: number): number => Math.imul(hash ^ unit, PRIME)

export class Lexicon {
  /** Numbers are valid within a generation: a full lexicon starts a new one. */
  generation = 0
  /** By hash: a word's number (0: free) and, above it, whether its spelling is known and bits of its hash. */
  private readonly slots = new Int32Array(SLOTS)
  /** By number: the characters as written, then zeros. Long words are in `long`. */
  private readonly records = new Uint16Array(RECORD * LIMIT)
  private readonly long = new Map<string, number>()
  private folded: string[] = ['']
  private written: (string | undefined)[] = [undefined]

  /** The word of a number, folded. */
  word(id: number): string {
    return this.folded[id] as string
  }

  /** How the word of a number is written; undefined where that was not known. */
  spelling(id: number): string | undefined {
    return this.written[id]
  }

  /** Starts a new generation when most of the room is used. Called between texts, so numbers stay valid within one. */
  tidy(): void {
    if (this.folded.length < LIMIT * 0.9) return
    this.generation++
    this.slots.fill(0)
    this.records.fill(0)
    this.long.clear()
    this.folded = ['']
    this.written = [undefined]
  }

  /**
   * The number of the word that `text` holds at [start, end), whose hash is `hash`; 0 where it is not known.
   * @param spelled whether the text is the word as it is written; a folded word has a number of its own
   */
  find(text: string, start: number, end: number, hash: number, spelled = true): number {
    const length = end - start
    if (length > RECORD)
      return length > LONGEST ? 0 : (this.long.get(longKey(text.slice(start, end), spelled)) ?? 0)
    const { slots, records } = this
    const tag = (hash & TAG) | (spelled ? SPELLED : 0)
    for (let slot = spread(hash); ; slot = (slot + 1) & (SLOTS - 1)) {
      const held = slots[slot] as number
      if (held === 0) return 0
      if ((held & ~NUMBER) !== tag) continue
      const id = held & NUMBER
      const first = RECORD * id
      let i = 0
      while (i < length && records[first + i] === text.charCodeAt(start + i)) i++
      if (i === length && (i === RECORD || records[first + i] === 0)) return id
    }
  }

  /** A number for a word that is not known, as it is written and folded; 0 where it gets none. `spelled`: see `find`. */
  add(written: string, hash: number, folded: string, spelled = true): number {
    const { length } = written
    const id = this.folded.length
    if (length > LONGEST || id >= LIMIT) return 0
    if (length > RECORD) this.long.set(longKey(written, spelled), id)
    else {
      for (let i = 0; i < length; i++) this.records[RECORD * id + i] = written.charCodeAt(i)
      let slot = spread(hash)
      while (this.slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1)
      this.slots[slot] = (hash & TAG) | (spelled ? SPELLED : 0) | id
    }
    this.folded.push(folded)
    this.written.push(spelled ? (written === folded ? folded : written) : undefined)
    return id
  }
}

const NUMBER = LIMIT - 1
const SPELLED = LIMIT
/** The bits of a slot that hold bits of the hash. */
const TAG = ~(NUMBER | SPELLED)

const longKey = (word: string, spelled: boolean): string => (spelled ? word : `\0${word}`)

/** The slot of a hash: its high bits are mixed in, since FNV's low bits alone depend on few. */
const spread = (hash: number): number => (hash ^ (hash >>> 15)) & (SLOTS - 1)
