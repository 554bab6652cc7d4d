/**
 * Which events hold a key: a table of fixed size, in buckets of slots. Of one key the latest events are kept, and of a bucket the
 * latest keys. The table is far larger than what a processor keeps at hand, so that to look up is to wait for memory: all of a
 * bucket lies side by side, and all the buckets of a story are asked for before the first is read, since memory answers many
 * requests at once.
 */
import { KEYS, mix } from './keys.ts'

export interface TermTable {
  /** Chooses the keys that are looked up next. */
  choose(keys: Int32Array, count: number): void
  /**
   * Writes the numbers of the events that hold one of the chosen keys, the latest first.
   * @param i the place of the key @param into has room for OF_KEY @returns how many
   */
  holdersOf(i: number, into: Int32Array): number
  /** An event holds the chosen keys. */
  add(event: number): void
  save(): SavedTable
}

/** By slot: the key, and the event that holds it or 0. */
export interface SavedTable {
  readonly keys: Int32Array
  readonly holders: Int32Array
}

const BUCKET_BITS = 16
const BUCKETS = 2 ** BUCKET_BITS
const SLOTS = 48
/** Events of one key, at most. */
export const OF_KEY = 24

/**
 * A bucket in words of 32 bits: of each slot a byte of its key, so that most slots are passed over four at a time; then the keys,
 * then their holders. Filled up to whole lines of a processor's memory.
 */
const KEY_AT = SLOTS / 4
const HOLDER_AT = KEY_AT + SLOTS
const BUCKET = 112
const LINE = 16

/** @param saved the tables of another, which are not changed */
export function createTermTable(saved?: SavedTable): TermTable {
  const words = new Int32Array(BUCKETS * BUCKET)
  const marks = new Uint8Array(words.buffer)
  const chosen = new Int32Array(KEYS)
  const starts = new Int32Array(KEYS)
  let count = 0
  /** What was asked for ahead, so that the asking is not left out as of no use. */
  const asked = new Int32Array(1)

  for (let bucket = 0; saved !== undefined && bucket < BUCKETS; bucket++)
    for (let slot = 0; slot < SLOTS; slot++) {
      const key = saved.keys[bucket * SLOTS + slot] as number
      const holder = saved.holders[bucket * SLOTS + slot] as number
      if (holder === 0) continue
      words[bucket * BUCKET + KEY_AT + slot] = key
      words[bucket * BUCKET + HOLDER_AT + slot] = holder
      marks[bucket * BUCKET * 4 + slot] = markOf(key)
    }

  return {
    choose(keys, of) {
      count = of
      let sum = 0
      for (let i = 0; i < count; i++) {
        const key = keys[i] as number
        chosen[i] = key
        starts[i] = (mix(key, 7) >>> (32 - BUCKET_BITS)) * BUCKET
      }
      for (let i = 0; i < count; i++) {
        const start = starts[i] as number
        for (let at = 0; at < BUCKET; at += LINE) sum ^= words[start + at] as number
      }
      asked[0] = sum
    },
    holdersOf(i, into) {
      const key = chosen[i] as number
      const start = starts[i] as number
      const mark = Math.imul(markOf(key), 0x01010101)
      let found = 0
      for (let four = 0; four < KEY_AT; four++) {
        // A byte that is the mark's is 0 here, and only such a byte can leave a bit.
        const unlike = (words[start + four] as number) ^ mark
        if (((unlike - 0x01010101) & ~unlike & 0x80808080) === 0) continue
        const first = start + KEY_AT + four * 4
        for (let at = first; at < first + 4; at++)
          if (words[at] === key && words[at + SLOTS] !== 0) into[found++] = words[at + SLOTS] as number
      }
      return found
    },
    // The newest slot of a bucket is its first.
    add(event) {
      for (let i = 0; i < count; i++) {
        const key = chosen[i] as number
        const first = (starts[i] as number) + KEY_AT
        let last = SLOTS - 1
        let held = 0
        for (let slot = 0; slot < SLOTS; slot++) {
          const holder = words[first + SLOTS + slot]
          if (holder === 0) {
            last = slot
            break
          }
          if (words[first + slot] !== key) continue
          if (holder === event || ++held === OF_KEY) {
            last = slot
            break
          }
        }
        const mark = (starts[i] as number) * 4
        words.copyWithin(first + 1, first, first + last)
        words.copyWithin(first + SLOTS + 1, first + SLOTS, first + SLOTS + last)
        marks.copyWithin(mark + 1, mark, mark + last)
        words[first] = key
        words[first + SLOTS] = event
        marks[mark] = markOf(key)
      }
    },
    save() {
      const keys = new Int32Array(BUCKETS * SLOTS)
      const holders = new Int32Array(BUCKETS * SLOTS)
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const first = bucket * BUCKET + KEY_AT
        keys.set(words.subarray(first, first + SLOTS), bucket * SLOTS)
        holders.set(words.subarray(first + SLOTS, first + 2 * SLOTS), bucket * SLOTS)
      }
      return { keys, holders }
    },
  }
}

/** 1 to 255; 0 is a slot that is empty. */
const markOf = (key: number): number => key & 0xff || 1
