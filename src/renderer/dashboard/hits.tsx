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
              className="grid grid-cols-[minmax(90px,24%)_minmax(0,1fr)_auto] gap-x-3 py-1.5"
            >
              <Link
                href={`/alerts?show=all&alert=${hit.alertId}`}
                className="truncate font-semibold hover:text-accent hover:underline"
              >
                {hit.alert}
              </Link>
              <p dir="auto" className="min-w-0 wrap-anywhere">
                <Link href={`/stories/${hit.storyId}`} className="hover:text-accent hover:underline">
                  {hit.title || t.dashboard.latest.untitled}
                </Link>
                <span className="text-ink-3"> {hit.source}</span>
              </p>
              <time
                dateTime={new Date(hit.at).toISOString()}
                title={format.dateTime(hit.at)}
                className="text-ink-3"
              >
                {format.time(hit.at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
