import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { RangeCounts } from '../api/contract/navigation.ts'
import { api } from './api.ts'
import { useRange } from './view.ts'

/** How many stories the range has, in all and by theme; those of the last range until the engine answers. */
export function useRangeCounts(): UseQueryResult<RangeCounts> {
  const range = useRange()
  return useQuery(api.navigation.counts.queryOptions({ input: { range }, placeholderData: keepPreviousData }))
}
