import { dayAfter } from '../../../core/query/language/language.ts'
import { daysBetween } from '../../frame/days.ts'
import type { Days } from './useBacktest.ts'

/** A bar of the chart: one day, or several where a bar a day would be too thin. */
export interface DayBar extends Days {
  readonly hits: number
  readonly notices: number
  /** Hits with the narrowing; null where there is none. */
  readonly narrowed: number | null
}

interface Counted {
  readonly day: string
  readonly hits: number
  readonly notices: number
}

/** All time begins with the first hit; a chart shows no less than this. */
const LEAST_DAYS = 14

/**
 * The bars of a back-test, oldest first and at most `most`, all of the same number of days but for the first, so that the last
 * one ends with today.
 * @param days local days, ascending, those without any left out
 * @param range null: from the first day to today
 */
export function dayBars(
  days: readonly Counted[],
  narrowed: readonly Counted[] | null,
  range: Days | null,
  today: string,
  most: number,
): DayBar[] {
  const last = later(range?.to ?? today, days.at(-1)?.day)
  const first = range?.from ?? earlier(dayAfter(last, 1 - LEAST_DAYS), days[0]?.day)
  const length = daysBetween(first, last) + 1
  const width = Math.max(1, Math.ceil(length / Math.max(1, most)))
  const bars: { from: string; to: string; hits: number; notices: number; narrowed: number | null }[] = []
  for (let to = last; to >= first; to = dayAfter(to, -width)) {
    const from = later(dayAfter(to, 1 - width), first)
    bars.unshift({ from, to, hits: 0, notices: 0, narrowed: narrowed === null ? null : 0 })
  }
  const barOf = (day: string) =>
    bars[bars.length - 1 - Math.floor(daysBetween(day, last) / width)] as (typeof bars)[number] | undefined
  for (const { day, hits, notices } of days) {
    const bar = barOf(day)
    if (bar === undefined) continue
    bar.hits += hits
    bar.notices += notices
  }
  for (const { day, hits } of narrowed ?? []) {
    const bar = barOf(day)
    if (bar !== undefined) bar.narrowed = (bar.narrowed ?? 0) + hits
  }
  return bars
}

const later = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a)
const earlier = (a: string, b: string | undefined): string => (b !== undefined && b < a ? b : a)

/** Round numbers from 0 to at least the highest, about four of them, as an axis has them. */
export function ticks(highest: number): number[] {
  const top = Math.max(1, highest)
  const rough = top / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10) * power)
  const marks: number[] = []
  for (let at = 0; at < top + step; at += step) marks.push(at)
  return marks
}
