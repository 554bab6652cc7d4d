import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Alert, Hit } from '../../api/contract/alerts.ts'
import { printFilter } from '../../core/query/language/language.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { Marked, marks } from '../marked.tsx'
import { t } from '../messages/index.ts'
import { StorySnippet } from '../storySnippet.tsx'
import { useFormat } from '../useFormat.ts'

const PAGE = 40

/** The hits of one alert or of all, newest first; new ones stand out until they are marked seen or opened. */
export function Inbox({ alert, alerts }: { alert: Alert | undefined; alerts: readonly Alert[] }): ReactNode {
  const [show, setShow] = useState<'unseen' | 'all'>('all')
  const [at, setAt] = useState(-1)
  const [, navigate] = useLocation()
  const filter = {
    ...(alert === undefined ? {} : { alert: alert.id }),
    ...(show === 'unseen' ? { unseen: true } : {}),
  }
  const list = useInfiniteQuery({
    queryKey: [...api.alerts.hits.key(), 'inbox', filter],
    queryFn: ({ pageParam, signal }) =>
      client.alerts.hits(
        { ...filter, limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const hits = list.data?.pages.flatMap((page) => page.hits) ?? []
  const unread = alert === undefined ? alerts.reduce((sum, a) => sum + a.unread, 0) : alert.unread

  const focus = (index: number): void => {
    const next = Math.max(0, Math.min(hits.length - 1, index))
    setAt(next)
    document.querySelectorAll<HTMLElement>('[data-hit] a')[next]?.focus()
  }
  useShortcuts({
    j: () => focus(at + 1),
    k: () => focus(at - 1),
    m: () => {
      const hit = hits[at]
      if (hit !== undefined && !hit.seen) void markSeen({ alert: hit.alert.id, stories: [hit.story.id] })
    },
  })

  return (
    <div className="mx-auto max-w-[880px] px-6 pt-3 pb-8 wide:mx-0">
      <header className="mb-2 flex min-h-[33px] flex-wrap items-center gap-3">
        <h2 className="mr-auto min-w-0 truncate text-md font-semibold">{alert?.name ?? t.alerts.inbox}</h2>
        <SegmentedControl
          label={t.alerts.show}
          value={show}
          choices={[
            { value: 'all', text: t.alerts.everything },
            { value: 'unseen', text: t.alerts.unseen },
          ]}
          onChange={(next) => {
            setShow(next)
            setAt(-1)
          }}
        />
        {alert !== undefined && (
          <Button icon="edit" onClick={() => navigate(`/alerts/edit/${alert.id}`)}>
            {t.actions.edit}
          </Button>
        )}
        <Button icon="check" disabled={unread === 0} onClick={() => void markAllSeen(alert, unread)}>
          {t.alerts.markAllSeen}
        </Button>
      </header>
      {list.isPending ? (
        <Skeleton lines={9} className="py-3" />
      ) : list.error !== null && hits.length === 0 ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : hits.length === 0 ? (
        show === 'unseen' ? (
          <EmptyState
            title={t.alerts.noneNew}
            actions={<Button onClick={() => setShow('all')}>{t.alerts.showAll}</Button>}
          >
            {t.alerts.noneNewHint}
          </EmptyState>
        ) : (
          <EmptyState title={t.alerts.noHits}>{t.alerts.noHitsHint}</EmptyState>
        )
      ) : (
        <>
          <ul aria-label={t.alerts.inbox} className="overflow-hidden rounded-lg border border-line bg-panel">
            {hits.map((hit) => (
              <Row
                key={`${hit.alert.id} ${hit.story.id}`}
                hit={hit}
                named={alert === undefined}
                query={hitsOf(alerts.find(({ id }) => id === hit.alert.id) ?? hit.alert)}
              />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button
              className="mt-3"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t.alerts.more}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

/** The list of an alert's hits; its own query beside it marks in the story what made it a hit. */
function hitsOf(alert: { name: string; query?: string }): string {
  const hits = printFilter('alert', [alert.name])
  return alert.query === undefined ? hits : `${hits} (${alert.query})`
}

function Row({ hit, named, query }: { hit: Hit; named: boolean; query: string }): ReactNode {
  const format = useFormat()
  const { story } = hit
  const title = story.title || story.excerpt || t.stories.untitled
  return (
    <li
      data-hit
      className={classes(
        'group relative border-b border-line px-4 py-2.5 last:border-b-0 hover:bg-hover',
        !hit.seen && 'shadow-[inset_3px_0_0_var(--accent)]',
      )}
    >
      <div className="flex items-baseline gap-2 text-sm text-ink-3">
        {!hit.seen && <span className="font-semibold text-accent">{t.alerts.newHit}</span>}
        {named && <span className="font-semibold text-ink-2">{hit.alert.name}</span>}
        <span className="truncate">{story.source.title}</span>
        <time dateTime={new Date(story.published).toISOString()} className="shrink-0">
          {format.time(story.published)}
        </time>
        {story.copies > 0 && <span className="shrink-0">{t.stories.copies(story.copies)}</span>}
        <span className="flex-1" />
        {!hit.seen && (
          <button
            type="button"
            onClick={() => void markSeen({ alert: hit.alert.id, stories: [story.id] })}
            className="relative z-1 shrink-0 text-accent hover:underline"
          >
            {t.alerts.markSeen}
          </button>
        )}
      </div>
      <Link
        href={`/stories/${story.id}?q=${encodeURIComponent(query)}`}
        onClick={() => {
          if (!hit.seen) void markSeen({ alert: hit.alert.id, stories: [story.id] })
        }}
        dir="auto"
        lang={story.lang || undefined}
        className={classes(
          'mt-0.5 block font-serif text-md after:absolute after:inset-0',
          hit.seen ? 'text-ink-2' : 'font-semibold',
        )}
      >
        <Marked text={title} spans={story.title === '' ? [] : marks(hit.evidence, 'title', 'theme')} />
      </Link>
      {story.title !== '' && story.excerpt !== '' && (
        <p dir="auto" lang={story.lang || undefined} className="mt-0.5 line-clamp-2 text-ink-2">
          <StorySnippet story={story} evidence={hit.evidence} />
        </p>
      )}
    </li>
  )
}

async function markSeen(what: { alert?: number; stories?: number[] }): Promise<boolean> {
  try {
    await client.alerts.markSeen(what)
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: api.alerts.key() }),
      queryClient.invalidateQueries({ queryKey: api.app.info.key() }),
    ])
    return true
  } catch (error) {
    toast(sentence(error), { bad: true })
    return false
  }
}

async function markAllSeen(alert: Alert | undefined, unread: number): Promise<void> {
  if (await markSeen(alert === undefined ? {} : { alert: alert.id })) toast(t.alerts.allSeen(unread))
}
