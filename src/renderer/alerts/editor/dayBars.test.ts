import { expect, test } from 'vitest'
import { dayBars, ticks } from './dayBars.ts'

const days = [
  { day: '2025-05-01', hits: 3, notices: 1 },
  { day: '2025-05-09', hits: 5, notices: 2 },
]

test('a bar a day, with those that have none', () => {
  const bars = dayBars(days, null, { from: '2025-04-30', to: '2025-05-09' }, '2025-05-09', 60)
  expect(bars).toHaveLength(10)
  expect(bars[1]).toEqual({ from: '2025-05-01', to: '2025-05-01', hits: 3, notices: 1, narrowed: null })
  expect(bars.at(-1)).toMatchObject({ to: '2025-05-09', hits: 5, notices: 2 })
})

test('too many days for the room are joined from today back, and none is lost', () => {
  const range = { from: '2025-04-01', to: '2025-05-09' }
  const bars = dayBars(days, [{ day: '2025-05-01', hits: 2, notices: 0 }], range, '2025-05-09', 10)
  expect(bars).toHaveLength(10)
  expect([bars[0], bars.at(-1)]).toMatchObject([
    { from: '2025-04-01', to: '2025-04-03' },
    { from: '2025-05-06', to: '2025-05-09' },
  ])
  const sum = (of: 'hits' | 'narrowed') => bars.reduce((all, bar) => all + (bar[of] ?? 0), 0)
  expect([sum('hits'), sum('narrowed')]).toEqual([8, 2])
})

test('all time runs from the first hit to today, two weeks at least', () => {
  expect(dayBars(days, null, null, '2025-05-20', 60)).toHaveLength(20)
  expect(dayBars([], null, null, '2025-05-20', 60)).toHaveLength(14)
})

test('the axis has round numbers that hold the highest bar', () => {
  expect([ticks(0), ticks(3), ticks(28), ticks(412)]).toEqual([
    [0, 1],
    [0, 1, 2, 3],
    [0, 10, 20, 30],
    [0, 200, 400, 600],
  ])
})
