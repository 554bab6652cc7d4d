import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../fixtures/random.ts'
import { simulate } from './fixtures/simulate.ts'
import {
  expectation,
  expectations,
  falseDiscoveryLimit,
  type Series,
  silentOn,
  tail,
  warmingUp,
} from './spikes.ts'

/** 2025-05-05, a Monday. */
const MONDAY = Date.UTC(2025, 4, 5) / 86_400_000
/** Mondays before and on `MONDAY`, the last one on it. */
const mondays = (...counts: number[]): Series => ({
  counts: counts.map((count, i) => ({ day: MONDAY - 7 * (counts.length - 1 - i), count })),
})

test('the arithmetic is shown', () => {
  const found = expectation(mondays(9, 7, 11, 9, 8, 10, 9, 12, 31), MONDAY)
  expect(found?.words).toBe('31, expected 9 ± 6 on Mondays over 8 weeks')
  expect(found).toMatchObject({ value: 9, observed: 31, above: true, low: 3, high: 15 })
})

test('a usual count is no spike', () => {
  expect(expectation(mondays(9, 7, 11, 9, 8, 10, 9, 12, 13), MONDAY)?.above).toBe(false)
})

test('only the same weekday is history', () => {
  const series: Series = {
    counts: Array.from({ length: 63 }, (_, i) => ({ day: MONDAY - i, count: i % 7 === 0 ? 30 : 2 })),
  }
  expect(expectation(series, MONDAY)).toMatchObject({ value: 30, above: false })
})

test('one burst in the history moves neither the value nor the spread much', () => {
  const calm = expectation(mondays(9, 7, 11, 9, 8, 10, 9, 12, 31), MONDAY)
  const burst = expectation(mondays(9, 7, 11, 9, 8, 200, 9, 12, 31), MONDAY)
  expect(burst).toMatchObject({ value: 9, above: true })
  expect(burst?.high).toBeLessThanOrEqual((calm?.high ?? 0) + 3)
})

test('a series that never varied still has the spread of a count', () => {
  expect(expectation(mondays(4, 4, 4, 4, 4, 4, 4, 4, 6), MONDAY)?.above).toBe(false)
  expect(expectation(mondays(4, 4, 4, 4, 4, 4, 4, 4, 16), MONDAY)?.above).toBe(true)
})

test('a count above the band that could be chance says from what on it stands out', () => {
  const history = [0, 1, 0, 0, 2, 0, 0, 1]
  const on = (count: number) => expectation(mondays(...history, count), MONDAY)
  expect(on(2)).toMatchObject({ above: false, least: null })
  const near = on(4)
  expect(near).toMatchObject({
    above: false,
    words: `4, expected 0 ± 2 on Mondays over 8 weeks; stands out from ${near?.least} on`,
  })
  expect(on(near?.least ?? 0)).toMatchObject({ above: true, least: null })
  expect(on((near?.least ?? 0) - 1)?.above).toBe(false)
})

test('of many series tested together the least that stands out is said for each as if it were the next', () => {
  const series = (count: number) => mondays(0, 1, 0, 0, 2, 0, 0, 1, count)
  const others = Array.from({ length: 20 }, (_, i) => [`calm ${i}`, series(0)] as const)
  const found = (count: number) =>
    expectations(new Map([...others, ['loud', series(40)], ['near', series(count)]]), MONDAY).get('near')
  const least = found(4)?.least ?? 0
  expect(least).toBeGreaterThan(5)
  expect([found(least - 1)?.above, found(least)?.above]).toEqual([false, true])
})

test('few stories are never a spike, however rare', () => {
  expect(expectation(mondays(0, 0, 0, 0, 0, 0, 0, 0, 4), MONDAY)?.above).toBe(false)
  expect(expectation(mondays(0, 0, 0, 0, 0, 0, 0, 0, 9), MONDAY)?.above).toBe(true)
})

