import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { HitFilter, HitGroup } from '../../../api/contract/inbox.ts'
import { client } from '../../api.ts'
import type { ListedPage } from './hitPages.ts'
import { listKey } from './useHitList.ts'

/** Hits of an event that are listed in place. */
const MOST = 200

interface Opened {
  readonly pages: readonly ListedPage[]
  readonly pageParams: readonly undefined[]
}

/** The events of a list that are open in place, with those of their hits that the filter lists. */
export function useOpenedGroups(filter: HitFilter): {
  opened: ReadonlyMap<number, readonly HitGroup[] | undefined>
  unfold: (event: number, open: boolean) => void
} {
  const [ids, setIds] = useState<readonly number[]>([])
  const name = JSON.stringify(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts with all events closed
  useEffect(() => setIds([]), [name])
  const opened = useQueries({
    queries: ids.map((event) => ({
      // The key and shape of a list (useHitList.ts): what is done to hits shows here too.
      queryKey: listKey({ ...filter, event }, false),
      gcTime: 0,
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Opened> => ({
        pages: [await client.inbox.list({ ...filter, event, grouped: false, limit: MOST }, { signal })],
        pageParams: [undefined],
      }),
    })),
    combine: useCallback(
      (lists: readonly { data: Opened | undefined }[]) =>
        new Map(
          ids.map((id, i) => [
            id,
            lists[i]?.data?.pages.flatMap(({ groups }) => groups.filter(({ hidden }) => hidden !== true)),
          ]),
        ),
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
