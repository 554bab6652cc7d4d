import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AlertSettings } from '../../../api/contract/alertSettings.ts'
import type { Backtest, Narrowing } from '../../../api/contract/backtest.ts'
import type { Range } from '../../../api/contract/common.ts'
import { addFilter, datesOf, dayAfter, printFilter } from '../../../core/query/language/language.ts'
import { client, queryClient } from '../../api.ts'
import { useDebounced } from '../../debounced.ts'
import { dayOf, instantOfDay } from '../../frame/days.ts'
import { useFormat } from '../../useFormat.ts'

/** The last so many days with today, or all of the archive. */
export type TestRange = '30' | '90' | '365' | 'all'
export const RANGES: readonly TestRange[] = ['30', '90', '365', 'all']

/** Local days, both inclusive. */
export interface Days {
  readonly from: string
  readonly to: string
}

export interface Asked {
  readonly query: string
  readonly settings: AlertSettings
  /** The alert whose saved query is compared with this one. */
  readonly against: number | undefined
}

export interface Timed {
  readonly asked: Asked
  readonly days: Days | null
  readonly answer: Backtest
  /** How long the engine took, with the way there and back. */
  readonly ms: number
}

/** What is shown of a back-test: of one whose hits are only counted so far, `notices` is null. */
export interface Summary {
  readonly query: string
  readonly days: Days | null
  readonly hits: number
  readonly notices: number | null
  /** Local days, ascending, those without any left out. */
  readonly perDay: readonly { readonly day: string; readonly hits: number; readonly notices: number }[]
}

const summaryOf = ({ asked, days, answer }: Timed): Summary => ({
  query: asked.query,
  days,
  hits: answer.hits,
  notices: answer.notices,
  perDay: answer.days,
})

const KEY = 'alert backtest'
/** How long typing rests before the archive is gone through. */
const REST_MS = 300
/** An answer that comes sooner is awaited: its hits alone would only flicker. */
const LATE_MS = 600
/** An answer is taken again for as long: stories that arrive change it little by little. */
const FRESH_MS = 60_000

/** The days of a range, as whole local days, so that what is counted can be listed. Null: all. */
export function useDays(range: TestRange): Days | null {
  const { now, zone } = useFormat()
  if (range === 'all') return null
  const to = dayOf(now, zone)
  return { from: dayAfter(to, 1 - Number(range)), to }
}

/** A query narrowed to these days. */
export const within = (query: string, days: Days | null): string =>
  days === null
    ? query
    : Object.entries(datesOf(days.from, days.to)).reduce(
        (text, [field, value]) => addFilter(text, printFilter(field, [value])),
        query,
      )

/**
 * What the alert as it is typed would have done. The engine is asked when typing rests, and what it was asked before is ended by the
 * next keystroke; the last answer stays until there is a new one.
 * @param gathering stories are still being given their events: it is asked once more when they have them
 * @param can false while there is nothing to ask: the query is empty or cannot be read
 */
export function useBacktest(asked: Asked, range: TestRange, can: boolean, gathering: boolean) {
  const { zone } = useFormat()
  const days = useDays(range)
  const wanted = JSON.stringify({ asked, days })
  const settled = useDebounced(wanted, REST_MS)
  const isSettled = wanted === settled && can
  useEffect(() => {
    if (!isSettled) void queryClient.cancelQueries({ queryKey: [KEY, 'typed'] })
  }, [isSettled])
  const query = useQuery({
    queryKey: [KEY, 'typed', gathering, wanted],
    queryFn: ({ signal }) => backtest(asked, days, zone, signal),
    enabled: isSettled,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    retry: false,
  })
  const isCurrent = isSettled && !query.isPlaceholderData && query.data !== undefined
  // The index counts hits in a fraction of the time that deciding of them takes.
  const first = useQuery({
    queryKey: [KEY, 'typed', 'hits', asked.query, days],
    queryFn: async ({ signal }): Promise<Summary> => {
      const { query: text } = asked
      const range = rangeOf(days, zone)
      const input = { query: text, ...(range === undefined ? {} : { range }) }
      const answer = await client.alerts.hitDays(input, { signal })
      const perDay = answer.days.map((one) => ({ ...one, notices: 0 }))
      return { query: text, days, hits: answer.hits, notices: null, perDay }
    },
    enabled: isSettled && !isCurrent,
    staleTime: FRESH_MS,
    retry: false,
  }).data
  const shown = query.data === undefined ? undefined : summaryOf(query.data)
  const wasCurrent = useDebounced(isCurrent, LATE_MS)
  const isOfOther = shown === undefined || shown.query !== asked.query || shown.days?.from !== days?.from
  const isFirst = !isCurrent && !wasCurrent && isOfOther && first !== undefined
  return { ...query, isCurrent, days, summary: isFirst ? first : shown }
}

/** The same for what is not typed: a saved alert, a narrowing. Undefined until it is known, and where nothing is asked. */
export function useBacktestOf(asked: Asked | null, days: Days | null): Timed | undefined {
  const { zone } = useFormat()
  return useQuery({
    queryKey: [KEY, 'beside', asked, days],
    queryFn: ({ signal }) => backtest(asked as Asked, days, zone, signal),
    enabled: asked !== null,
    staleTime: FRESH_MS,
    retry: false,
  }).data
}

/** A day that has so many hits is noisy; the engine looks for a narrowing from as many a day on, over so many days. */
export const NOISY = 20
export const NARROWED_DAYS = 30

/** How the query could find less; empty where it does not find too much, undefined while that is not known. */
export function useNarrowings(query: string, can: boolean): readonly Narrowing[] | undefined {
  return useQuery({
    queryKey: [KEY, 'narrow', query],
    queryFn: ({ signal }) => client.alerts.narrow({ query, days: NARROWED_DAYS }, { signal }),
    enabled: can,
    staleTime: FRESH_MS,
    retry: false,
  }).data
}

async function backtest(asked: Asked, days: Days | null, zone: string, signal: AbortSignal): Promise<Timed> {
  const began = performance.now()
  const { query, settings, against } = asked
  const range = rangeOf(days, zone)
  const answer = await client.alerts.backtest(
    {
      query,
      settings,
      ...(range === undefined ? {} : { range }),
      ...(against === undefined ? {} : { against }),
    },
    { signal },
  )
  return { asked, days, answer, ms: performance.now() - began }
}

const rangeOf = (days: Days | null, zone: string): Range | undefined =>
  days === null
    ? undefined
    : { kind: 'custom', from: instantOfDay(days.from, zone), to: instantOfDay(days.to, zone, 1) }
