import { expect, test } from 'vitest'
import { ReadForest } from '../../src/core/watch/judgement/forest.ts'
import { randomForest } from './forest.ts'
import type { Example } from './logistic.ts'

test('a forest learns what no sum of weights can, and is the same each time', () => {
  const examples = Array.from({ length: 400 }, (_, i): Example => {
    const [a, b] = [i & 1, (i >> 1) & 1]
    return { features: [0, 1, 2], values: [a, b, i % 7], is: a !== b, counts: 1 }
  })
  const forest = randomForest(examples, ['a', 'b', 'noise'])
  expect(randomForest(examples, ['a', 'b', 'noise'])).toEqual(forest)
  const read = new ReadForest(forest)
  const sum = (a: number, b: number): number =>
    read.sum((signal) => ({ a, b, noise: 3 })[forest.signals[signal] as 'a' | 'b' | 'noise'])
  expect([sum(0, 0) < 0, sum(0, 1) > 0, sum(1, 0) > 0, sum(1, 1) < 0]).toEqual([true, true, true, true])
})
