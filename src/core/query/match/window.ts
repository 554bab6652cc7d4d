import type { TermWord } from '../language/ast.ts'
import { type Occurrence, sorted, startKey } from './occurrence.ts'

/**
 * `"a b c"~5`: a span in which each of the words has an occurrence of its own and at most so many others stand.
 *
 * A word of a text that is an occurrence of two of them is one of words of which one begins with the other (`oil*`, `oils`). So
 * the words are nested or apart, and each has an occurrence of its own just where every one has as many occurrences as it
 * and all that are nested in it need (Hall's condition for a laminar family). Counting is enough.
 */
export interface WindowShape {
  /** The different words. */
  readonly words: readonly TermWord[]
  /** How many occurrences of each a span must have: for itself, and for the words nested in it. */
  readonly needed: readonly number[]
  /** How many words a span may have. */
  readonly longest: number
}

export function windowShape(words: readonly TermWord[], distance: number): WindowShape {
  const times = new Map<string, { word: TermWord; needed: number }>()
  for (const word of words) {
    const key = `${word.text}${word.prefix ? '' : '\0'}`
    const known = times.get(key)
    if (known === undefined) times.set(key, { word, needed: 1 })
    else known.needed++
  }
  // In this order a wildcard is followed by all that are nested in it.
  const inOrder = [...times.values()].sort((a, b) =>
    a.word.text === b.word.text
      ? Number(b.word.prefix) - Number(a.word.prefix)
      : a.word.text < b.word.text
        ? -1
        : 1,
  )
  const around: { word: TermWord; needed: number }[] = []
  const close = (text: string | null): void => {
    for (;;) {
      const inner = around.at(-1)
      if (inner === undefined || (text !== null && isNested(text, inner.word))) return
      around.pop()
      const outer = around.at(-1)
      if (outer !== undefined) outer.needed += inner.needed
    }
  }
  for (const entry of inOrder) {
    close(entry.word.text)
    around.push(entry)
  }
  close(null)
  return {
    words: inOrder.map(({ word }) => word),
    needed: inOrder.map(({ needed }) => needed),
    longest: words.length + distance,
  }
}

/** True if no two of the words, of which some may be the same, can have an occurrence in common. */
export function areApart(words: readonly TermWord[]): boolean {
  const shape = windowShape(words, 0)
  return shape.words.length === words.length && shape.needed.every((needed) => needed === 1)
}

const isNested = (text: string, { text: outer, prefix }: TermWord): boolean =>
  prefix && text.startsWith(outer)

/**
 * The narrowest span from each start, as pairs of keys (`startKey` of its first and last word).
 * @param lists the occurrences of each word of the shape
 */
export function* windows(
  { needed, longest }: WindowShape,
  lists: readonly (readonly Occurrence[])[],
): Generator<readonly [number, number]> {
  const size = lists.reduce((sum, list) => sum + list.length, 0)
  // Place and word packed, so that they sort by place.
  const places = new Float64Array(size)
  let filled = 0
  lists.forEach((list, word) => {
    for (const o of list) places[filled++] = startKey(o) * WORDS + word
  })
  places.sort()
  const have = new Int32Array(lists.length)
  let lacking = lists.length
  let next = 0
  for (let first = 0; first < size; first++) {
    while (lacking > 0 && next < size) {
      const word = (places[next++] as number) % WORDS
      if (++(have[word] as number) === needed[word]) lacking--
    }
    if (lacking > 0) return
    const start = Math.floor((places[first] as number) / WORDS)
    const end = Math.floor((places[next - 1] as number) / WORDS)
    if (end - start < longest) yield [start, end]
    const word = (places[first] as number) % WORDS
    if ((have[word] as number)-- === needed[word]) lacking++
  }
}

/** The occurrences in any of the spans. */
export function windowOccurrences(
  shape: WindowShape,
  lists: readonly (readonly Occurrence[])[],
): Occurrence[] {
  const spans = [...windows(shape, lists)]
  const all = sorted(lists.flat())
  let at = 0
  return all.filter((o) => {
    const key = startKey(o)
    // Starts and ends both rise.
    while (at < spans.length && (spans[at]?.[1] as number) < key) at++
    return at < spans.length && (spans[at]?.[0] as number) <= key
  })
}

/** More than a query can have words. */
const WORDS = 2 ** 17
