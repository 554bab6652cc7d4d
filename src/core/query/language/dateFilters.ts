import { dayAfter, durationOf } from '../../localTime.ts'
import { canonicalDate, canonicalDuration } from './dateValue.ts'
import { addFilter, DATE_FIELDS, type Filter, readFilters, removeFilter } from './filters.ts'
import { printFilter } from './print.ts'

/** Date filters as a choice of local days ("2025-05-09"). */

/** The query with its date filters replaced, as in `{ after: '2025-05-01', before: '2025-05-08' }`; {} removes them. */
export function setDates(
  text: string,
  dates: Partial<Record<'after' | 'before' | 'on' | 'within' | 'fetched', string>>,
): string {
  let next = text
  for (;;) {
    const there = readFilters(next).find((f) => DATE_FIELDS.includes(f.field) && !f.negated)
    if (there === undefined) break
    next = removeFilter(next, there)
  }
  for (const [field, value] of Object.entries(dates)) next = addFilter(next, printFilter(field, [value]))
  return next
}

/** The date filters that select these days, both inclusive. */
export function datesOf(from: string, to: string): { on: string } | { after: string; before: string } {
  return from === to ? { on: from } : { after: from, before: dayAfter(to) }
}

/**
 * The days that date filters leave, both inclusive; null at an end without a filter, null alone where there are none. A
 * filter whose value is no date leaves all days.
 */
export function selectedDays(
  filters: readonly Pick<Filter, 'field' | 'values' | 'negated'>[],
  today: string,
): { from: string | null; to: string | null } | null {
  let from: string | null = null
  let to: string | null = null
  for (const { field, values, negated } of filters) {
    const [written] = values
    if (negated || written === undefined || values.length > 1) continue
    if (field === 'within') {
      const length = canonicalDuration(written)
      if (length !== null) from = dayAfter(today, -Math.ceil(durationOf(length) / DAY_MS))
      continue
    }
    const value = canonicalDate(written)
    if (value === null) continue
    const day = value.slice(0, 10)
    if (field === 'on') return { from: day, to: day }
    if (field === 'after') from = day
    if (field === 'before') to = value === day ? dayAfter(day, -1) : day
  }
  return from === null && to === null ? null : { from, to }
}

const DAY_MS = 86_400_000
