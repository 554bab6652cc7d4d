/**
 * Wire copies: stories whose text is nearly that of an earlier one. A signature is a bottom-k sketch (Broder 1997): the
 * K smallest hashes of the shingles (runs of neighbouring words) of a story's body. Of two stories it gives the Jaccard
 * similarity of their texts, exactly where both have at most K shingles, else with a standard error of at most
 * 1/(2√K). Stories of similarity J share one of their BANDS smallest hashes with probability 1 - (1-J)^BANDS: candidates are
 * looked up by those.
 *
 * The headline is left out, since each outlet writes its own over a wire's text, unless the story is hardly more than that.
 */

import type { FieldWords, Tokenised } from '../query/match/tokenise.ts'
import { WORD_NUMBERS } from '../query/words/lexicon.ts'
import type { WordNumbers } from '../query/words/words.ts'

/** [number of distinct shingles, hash of the title, up to K hashes ascending] */
export type Signature = Uint32Array

/** Hashes kept of a story, after the two numbers of the head. */
const K = 64
const HEAD = 2
/** Hashes that a story is looked up by, at most. */
export const BANDS = 6
/** Words in a shingle; characters in scripts that write no spaces, where each is a word. */
const WORDS = 3
const CHARACTERS = 5
/** Extra hashes of a word with a digit: bulletins ("12,637 new cases …") differ in their numbers alone. */
const NUMBER = 3
/** In half-words (such a character counts as half a word). A shorter story is never a copy … */
const SHORTEST = 24
/** … and up to here the headline is part of the text. */
const SHORT = 48
/** A copy: at least this share of the shingles of either story is in both (Jaccard) … */
const ALIKE = 0.55
/** … or, where it was cut short or continued, this share of the shorter is in the longer, and this share of either in both. */
const CONTAINED = 0.85
const CONTAINED_ALIKE = 0.35

/** The signature of a story; null where it has too few words to be or have a copy. */
export function signature(story: Tokenised): Signature | null {
  const [title, summary, text] = story.fields
  if (title === undefined || summary === undefined || text === undefined) return null
  count = 0
  let length = shingle(summary) + shingle(text)
  if (length < SHORT) length += shingle(title)
  if (length < SHORTEST) return null
  const distinct = sortDistinct()
  const made = new Uint32Array(HEAD + Math.min(K, distinct))
  made[0] = distinct
  made[1] = hashOf(title)
  made.set(hashes.subarray(0, made.length - HEAD), HEAD)
  return made
}

/**
 * The hashes that candidates are looked up by, unsigned 32-bit numbers, at most BANDS: copies share one. Hashes of bare numbers
 * (odd ones) are left out, since "24" is in too many stories.
 */
export function bands(of: Signature): number[] {
  const made: number[] = []
  for (let i = HEAD; i < of.length && made.length < BANDS; i++)
    if (((of[i] as number) & 1) === 0) made.push(of[i] as number)
  return made
}

/** The share of two stories' shingles that both have, 0–1 (Jaccard). */
export function similarity(a: Signature, b: Signature): number {
  let i = HEAD
  let j = HEAD
  let both = 0
  let compared = 0
  // The smallest hashes of the union; a full sketch does not cover hashes beyond its last.
  const coveredByA = a.length === HEAD + K ? (a[a.length - 1] as number) : Infinity
  const coveredByB = b.length === HEAD + K ? (b[b.length - 1] as number) : Infinity
  const covered = Math.min(coveredByA, coveredByB)
  while (i < a.length || j < b.length) {
    const x = i < a.length ? (a[i] as number) : Infinity
    const y = j < b.length ? (b[j] as number) : Infinity
    if (Math.min(x, y) > covered) break
    compared++
    if (x === y) both++
    if (x <= y) i++
    if (y <= x) j++
  }
  return compared === 0 ? 0 : both / compared
}