test('nothing is expected before four of the same weekday', () => {
  expect(expectation(mondays(9, 9, 9, 31), MONDAY)).toBeNull()
  expect(warmingUp(mondays(9, 9, 9, 31), MONDAY)).toBe('warming up: 3 of 4 Mondays')
  expect(warmingUp(mondays(9, 9, 9, 9, 31), MONDAY)).toBe('')
})

test('days without stories count 0 from the first day on', () => {
  const series: Series = { since: MONDAY - 56, counts: [{ day: MONDAY, count: 9 }] }
  expect(expectation(series, MONDAY)).toMatchObject({ value: 0, observed: 9, above: true })
})

test('an outage in the history is left out', () => {
  const counts = mondays(20, 21, 19, 0, 0, 0, 0, 20, 22).counts
  const gaps = new Set([21, 28, 35, 14].map((back) => MONDAY - back))
  expect(expectation({ counts }, MONDAY)?.value).toBe(9.5)
  expect(expectation({ counts, gaps }, MONDAY)).toMatchObject({ value: 20, above: false })
})

test('a source without stories is silent where several were to be expected', () => {
  expect(silentOn(mondays(20, 21, 19, 22, 20, 18, 21, 20, 0), MONDAY)).toBe(true)
  expect(silentOn(mondays(20, 21, 19, 22, 20, 18, 21, 20, 1), MONDAY)).toBe(false)
  expect(silentOn(mondays(1, 0, 2, 1, 0, 1, 1, 2, 0), MONDAY)).toBe(false)
  expect(silentOn(mondays(20, 0), MONDAY)).toBe(false)
})

describe('many series at once', () => {
  test('the more are looked at, the more must stand out', () => {
    const odd = mondays(9, 7, 11, 9, 8, 10, 9, 12, 20)
    expect(expectation(odd, MONDAY)?.above).toBe(true)
    const all = new Map<number, Series>([[0, odd]])
    for (let i = 1; i < 200; i++) all.set(i, mondays(9, 7, 11, 9, 8, 10, 9, 12, 9))
    expect(expectations(all, MONDAY).get(0)?.above).toBe(false)
  })

  test('the limit of Benjamini and Hochberg', () => {
    // Their own example (1995, table 2) at 5 %: the four smallest of fifteen.
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ]
    expect(falseDiscoveryLimit(chances, 0.05)).toBe(0.0095)
    expect(falseDiscoveryLimit([0.5, 0.9], 0.05)).toBe(-1)
    expect(falseDiscoveryLimit([], 0.05)).toBe(-1)
  })
})

test('the tail is that of the distribution', () => {
  // Poisson(3): P(X ≥ 5) = 0.18474; negative binomial with mean 4 and variance 8: P(X ≥ 10) = 378 / 8192 (size 4, p ½).
  expect(tail(5, 3, 3)).toBeCloseTo(0.184737, 5)
  expect(tail(10, 4, 8)).toBeCloseTo(0.046143, 5)
  expect(tail(0, 3, 3)).toBe(1)
  expect(tail(2000, 2000, 2000)).toBeCloseTo(0.5, 1)
})

test('a tail is a probability and falls with the count', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 300 }),
      fc.double({ min: 0.5, max: 900, noNaN: true }),
      fc.double({ min: 1, max: 20, noNaN: true }),
      (count, mean, dispersion) => {
        const [here, next] = [tail(count, mean, mean * dispersion), tail(count + 1, mean, mean * dispersion)]
        expect(here).toBeGreaterThanOrEqual(0)
        expect(here).toBeLessThanOrEqual(1)
        expect(next).toBeLessThanOrEqual(here + 1e-9)
      },
    ),
  )
})

test('known bursts are found and calm days are not', () => {
  const random = seeded(1)
  const { counts, bursts } = simulate(random, { days: 730, mean: 12, dispersion: 1.5, bursts: 20, factor: 4 })
  const spikes = counts.filter(({ day }) => expectation({ counts }, day)?.above).map(({ day }) => day)
  expect(spikes.filter((day) => bursts.has(day)).length).toBeGreaterThanOrEqual(18)
  expect(spikes.filter((day) => !bursts.has(day)).length).toBeLessThanOrEqual(14)
})
