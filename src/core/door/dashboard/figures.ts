import type { Range } from '../../../api/contract/common.ts'
import type { Departure } from '../../../api/contract/dashboard/above.ts'
import type { CountUnit, ThemeLabel } from '../../../api/contract/dashboard/panel.ts'
import type { TopEvent } from '../../../api/contract/dashboard/top.ts'
import type { Door } from '../../../api/contract/door.ts'
import type { Source } from '../../../api/contract/sources.ts'
import { localDay, startOfDay } from '../../localTime.ts'
import { entityDays } from '../../spikes/entityDays.ts'
import { type Expectations, expectations } from '../../spikes/expectations.ts'
import { WEEKS } from '../../spikes/spikes.ts'
import type { CountStore, PerSource } from '../../store/counts.ts'
import type { Tally } from '../../store/eventCounts.ts'
import { ALL_STORIES } from '../../store/tags.ts'
import type { ThemeRecord } from '../../store/themes.ts'
import type { DoorParts } from '../parts.ts'
import type { Sources } from '../sources.ts'
import { type FilteredHits, filteredHits } from './filteredHits.ts'
import { type Axis, dashboardFilter, joinedQuery, type Narrowed } from './narrowed.ts'
import { type Stretch, type Stretches, stretchesOf } from './stretch.ts'
import { topEvents } from './topEvents.ts'

/** The figures of one range that more than one panel shows. Each is computed when a panel first needs it. */
export interface RangeFigures extends Stretches {
  /** The enabled themes and groups in their order. */
  readonly themesAndGroups: readonly ThemeRecord[]
  /** The themes among them. */
  readonly themes: readonly ThemeRecord[]
  /** All stories of the range that pass the filter, by source. */
  bySource(): ReadonlyMap<number, number>
  /** Stories of the range by theme and source, narrowed by what the filter says of neither. */
  byThemeAndSource(): PerSource
  /** The events of the same, by theme. */
  eventsByTheme(): ReadonlyMap<number, Tally>
  /** Numbers narrowed by all of the filter but what is on these axes, and the query text that goes with them. */
  narrowed(...except: Axis[]): Narrowed
  /** The one bloc that the filter asks for; null where it asks for none, or several. */
  readonly chosenBloc: string | null
  /** How many stories the range has, of a theme or group (whatever the filter says of themes) or of all. */
  door(of?: ThemeRecord): Door
  /** The same of the equal range before; null where the archive does not reach back that far. */
  doorBefore(of?: ThemeRecord): Door | null
  /** What is to be expected of the day that the range ends on; of stories unless told. */
  expected(unit?: CountUnit): Expectations
  /** What departs from that; where the day goes on and the range begins before it, also on the day before. */
  departures(unit?: CountUnit): readonly Departure[]
  /** The largest events. */
  topEvents(): readonly TopEvent[]
  /** The alert hits that pass the filter, whatever the range. */
  hits(): FilteredHits
  /** All sources as they do now, whatever the range. */
  sources(): readonly Source[]
}

/** How old the figures may be (ms): panels that are asked for together share them, and the clock moves on. */
const KEPT_MS = 5_000

type Parts = Pick<
  DoorParts,
  | 'rowsWritten'
  | 'settings'
  | 'sources'
  | 'stories'
  | 'events'
  | 'counts'
  | 'mentions'
  | 'search'
  | 'alerts'
  | 'hits'
  | 'definitions'
  | 'now'
  | 'timeZone'
>

/** Figures are asked of at most so many days before the range's last one: expectations and trends. */
const BEFORE_DAYS = 7 * WEEKS + 1
const DAY = 86_400_000

/**
 * Figures by range and filter. Those of the last ones are kept for the panels asked for with it, and dropped as soon as anything is
 * written or some seconds have passed.
 */
