import { expect, test } from 'vitest'
import { dayAfter } from '../../core/query/language/language.ts'
import { daysBetween, dayText, readDay } from './days.ts'

test('days count across months, leap days and clock changes', () => {
  expect(dayAfter('2024-02-28')).toBe('2024-02-29')
  expect(dayAfter('2025-03-01', -1)).toBe('2025-02-28')
  expect(daysBetween('2025-03-29', '2025-03-31')).toBe(2)
})

test('days read as words', () => {
  expect(dayText('2025-05-09')).toBe('9 May 2025')
  expect(dayText('2025-05-08T18:40:05')).toBe('8 May 2025, 18:40')
  expect(dayText('soon')).toBe('soon')
})

test('a typed day is read in any unmistakable way, the day before the month, and only where it exists', () => {
  for (const typed of [
    '2025-05-09',
    '9 May 2025',
    '09 may 2025',
    '9. May 2025',
    'May 9, 2025',
    '9/5/2025',
    '9.5.2025',
    ' 9 5 2025 ',
  ])
    expect(readDay(typed), typed).toBe('2025-05-09')
  expect(readDay('29 February 2024')).toBe('2024-02-29')
  for (const typed of ['', '29 Feb 2025', '13/13/2025', '2025-02-30', '9 Mai 2025 x', 'soon', '5/2025'])
    expect(readDay(typed), typed).toBeNull()
  expect(readDay(dayText('2025-12-31'))).toBe('2025-12-31')
})
