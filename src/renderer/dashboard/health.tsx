import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Health as Answer } from '../../api/contract/dashboard/health.ts'
import { api } from '../api.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'

/** How the sources do: counts that open, and each failing or silent one by name with its reason. */
export function Health(): ReactNode {
  return (
    <DashboardPanel
      title={t.dashboard.health.title}
      answer={usePanel(api.dashboard.health)}
      lines={2}
      note={(shown) => <States shown={shown} />}
    >
      {(shown) => <Troubled shown={shown} />}
    </DashboardPanel>
  )
}

function States({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.health
  const { ok, failing, silent, paused } = shown
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-3">
      <Link href="/sources?show=ok" className="text-good hover:underline">
        {words.ok(ok)}
      </Link>
      {failing.length > 0 && (
        <Link href="/sources?show=failing" className="text-bad hover:underline">
          {words.failing(failing.length)}
        </Link>
      )}
      {silent.length > 0 && (
        <Link href="/sources?show=silent" className="text-warn hover:underline">
          {words.silent(silent.length)}
        </Link>
      )}
      {paused > 0 && (
        <Link href="/sources?show=paused" className="hover:underline">
          {words.paused(paused)}
        </Link>
      )}
    </span>
  )
}

function Troubled({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.health
  const { failing, silent, kinds } = shown
  const troubled = [
    ...failing.map((source) => ({ ...source, look: 'text-bad' })),
    ...silent.map((source) => ({ ...source, look: 'text-warn' })),
  ]
  return (
    <>
      {troubled.length === 0 && <p className="py-1.5 text-ink-2">{words.allWell}</p>}
      <ul className="divide-y divide-line">
        {troubled.map(({ id, title, message, look }) => (
          <li key={id} className="grid grid-cols-[minmax(90px,24%)_minmax(0,1fr)] gap-x-3 py-1.5">
            <Link
              href={`/sources?source=${id}`}
              title={title}
              className={`truncate font-semibold hover:underline ${look}`}
            >
              {title}
            </Link>
            <p className="min-w-0 text-ink-2">{message}</p>
          </li>
        ))}
      </ul>
      {kinds.length > 0 && (
        <p className="mt-1.5 flex flex-wrap gap-x-3 text-sm text-ink-3">
          <span>{words.kinds}:</span>
          {kinds.map(({ kind, sources }) => (
            <Link key={kind} href={`/sources?kind=${kind}`} className="hover:underline">
              {number(sources)} {t.kinds[kind]}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}
