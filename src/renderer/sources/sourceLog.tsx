import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { FetchRecord, Source } from '../../api/contract/sources.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { bytes, duration, languageName, number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { refreshSource } from './sourceActions.ts'
import { nameOfSource } from './sourceName.ts'
import { StateMark } from './sourceState.tsx'

const SHOWN = 100

/** One source: what it is, how it does, and every fetch with all that was noted. */
export function SourceLog(props: { source: Source; onClose: () => void; onEdit: () => void }): ReactNode {
  const { source } = props
  const words = t.sources.log
  const format = useFormat()
  const log = useQuery(api.sources.log.queryOptions({ input: { id: source.id, limit: SHOWN } }))
  const facts = [
    source.language === '' ? '' : languageName(source.language),
    source.country,
    source.kind === 'unknown' ? '' : t.kinds[source.kind],
    t.count.stories(source.stories),
  ].filter((fact) => fact !== '')
  return (
    <Dialog
      open
      onClose={props.onClose}
      wide
      title={words.title(nameOfSource(source))}
      description={words.text}
      foot={
        <>
          {/^https?:/.test(source.link) && (
            <a
              href={source.link}
              target="_blank"
              rel="noreferrer"
              className="mr-auto text-accent hover:underline"
            >
              {t.sources.site}
            </a>
          )}
          <Button icon="edit" onClick={props.onEdit}>
            {t.sources.edit}
          </Button>
          <Button
            icon="refresh"
            look="main"
            disabled={source.state === 'fetching'}
            onClick={() => refreshSource(source)}
          >
            {t.sources.refreshThis}
          </Button>
        </>
      }
    >
      <div className="mb-3 flex flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-x-3">
          <StateMark state={source.state} />
          {source.bloc !== '' && <BlocTag bloc={source.bloc} />}
          <span className="text-ink-2">{facts.join(' · ')}</span>
        </p>
        <p className="text-sm break-all text-ink-3">{source.url}</p>
        <p className="text-sm text-ink-3">
          {source.nextPoll === null
            ? words.noNext(source.nextPollWhy)
            : words.next(format.time(source.nextPoll), source.nextPollWhy)}
        </p>
        {source.error !== null && <p className="text-bad">{source.error.message}</p>}
        {source.silence !== '' && <p className="text-warn">{source.silence}</p>}
      </div>
      {log.isError ? (
        <ErrorState error={log.error} retry={() => void log.refetch()} />
      ) : log.data === undefined ? (
        <Skeleton lines={6} />
      ) : log.data.length === 0 ? (
        <p className="text-ink-2">{words.none}</p>
      ) : (
        <table className="figures">
          <thead>
            <tr>
              <th>{words.at}</th>
              <th>{words.answer}</th>
              <th className="number">{words.took}</th>
              <th className="number">{words.size}</th>
              <th className="number">{words.added}</th>
              <th className="number">{words.updated}</th>
              <th className="number">{words.skipped}</th>
            </tr>
          </thead>
          {log.data.map((record) => (
            <Record key={record.id} record={record} />
          ))}
        </table>
      )}
    </Dialog>
  )
}

function Record({ record }: { record: FetchRecord }): ReactNode {
  const words = t.sources.log
  const format = useFormat()
  const notes = [...(record.error === null ? [] : [record.error.message]), ...record.notes]
  return (
    <tbody className="border-b border-line last:border-b-0">
      <tr className={notes.length > 0 ? '[&>*]:!border-b-0' : undefined}>
        <td>
          <time dateTime={new Date(record.at).toISOString()} title={format.dateTime(record.at)}>
            {format.time(record.at)}
          </time>
        </td>
        <td className={record.error === null ? 'text-ink-2' : 'text-bad'}>
          {record.status === null ? words.noAnswer : String(record.status)}
          {record.status === 304 && ` ${words.notModified}`}
        </td>
        <td className="number text-ink-2">{duration(record.ms)}</td>
        <td className="number text-ink-2">{record.bytes === 0 ? '–' : bytes(record.bytes)}</td>
        <Count n={record.added} look="font-semibold" />
        <Count n={record.updated} />
        <Count n={record.skipped} look="text-warn" />
      </tr>
      {notes.length > 0 && (
        <tr>
          <td colSpan={7} className="!pt-0 !whitespace-normal">
            <ul className="text-sm text-ink-2">
              {notes.map((note, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two items may have the same fault
                <li key={index} className={index === 0 && record.error !== null ? 'text-bad' : undefined}>
                  {note}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </tbody>
  )
}

function Count({ n, look = 'text-ink-2' }: { n: number; look?: string }): ReactNode {
  return <td className={`number ${n === 0 ? 'text-ink-3' : look}`}>{n === 0 ? '–' : number(n)}</td>
}
