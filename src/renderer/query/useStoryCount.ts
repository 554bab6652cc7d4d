import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import type { CountUnit } from '../countUnit.ts'
import { t } from '../messages/index.ts'

interface Counted {
  readonly stories: number
  readonly events?: number | undefined
  readonly exact: boolean
}

/** How many stories a valid query matches, or events: at once a floor for a very broad one, then the exact number. */
export function useStoryCount(
  query: string,
  enabled: boolean,
  unit: CountUnit = 'stories',
): Counted | undefined {
  const input = { query, ...(unit === 'events' ? { events: true } : {}) }
  const first = useQuery(
    api.stories.count.queryOptions({ input, enabled, placeholderData: keepPreviousData }),
  )
  const broad = first.data !== undefined && !first.data.exact && !first.isPlaceholderData
  const exact = useQuery(
    api.stories.count.queryOptions({ input: { ...input, exact: true }, enabled: enabled && broad }),
  )
  if (!enabled) return undefined
  return (broad ? exact.data : undefined) ?? first.data
}

/** "96 stories", or "at least 200 000 stories" while the exact number is counted; events where those were asked for. */
export function countText({ stories, events, exact }: Counted): string {
  const text = events === undefined ? t.count.stories(stories) : t.count.events(events)
  return exact ? text : t.query.atLeast(text)
}