export function rangeFigures(
  parts: Parts,
  sourceList: Sources['list'],
): (range: Range, filter?: string) => RangeFigures {
  const entities = entityDays(parts)
  let kept: { asked: string; written: number; at: number; figures: RangeFigures } | undefined

  function figuresOf(range: Range, text: string): RangeFigures {
    const { timeZone } = parts
    const stretches = stretchesOf(range, {
      now: parts.now(),
      visitedAt: parts.settings.get('visitedAt'),
      oldest: parts.stories.oldest(),
      firstFetched: parts.stories.firstFetched(),
      timeZone,
    })
    const themesAndGroups = parts.definitions().themes.filter(({ enabled }) => enabled === 1)
    const ids = [ALL_STORIES, ...themesAndGroups.map(({ id }) => id)]
    const { now, before } = stretches
    const filter = dashboardFilter(
      parts,
      text,
      Math.min(before?.from ?? now.from, now.to - BEFORE_DAYS * DAY),
    )
    const count = (counts: CountStore, themes: readonly number[], { by, from, to }: Stretch): PerSource =>
      by === 'fetched' ? counts.fetched(from, to) : counts.published(themes, from, to)
    const tally = (
      { events }: CountStore,
      themes: readonly number[],
      { by, from, to }: Stretch,
    ): ReadonlyMap<number, Tally> =>
      by === 'fetched' ? events.fetched(from, to) : events.published(themes, from, to)
    const figuresIn = (stretch: Stretch | null) => {
      if (stretch === null) return null
      const all = once(
        () =>
          count(filter.except().counts, [ALL_STORIES], stretch).get(ALL_STORIES) ?? new Map<number, number>(),
      )
      const themes = once(() => count(filter.except('theme').counts, ids, stretch))
      const allEvents = once(
        () => tally(filter.except().counts, [ALL_STORIES], stretch).get(ALL_STORIES)?.events() ?? 0,
      )
      const themeEvents = once(() => tally(filter.except('theme').counts, ids, stretch))
      return {
        all,
        themes,
        door: (of?: ThemeRecord): Door =>
          of === undefined
            ? {
                stories: total(all()),
                events: allEvents(),
                query: joinedQuery(filter.except().query, stretch.query),
              }
            : {
                stories: total(themes().get(of.id)),
                events: themeEvents().get(of.id)?.events() ?? 0,
                query: joinedQuery(`theme:${of.key}`, filter.except('theme').query, stretch.query),
              },
      }
    }
    const present = figuresIn(now) as NonNullable<ReturnType<typeof figuresIn>>
    const past = figuresIn(before)
    const day = localDay(now.to - 1, timeZone)
    const isOver = day < localDay(parts.now(), timeZone)
    const sources = once(sourceList)
    const expectedOf = (unit: CountUnit, of: { day: number; over: boolean }): Expectations => {
      const { counts, query } = filter.except('theme')
      return expectations({ ...parts, counts }, themesAndGroups, entities, { ...of, unit, filter: query })
    }
    const expected = byUnit((unit) => expectedOf(unit, { day, over: isOver }))
    return {
      ...stretches,
      themesAndGroups,
      themes: themesAndGroups.filter(({ kind }) => kind === 'theme'),
      bySource: present.all,
      byThemeAndSource: once(() => count(filter.except('theme', 'bloc').counts, ids, now)),
      eventsByTheme: once(() => tally(filter.except('theme', 'bloc').counts, ids, now)),
      narrowed: filter.except,
      chosenBloc: filter.chosenBloc,
      door: present.door,
      doorBefore: (of) => past?.door(of) ?? null,
      expected,
      departures: byUnit((unit) => {
        const { departures } = expected(unit)
        if (isOver || now.from >= startOfDay(day, timeZone)) return departures
        const named = new Set(departures.map(({ kind, name }) => `${kind} ${name}`))
        const dayBefore = expectedOf(unit, { day: day - 1, over: true }).departures
        return [...departures, ...dayBefore.filter(({ kind, name }) => !named.has(`${kind} ${name}`))]
      }),
      topEvents: once(() =>
        topEvents(parts, {
          now,
          narrowed: filter.except(),
          whateverBloc: filter.except('bloc'),
          sources: sources(),
        }),
      ),
      hits: once(() => filteredHits(parts, filter.except().query)),
      sources,
    }
  }

  return (range, filter = '') => {
    const asked = JSON.stringify([range, filter])
    const written = parts.rowsWritten()
    const at = parts.now()
    if (kept?.asked !== asked || kept.written !== written || Math.abs(at - kept.at) > KEPT_MS)
      kept = { asked, written, at, figures: figuresOf(range, filter) }
    return kept.figures
  }
}

/** The sum over sources: all of them, or those of which `has` is true. */
export function total(
  bySource: ReadonlyMap<number, number> | undefined,
  has: (source: number) => boolean = () => true,
): number {
  let sum = 0
  for (const [source, stories] of bySource ?? []) if (has(source)) sum += stories
  return sum
}

export const labelOf = ({ key, name, colour }: ThemeRecord): ThemeLabel => ({ id: key, name, colour })

function byUnit<T>(compute: (unit: CountUnit) => T): (unit?: CountUnit) => T {
  const [stories, events] = [once(() => compute('stories')), once(() => compute('events'))]
  return (unit = 'stories') => (unit === 'events' ? events() : stories())
}

function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined
  return () => {
    result ??= { value: compute() }
    return result.value
  }
}
