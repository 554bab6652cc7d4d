// Stands in until the real one lands, which replaces this file whole.
export interface Expectation {
  value: number
  low: number
  high: number
  observed: number
  above: boolean
  words: string
}
export function expectations(
  _e: object,
  _t: readonly { id: number }[],
  _to: number,
): Map<number, Expectation> {
  return new Map()
}
