import { endKey, type Occurrence, startKey } from './occurrence.ts'

/** Arithmetic on occurrences: lists are sorted and have each occurrence once. */

/** Occurrences that do not lie inside one of `others`. */
export function outside(list: readonly Occurrence[], others: readonly Occurrence[]): Occurrence[] {
  let next = 0
  // How far those reach that begin no later.
  let covered = -1
  return list.filter((o) => {
    const start = startKey(o)
    for (; next < others.length && startKey(others[next] as Occurrence) <= start; next++)
      covered = Math.max(covered, endKey(others[next] as Occurrence))
    return endKey(o) > covered
  })
}

/** True if so many occurrences can be chosen that none overlap: of those that do, the one that ends first leaves the most room. */
export function areApart(list: readonly Occurrence[], atLeast: number): boolean {
  let count = 0
  let end = -1
  for (const o of list) {
    if (startKey(o) < end) {
      end = Math.min(end, endKey(o))
      continue
    }
    if (++count >= atLeast) return true
    end = endKey(o)
  }
  return count >= atLeast
}
