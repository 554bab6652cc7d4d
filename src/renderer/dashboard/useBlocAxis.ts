import type { Range } from '../../api/contract/common.ts'
import { setFilter, valuesOf } from '../../core/query/language/language.ts'
import { useReadable } from '../query/useQueryCheck.ts'
import { useView } from '../view.ts'

/**
 * The range and filter of the dashboard for a panel that compares blocs: a filter by bloc frames what it shows and does not narrow it.
 */
export function useBlocAxis(): {
  readonly input: { readonly query: string; readonly range: Range }
  /** False while the filter cannot be read. */
  readonly enabled: boolean
  /** The bloc that is filtered by, in upper case; undefined for none. */
  readonly framed: string | undefined
} {
  const { range, filter } = useView()
  const { readable } = useReadable(filter)
  return {
    input: { query: setFilter(filter, 'bloc', []), range },
    enabled: readable,
    framed: valuesOf(filter, 'bloc')[0]?.toUpperCase(),
  }
}