/**
 * True if two stories are copies of one text. Two of the same source under different headlines are not: they share the outlet's
 * standing text ("subscribe to read on").
 */
export function isCopy(a: Signature, b: Signature, sameSource: boolean): boolean {
  if (sameSource && a[1] !== b[1]) return false
  const alike = similarity(a, b)
  if (alike >= ALIKE) return true
  if (alike < CONTAINED_ALIKE) return false
  const [sizeA = 0, sizeB = 0] = [a[0], b[0]]
  const shared = (alike * (sizeA + sizeB)) / (1 + alike)
  return shared >= CONTAINED * Math.min(sizeA, sizeB)
}

/** A signature as bytes for the archive, and back. */
export const toBytes = (of: Signature): Uint8Array => new Uint8Array(of.buffer, of.byteOffset, of.byteLength)
export const fromBytes = (bytes: Uint8Array): Signature => new Uint32Array(new Uint8Array(bytes).buffer)

/** Room for the hashes of one story's shingles, reused; `count` of them are in use. */
let hashes = new Uint32Array(1024)
let count = 0
let wordHashes = new Uint32Array(1024)

/** Adds the shingles of one field to `hashes`; the field's length in half-words. */
function shingle({ folded, numbers }: FieldWords): number {
  const words = folded.length
  if (wordHashes.length < words) wordHashes = new Uint32Array(words * 2)
  const room = count + words * (1 + NUMBER)
  if (hashes.length < room) {
    const more = new Uint32Array(room * 2)
    more.set(hashes.subarray(0, count))
    hashes = more
  }
  let length = 0
  hashWords(folded, numbers)
  for (let i = 0; i < words; i++) {
    const word = folded[i] as string
    const character = word.length === 1 && word.charCodeAt(0) >= 0x0e00
    length += character ? 1 : 2
    if (DIGIT[word.charCodeAt(0)] === 1)
      for (let n = 1; n <= NUMBER; n++) hashes[count++] = finish((wordHashes[i] as number) + n) | 1
    const size = character ? CHARACTERS : WORDS
    if (i + size > words) continue
    let mixed = size
    for (let n = i; n < i + size; n++)
      mixed = Math.imul(mixed ^ (wordHashes[n] as number), 0x9e3779b1) ^ (mixed >>> 15)
    hashes[count++] = finish(mixed) & ~1
  }
  return length
}

const DIGIT = new Uint8Array(58).fill(1, 48)

/** Fills `wordHashes`. Most words have a number, and most numbers are in the cache. */
function hashWords(folded: readonly string[], { ids, generation }: WordNumbers): void {
  if (generation !== cache.generation) {
    cache.hashes.fill(0)
    cache.generation = generation
  }
  for (let i = 0; i < folded.length; i++) {
    const id = ids[i] as number
    let h = id === 0 ? 0 : (cache.hashes[id] as number)
    if (h === 0) {
      h = hash(folded[i] as string)
      if (id !== 0) cache.hashes[id] = h
    }
    wordHashes[i] = h
  }
}

/** Hashes of words by their numbers. */
const cache = { generation: -1, hashes: new Int32Array(WORD_NUMBERS) }

/** FNV-1a over UTF-16 units. */
function hash(word: string): number {
  // Signed, so that it stays a small integer throughout.
  let h = 0x811c9dc5 | 0
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193)
  return h
}

/** Murmur3's finaliser: makes the order of hashes random. */
function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hashOf({ folded }: FieldWords): number {
  let h = folded.length
  for (const word of folded) h = finish(Math.imul(h, 31) + hash(word))
  return h
}

/** Sorts the hashes in use and drops repeats; how many are left. */
function sortDistinct(): number {
  hashes.subarray(0, count).sort()
  let distinct = 0
  for (let i = 0; i < count; i++)
    if (i === 0 || hashes[i] !== hashes[i - 1]) hashes[distinct++] = hashes[i] as number
  return distinct
}
