import { expect, test } from 'vitest'
import type { Evidence } from '../query/match/subject.ts'
import { merged } from './mergedSpans.ts'

test('overlapping spans are one', () => {
  const span = (start: number, end: number, field: Evidence['field'] = 'text'): Evidence => ({
    field,
    start,
    end,
  })
  expect(merged([span(5, 9), span(0, 6), span(0, 3, 'title'), span(9, 12), span(0, 6)])).toEqual([
    span(0, 3, 'title'),
    span(0, 9),
    span(9, 12),
  ])
})
