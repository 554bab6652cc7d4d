import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { QueryCheck } from '../../api/contract/query.ts'
import type { Use as QueryUse } from '../../core/query/language/language.ts'
import { api, client } from '../api.ts'
import { useDebounced } from '../debounced.ts'
import { isMade } from '../view.ts'

/** What a query is for; each allows something else. */
export type Use = Exclude<QueryUse, 'match'>

/** How long typing rests before the engine is asked. */
const REST_MS = 120

export interface Checked {
  /** The text that was checked: the one shown, or that of a moment ago. */
  readonly text: string
  readonly check: QueryCheck
}

/** The engine's reading of the text as it is typed; undefined for an empty one and until the first answer. */
export function useQueryCheck(text: string, use: Use): Checked | undefined {
  const settled = useDebounced(text, REST_MS)
  const answer = useQuery({
    queryKey: ['query check', use, settled],
    queryFn: async ({ signal }): Promise<Checked> => ({
      text: settled,
      check: await client.query.check({ query: settled, use }, { signal }),
    }),
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
    // Concepts and themes may have changed since.
    staleTime: 15_000,
  })
  return text.trim() === '' ? undefined : answer.data
}

/**
 * What is wrong with a query that nobody is typing (it stands in the address), and whether stories may be asked for: only once it
 * was read, since an unreadable one would be refused, or where clicks made it. Where the engine does not answer, asking for stories says so.
 */
export function useReadable(text: string): { fault: QueryCheck['error']; readable: boolean } {
  const empty = text.trim() === ''
  const answer = useQuery(
    api.query.check.queryOptions({
      input: { query: text, use: 'search' },
      enabled: !empty,
      staleTime: 15_000,
    }),
  )
  const fault = empty ? undefined : answer.data?.error
  return { fault, readable: empty || (fault === undefined && (isMade(text) || !answer.isPending)) }
}

/** True once the engine has read exactly this text without an error. */
export function isValid(checked: Checked | undefined, text: string): boolean {
  return checked !== undefined && checked.text === text && checked.check.error === undefined
}
