import { expect, test } from 'vitest'
import { readInstant } from './instant.ts'

const read = (value: unknown, timeZone = 'UTC'): string | null => {
  const ms = readInstant(value, timeZone)
  return ms === null ? null : new Date(ms).toISOString()
}

test('ISO 8601 with and without a zone, to the minute, second or fraction', () => {
  expect(read('2025-05-08T18:40:05Z')).toBe('2025-05-08T18:40:05.000Z')
  expect(read('2025-05-08T18:40:05.25+03:00')).toBe('2025-05-08T15:40:05.250Z')
  expect(read('2025-05-08 18:40-0530')).toBe('2025-05-09T00:10:00.000Z')
  expect(read('2025-05-08T18:40', 'Asia/Tokyo')).toBe('2025-05-08T18:40:00.000Z')
  expect(read('2025-05-08T23:59:59.9999999Z')).toBe('2025-05-08T23:59:59.999Z')
})

test('a day alone begins when it begins in the time zone asked for', () => {
  expect(read('2025-05-08', 'UTC')).toBe('2025-05-08T00:00:00.000Z')
  expect(read('2025-05-08', 'Asia/Tokyo')).toBe('2025-05-07T15:00:00.000Z')
  expect(read('2025-05-08', 'America/New_York')).toBe('2025-05-08T04:00:00.000Z')
  // Clocks showed the sun's time.
  expect(read('0001-01-01', 'Europe/Brussels')).toBe('0000-12-31T23:42:30.000Z')
})

test('epochs in seconds and milliseconds, as numbers or digits', () => {
  expect(read(1746729605)).toBe('2025-05-08T18:40:05.000Z')
  expect(read(1746729605000)).toBe('2025-05-08T18:40:05.000Z')
  expect(read('1746729605')).toBe('2025-05-08T18:40:05.000Z')
  expect(read(0)).toBe('1970-01-01T00:00:00.000Z')
})

test('what is no moment is null', () => {
  for (const value of [
    '',
    'yesterday',
    '2025-13-01',
    '2025-02-30',
    '2025-05-08T25:00Z',
    '2025-05',
    null,
    {},
    Number.NaN,
    1e20,
  ])
    expect(readInstant(value, 'UTC'), String(value)).toBeNull()
})
