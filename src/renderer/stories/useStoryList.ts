import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { StoryRow } from '../../api/contract/stories.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { onChange } from '../changes.ts'
import { toast } from '../components/toast.tsx'
import { arrivals, merged, type Page } from './arrivals.ts'

const PAGE = 100
/** Changes of state beyond this many rows are fetched with the list rather than one by one. */
const ONE_BY_ONE = 30
/** How long changes are gathered before the top of the list is looked at again. */
const GATHER_MS = 600

/**
 * The list keeps a key of its own: changes never fetch it again under the reader's eyes. What arrives is counted, and
 * shown when the reader asks (or sits at the top with nothing open); what changes is changed in place.
 */
const keyOf = (query: string): readonly unknown[] => ['story list', query]
type Data = InfiniteData<Page, string | undefined>

export interface StoryList {
  readonly rows: readonly StoryRow[]
  readonly loading: boolean
  readonly error: unknown
  readonly retry: () => void
  readonly hasMore: boolean
  readonly loadingMore: boolean
  readonly loadMore: () => void
  /** Why the list may lack stories, as a sentence. */
  readonly incomplete: string | undefined
  /** How many new stories wait to be shown; `many`: at least so many. */
  readonly waiting: { readonly stories: number; readonly many: boolean }
  readonly showWaiting: () => void
}

/** The stories of a query, newest first, loaded as they are needed. `atTop` says whether new ones may come in at once. */
export function useStoryList(query: string, enabled: boolean, atTop: () => boolean): StoryList {
  const list = useInfiniteQuery<Page, Error, Data, readonly unknown[], string | undefined>({
    queryKey: keyOf(query),
    queryFn: ({ pageParam, signal }) =>
      client.stories.list(
        { query, limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled,
  })
  const rows = useMemo(() => distinct(list.data?.pages ?? []), [list.data])
  const [fresh, setFresh] = useState<readonly StoryRow[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query starts without anything waiting
  useEffect(() => setFresh([]), [query])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      timer = undefined
      const page = await client.stories.list({ query, limit: PAGE })
      const data = queryClient.getQueryData<Data>(keyOf(query))
      if (data === undefined) return
      const coming = arrivals(data.pages, page.rows)
      if (coming.length === 0 || (coming.length < PAGE && atTop())) show(query, page.rows)
      else setFresh(page.rows)
    }
    const lookIn = (delay: number): void => {
      timer ??= setTimeout(() => look().catch(() => undefined), delay)
    }
    // Nobody listened while another page was open: what came meanwhile is looked for on the way back.
    if (enabled && queryClient.getQueryData(keyOf(query)) !== undefined) lookIn(0)
    const stop = onChange((change) => {
      if (!enabled) return
      if (change.type === 'stories') lookIn(GATHER_MS)
      else if (change.type === 'state') void refreshRows(query, change.stories)
      else if (change.type === 'themes') void queryClient.invalidateQueries({ queryKey: keyOf(query) })
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [query, enabled, atTop])

  const showWaiting = useCallback(() => {
    setFresh([])
    const data = queryClient.getQueryData<Data>(keyOf(query))
    // So many came that the first page no longer meets what was loaded: the list begins anew.
    if (data === undefined || arrivals(data.pages, fresh).length >= PAGE)
      void queryClient.resetQueries({ queryKey: keyOf(query) })
    else show(query, fresh)
  }, [query, fresh])

  const waiting = list.data === undefined ? 0 : arrivals(list.data.pages, fresh).length
  return {
    rows,
    loading: enabled && list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    hasMore: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    incomplete: list.data?.pages.at(-1)?.incomplete,
    waiting: { stories: waiting, many: waiting >= PAGE },
    showWaiting,
  }
}

/** Marks stories read or unread, at once in the page and then in the engine. */
export function setRead(ids: readonly number[], read: boolean): void {
  patch(ids, { read })
  const parts = Array.from({ length: Math.ceil(ids.length / 1000) }, (_, i) =>
    ids.slice(i * 1000, (i + 1) * 1000),
  )
  Promise.all(parts.map((part) => client.stories.setRead({ ids: [...part], read }))).catch(
    (error: unknown) => {
      patch(ids, { read: !read })
      toast(sentence(error), { bad: true })
    },
  )
}

/** Stars a story or removes its star, at once in the page and then in the engine. */
export function setStarred(id: number, starred: boolean): void {
  patch([id], { starred })
  client.stories.setStarred({ id, starred }).catch((error: unknown) => {
    patch([id], { starred: !starred })
    toast(sentence(error), { bad: true })
  })
}

/** Changes rows in every loaded list and in the open story. */
function patch(ids: readonly number[], change: Partial<StoryRow>): void {
  const wanted = new Set(ids)
  patchLists((row) => (wanted.has(row.id) ? { ...row, ...change } : row))
  queryClient.setQueriesData<StoryRow>({ queryKey: api.stories.get.key() }, (story) =>
    story !== undefined && wanted.has(story.id) ? { ...story, ...change } : story,
  )
}

function patchLists(changed: (row: StoryRow) => StoryRow): void {
  queryClient.setQueriesData<Data>({ queryKey: ['story list'] }, (data) =>
    data === undefined
      ? undefined
      : { ...data, pages: data.pages.map((page) => ({ ...page, rows: page.rows.map(changed) })) },
  )
}

function show(query: string, rows: readonly StoryRow[]): void {
  queryClient.setQueryData<Data>(keyOf(query), (data) =>
    data === undefined ? undefined : { ...data, pages: merged(data.pages, rows) },
  )
}

/** Takes up what changed in listed stories: read, starred, note or theme, here or in another window. */
async function refreshRows(query: string, ids: readonly number[]): Promise<void> {
  const listed = new Set(
    queryClient.getQueryData<Data>(keyOf(query))?.pages.flatMap((p) => p.rows.map((r) => r.id)),
  )
  const mine = ids.filter((id) => listed.has(id))
  if (mine.length > ONE_BY_ONE) {
    await queryClient.invalidateQueries({ queryKey: keyOf(query) })
    return
  }
  const stories = await Promise.all(mine.map((id) => client.stories.get({ id }).catch(() => null)))
  const now = new Map(stories.flatMap((story) => (story === null ? [] : [[story.id, story] as const])))
  patchLists((row) => {
    const story = now.get(row.id)
    if (story === undefined) return row
    return { ...row, read: story.read, starred: story.starred, themes: story.themes }
  })
}

function distinct(pages: readonly Page[]): StoryRow[] {
  const rows = new Map<number, StoryRow>()
  for (const page of pages) for (const row of page.rows) if (!rows.has(row.id)) rows.set(row.id, row)
  return [...rows.values()]
}
