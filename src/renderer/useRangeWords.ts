import { t } from './messages/index.ts'
import { nameOf } from './range.ts'
import { useFormat } from './useFormat.ts'
import { useRange } from './view.ts'

/** The chosen range in words, for what leaves the page. */
export function useRangeWords(): string {
  const range = useRange()
  const format = useFormat()
  if (range.kind === 'custom') return t.range.between(format.date(range.from), format.date(range.to - 1))
  const name = nameOf(range)
  if (name !== 'custom') return t.range[name]
  return t.exporting.hours(range.kind === 'last' ? range.hours : 0)
}
