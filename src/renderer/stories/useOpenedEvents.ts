import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { StoryRow } from '../../api/contract/stories.ts'
import { client } from '../api.ts'
import type { Page } from './arrivals.ts'

/** Stories of an event that are listed in place, the newest; the event's page has all. */
export const LISTED_IN_PLACE = 200

/**
 * The events of a list that are open in place, with their stories, whatever the query asks for: the line says how many
 * other sources an event has.
 */
export function useOpenedEvents(query: string): {
  opened: ReadonlyMap<number, readonly StoryRow[] | undefined>
  unfold: (event: number, open: boolean) => void
} {
  const [ids, setIds] = useState<readonly number[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query starts with all events closed
  useEffect(() => setIds([]), [query])
  const opened = useQueries({
    queries: ids.map((id) => {
      const mine = `event:${id}`
      return {
        // The key and shape of a list (useStoryList.ts): what is read, starred or tagged changes here too.
        queryKey: ['story list', mine],
        queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Opened> => ({
          pages: [await client.stories.list({ query: mine, limit: LISTED_IN_PLACE }, { signal })],
          pageParams: [undefined],
        }),
      }
    }),
    combine: useCallback(
      (lists: readonly { data: Opened | undefined }[]) =>
        new Map(ids.map((id, i) => [id, lists[i]?.data?.pages.flatMap(({ rows }) => rows)])),
      [ids],
    ),
  })
  const unfold = useCallback(
    (event: number, open: boolean) =>
      setIds((before) =>
        open ? (before.includes(event) ? before : [...before, event]) : before.filter((id) => id !== event),
      ),
    [],
  )
  return { opened, unfold }
}

interface Opened {
  readonly pages: readonly Page[]
  readonly pageParams: readonly undefined[]
}
