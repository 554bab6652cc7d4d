import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Hits as Answer } from '../../api/contract/dashboard/hits.ts'
import { api } from '../api.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'

/** The newest alert hits. */
export function Hits(): ReactNode {
  const words = t.dashboard.hits
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.hits)}
      lines={4}
      isShort={({ hits }) => hits.length === 0}
      note={({ unread, query }) => (
        <Link href={hitsOf(query, unread > 0 ? 'new' : 'all')} className="text-accent hover:underline">
          {unread > 0 ? words.new(unread) : t.nav.alerts}
        </Link>
      )}
    >
      {(shown) => <HitList {...shown} />}
    </DashboardPanel>
  )
}

/** The address of the inbox with the hits of a filter. */
export function hitsOf(query: string, show: 'new' | 'all'): string {
  const params = new URLSearchParams({ ...(show === 'all' && { show }), ...(query !== '' && { q: query }) })
  return params.size === 0 ? '/alerts' : `/alerts?${params}`
}

function HitList({ hits, query }: Answer): ReactNode {
  const words = t.dashboard.hits
  const format = useFormat()
  return (
    <>
      {hits.length === 0 ? (
        query !== '' ? (
          <p className="py-1.5 text-ink-2">{words.noneFiltered}</p>
        ) : (
          <p className="py-1.5 text-ink-2">
            {words.none}{' '}
            <Link href="/alerts" className="text-accent hover:underline">
              {words.make}
            </Link>
          </p>
        )
      ) : (
        <ul className="divide-y divide-line">
          {hits.map((hit) => (
            <li
              key={`${hit.alertId} ${hit.storyId}`}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 py-1.5"
            >
              <Link
                href={`/stories/${hit.storyId}`}
                dir="auto"
                title={hit.title}
                className="truncate font-serif text-md hover:text-accent hover:underline"
              >
                {hit.title || t.dashboard.latest.untitled}
              </Link>
              <time
                dateTime={new Date(hit.at).toISOString()}
                title={format.dateTime(hit.at)}
                className="text-sm text-ink-3"
              >
                {format.time(hit.at)}
              </time>
              <p className="col-span-2 truncate text-sm text-ink-3">
                <Link
                  href={`/alerts?show=all&alert=${hit.alertId}`}
                  className="font-semibold text-ink-2 hover:text-accent hover:underline"
                >
                  {hit.alert}
                </Link>{' '}
                <bdi>{hit.source}</bdi>
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
