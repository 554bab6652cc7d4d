import { expect, test } from 'vitest'
import { dayAfter } from '../../core/query/language/language.ts'
import { daysBetween, dayText } from './days.ts'

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
