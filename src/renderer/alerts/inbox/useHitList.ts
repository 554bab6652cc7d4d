import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { HitFilter, HitGroup, HitUndo } from '../../../api/contract/inbox.ts'
import { client, queryClient } from '../../api.ts'
import { onChange } from '../../changes.ts'
import { arrivals, type ListedGroup, type ListedPage, patched, withArrivals } from './hitPages.ts'

const PAGE = 30
/** How long changes are gathered before the top of the list is looked at again. */
const GATHER_MS = 600

type Data = InfiniteData<ListedPage, string | undefined>
/** Lists of hits keep keys of their own: a change never fetches them again under the reader's eyes. */
const LISTS = 'hit list'
export const listKey = (filter: HitFilter, isGrouped: boolean): readonly unknown[] => [
  LISTS,
  filter,
  isGrouped,
]

export interface HitList {
  readonly groups: readonly ListedGroup[]
  readonly loading: boolean
  readonly error: unknown
  readonly retry: () => void
  readonly hasMore: boolean
  readonly loadingMore: boolean
  readonly loadMore: () => void
  /** Why it may lack hits, as a sentence. */
  readonly incomplete: string | undefined
  /** How many groups wait to be shown. */
  readonly waiting: number
  readonly showWaiting: () => void
}

/** The hits of a filter, loaded as they are needed. `atTop` says whether new ones may come in at once. */
export function useHitList(filter: HitFilter, isGrouped: boolean, atTop: () => boolean): HitList {
  const key = listKey(filter, isGrouped)
  const name = JSON.stringify(key)
  const list = useInfiniteQuery<ListedPage, Error, Data, readonly unknown[], string | undefined>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      client.inbox.list(
        {
          ...filter,
          grouped: isGrouped,
          limit: PAGE,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // Opened anew it is read anew: what was only seen leaves what is new then.
    gcTime: 0,
  })
  const [fresh, setFresh] = useState<readonly HitGroup[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts without anything waiting
  useEffect(() => setFresh([]), [name])

  const show = useCallback(
    (groups: readonly HitGroup[]) => {
      setFresh([])
      queryClient.setQueryData<Data>(JSON.parse(name) as unknown[], (data) =>
        data === undefined ? undefined : { ...data, pages: withArrivals(data.pages, groups, isGrouped) },
      )
    },
    [name, isGrouped],
  )

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const [, given] = JSON.parse(name) as [string, HitFilter]
    const look = async (): Promise<void> => {
      timer = undefined
      const page = await client.inbox.list({ ...given, grouped: isGrouped, limit: PAGE })
      const data = queryClient.getQueryData<Data>(JSON.parse(name) as unknown[])
      if (data === undefined) return
      if (atTop()) show(page.groups)
      else setFresh(arrivals(data.pages, page.groups, isGrouped))
    }
    const stop = onChange(({ type }) => {
      if (type === 'alerts' || type === 'events')
        timer ??= setTimeout(() => look().catch(() => undefined), GATHER_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [name, isGrouped, atTop, show])

  const groups = useMemo(() => {
    const known = new Set<string>()
    return (list.data?.pages ?? []).flatMap((page) =>
      page.groups.filter((group) => {
        const id =
          isGrouped && group.event !== null
            ? `${group.event.id}`
            : `${group.lead.alert.id} ${group.lead.story.id}`
        return group.hidden !== true && !known.has(id) && known.add(id) !== undefined
      }),
    )
  }, [list.data, isGrouped])

  return {
    groups,
    loading: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    hasMore: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    incomplete: list.data?.pages.at(-1)?.incomplete,
    waiting: fresh.length,
    showWaiting: () => show(fresh),
  }
}

/** Changes hits in every loaded list. */
export function patchLists(changed: HitUndo['hits']): void {
  for (const [key, data] of queryClient.getQueriesData<Data>({ queryKey: [LISTS] })) {
    if (data === undefined) continue
    const [, filter] = key as [string, HitFilter]
    queryClient.setQueryData<Data>(key, { ...data, pages: patched(data.pages, changed, filter.show) })
  }
}
