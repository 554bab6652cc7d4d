import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayAfter } from '../../core/query/language/language.ts'
import { bars } from './bars.ts'

const days = (n: number): { day: string; stories: number }[] =>
  Array.from({ length: n }, (_, i) => ({ day: dayAfter('2025-01-01', i), stories: i + 1 }))

test('a bar a day while there is room, then several days a bar; no story is lost', () => {
  expect(bars(days(30), 100, null)).toHaveLength(30)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1200 }), fc.integer({ min: 1, max: 300 }), (n, most) => {
      const made = bars(days(n), most, null)
      expect(made.length).toBeLessThanOrEqual(Math.max(most, 1))
      expect(made.reduce((sum, bar) => sum + bar.count, 0)).toBe((n * (n + 1)) / 2)
      for (const [i, bar] of made.entries())
        if (i > 0) expect(bar.from).toBe(dayAfter(made[i - 1]?.to ?? '', 1))
    }),
  )
})

test('a few days are drawn among empty ones, so that a bar stays a bar', () => {
  const made = bars(days(2), 100, null)
  expect(made).toHaveLength(14)
  expect(made.slice(-2).map((b) => b.count)).toEqual([1, 2])
})

test('selected days are shown with the days around them', () => {
  const made = bars(days(300), 100, { from: '2025-03-01', to: '2025-03-05' })
  expect(made[0]?.from).toBe('2025-02-19')
  expect(made.at(-1)?.to).toBe('2025-03-15')
  expect(bars(days(300), 400, { from: '2025-03-01', to: null }).at(-1)?.to).toBe(days(300).at(-1)?.day)
})

test('nothing to show makes no bars', () => {
  expect(bars([], 100, null)).toEqual([])
})
