import { expect, test } from 'vitest'
import { datesOf, dayAfter, daysBetween, dayText, momentOf, selectedDays } from './dates.ts'
import { readFilters, setDates } from './filters.ts'

test('days count across months, leap days and clock changes', () => {
  expect(dayAfter('2024-02-28')).toBe('2024-02-29')
  expect(dayAfter('2025-03-01', -1)).toBe('2025-02-28')
  expect(daysBetween('2025-03-29', '2025-03-31')).toBe(2)
})

test('an instant is written in the zone of the engine', () => {
  expect(momentOf(Date.UTC(2025, 4, 8, 16, 40, 5), 'Europe/Berlin')).toBe('2025-05-08T18:40:05')
  expect(momentOf(Date.UTC(2025, 4, 8, 22, 0, 0), 'Europe/Berlin')).toBe('2025-05-09T00:00:00')
})

test('days chosen in the histogram are read back from the query they made', () => {
  const read = (text: string) => selectedDays(readFilters(text), '2025-05-09')
  expect(read(setDates('oil', datesOf('2025-05-02', '2025-05-02')))).toEqual({
    from: '2025-05-02',
    to: '2025-05-02',
  })
  expect(read(setDates('oil', datesOf('2025-04-30', '2025-05-02')))).toEqual({
    from: '2025-04-30',
    to: '2025-05-02',
  })
  expect(read('oil within:7d')).toEqual({ from: '2025-05-02', to: null })
  expect(read('oil')).toBeNull()
})

test('days read as words', () => {
  expect(dayText('2025-05-09')).toBe('9 May 2025')
  expect(dayText('2025-05-08T18:40:05')).toBe('8 May 2025, 18:40')
  expect(dayText('soon')).toBe('soon')
})
