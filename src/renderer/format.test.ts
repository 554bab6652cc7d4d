import { expect, test } from 'vitest'
import { bytes, change, duration, listTime, number, startOfDay } from './format.ts'
import { plural } from './messages/plural.ts'

const words = {
  justNow: 'now',
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  yesterday: (clock: string) => `yesterday ${clock}`,
  tomorrow: (clock: string) => `tomorrow ${clock}`,
}
const at = (iso: string): number => Date.parse(iso)
const inBerlin = (iso: string, now: string): string => listTime(at(iso), at(now), 'Europe/Berlin', words)

test('numbers are grouped by thin spaces', () => {
  expect(number(1_204_518)).toBe('1\u202f204\u202f518')
  expect(number(999)).toBe('999')
  expect(number(-1200)).toBe('−1\u202f200')
})

test('a change is a signed percentage, and nothing where there was nothing before', () => {
  expect(change(31, 7)).toBe('+343\u202f%')
  expect(change(11, 12)).toBe('−8\u202f%')
  expect(change(5, 5)).toBe('0\u202f%')
  expect(change(5, 0)).toBeNull()
})

test('lengths of time and sizes are written in their largest fitting unit', () => {
  expect([0, 40_000, 14 * 60_000, 19 * 3_600_000, 30 * 3_600_000, 72 * 3_600_000].map(duration)).toEqual([
    '0 ms',
    '40 s',
    '14 min',
    '19 h',
    '30 h',
    '3 d',
  ])
  expect([0, 999, 1500, 48_250, 3_000_000_000].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.5 KB',
    '48 KB',
    '3 GB',
  ])
})

test('a list shows minutes within the last hour only, and otherwise the local clock or date', () => {
  const now = '2025-05-09T09:05:30Z'
  expect(inBerlin('2025-05-09T09:05:00Z', now)).toBe('now')
  expect(inBerlin('2025-05-09T08:06:00Z', now)).toBe('59 min ago')
  expect(inBerlin('2025-05-09T08:05:00Z', now)).toBe('10:05')
  expect(inBerlin('2025-05-08T22:30:00Z', now)).toBe('00:30')
  expect(inBerlin('2025-05-08T21:30:00Z', now)).toBe('yesterday 23:30')
  expect(inBerlin('2025-05-01T10:00:00Z', now)).toBe('1 May 12:00')
  expect(inBerlin('2024-09-30T10:00:00Z', now)).toBe('30 Sep 2024')
  expect(inBerlin('2025-05-09T12:00:00Z', now)).toBe('14:00')
  expect(inBerlin('2025-05-09T22:30:00Z', now)).toBe('tomorrow 00:30')
  expect(inBerlin('2025-05-11T00:30:00Z', now)).toBe('11 May 02:30')
})

test('a local day begins at its midnight, also on the days the clock changes', () => {
  const begin = (iso: string, zone: string): string => new Date(startOfDay(at(iso), zone)).toISOString()
  expect(begin('2025-03-30T20:00:00Z', 'Europe/Berlin')).toBe('2025-03-29T23:00:00.000Z')
  expect(begin('2025-10-26T20:00:00Z', 'Europe/Berlin')).toBe('2025-10-25T22:00:00.000Z')
  expect(begin('2025-05-09T23:30:00.500Z', 'Asia/Kathmandu')).toBe('2025-05-09T18:15:00.000Z')
  expect(begin('2025-05-09T00:00:00Z', 'UTC')).toBe('2025-05-09T00:00:00.000Z')
})

test('a message takes the plural form of its count, which stays beside its noun', () => {
  const stories = plural('en', { one: '# story', other: '# stories' })
  expect([0, 1, 2, 1200].map(stories)).toEqual([
    '0\u00a0stories',
    '1\u00a0story',
    '2\u00a0stories',
    '1\u202f200\u00a0stories',
  ])
  const polish = plural('pl', { one: '# źródło', few: '# źródła', other: '# źródeł' })
  expect([1, 3, 5, 22].map(polish)).toEqual([
    '1\u00a0źródło',
    '3\u00a0źródła',
    '5\u00a0źródeł',
    '22\u00a0źródła',
  ])
})
