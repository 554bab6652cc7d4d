import { localDay } from '../../localTime.ts'
import { WEEKS } from '../../spikes/spikes.ts'
import { ALL_STORIES } from '../../store/tags.ts'
import { labelOf, total } from './figures.ts'
import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

const SHOWN = 8
const WEEK = 7

type Parts = Pick<PanelParts, 'figures' | 'sources' | 'timeZone'>

/** Who covers what: stories of each theme by the blocs of their sources, and shares of the voice. */
export function blocsPanel({ figures, sources, timeZone }: Parts): Panel<'blocs'> {
  return (range, filter) => {
    const { now, themes, byThemeAndSource, eventsByTheme, narrowed, chosenBloc } = figures(range, filter)
    const counts = byThemeAndSource()
    const events = eventsByTheme()
    const { query, counts: inAll } = narrowed('theme', 'bloc')
    const bloc = new Map(sources.all().map((source) => [source.id, source.bloc]))
    const columns = largest(counts.get(ALL_STORIES), bloc)
    const framed = columns.find((column) => column.toUpperCase() === chosenBloc) ?? null
    const ofBloc = (wanted: string | null) => (source: number) =>
      wanted === null || bloc.get(source) === wanted
    const door = (theme: number, wanted: string | null, ...filters: string[]) => ({
      stories: total(counts.get(theme), ofBloc(wanted)),
      events: events.get(theme)?.events(wanted === null ? undefined : ofBloc(wanted)) ?? 0,
      query: joinedQuery(...filters, ...(wanted === null ? [] : [`bloc:${wanted}`]), query, now.query),
    })
    const all = total(counts.get(ALL_STORIES))

    const last = localDay(now.to - 1, timeZone)
    const first = last - WEEKS * WEEK + 1
    const weeksOf = (theme: number): number[] => weekly(inAll.daily(theme, first, last))
    const everything = framed === null ? weeksOf(ALL_STORIES) : []
    /** The share in each week. */
    const weeks = (theme: number): (number | null)[] => {
      if (framed === null) return shares(weeksOf(theme), everything)
      const bySource = [...inAll.dailyBySource(theme, first, last)]
      const sum = (list: typeof bySource): number[] =>
        weekly(
          Array.from({ length: WEEKS * WEEK }, (_, day) =>
            list.reduce((stories, [, days]) => stories + (days[day] ?? 0), 0),
          ),
        )
      return shares(sum(bySource.filter(([source]) => ofBloc(framed)(source))), sum(bySource))
    }

    return {
      blocs: columns,
      framed,
      rows: themes.map((theme) => {
        const filterOf = `theme:${theme.key}`
        const counted = door(theme.id, framed, filterOf)
        return {
          theme: labelOf(theme),
          cells: columns.map((column) => door(theme.id, column, filterOf)),
          share: shareOf(counted.stories, framed === null ? all : total(counts.get(theme.id))),
          counted,
          weeks: weeks(theme.id),
        }
      }),
      shares: columns.map((column) => {
        const stories = door(ALL_STORIES, column)
        return { stories, share: shareOf(stories.stories, all) }
      }),
    }
  }
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const shares = (parts: readonly number[], wholes: readonly number[]): (number | null)[] =>
  parts.map((part, i) => shareOf(part, wholes[i] ?? 0))

/** Sums of seven days each. */
const weekly = (days: readonly number[]): number[] =>
  Array.from({ length: Math.floor(days.length / WEEK) }, (_, week) =>
    days.slice(week * WEEK, (week + 1) * WEEK).reduce((sum, n) => sum + n, 0),
  )

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
