import { endKey, endOf, fieldOf, type Occurrence, startKey, startOf } from './occurrence.ts'

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
