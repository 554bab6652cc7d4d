/** Which events hold a key: a table of fixed size, in buckets of slots. Of one key the latest events are kept, and of a bucket the latest keys. */
import { mix } from './keys.ts'

export interface TermTable {
  /** Writes the numbers of the events that hold a key, the latest first. @param into has room for OF_KEY @returns how many */
  holdersOf(key: number, into: Int32Array): number
  /** An event holds a key. */
  add(key: number, event: number): void
  readonly keys: Int32Array
  readonly holders: Int32Array
}

const BUCKET_BITS = 16
const SLOTS = 48
/** Events of one key, at most. */
export const OF_KEY = 24

/** @param saved the tables of another, which are not changed */
export function createTermTable(saved?: Pick<TermTable, 'keys' | 'holders'>): TermTable {
  const size = 2 ** BUCKET_BITS * SLOTS
  const keys = saved?.keys.slice() ?? new Int32Array(size)
  const holders = saved?.holders.slice() ?? new Int32Array(size)
  /** A byte of each key, so that most slots are passed over four at a time. */
  const marks = new Uint8Array(size)
  const fours = new Uint32Array(marks.buffer)
  for (let slot = 0; slot < size; slot++) if (holders[slot] !== 0) marks[slot] = markOf(keys[slot] as number)
  const bucketOf = (key: number): number => (mix(key, 7) >>> (32 - BUCKET_BITS)) * SLOTS

  return {
    holdersOf(key, into) {
      let count = 0
      const start = bucketOf(key)
      const mark = Math.imul(markOf(key), 0x01010101)
      for (let four = start >> 2; four < (start + SLOTS) >> 2; four++) {
        // A byte that is the mark's is 0 here, and only such a byte can leave a bit.
        const unlike = (fours[four] as number) ^ mark
        if (((unlike - 0x01010101) & ~unlike & 0x80808080) === 0) continue
        for (let slot = four << 2; slot < (four << 2) + 4; slot++)
          if (keys[slot] === key && holders[slot] !== 0) into[count++] = holders[slot] as number
      }
      return count
    },
    // The newest slot of a bucket is its first.
    add(key, event) {
      const start = bucketOf(key)
      let last = start + SLOTS - 1
      let held = 0
      for (let slot = start; slot < start + SLOTS; slot++) {
        if (holders[slot] === 0) {
          last = slot
          break
        }
        if (keys[slot] !== key) continue
        if (holders[slot] === event || ++held === OF_KEY) {
          last = slot
          break
        }
      }
      keys.copyWithin(start + 1, start, last)
      holders.copyWithin(start + 1, start, last)
      marks.copyWithin(start + 1, start, last)
      keys[start] = key
      holders[start] = event
      marks[start] = markOf(key)
    },
    keys,
    holders,
  }
}

/** 1 to 255; 0 is a slot that is empty. */
const markOf = (key: number): number => key & 0xff || 1
