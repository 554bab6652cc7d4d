import { expect, test } from 'vitest'
import { localMoment } from '../../localTime.ts'
import { datesOf, selectedDays, setDates } from './dateFilters.ts'
import { readFilters } from './filters.ts'

test('an instant is written in the zone of the engine', () => {
  expect(localMoment(Date.UTC(2025, 4, 8, 16, 40, 5), 'Europe/Berlin')).toBe('2025-05-08T18:40:05')
  expect(localMoment(Date.UTC(2025, 4, 8, 22, 0, 0), 'Europe/Berlin')).toBe('2025-05-09T00:00:00')
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

test('a filter whose value is no date selects no days', () => {
  const read = (text: string) => selectedDays(readFilters(text), '2025-05-09')
  expect(read('oil after:soon')).toBeNull()
  expect(read('oil within:7x')).toBeNull()
  expect(read('oil after:2025-5-1 before:soon')).toEqual({ from: '2025-05-01', to: null })
})
