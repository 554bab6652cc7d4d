import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { EventRow } from '../../api/contract/events.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'

/** How events are ranked here; the newest first is the list of stories itself. */
export type Ranking = 'size' | 'growth'

const PAGE = 50

/** The events of a query, the largest or those that grow most first. */
export function EventRanking(props: { query: string; readable: boolean; by: Ranking }): ReactNode {
  const { query, by } = props
  const words = t.events.ranking
  const [path] = useLocation()
  const list = useInfiniteQuery(
    api.events.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        query,
        limit: PAGE,
        sort: by,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      enabled: props.readable,
      placeholderData: keepPreviousData,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (list.data === undefined)
    return list.isError ? (
      <ErrorState error={list.error} retry={() => void list.refetch()} className="px-6" />
    ) : (
      <Skeleton lines={14} className="px-6 py-3" />
    )
  if (rows.length === 0)
    return (
      <div className="px-6">
        <EmptyState title={words.none}>{words.noneHint}</EmptyState>
      </div>
    )
  const incomplete = list.data.pages.find((page) => page.incomplete !== undefined)?.incomplete
  const trail = { from: path, events: rows.map(({ id }) => id) }
  return (
    <>
      {incomplete !== undefined && (
        <p role="status" className="px-6 pt-2 text-sm text-warn">
          {incomplete}
        </p>
      )}
      <ol aria-label={words[by]} className="mx-auto flex max-w-[1100px] flex-col px-6 py-2">
        {rows.map((event) => (
          <Row key={event.id} event={event} trail={trail} />
        ))}
      </ol>
      <div className="px-6 pb-6 text-center text-sm text-ink-3">
        {list.hasNextPage ? (
          <Button small disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {words.more}
          </Button>
        ) : (
          words.end(rows.length)
        )}
      </div>
    </>
  )
}

function Row({ event, trail }: { event: EventRow; trail: { from: string; events: number[] } }): ReactNode {
  const format = useFormat()
  const { headline, name, stories, grown } = event
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-b border-line py-2 last:border-b-0">
      <Link
        href={`/events/${event.id}`}
        state={trail}
        data-rank=""
        dir="auto"
        lang={name === '' ? headline.lang || undefined : undefined}
        className="justify-self-start rounded-sm font-serif text-lg text-pretty hover:text-accent hover:underline"
      >
        {name || headline.title || t.stories.untitled}
      </Link>
      <span className="text-right tabular-nums">
        <NumberDoor door={stories}>{t.count.stories(stories.stories)}</NumberDoor>
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-3">
        {event.blocs.length > 0 && (
          <span className="inline-flex flex-wrap gap-1">
            {event.blocs.map((bloc) => (
              <BlocTag key={bloc} bloc={bloc} />
            ))}
          </span>
        )}
        <span>{t.count.sources(event.sources)}</span>
        <time dateTime={new Date(event.last).toISOString()}>{t.events.last(format.time(event.last))}</time>
      </span>
      <span className="text-right text-sm text-ink-3">
        {grown.stories > 0 && (
          <NumberDoor door={grown} of={t.events.ranking.grownHint}>
            {t.events.ranking.grown(grown.stories)}
          </NumberDoor>
        )}
      </span>
    </li>
  )
}

/** The list of a query's stories, ranked where it is. */
export const rankedStoriesOf = (query: string, by: Ranking | null): string => {
  const path = storiesOf(query)
  return by === null ? path : `${path}${path.includes('?') ? '&' : '?'}by=${by}`
}
