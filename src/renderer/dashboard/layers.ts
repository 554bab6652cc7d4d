import type { Dashboard } from '../../api/contract/dashboard.ts'
import type { Format } from '../useFormat.ts'

/** One theme of the volume chart. */
export interface Layer {
  id: string
  name: string
  colour: number
  stories: readonly number[]
}

/** The themes that have stories in the range, most first. */
export function layersOf(dashboard: Pick<Dashboard, 'cards' | 'volume'>): Layer[] {
  const total = ({ stories }: { stories: readonly number[] }): number => stories.reduce((a, b) => a + b, 0)
  const cards = new Map(dashboard.cards.filter(({ kind }) => kind === 'theme').map((card) => [card.id, card]))
  return dashboard.volume.series
    .filter((series) => total(series) > 0)
    .map(({ theme, stories }) => ({
      id: theme,
      name: cards.get(theme)?.name ?? theme,
      colour: cards.get(theme)?.colour ?? 0,
      stories,
    }))
    .toSorted((a, b) => total(b) - total(a))
}

/** The stories of a query that have the theme too. */
export const inTheme = (query: string, theme: string): string =>
  query === ''
    ? `theme:${theme}`
    : /\bOR\b/.test(query)
      ? `(${query}) theme:${theme}`
      : `${query} theme:${theme}`

/** A bucket's time in words: "Fri 9 May, 06:00", "Fri 9 May", "5 May 2025 – 11 May 2025", "May 2025". */
export function timeOfBucket(
  unit: Dashboard['volume']['unit'],
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
