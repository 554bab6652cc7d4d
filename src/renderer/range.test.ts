import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangeOf, rangeText, readRange, weekOf, wider } from './range.ts'

test('a range stands in the address and is read back; what is none is since the last visit', () => {
  const second = fc.integer({ min: 0, max: 4e9 }).map((s) => s * 1000)
  fc.assert(
    fc.property(second, fc.integer({ min: 1, max: 1e9 }), (from, seconds) => {
      const range = { kind: 'custom', from, to: from + seconds * 1000 } as const
      expect(readRange(rangeText(range))).toEqual(range)
    }),
  )
  for (const hours of [1, 24, 48, 720])
    expect(readRange(rangeText({ kind: 'last', hours }))).toEqual({ kind: 'last', hours })
  expect(rangeText(rangeOf('7d'))).toBe('7d')
  for (const text of [null, '', 'visit', '0h', '9999999h', 'soon', '2025-05-09..2025-05-01', '..', '7d..'])
    expect(readRange(text), String(text)).toEqual({ kind: 'visit' })
})

test('the next wider range is offered, none behind a year; a week ends with the day it is asked for', () => {
  expect([24, 100, 720, 8760].map((hours) => wider({ kind: 'last', hours }))).toEqual([
    '7d',
    '7d',
    '1y',
    null,
  ])
  expect(wider({ kind: 'visit' })).toBe('24h')
  const week = weekOf(Date.UTC(2025, 4, 9, 11), 'UTC')
  expect(week).toEqual({ kind: 'custom', from: Date.UTC(2025, 4, 3), to: Date.UTC(2025, 4, 10) })
})
