import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api } from '../../api.ts'
import { classes } from '../../components/classes.ts'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { t } from '../../messages/index.ts'
import { useFormat } from '../../useFormat.ts'
import { channelName } from './channelName.ts'

const SHOWN = 50

/** The log of an alert's deliveries, newest first; fetched when it is opened. */
export function Deliveries({ alert }: { alert: number }): ReactNode {
  const words = t.channels.log
  const [open, setOpen] = useState(false)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="cursor-pointer text-sm text-ink-2 hover:text-ink">{words.title}</summary>
      {open && <Log alert={alert} />}
    </details>
  )
}

function Log({ alert }: { alert: number }): ReactNode {
  const words = t.channels.log
  const format = useFormat()
  const query = useQuery(api.channels.deliveries.queryOptions({ input: { alert, limit: SHOWN } }))
  if (query.isError && query.data === undefined)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={4} />
  if (query.data.length === 0) return <p className="py-2 text-sm text-ink-3">{words.none}</p>
  const columns = ['at', 'channel', 'status', 'attempt', 'why'] as const
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-ink-3">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1 pr-3 font-normal last:pr-0">
                {words.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {query.data.toReversed().map((delivery) => (
            <tr
              key={`${delivery.id} ${delivery.kind} ${delivery.place} ${delivery.attempt}`}
              className="border-b border-line align-top last:border-b-0"
            >
              <td className="py-1 pr-3 whitespace-nowrap text-ink-2">{format.dateTime(delivery.at)}</td>
              <td className="py-1 pr-3 break-all">{channelName(delivery)}</td>
              <td
                className={classes(
                  'py-1 pr-3 whitespace-nowrap',
                  (delivery.status === 'failed' || delivery.status === 'given-up') && 'text-bad',
                )}
              >
                {t.channels.status[delivery.status]}
                {delivery.http !== null && ` (${delivery.http})`}
              </td>
              <td className="py-1 pr-3 text-right tabular-nums">{delivery.attempt}</td>
              <td className="py-1 text-ink-2">{delivery.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
