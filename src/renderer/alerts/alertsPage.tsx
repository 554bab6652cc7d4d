import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Alert } from '../../api/contract/alerts.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { useTitle } from '../components/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { Inbox } from './inbox.tsx'
import { useLeaving } from './removal.ts'

/** The alerts at the left; at the right their inbox (/alerts, /alerts?alert=3). */
export function AlertsPage(): ReactNode {
  useTitle(t.alerts.title)
  const [, navigate] = useLocation()
  const [params] = useSearchParams()
  const list = useQuery(api.alerts.list.queryOptions({ input: {} }))
  const leaving = useLeaving()
  const alerts = (list.data ?? []).filter(({ id }) => !leaving.has(id))
  const shown = alerts.find(({ id }) => String(id) === params.get('alert'))
  const create = (): void => navigate('/alerts/edit/new')

  return (
    <div className="flex h-full flex-col wide:grid wide:grid-cols-[300px_minmax(0,1fr)]">
      <section
        aria-label={t.alerts.list}
        className="flex max-h-[34vh] min-h-0 shrink-0 flex-col border-b border-line bg-panel wide:max-h-none wide:border-r wide:border-b-0"
      >
        <header className="flex min-h-[33px] items-center justify-between gap-3 py-3 pr-3 pl-4">
          <h1 className="font-serif text-xl">{t.alerts.title}</h1>
          <Button look={alerts.length === 0 ? 'main' : 'plain'} icon="plus" onClick={create}>
            {t.alerts.newAlert}
          </Button>
        </header>
        <div className="min-h-0 overflow-y-auto px-2 pb-3">
          {list.isPending ? (
            <Skeleton lines={4} className="px-2" />
          ) : list.error !== null && list.data === undefined ? (
            <ErrorState error={list.error} retry={() => void list.refetch()} className="px-2" />
          ) : (
            alerts.length > 0 && (
              <ul className="flex flex-col gap-px">
                <Entry
                  name={t.alerts.all}
                  on={shown === undefined}
                  unread={alerts.reduce((sum, alert) => sum + alert.unread, 0)}
                  onOpen={() => navigate('/alerts')}
                />
                {alerts.map((alert) => (
                  <Entry
                    key={alert.id}
                    name={alert.name}
                    alert={alert}
                    on={shown === alert}
                    unread={alert.unread}
                    onOpen={() => navigate(`/alerts?alert=${alert.id}`)}
                    onEdit={() => navigate(`/alerts/edit/${alert.id}`)}
                  />
                ))}
              </ul>
            )
          )}
        </div>
      </section>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {list.data !== undefined && alerts.length === 0 ? (
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
        ) : (
          list.data !== undefined && <Inbox key={shown?.id ?? 'all'} alert={shown} alerts={alerts} />
        )}
      </div>
    </div>
  )
}

function Entry(props: {
  name: string
  alert?: Alert
  on: boolean
  unread: number
  onOpen: () => void
  onEdit?: () => void
}): ReactNode {
  const { alert, on } = props
  const format = useFormat()
  return (
    <li
      className={classes(
        'group relative flex items-start rounded-md has-focus-visible:bg-hover',
        on ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <button
        type="button"
        aria-current={on ? 'page' : undefined}
        onClick={props.onOpen}
        className="min-w-0 flex-1 px-2 py-1.5 text-left"
      >
        <span className="flex items-center gap-2">
          <span
            className={classes(
              'min-w-0 flex-1 truncate',
              props.unread > 0 ? 'font-semibold' : 'text-ink-2',
              alert?.enabled === false && 'text-ink-3',
            )}
          >
            {props.name}
          </span>
          {props.unread > 0 && (
            <span
              title={t.alerts.newHits(props.unread)}
              className="min-w-[18px] rounded-full bg-accent px-1.5 text-center text-xs font-semibold text-accent-ink"
            >
              {number(props.unread)}
            </span>
          )}
        </span>
        {alert !== undefined && (
          <span className="block truncate text-sm text-ink-3">
            {[
              !alert.enabled && t.alerts.off,
              alert.hits === 0 ? t.alerts.never : t.alerts.hits(alert.hits),
              alert.lastHit !== null && t.alerts.lastHit(format.time(alert.lastHit)),
            ]
              .filter((part) => part !== false)
              .join(' · ')}
          </span>
        )}
      </button>
      {props.onEdit !== undefined && (
        <Button
          look="quiet"
          small
          icon="edit"
          className="m-1"
          aria-label={t.alerts.edit(props.name)}
          title={t.alerts.edit(props.name)}
          onClick={props.onEdit}
        />
      )}
    </li>
  )
}
