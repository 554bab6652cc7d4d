import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'

/** How many stories a valid query matches: at once a floor for a very broad one, then the exact number. */
export function useStoryCount(
  query: string,
  enabled: boolean,
): { stories: number; exact: boolean } | undefined {
  const first = useQuery(
    api.stories.count.queryOptions({ input: { query }, enabled, placeholderData: keepPreviousData }),
  )
  const broad = first.data !== undefined && !first.data.exact && !first.isPlaceholderData
  const exact = useQuery(
    api.stories.count.queryOptions({ input: { query, exact: true }, enabled: enabled && broad }),
  )
  if (!enabled) return undefined
  return (broad ? exact.data : undefined) ?? first.data
}

/** "96 stories", or "200 000+ stories" while the exact number is counted. */
export function countText(count: { stories: number; exact: boolean }): string {
  return count.exact ? t.query.stories(count.stories) : t.query.atLeast(number(count.stories))
}
