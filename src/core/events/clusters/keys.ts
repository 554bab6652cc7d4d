/** The keys that stories are found by: the rarest terms of each channel, and rare pairs of terms that are frequent alone. */
import {
  ENTITIES,
  firstOf,
  lastOf,
  NAMES,
  NUMBERS,
  PLACES,
  type Reading,
  SOUNDS,
  TOPICS,
  WORDS,
} from './traits.ts'

/** Keys with what each counts for; the arrays serve the next story too. */
export interface Keys {
  readonly count: number
  readonly keys: Int32Array
  readonly weights: Float64Array
}

/** Terms by which a story is found, by channel, and pairs of them. */
const SINGLE: readonly (readonly [number, number])[] = [
  [WORDS, 14],
  [SOUNDS, 14],
  [NAMES, 10],
  [NUMBERS, 6],
  [ENTITIES, 6],
]
const PAIRS = 28
/** Pairs are made of so many rare terms: topics with one another and with the rest, the rest among themselves. */
const OF_TOPICS = 10
const PARTNERS: readonly (readonly [number, number])[] = [
  [ENTITIES, 5],
  [PLACES, 4],
  [NUMBERS, 4],
]
const PAIRED = 0.7
/** Keys of a story at most. */
export const KEYS = SINGLE.reduce((sum, [, most]) => sum + most, PAIRS)

/** Those of most weight, heaviest first; of the same weight the lowest key. */
class Heaviest {
  readonly keys = new Int32Array(KEYS)
  readonly weights = new Float64Array(KEYS)
  count = 0

  /** @param from the first place of the list, which has at most \`most\` places */
  add(from: number, most: number, key: number, weight: number): void {
    let at = this.count
    while (at > from && this.#isBefore(key, weight, at - 1)) at--
    if (at >= from + most) return
    if (this.count < from + most) this.count++
    for (let i = this.count - 1; i > at; i--) {
      this.keys[i] = this.keys[i - 1] as number
      this.weights[i] = this.weights[i - 1] as number
    }
    this.keys[at] = key
    this.weights[at] = weight
  }

  #isBefore(key: number, weight: number, at: number): boolean {
    const than = this.weights[at] as number
    return weight > than || (weight === than && key < (this.keys[at] as number))
  }
}

const found = new Heaviest()
const paired = new Heaviest()

/** @param rarities by place in the reading's terms */
export function keysOf(reading: Reading, rarities: ArrayLike<number>): Keys {
  found.count = 0
  for (const [channel, most] of SINGLE) rarest(found, reading, channel, rarities, most)
  paired.count = 0
  rarest(paired, reading, TOPICS, rarities, OF_TOPICS)
  for (const [channel, most] of PARTNERS) rarest(paired, reading, channel, rarities, most)
  const from = found.count
  const { keys, weights, count } = paired
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const [a, b] = [keys[i] as number, keys[j] as number]
      if (a === b) continue
      const weight = ((weights[i] as number) + (weights[j] as number)) * PAIRED
      if (found.count === from + PAIRS && weight < (found.weights[found.count - 1] as number)) continue
      found.add(from, PAIRS, mix(Math.min(a, b), Math.max(a, b)), weight)
    }
  return found
}

/** Adds the terms of most rarity in a channel, rarest first. */
function rarest(
  to: Heaviest,
  reading: Reading,
  channel: number,
  rarities: ArrayLike<number>,
  most: number,
): void {
  const from = to.count
  for (let i = firstOf(reading, channel), end = lastOf(reading, channel); i < end; i++)
    to.add(from, most, (reading.terms[i] as number) >>> 8, rarities[i] as number)
}

/** A hash of two numbers. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) | 0
}
