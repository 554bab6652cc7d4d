import type { Engine } from '../engine.ts'
import { isoDay, localDay } from '../query/localTime.ts'
import { ALL_STORIES } from '../store/tags.ts'
import { expectations as spikes } from './spikes.ts'

/** What the contract says of a day; `spikes.ts` knows more. */
export interface Expectation {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly observed: number
  readonly above: boolean
  readonly words: string
  /** Lists exactly the stories observed. */
  readonly query: string
}

const WEEKS = 8

/**
 * What the daily counts of themes lead one to expect of the local day that a range ends on, by row id; themes that warm up
 * are left out. All themes are looked at together, so that many of them do not make a false spike likely. A day on which
 * no source had any story is an outage, not calm: it is no history.
 * @param to end of the range (epoch ms, exclusive)
 */
export function expectations(
  { counts, timeZone }: Pick<Engine, 'counts' | 'timeZone'>,
  themes: readonly { readonly id: number; readonly key: string }[],
  to: number,
): Map<number, Expectation> {
  const day = localDay(to - 1, timeZone)
  const first = day - 7 * WEEKS
  const stories = counts.daily(ALL_STORIES, first, day)
  const began = stories.findIndex((count) => count > 0)
  if (began < 0) return new Map()
  const since = first + began
  const gaps = new Set(stories.flatMap((count, i) => (count === 0 ? [first + i] : [])))
  const series = themes.map(({ id }) => {
    const daily = counts.daily(id, first, day)
    return [id, { since, gaps, counts: daily.map((count, i) => ({ day: first + i, count })) }] as const
  })
  const keys = new Map(themes.map(({ id, key }) => [id, key]))
  return new Map(
    [...spikes(new Map(series), day, { weeks: WEEKS })].map(([id, { chance: _, ...shown }]) => [
      id,
      { ...shown, query: `theme:${keys.get(id)} on:${isoDay(day)}` },
    ]),
  )
}
