import type { Range } from '../../api/contract/common.ts'
import type { Dashboard } from '../../api/contract/dashboard.ts'
import type { Door } from '../../api/contract/door.ts'
import { localDay, localMoment, startOfDay } from '../localTime.ts'
import { entityDays } from '../spikes/entityDays.ts'
import { expectations } from '../spikes/expectations.ts'
import { silentSources } from '../spikes/silentSources.ts'
import type { PerSource } from '../store/counts.ts'
import type { SourceKind } from '../store/sources.ts'
import { ALL_STORIES } from '../store/tags.ts'
import type { ThemeRecord } from '../store/themes.ts'
import type { DoorParts } from './parts.ts'
import type { Sources } from './sources.ts'
import { queryOf, rowsOf } from './storyRows.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const SPARK_DAYS = 14
const LATEST = 8
const HITS = 6
const MAX_BLOCS = 8

/** A stretch of time and how it is asked for: by publication, or (a visit) by the time of first fetching. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly query: string
  readonly by: 'published' | 'fetched'
}

type Parts = Pick<
  DoorParts,
  | 'tags'
  | 'settings'
  | 'sources'
  | 'stories'
  | 'alerts'
  | 'counts'
  | 'search'
  | 'definitions'
  | 'now'
  | 'timeZone'
>

export function dashboardNoun(parts: Parts, sourceNoun: Sources): { get(range: Range): Dashboard } {
  const { stories, counts, alerts, settings, now, timeZone } = parts
  const entities = entityDays(parts)
  const moment = (ms: number): string => localMoment(ms, timeZone)

  /** Seconds are the finest a query can say, so a range begins and ends on one. */
  function stretches(range: Range): { now: Stretch; before: Stretch | null; hasVisit: boolean } {
    const end = Math.floor(now() / 1000) * 1000 + 1000
    const visited = Number(settings.get('visitedAt') ?? 0)
    const oldest = stories.oldest()
    const hasVisit = visited > 0
    if (range.kind === 'visit' && !hasVisit)
      return {
        now: { from: oldest ?? end - DAY, to: end, query: EVERYTHING, by: 'published' },
        before: null,
        hasVisit,
      }
    const from =
      range.kind === 'visit'
        ? Math.floor(visited / 1000) * 1000
        : range.kind === 'last'
          ? end - range.hours * HOUR
          : Math.floor(range.from / 1000) * 1000
    const to = range.kind === 'custom' ? Math.floor(range.to / 1000) * 1000 : end
    const previous: Stretch = {
      from: from - (to - from),
      to: from,
      query: `after:${moment(from - (to - from))} before:${moment(from)}`,
      by: 'published',
    }
    return {
      now:
        range.kind === 'visit'
          ? { from, to, query: `fetched:${moment(from)}`, by: 'fetched' }
          : {
              from,
              to,
              query:
                range.kind === 'custom'
                  ? `after:${moment(from)} before:${moment(to)}`
                  : `after:${moment(from)}`,
              by: 'published',
            },
      before: oldest !== null && oldest < from ? previous : null,
      hasVisit,
    }
  }

  function count(stretch: Stretch, themes: readonly number[]): PerSource {
    return stretch.by === 'fetched'
      ? counts.fetched(stretch.from)
      : counts.published(themes, stretch.from, stretch.to)
  }

  function volume(range: Stretch, themes: readonly ThemeRecord[]): Dashboard['volume'] {
    const { unit, starts } = buckets(range.from, range.to, timeZone)
    const ends = starts.map((start, i) => starts[i + 1] ?? endOf(start, unit, timeZone))
    const series = themes.map((theme) => ({
      theme: theme.key,
      stories:
        unit === 'hour'
          ? counts.buckets(theme.id, starts[0] ?? range.from, 3600, starts.length)
          : sums(theme.id, starts, ends),
    }))
    return {
      unit,
      buckets: starts,
      ends,
      queries: starts.map((start, i) => `after:${moment(start)} before:${moment(ends[i] as number)}`),
      series,
    }
  }

  function sums(theme: number, starts: readonly number[], ends: readonly number[]): number[] {
    const first = localDay(starts[0] ?? 0, timeZone)
    const last = localDay((ends.at(-1) ?? 1) - 1, timeZone)
    const days = counts.daily(theme, first, last)
    return starts.map((start, i) => {
      const a = localDay(start, timeZone) - first
      const b = localDay((ends[i] as number) - 1, timeZone) - first
      let sum = 0
      for (let day = a; day <= b; day++) sum += days[day] ?? 0
      return sum
    })
  }

  function health(): Dashboard['health'] {
    const list = sourceNoun.list()
    const kinds = new Map<SourceKind, number>()
    for (const { kind } of list) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    return {
      ok: list.filter(({ state }) => state === 'ok' || state === 'new' || state === 'fetching').length,
      failing: list
        .filter(({ state }) => state === 'failing' || state === 'ended')
        .map(({ id, title, error }) => ({ id, title, message: error?.message ?? '' })),
      silent: list
        .filter(({ state }) => state === 'silent')
        .map(({ id, title, silence }) => ({ id, title, message: silence })),
      paused: list.filter(({ state }) => state === 'paused').length,
      kinds: [...kinds].map(([kind, sources]) => ({ kind, sources })),
    }
  }

  return {
    get(range) {
      const { now: stretch, before, hasVisit } = stretches(range)
      const shown = parts.definitions().themes.filter((theme) => theme.enabled === 1)
      const ids = [ALL_STORIES, ...shown.map(({ id }) => id)]
      const present = count(stretch, ids)
      const past = before === null ? null : count(before, ids)
      const keyOf = new Map(shown.map((theme) => [theme.id, theme.key]))
      const today = localDay(stretch.to - 1, timeZone)
      const expected = expectations(parts, shown, stretch.to, entities)
      const sources = new Map(parts.sources.all().map((source) => [source.id, source]))
      const door = (id: number, from: PerSource, part: Stretch): Door => ({
        stories: total(from.get(id)),
        query: id === ALL_STORIES ? part.query : `theme:${keyOf.get(id)} ${part.query}`.trim(),
      })
      const blocs = blocsOf(present.get(ALL_STORIES), (id) => sources.get(id)?.bloc ?? '')
      const list = parts.search.list(queryOf(parts, stretch.query), { limit: LATEST })
      const hits = alerts.hits({ limit: HITS }).hits
      const state = health()
      const hitRows = new Map(
        rowsOf(
          parts,
          hits.map((hit) => hit.story_id),
        ).map((row) => [row.id, row]),
      )
      return {
        range: { from: stretch.from, to: stretch.to, hasVisit, query: stretch.query },
        total: {
          now: door(ALL_STORIES, present, stretch),
          before: past === null || before === null ? null : door(ALL_STORIES, past, before),
          unread: {
            stories: parts.search.count(queryOf(parts, `${stretch.query} is:unread`.trim())).stories,
            query: `${stretch.query} is:unread`.trim(),
          },
          copies: counts.copies(
            stretch.query === EVERYTHING ? 0 : stretch.from,
            stretch.by === 'fetched' ? null : stretch.to,
          ),
          sources: present.get(ALL_STORIES)?.size ?? 0,
        },
        cards: shown.map((theme) => ({
          id: theme.key,
          kind: theme.kind,
          group: theme.kind === 'group' ? theme.key : (groupKey(shown, theme) ?? theme.key),
          name: theme.name,
          colour: theme.colour,
          now: door(theme.id, present, stretch),
          before: past === null || before === null ? null : door(theme.id, past, before),
          spark: counts.daily(theme.id, today - SPARK_DAYS + 1, today),
          expected: expected.themes.get(theme.id) ?? null,
        })),
        above: [...expected.above],
        silent: today < localDay(now(), timeZone) ? silentSources(parts, today) : state.silent,
        volume: volume(
          stretch,
          shown.filter(({ kind }) => kind === 'theme'),
        ),
        blocs: {
          blocs,
          rows: shown
            .filter(({ kind }) => kind === 'theme')
            .map((theme) => ({
              theme: theme.key,
              cells: blocs.map((bloc) => ({
                stories: total(present.get(theme.id), (id) => (sources.get(id)?.bloc ?? '') === bloc),
                query: `theme:${theme.key} bloc:${bloc} ${stretch.query}`.trim(),
              })),
            })),
        },
        latest: rowsOf(
          parts,
          list.rows.map(({ id }) => id),
        ),
        hits: hits.flatMap((hit) => {
          const row = hitRows.get(hit.story_id)
          return row === undefined
            ? []
            : [
                {
                  alert: hit.alert_name,
                  alertId: hit.alert_id,
                  storyId: hit.story_id,
                  title: row.title || row.excerpt,
                  source: row.source.title,
                  at: hit.at,
                },
              ]
        }),
        unreadHits: alerts.unread(),
        health: state,
      }
    },
  }
}

