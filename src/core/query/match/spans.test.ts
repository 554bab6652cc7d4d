import { expect, test } from 'vitest'
import { endKey, type Occurrence, pack, startKey } from './occurrence.ts'
import { areApart } from './spans.ts'

/** The most occurrences of which none overlap, by trying each with and without. */
function most(list: readonly Occurrence[], from = 0, end = -1): number {
  const one = list[from]
  if (one === undefined) return 0
  const without = most(list, from + 1, end)
  return startKey(one) < end ? without : Math.max(without, 1 + most(list, from + 1, endKey(one)))
}

test('as many are apart as the best choice of all has', () => {
  let seed = 1
  const below = (n: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % n
  }
  for (let round = 0; round < 500; round++) {
    const made = Array.from({ length: below(9) }, () => {
      const start = below(8)
      return pack(below(2), start, start + 1 + below(4))
    })
    const list = [...new Set(made)].sort((a, b) => a - b)
    const expected = most(list)
    for (const count of [1, expected, expected + 1])
      expect(areApart(list, count), `${list} ${count}`).toBe(count <= expected)
  }
})
