import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useLocation, useParams, useSearchParams } from 'wouter'
import type { HitFilter, Inbox as Overview } from '../../api/contract/inbox.ts'
import { sentenceOf } from '../../core/alerts/sentence.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { useTitle } from '../components/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { editorOf } from './editor/alertDraft.ts'
import { AlertList } from './inbox/alertList.tsx'
import { Inbox } from './inbox/inbox.tsx'
import { VIEWS } from './inbox/views.ts'

/**
 * The alerts at the left; at the right their inbox. All of it stands in the address: /alerts?show=starred&folder=Sea,
 * /alerts/17?alert=3 with story 17 open.
 */
export function AlertsPage(): ReactNode {
  useTitle(t.alerts.title)
  const [, navigate] = useLocation()
  const [params] = useSearchParams()
  const story = idOf(useParams<{ id?: string }>().id)
  const overview = useQuery(api.inbox.overview.queryOptions({ input: {} }))
  const alerts = overview.data?.alerts ?? []
  const sentences = useSentences()
  const filter = useFilter(params)
  const create = (): void => navigate(editorOf('new'))
  // In a small window an open story takes the place of the list.
  const isAlone = story !== null
  const isEmpty = overview.data !== undefined && alerts.length === 0

  return (
    <div
      className={classes(
        'grid h-full min-h-[480px] min-[860px]:grid-cols-[304px_minmax(0,1fr)] min-[860px]:grid-rows-[minmax(0,1fr)]',
        isAlone ? 'grid-rows-[minmax(0,1fr)]' : 'grid-rows-[auto_minmax(0,1fr)]',
      )}
    >
      <section
        aria-label={t.alerts.list}
        className={classes(
          'max-h-[34vh] min-h-0 flex-col border-b border-line bg-panel min-[860px]:flex min-[860px]:max-h-none min-[860px]:border-r min-[860px]:border-b-0',
          isAlone ? 'hidden' : 'flex',
        )}
      >
        <header className="flex min-h-[33px] items-center justify-between gap-3 py-3 pr-3 pl-4">
          <h1 className="font-serif text-xl">{t.alerts.title}</h1>
          <Button look={isEmpty ? 'main' : 'plain'} icon="plus" onClick={create}>
            {t.alerts.newAlert}
          </Button>
        </header>
        {overview.isPending ? (
          <Skeleton lines={6} className="px-4" />
        ) : overview.error !== null && overview.data === undefined ? (
          <ErrorState error={overview.error} retry={() => void overview.refetch()} className="px-4" />
        ) : (
          overview.data !== undefined &&
          alerts.length > 0 && (
            <AlertList
              alerts={alerts}
              unseen={overview.data.hits.new}
              sentences={sentences}
              chosen={filter}
              addressOf={(of) => addressOf({ show: filter.show, query: '', ...of }, null)}
            />
          )
        )}
      </section>
      <div className="min-h-0">
        {isEmpty ? (
          <div className="px-6 py-2">
            <EmptyState
              title={t.alerts.noAlerts}
              actions={
                <Button look="main" onClick={create}>
                  {t.alerts.newAlert}
                </Button>
              }
            >
              {t.alerts.noAlertsHint}
            </EmptyState>
          </div>
        ) : overview.data === undefined ? (
          overview.isPending && <Skeleton lines={14} className="px-4 py-3" />
        ) : (
          <Hits
            filter={filter}
            story={story}
            alerts={alerts}
            sentences={sentences}
            hits={overview.data.hits}
          />
        )}
      </div>
    </div>
  )
}

const Gone = (): ReactNode => (
  <div className="px-6 py-2">
    <EmptyState title={t.inbox.gone} />
  </div>
)

/** The inbox of what the address names. */
function Hits(props: {
  filter: HitFilter
  story: number | null
  alerts: Overview['alerts']
  sentences: ReadonlyMap<number, string>
  hits: Overview['hits']
}): ReactNode {
  const { filter, story, alerts } = props
  const [, navigate] = useLocation()
  const { alert, folder } = filter
  const of = useMemo(
    () =>
      alerts.filter(
        (one) => (alert === undefined || one.id === alert) && (folder === undefined || one.folder === folder),
      ),
    [alerts, alert, folder],
  )
  const shown = useMemo(() => ({ filter, story }), [filter, story])
  if (of.length === 0) return <Gone />
  const counts =
    alert === undefined && folder === undefined
      ? props.hits
      : Object.fromEntries(VIEWS.map((view) => [view, of.reduce((sum, { hits }) => sum + hits[view], 0)]))
  const name =
    alert !== undefined
      ? (of[0]?.name ?? '')
      : folder === undefined
        ? t.inbox.all
        : folder === ''
          ? t.inbox.noFolder
          : folder
  return (
    <Inbox
      key={`${alert} ${folder}`}
      shown={shown}
      name={name}
      sentence={alert === undefined ? undefined : props.sentences.get(alert)}
      of={of}
      counts={counts as Overview['hits']}
      onShow={(change) => navigate(addressOf({ ...filter, ...change }, null))}
      onStory={(id, replace) => navigate(addressOf(filter, id), { replace })}
    />
  )
}

/** What each alert does, as its sentence, by its id. */
function useSentences(): ReadonlyMap<number, string> {
  const { data } = useQuery(api.alerts.list.queryOptions({ input: {} }))
  return useMemo(() => new Map(data?.map(({ id, settings }) => [id, sentenceOf(settings)])), [data])
}

function useFilter(params: URLSearchParams): HitFilter {
  const [show, alert, folder, query] = ['show', 'alert', 'folder', 'q'].map((name) => params.get(name))
  return useMemo(() => {
    const view = VIEWS.find((one) => one === show)
    const id = idOf(alert ?? undefined)
    return {
      show: view ?? 'new',
      query: query ?? '',
      ...(id === null ? {} : { alert: id }),
      ...(folder == null ? {} : { folder }),
    }
  }, [show, alert, folder, query])
}

/** The address of some hits, and of the story that is open beside them. */
function addressOf({ show, alert, folder, query }: HitFilter, story: number | null): string {
  const params = new URLSearchParams()
  if (show !== 'new') params.set('show', show)
  if (alert !== undefined) params.set('alert', String(alert))
  else if (folder !== undefined) params.set('folder', folder)
  if (query !== '') params.set('q', query)
  const path = story === null ? '/alerts' : `/alerts/${story}`
  return params.size === 0 ? path : `${path}?${params}`
}

function idOf(text: string | undefined): number | null {
  const id = Number(text)
  return Number.isInteger(id) && id > 0 ? id : null
}
