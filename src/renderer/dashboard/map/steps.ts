/** Shades of the map's scale at most. */
const STEPS = 5

/**
 * Where each shade begins, least first: equal ratios from 1 to the largest count, since a few countries are named a hundred
 * times as often as most. Fewer than five where there are not enough different counts.
 */
export function shadesOf(most: number): number[] {
  const begins = Array.from({ length: STEPS }, (_, step) => Math.max(1, Math.round(most ** (step / STEPS))))
  return [...new Set(begins)].filter((begin) => begin <= most)
}

/** The index of a count's shade. */
export const shadeOf = (count: number, begins: readonly number[]): number =>
  begins.findLastIndex((begin) => count >= begin)
