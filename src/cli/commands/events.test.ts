import { expect, test } from 'vitest'
import { rangeQuery } from './events.ts'

test.each([
  ['24h', 'within:24h'],
  ['2025-05-01', 'after:2025-05-01 before:2025-05-02'],
  ['2024-02-28..2025-12-31', 'after:2024-02-28 before:2026-01-01'],
  ['2025-05-01..9999-12-31', 'after:2025-05-01'],
])('the range %s is asked for as %s', (range, query) => expect(rangeQuery(range)).toBe(query))

test.each(['', '0d', '2025-02-30', '2025-5-1', '2025-05-01..', '..2025-05-01', '2025-05-03..2025-05-01'])(
  '“%s” is no range',
  (range) => expect(() => rangeQuery(range)).toThrow(/range/),
)
