import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Job } from '../../api/contract/common.ts'
import { client, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Kbd } from '../components/kbd.tsx'
import { toast } from '../components/toast.tsx'
import { useConnection } from '../connection.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useRoving } from '../roving.ts'
import { useAppInfo, useFormat } from '../useFormat.ts'

/** Sources, next poll, archive and running jobs at a glance; the shortcuts at the right. */
export function StatusBar(props: { onPalette: () => void; onKeys: () => void }): ReactNode {
  const info = useAppInfo()
  const format = useFormat()
  const roving = useRoving<HTMLElement>()
  const connection = useConnection()
  const away = connection === 'lost' || connection === 'refused'
  const running = info?.jobs.filter(({ state }) => state === 'running') ?? []
  return (
    <footer
      {...roving}
      className="print:hidden flex h-7 items-center gap-4 overflow-hidden border-t border-line bg-panel px-6 text-sm whitespace-nowrap text-ink-3"
    >
      {away && (
        <span role="status" className="flex items-center gap-1.5 font-semibold text-warn">
          <span aria-hidden="true" className="size-2 rounded-full border-2 border-current" />
          {info === undefined ? t.status.away : t.status.awaySince(format.clock(info.now))}
        </span>
      )}
      {info !== undefined && (
        <>
          {info.sources === 0 ? (
            <Link href="/sources">{t.status.noSources}</Link>
          ) : (
            <Link
              href="/sources"
              className={classes(
                'flex items-center gap-1.5 hover:underline',
                away ? 'text-ink-3' : 'text-good',
              )}
            >
              <span aria-hidden="true" className="size-2 rounded-full bg-current" />
              {t.status.upToDate(
                number(info.sources - info.failingSources - info.pausedSources),
                number(info.sources),
              )}
            </Link>
          )}
          {info.failingSources > 0 && (
            <Link href="/sources?show=failing" className="text-warn hover:underline">
              {t.status.failing(info.failingSources)}
            </Link>
          )}
          {info.pausedSources > 0 && (
            <Link href="/sources?show=paused" className="hover:underline">
              {t.status.paused(info.pausedSources)}
            </Link>
          )}
          {info.nextPoll !== null && !away && (
            <span>
              {info.nextPoll <= format.now ? t.status.polling : t.status.nextPoll(format.time(info.nextPoll))}
            </span>
          )}
          <Link href="/stories" className="hover:underline">
            {t.status.archive(info.stories)}
          </Link>
        </>
      )}
      {running.map((job) => (
        <Progress key={job.id} job={job} />
      ))}
      <span className="flex-1" />
      <button type="button" onClick={props.onPalette} className="hidden shrink-0 hover:text-ink wide:inline">
        <Kbd>Ctrl K</Kbd> {t.status.hintPalette}
      </button>
      <button type="button" onClick={props.onKeys} className="hidden shrink-0 hover:text-ink wide:inline">
        <Kbd>?</Kbd> {t.status.hintHelp}
      </button>
    </footer>
  )
}

function Progress({ job }: { job: Job }): ReactNode {
  const stop = (): void => {
    client.app.cancelJob({ id: job.id }).catch((error: unknown) => toast(sentence(error), { bad: true }))
  }
  return (
    <span className="flex min-w-0 items-center gap-2 text-ink-2">
      <span
        role="progressbar"
        aria-label={job.title}
        aria-valuemin={0}
        aria-valuemax={job.total ?? undefined}
        aria-valuenow={job.total === null ? undefined : job.done}
        className="h-1.5 w-24 shrink-0 overflow-hidden rounded-full bg-hover"
      >
        <span
          className={job.total === null ? 'breathe block h-full bg-accent' : 'block h-full bg-accent'}
          style={{
            width: job.total === null ? '100%' : `${(100 * job.done) / Math.max(1, job.total)}%`,
          }}
        />
      </span>
      <span className="truncate">
        {t.status.job(job.title, number(job.done), job.total === null ? null : number(job.total))}
      </span>
      <Button look="quiet" small icon="close" aria-label={t.status.cancelJob(job.title)} onClick={stop} />
    </span>
  )
}
