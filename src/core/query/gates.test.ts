import { expect, test } from 'vitest'
import { type Need, Rates, rarest, someOf } from './gates.ts'

const need = (rate: number, ...leaves: number[]): Need => ({ leaves, rate })

test('of alternatives any may come: the rarest need of each', () => {
  expect(someOf([[need(0.5, 1), need(0.1, 2)], [need(0.2, 3)]], 1)).toEqual([need(0.1 + 0.2, 2, 3)])
})

test('where several must match, the most frequent ones need not be waited for', () => {
  expect(someOf([[need(0.5, 1)], [need(0.1, 2)], [need(0.2, 3)]], 2)).toEqual([need(0.1 + 0.2, 2, 3)])
  expect(someOf([[], [need(0.1, 2)], [need(0.2, 3)]], 2)).toEqual([need(0.1 + 0.2, 2, 3)])
})

test('an alternative that can match without a leaf needs none', () => {
  expect(someOf([[], [need(0.1, 2)]], 1)).toEqual([])
  expect(rarest([])).toBeNull()
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
