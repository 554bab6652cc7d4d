import type { Volume } from '../../api/contract/dashboard/volume.ts'
import { addFilter, printFilter } from '../../core/query/language/language.ts'
import type { CountUnit } from '../countUnit.ts'
import type { Format } from '../useFormat.ts'

/** One theme of the volume chart. */
export interface Layer {
  id: string
  name: string
  /** The theme's sign. */
  colour: number
  /** A number a bucket: stories, or events; of the grey layer, of each of its themes added up. */
  stories: readonly number[]
}

/** The themes that have stories in the range, most first, each with its own sign whatever else is shown. */
export function layersOf(series: Volume['series'], unit: CountUnit = 'stories'): Layer[] {
  const total = ({ stories }: { stories: readonly number[] }): number => stories.reduce((a, b) => a + b, 0)
  return series
    .map(({ theme, stories, events }) => ({
      theme,
      stories: unit === 'events' ? (events ?? stories) : stories,
    }))
    .filter((one) => total(one) > 0)
    .toSorted((a, b) => total(b) - total(a))
    .map(({ theme, stories }) => ({ ...theme, stories }))
}

/** The id of the layer that stands for the themes without one of their own. */
export const OTHERS = ''

/**
 * At most so many layers of their own, and a grey one for the sum of the others; where that would be one theme alone, it stays itself.
 * @param name the grey layer's, for a number of themes
 */
export function folded(layers: readonly Layer[], most: number, name: (themes: number) => string): Layer[] {
  if (layers.length <= most + 1) return [...layers]
  const others = layers.slice(most)
  const sums = (others[0]?.stories ?? []).map((_, i) =>
    others.reduce((sum, { stories }) => sum + (stories[i] ?? 0), 0),
  )
  return [...layers.slice(0, most), { id: OTHERS, name: name(others.length), colour: 0, stories: sums }]
}

/** The themes that the grey layer stands for. */
export const othersOf = (layers: readonly Layer[], all: readonly Layer[]): string[] => {
  const own = new Set(layers.map(({ id }) => id))
  return all.flatMap(({ id }) => (own.has(id) ? [] : [id]))
}

/** The stories of a query that have one of the themes too. */
export const inThemes = (query: string, themes: readonly string[]): string =>
  addFilter(query, printFilter('theme', themes))

/** A bucket's time in words: "Fri 9 May, 06:00", "Fri 9 May", "5 May 2025 – 11 May 2025", "May 2025". */
export function timeOfBucket(
  unit: Volume['unit'],
  begin: number,
  end: number,
  format: Pick<Format, 'clock' | 'weekday' | 'date' | 'monthYear'>,
): string {
  switch (unit) {
    case 'hour':
      return `${format.weekday(begin)}, ${format.clock(begin)}`
    case 'day':
      return format.weekday(begin)
    case 'week':
      return `${format.date(begin)} – ${format.date(end - 1)}`
    case 'month':
      return format.monthYear(begin)
  }
}
