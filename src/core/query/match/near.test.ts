import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainMatches, chainOccurrences, type Link } from './near.ts'
import { endOf, fieldOf, type Occurrence, pack, sorted, startOf } from './occurrence.ts'

/** What NEAR means, without a thought for the work: every pair, link by link, with what each span is made of. */
function everyWay(operands: readonly Occurrence[][], links: readonly Link[]): Occurrence[][] {
  let ways = (operands[0] as Occurrence[]).map((o) => ({
    field: fieldOf(o),
    start: startOf(o),
    end: endOf(o),
    of: [o],
  }))
  links.forEach(({ distance, ordered }, i) => {
    ways = ways.flatMap((way) =>
      (operands[i + 1] as Occurrence[]).flatMap((o) => {
        if (fieldOf(o) !== way.field) return []
        const [after, before] = [startOf(o) - way.end, way.start - endOf(o)]
        const near = (after >= 0 && after <= distance) || (!ordered && before >= 0 && before <= distance)
        return near
          ? [
              {
                field: way.field,
                start: Math.min(way.start, startOf(o)),
                end: Math.max(way.end, endOf(o)),
                of: [...way.of, o],
              },
            ]
          : []
      }),
    )
  })
  return ways.map(({ of }) => of)
}

const occurrence = fc
  .record({ field: fc.nat({ max: 1 }), start: fc.nat({ max: 14 }), length: fc.integer({ min: 1, max: 2 }) })
  .map(({ field, start, length }) => pack(field, start, start + length))
const operand = fc.array(occurrence, { minLength: 1, maxLength: 5 }).map((list) => sorted([...list]))
const chain = fc
  .array(fc.record({ distance: fc.nat({ max: 4 }), ordered: fc.boolean(), right: operand }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((parts) =>
    operand.map((first) => ({ operands: [first, ...parts.map(({ right }) => right)], links: parts })),
  )

test('a chain matches where one of all ways to choose its operands does, and shows what those are made of', () => {
  fc.assert(
    fc.property(chain, ({ operands, links }) => {
      const ways = everyWay(operands, links)
      expect(chainMatches(operands, links)).toBe(ways.length > 0)
      expect(chainOccurrences(operands, links)).toEqual(sorted(ways.flat()))
    }),
    { numRuns: 5000 },
  )
})

test('two links lose nothing however many pairs there are', () => {
  const rep = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => pack(0, from + i, from + i + 1))
  // 160,000 pairs, of which only those that end with the last word, or begin with the first, stand beside the third operand.
  const links = [
    { distance: 1_000, ordered: false },
    { distance: 0, ordered: false },
  ]
  const between = (third: number) => [rep(10, 400), rep(410, 400), [pack(0, third, third + 1)]]
  for (const beside of [9, 810]) expect(chainMatches(between(beside), links)).toBe(true)
  for (const apart of [8, 811]) expect(chainMatches(between(apart), links)).toBe(false)
  expect(chainOccurrences(between(810), links)).toEqual([409, 809, 810].map((at) => pack(0, at, at + 1)))
  expect(chainOccurrences(between(9), links)).toEqual([9, 10, 410].map((at) => pack(0, at, at + 1)))
})

test('a chain of any length over one repeated word is decided', () => {
  const rep = Array.from({ length: 1_600 }, (_, i) => pack(2, i, i + 1))
  const links = Array.from({ length: 1_500 }, (_, i) => ({ distance: 1 + (i % 100), ordered: i % 3 === 0 }))
  const operands = [rep, ...links.map(() => rep)]
  expect(chainMatches(operands, links)).toBe(true)
  expect(chainMatches([...operands, [pack(1, 0, 1)]], [...links, { distance: 9, ordered: false }])).toBe(
    false,
  )
  expect(chainOccurrences(operands, links).length).toBeGreaterThan(0)
})

test('of very many occurrences, those of matches in order are shown', () => {
  const rep = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => pack(0, from + i, from + i + 1))
  const links = [2, 3].map((distance) => ({ distance, ordered: true }))
  const shown = (count: number) =>
    chainOccurrences([rep(0, count), rep(count + 1, 3), rep(count + 6, 2)], links).map(
      (o) => startOf(o) - count,
    )
  // Only these are near enough: the last word of the first, one of the middle, one of the third.
  expect(shown(100)).toEqual([-1, 2, 6])
  expect(shown(30_000)).toEqual(shown(100))
})
