import { expect, test } from 'vitest'
import { betterThreshold } from './threshold.ts'

const yes = (score: number | null) => ({ score, belongs: true })
const no = (score: number | null) => ({ score, belongs: false })

test('rejected stories raise the threshold, no further than needed', () => {
  expect(betterThreshold([no(0.52), no(0.57), yes(0.8)], 0.5)).toEqual({ threshold: 0.6, right: 3, wrong: 0 })
})

test('stories put in by hand lower it', () => {
  expect(betterThreshold([yes(0.43), yes(0.41), no(0.2)], 0.5)).toEqual({
    threshold: 0.4,
    right: 3,
    wrong: 0,
  })
})

test('what a threshold cannot mend changes none', () => {
  expect(betterThreshold([yes(null), yes(0.7), no(0.9)], 0.5)).toBeNull()
  expect(betterThreshold([yes(0.7), no(0.3)], 0.5)).toBeNull()
  expect(betterThreshold([], 0.5)).toBeNull()
})
