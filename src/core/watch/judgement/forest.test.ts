import { expect, test } from 'vitest'
import { ReadForest } from './forest.ts'

/** On the theme where signal 0 is above 0.5; there more so where signal 1 is above 2. */
const forest = new ReadForest({
  signals: ['a', 'b'],
  trees: ['500,0,0.5,2 200 800,1,2,4 700 900', '500'],
})
const logit = (share: number): number => Math.log(share / (1 - share))
const asked = (a: number, b: number) => {
  const values = [a, b]
  const valueAt = (signal: number): number => values[signal] as number
  const adds = new Map<number, number>()
  forest.weigh(valueAt, (signal, value) => adds.set(signal, value))
  return { sum: forest.sum(valueAt), adds }
}

test('the sum is the mean share of the leaves, in logits', () => {
  expect(asked(0, 9).sum).toBeCloseTo(logit(0.35))
  expect(asked(1, 2).sum).toBeCloseTo(logit(0.6))
  expect(asked(1, 3).sum).toBeCloseTo(logit(0.7))
})

test('no forest is surer than its few examples allow', () =>
  expect(new ReadForest({ signals: [], trees: ['1000'] }).sum(() => 0)).toBeCloseTo(logit(0.98)))

test('a sum that is asked for from a bound on is exact above it, and never told where it is below', () => {
  const trees = ['500,0,0.5,2 200 800,1,2,4 700 900', '500', '300,1,1,2 0 1000,0,2,4 950 400']
  const read = new ReadForest({ signals: ['a', 'b'], trees })
  for (const a of [0, 1, 3])
    for (const b of [0, 2, 3]) {
      const valueAt = (signal: number): number => (signal === 0 ? a : b)
      const sum = read.sum(valueAt)
      for (let least = -6; least < 6; least += 0.25) {
        const told = read.sum(valueAt, least)
        if (sum >= least) expect(told).toBe(sum)
        else expect(told).toBeLessThan(least)
      }
      expect(read.sum(valueAt, sum)).toBe(sum)
    }
  expect(read.sum(() => 0, 1)).toBe(-Infinity)
})

test('what the signals add makes the sum, and a signal that was not asked for adds nothing', () => {
  const both = asked(1, 3).adds
  expect((both.get(0) as number) + (both.get(1) as number)).toBeCloseTo(logit(0.7))
  expect(both.get(0) as number).toBeGreaterThan(both.get(1) as number)
  expect([...asked(0, 9).adds.keys()]).toEqual([0])
  expect(asked(0, 9).adds.get(0)).toBeCloseTo(logit(0.35))
})
