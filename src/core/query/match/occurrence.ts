/**
 * One occurrence of a term in a story, packed into a number: field × 2^40 + first word × 2^20 + number of words. Packed
 * occurrences sort by field, then by position. A field holds at most 2^20 words; what lies behind them is not searched.
 */
export type Occurrence = number

export const FIELD = 2 ** 40
/** Positions in a field are below this. */
export const POSITIONS = 2 ** 20

export const fieldOf = (o: Occurrence): number => Math.floor(o / FIELD)
/** The position of the first word. */
export const startOf = (o: Occurrence): number => Math.floor(o / POSITIONS) % POSITIONS
/** The position after the last word. */
export const endOf = (o: Occurrence): number => startOf(o) + (o % POSITIONS)
export const pack = (field: number, start: number, end: number): Occurrence =>
  field * FIELD + start * POSITIONS + (end - start)

/**
 * The first word of an occurrence, and the word after it, as one number over all fields. Fields lie further apart than any
 * distance in a query (below 2^20), so that nothing in one is ever near something in another.
 */
export function startKey(o: Occurrence): number {
  const place = Math.floor(o / POSITIONS)
  return place + Math.floor(place / POSITIONS) * 3 * POSITIONS
}
export const endKey = (o: Occurrence): number => startKey(o) + (o % POSITIONS)

/** Occurrences in order, each once. Sorts the list it is given. */
export function sorted(list: Occurrence[]): Occurrence[] {
  let i = 1
  while (i < list.length && (list[i - 1] as number) < (list[i] as number)) i++
  if (i >= list.length) return list
  list.sort((a, b) => a - b)
  return list.filter((o, i) => i === 0 || o !== list[i - 1])
}
