import { ALL_STORIES } from '../../store/tags.ts'
import { labelOf, total } from './figures.ts'
import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

const SHOWN = 8

type Parts = Pick<PanelParts, 'figures' | 'sources'>

/** Who covers what: stories of each theme by the blocs of their sources. */
export function blocsPanel({ figures, sources }: Parts): Panel<'blocs'> {
  return (range, filter) => {
    const { now, themes, byThemeAndSource, eventsByTheme, narrowed } = figures(range, filter)
    const counts = byThemeAndSource()
    const events = eventsByTheme()
    const { query } = narrowed('theme', 'bloc')
    const bloc = new Map(sources.all().map((source) => [source.id, source.bloc]))
    const blocs = largest(counts.get(ALL_STORIES), bloc)
    return {
      blocs,
      rows: themes.map((theme) => ({
        theme: labelOf(theme),
        cells: blocs.map((column) => ({
          stories: total(counts.get(theme.id), (source) => bloc.get(source) === column),
          events: events.get(theme.id)?.events((source) => bloc.get(source) === column) ?? 0,
          query: joinedQuery(`theme:${theme.key} bloc:${column}`, query, now.query),
        })),
      })),
    }
  }
}

/** The blocs with most stories first; sources without a bloc have no column. */
function largest(
  bySource: ReadonlyMap<number, number> | undefined,
  blocOf: ReadonlyMap<number, string>,
): string[] {
  const sums = new Map<string, number>()
  for (const [source, stories] of bySource ?? []) {
    const bloc = blocOf.get(source) ?? ''
    if (bloc !== '') sums.set(bloc, (sums.get(bloc) ?? 0) + stories)
  }
  return [...sums]
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
    .slice(0, SHOWN)
    .map(([bloc]) => bloc)
}