/** The first visit's range: no query text, all there is. */
const EVERYTHING = ''

function groupKey(shown: readonly ThemeRecord[], theme: ThemeRecord): string | undefined {
  return shown.find((row) => row.id === theme.group_id)?.key
}

function total(sources: ReadonlyMap<number, number> | undefined, of?: (source: number) => boolean): number {
  let sum = 0
  for (const [source, n] of sources ?? []) if (of === undefined || of(source)) sum += n
  return sum
}

/** The blocs with most stories first; sources of an unknown bloc have no column. */
function blocsOf(
  sources: ReadonlyMap<number, number> | undefined,
  blocOf: (source: number) => string,
): string[] {
  const sums = new Map<string, number>()
  for (const [source, n] of sources ?? []) {
    const bloc = blocOf(source)
    if (bloc !== '') sums.set(bloc, (sums.get(bloc) ?? 0) + n)
  }
  return [...sums]
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
    .slice(0, MAX_BLOCS)
    .map(([bloc]) => bloc)
}

/** Starts of the local hours, days, weeks (Mondays) or months of a range. */
function buckets(
  from: number,
  to: number,
  timeZone: string,
): { unit: 'hour' | 'day' | 'week' | 'month'; starts: number[] } {
  const days = (to - from) / DAY
  const unit = days <= 3 ? 'hour' : days <= 92 ? 'day' : days <= 800 ? 'week' : 'month'
  if (unit === 'hour') {
    const midnight = startOfDay(localDay(from, timeZone), timeZone)
    const first = midnight + Math.floor((from - midnight) / HOUR) * HOUR
    const count = Math.max(1, Math.ceil((to - first) / HOUR))
    return { unit, starts: Array.from({ length: count }, (_, i) => first + i * HOUR) }
  }
  const starts: number[] = []
  let day = localDay(from, timeZone)
  // Day 0, 1970-01-01, was a Thursday.
  if (unit === 'week') day -= (((day + 3) % 7) + 7) % 7
  if (unit === 'month') day -= new Date(day * DAY).getUTCDate() - 1
  for (let start = startOfDay(day, timeZone); start < to; start = endOf(start, unit, timeZone))
    starts.push(start)
  return { unit, starts }
}

function endOf(start: number, unit: 'hour' | 'day' | 'week' | 'month', timeZone: string): number {
  if (unit === 'hour') return start + HOUR
  const day = localDay(start, timeZone)
  if (unit === 'day') return startOfDay(day + 1, timeZone)
  if (unit === 'week') return startOfDay(day + 7, timeZone)
  const date = new Date(day * DAY)
  return startOfDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY, timeZone)
}
