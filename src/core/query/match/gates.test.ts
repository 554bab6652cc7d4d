import { expect, test } from 'vitest'
import {
  allOf,
  Gates,
  gateOf,
  type Needs,
  NO_NEEDS,
  noneOf,
  oneLeaf,
  Rates,
  someOf,
  within,
} from './gates.ts'
import { Found } from './leaves.ts'

/** Leaf n occurs in n of ten stories. */
const rateOf = (leaf: number): number => leaf / 10
const leaf = (n: number): Needs => oneLeaf(n, rateOf)
const gate = (needs: Needs) => gateOf(needs.all, rateOf)?.leaves ?? null

test('the rarest of what is needed is waited for', () => {
  expect(gate(allOf([leaf(5), leaf(1), leaf(3)]))).toEqual([1])
  expect(gate(allOf([leaf(5), someOf([leaf(1), leaf(2)], 1, rateOf)]))).toEqual([1, 2])
})

test('of alternatives any may come: of each the rarest need', () => {
  const either = someOf([allOf([leaf(5), leaf(1)]), leaf(2)], 1, rateOf)
  expect(gate(either)).toEqual([1, 2])
  expect(either.decided).toBe(false)
})

test('where several must match, the most frequent ones are not waited for', () => {
  expect(gate(someOf([leaf(5), leaf(1), leaf(2)], 2, rateOf))).toEqual([1, 2])
  const phrases = [allOf([leaf(5), leaf(4)]), leaf(1), leaf(2)]
  expect(gate(someOf(phrases, 2, rateOf))).toEqual([1, 2])
  expect(gate(someOf([NO_NEEDS, leaf(1), leaf(2)], 2, rateOf))).toEqual([1, 2])
})

test('an alternative that can match without a leaf leaves no gate', () => {
  expect(gate(someOf([NO_NEEDS, leaf(1)], 1, rateOf))).toBeNull()
  expect(gate(someOf([noneOf(leaf(3)), leaf(1)], 1, rateOf))).toBeNull()
  expect(gate(noneOf(leaf(3)))).toBeNull()
})

test('a ban in one field is none on the story', () => {
  const needs = within(allOf([leaf(1), noneOf(leaf(2))]))
  expect(needs).toEqual({ all: leaf(1).all, decided: false })
})

/** What a story with these leaves says of one query, and whether the query itself was asked. */
function pass(needs: Needs, ...occurring: number[]): boolean {
  const gates = new Gates(rateOf)
  expect(gates.place(0, needs)).toBe('decided')
  const found = new Found()
  for (const id of occurring) found.add(id, 0, 0, 1)
  let through = false
  gates.pass(found, () => {
    through = true
    return true
  })
  return through
}

test('words, AND, OR, ANY and NOT are decided at the gate', () => {
  expect(pass(leaf(1), 1)).toBe(true)
  expect(pass(leaf(1), 2)).toBe(false)
  expect(pass(allOf([leaf(1), leaf(2)]), 1)).toBe(false)
  expect(pass(allOf([leaf(1), leaf(2)]), 1, 2)).toBe(true)
  expect(pass(allOf([leaf(1), noneOf(leaf(2))]), 1)).toBe(true)
  expect(pass(allOf([leaf(1), noneOf(leaf(2))]), 1, 2)).toBe(false)
  const two = someOf([leaf(1), leaf(2), leaf(3)], 2, rateOf)
  expect(pass(two, 1)).toBe(false)
  expect(pass(two, 1, 3)).toBe(true)
  const groups = allOf([someOf([leaf(1), leaf(2)], 1, rateOf), someOf([leaf(3), leaf(4)], 1, rateOf)])
  expect(pass(groups, 1, 2)).toBe(false)
  expect(pass(groups, 2, 4)).toBe(true)
  // One leaf in two members is one occurrence for both.
  expect(someOf([leaf(1), leaf(1), leaf(2)], 2, rateOf).decided).toBe(false)
})

test('a query that is gone is not handed over, its neighbours are', () => {
  const gates = new Gates(rateOf)
  for (const query of [0, 1, 2]) gates.place(query, allOf([leaf(1), leaf(query + 2)]))
  gates.remove(1)
  const found = new Found()
  for (const id of [1, 2, 3, 4]) found.add(id, 0, 0, 1)
  const handed: number[] = []
  gates.pass(found, (query) => handed.push(query) > 0)
  expect(handed).toEqual([0, 2])
})

test('a guess gives way to what the stories say', () => {
  const rates = new Rates()
  rates.begin(0.5)
  rates.begin(0.001)
  expect(rates.of(0)).toBe(0.5)
  for (let i = 0; i < 1000; i++) rates.count([1])
  expect(rates.of(0)).toBeLessThan(0.05)
  expect(rates.of(1)).toBeGreaterThan(0.9)
})

test('a leaf that comes later is counted from then on', () => {
  const rates = new Rates()
  rates.begin(0.5)
  for (let i = 0; i < 1000; i++) rates.count([0])
  rates.begin(0.001)
  for (let i = 0; i < 1000; i++) rates.count([0, 1])
  expect(rates.of(1)).toBeGreaterThan(0.9)
})
