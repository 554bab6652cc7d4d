import { endOf, fieldOf, type Occurrence, pack, sorted, startOf } from './occurrence.ts'

/** Arithmetic on occurrences: lists are sorted and have each occurrence once. */

/** Occurrences that do not lie inside one of `others`. */
export function outside(list: readonly Occurrence[], others: readonly Occurrence[]): Occurrence[] {
  return list.filter(
    (o) => !others.some((x) => fieldOf(x) === fieldOf(o) && startOf(x) <= startOf(o) && endOf(o) <= endOf(x)),
  )
}

/** How many occurrences can be chosen so that none overlap: earliest end first. */
export function countApart(list: readonly Occurrence[]): number {
  const byEnd = [...list].sort(
    (a, b) => fieldOf(a) - fieldOf(b) || endOf(a) - endOf(b) || startOf(a) - startOf(b),
  )
  let count = 0
  let field = -1
  let free = 0
  for (const o of byEnd) {
    if (fieldOf(o) !== field) {
      field = fieldOf(o)
      free = 0
    }
    if (startOf(o) < free) continue
    count++
    free = endOf(o)
  }
  return count
}

/** Two occurrences that stand near each other, and the span they make. */
export interface Pair {
  readonly left: Occurrence
  readonly right: Occurrence
  readonly span: Occurrence
}

/** All pairs of non-overlapping occurrences in one field with at most `distance` words between; `ordered`: left first. */
export function pairs(
  left: readonly Occurrence[],
  right: readonly Occurrence[],
  distance: number,
  ordered: boolean,
): Pair[] {
  const found: Pair[] = []
  let from = 0
  // Right spans are sorted by start; the longest decides how far before a left span one may still begin.
  const longest = right.reduce((most, o) => Math.max(most, endOf(o) - startOf(o)), 0)
  let lowest = -1
  for (const l of left) {
    const field = fieldOf(l)
    const [start, end] = [startOf(l), endOf(l)]
    const low = pack(field, Math.max(0, start - distance - longest), Math.max(0, start - distance - longest))
    if (low < lowest) from = 0
    lowest = low
    while (from < right.length && (right[from] as number) < low) from++
    for (let i = from; i < right.length; i++) {
      const r = right[i] as number
      if (fieldOf(r) !== field || startOf(r) - end > distance) break
      if (startOf(r) >= end) found.push({ left: l, right: r, span: pack(field, start, endOf(r)) })
      else if (!ordered && endOf(r) <= start && start - endOf(r) <= distance)
        found.push({ left: l, right: r, span: pack(field, startOf(r), end) })
    }
  }
  return found
}

/**
 * Spans of one field in which each of `words` (lists of one-word occurrences) has an occurrence of its own and at most
 * `distance` other words stand. Returns the chosen occurrences of the first such span that begins at each occurrence.
 */
export function windows(words: readonly (readonly Occurrence[])[], distance: number): Occurrence[][] {
  const all = sorted(words.flat())
  const length = words.length + distance
  const found: Occurrence[][] = []
  for (let i = 0; i < all.length; i++) {
    const first = all[i] as number
    const inside: Occurrence[] = []
    for (let j = i; j < all.length; j++) {
      const o = all[j] as number
      if (fieldOf(o) !== fieldOf(first) || startOf(o) - startOf(first) >= length) break
      inside.push(o)
    }
    if (inside.length < words.length) continue
    const chosen = assign(words, inside)
    if (chosen?.includes(first)) found.push(chosen)
  }
  return found
}

/** An occurrence of its own for each word (bipartite matching by augmenting paths), or undefined. */
function assign(
  words: readonly (readonly Occurrence[])[],
  occurrences: readonly Occurrence[],
): Occurrence[] | undefined {
  const owner = new Map<Occurrence, number>()
  const sets = words.map((list) => new Set(list))
  const place = (word: number, seen: Set<Occurrence>): boolean => {
    for (const o of occurrences) {
      if (!(sets[word] as Set<Occurrence>).has(o) || seen.has(o)) continue
      seen.add(o)
      const before = owner.get(o)
      if (before === undefined || place(before, seen)) {
        owner.set(o, word)
        return true
      }
    }
    return false
  }
  for (let word = 0; word < words.length; word++) if (!place(word, new Set())) return undefined
  return sorted([...owner.keys()])
}
