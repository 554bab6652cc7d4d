import { useQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import type { AppInfo } from '../api/contract/app.ts'
import { api } from './api.ts'
import * as format from './format.ts'
import { t } from './messages/index.ts'

/** What is known of the engine; undefined until it first answered. */
export function useAppInfo(): AppInfo | undefined {
  return useQuery(api.app.info.queryOptions({ input: {} })).data
}

export interface Format {
  /** The engine's clock to the minute: pinned in the sample. */
  now: number
  zone: string
  /** As a list shows a time. */
  time: (instant: number) => string
  clock: (instant: number) => string
  date: (instant: number) => string
  dateTime: (instant: number) => string
  weekday: (instant: number) => string
  monthYear: (instant: number) => string
  startOfDay: (instant: number) => number
}

/** Times in the engine's zone and against its clock. */
export function useFormat(): Format {
  const query = useQuery(api.app.info.queryOptions({ input: {} }))
  const minute = useMinute()
  const info = query.data
  const zone = info?.timeZone ?? 'UTC'
  const now =
    info === undefined
      ? minute
      : info.sample
        ? info.now
        : info.now + Math.max(0, minute - Math.floor(query.dataUpdatedAt / 60_000) * 60_000)
  return useMemo(
    () => ({
      now,
      zone,
      time: (instant) => format.listTime(instant, now, zone, t.time),
      clock: (instant) => format.clock(instant, zone),
      date: (instant) => format.date(instant, zone),
      dateTime: (instant) => format.dateTime(instant, zone),
      weekday: (instant) => format.weekday(instant, zone),
      monthYear: (instant) => format.monthYear(instant, zone),
      startOfDay: (instant) => format.startOfDay(instant, zone),
    }),
    [now, zone],
  )
}

/** This machine's time, in whole minutes. */
function useMinute(): number {
  return useSyncExternalStore(everyMinute, () => Math.floor(Date.now() / 60_000) * 60_000)
}

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, 5_000)
  return () => clearInterval(timer)
}
