import type { CountUnit } from '../../api/contract/dashboard/panel.ts'
import type { Door } from '../../api/contract/door.ts'
import type { EntityList, PlaceList } from '../../api/contract/entities.ts'
import { isoDay, localDay, startOfDay } from '../localTime.ts'
import type { DateFilter, Query } from '../query/language/ast.ts'
import { secondsOf } from '../query/match/filters.ts'
import { docidFrom, publishedOf } from '../store/docid.ts'
import {
  type ByEvent,
  byEvent,
  companyCounts,
  type Mentioned,
  mentionCounts,
} from '../store/mentionCounts.ts'
import type { Mentions } from '../store/mentions.ts'
import { Steps } from '../store/search/steps.ts'
import type { DoorParts } from './parts.ts'
import { inSlices } from './slices.ts'
import { queryOf } from './storyRows.ts'

export interface Entities {
  /**
   * The persons, organisations and places in the stories of a query, most frequent first, each with those most often in the same
   * stories: over all stories of the query. The trend ignores the query's own dates: it is of the fourteen days up to the last one
   * that the query allows and that has a story. Other work goes on in between. @throws QueryError
   */
  list(input: { query: string; limit: number; unit?: CountUnit | undefined }): Promise<EntityList>
  /** The places in the stories of a query, with the events and stories that name each. @throws QueryError */
  places(input: { query: string }): Promise<PlaceList>
}

/** Stories decided for one list: a query of hundreds of thousands that only its texts can decide is cut off there. */
const MOST_STEPS = 400_000
const TREND_DAYS = 14
/** Entities named together with one. */
const COMPANY = 3

type Parts = Pick<DoorParts, 'search' | 'mentions' | 'mentioning' | 'definitions' | 'now' | 'timeZone'>

/** A stretch of published seconds, `to` exclusive. */
interface Span {
  readonly from: number
  readonly to: number
}

export function entityNoun(parts: Parts): Entities {
  const { search, mentions, mentioning, definitions, now, timeZone } = parts

  async function docidsOf(query: Query, steps: Steps): Promise<Float64Array> {
    return new Float64Array(
      (await inSlices(each(search.docidsInSteps(query, steps)), undefined)).flat(),
    ).sort()
  }

  /** What the stories of a query name, and how many stories it has. */
  async function mentionsIn(query: Query, steps: Steps): Promise<{ named: ByEvent; examined: number }> {
    const { dates, others } = datesOf(query)
    if (others.length === 0) {
      const { from, to } = spanOf(dates)
      const named = await collected(mentions.between(docidFrom(from * 1000), docidFrom(to * 1000)))
      return { named, examined: search.count(query).stories }
    }
    const docids = await docidsOf(query, steps)
    return { named: await collected(mentions.of(docids)), examined: docids.length }
  }

  /** The seconds that all of these dates cover. */
  function spanOf(dates: readonly DateFilter[]): Span {
    const spans = dates.map((date) => secondsOf(date, { now: now(), timeZone }))
    return {
      from: Math.max(0, ...spans.map(({ from }) => from)),
      to: Math.min(Infinity, ...spans.map(({ to }) => to)),
    }
  }

  /** What is known of each entity that there is, by its number. */
  function known() {
    const records = new Map(definitions().conceptRecords.map((record) => [record.name, record]))
    return new Map(
      [...mentions.names()].flatMap(([entity, name]) => {
        const record = records.get(name)
        return record === undefined || record.type === 'topic'
          ? []
          : [[entity, { name, label: record.label, type: record.type }] as const]
      }),
    )
  }

  /** By local day of the trend, how many stories of a query without its dates name each entity. */
  async function trendOf(
    others: readonly Query[],
    lastDay: number,
    steps: Steps,
  ): Promise<ReadonlyMap<number, Mentioned>[]> {
    const days = Array.from({ length: TREND_DAYS }, (_, i) => lastDay - TREND_DAYS + 1 + i)
    const starts = [...days, lastDay + 1].map((day) => docidFrom(startOfDay(day, timeZone)))
    const docids =
      others.length === 0
        ? null
        : await docidsOf(
            {
              type: 'and',
              of: [
                ...others,
                { type: 'date', op: 'after', value: isoDay(days[0] as number) },
                { type: 'date', op: 'before', value: isoDay(lastDay + 1) },
              ],
            },
            steps,
          )
    const found: ReadonlyMap<number, Mentioned>[] = []
    for (let i = 0; i < TREND_DAYS; i++) {
      const [from, to] = [starts[i] as number, starts[i + 1] as number]
      const some = docids?.filter((docid) => docid >= from && docid < to)
      found.push(
        mentionCounts(await collected(some === undefined ? mentions.between(from, to) : mentions.of(some))),
      )
    }
    return found
  }

  return {
    async places({ query: text }) {
      const steps = new Steps(MOST_STEPS)
      const { named, examined } = await mentionsIn(queryOf(parts, text), steps)
      const counts = mentionCounts(named)
      const entities = known()
      return {
        places: [...counts]
          .flatMap(([entity, { stories, events }]) => {
            const record = entities.get(entity)
            if (record?.type !== 'place') return []
            const { name, label } = record
            return { name, label, stories: { stories, events, query: naming([name], text) } }
          })
          .sort((a, b) => b.stories.stories - a.stories.stories || a.label.localeCompare(b.label)),
        examined,
        whole: !steps.isSpent,
        waiting: !mentioning.isWhole(),
      }
    },
    async list({ query: text, limit, unit = 'stories' }) {
      const query = queryOf(parts, text)
      const steps = new Steps(MOST_STEPS)
      const { named, examined } = await mentionsIn(query, steps)
      const entities = known()
      const labelOf = (entity: number): string => entities.get(entity)?.label ?? ''
      const most = (counts: ReadonlyMap<number, Mentioned>, n: number): [number, Mentioned][] =>
        [...counts]
          .filter(([entity]) => entities.has(entity))
          .sort(
            ([a, x], [b, y]) =>
              y[unit] - x[unit] || y.stories - x.stories || labelOf(a).localeCompare(labelOf(b)),
          )
          .slice(0, n)
      const top = most(mentionCounts(named), limit)
      const company = companyCounts(
        named,
        top.map(([entity]) => entity),
      )
      const newest = search.list(query, { limit: 1 }).rows[0]
      const latest = Math.min(newest === undefined ? now() : publishedOf(newest.docid), now())
      const { dates, others } = datesOf(query)
      const { to } = spanOf(dates)
      const lastDay = Math.min(
        localDay(latest, timeZone),
        to === Infinity ? Infinity : localDay(to * 1000 - 1, timeZone),
      )
      const trend = await trendOf(others, lastDay, steps)
      const door = ({ stories, events }: Mentioned, of: readonly number[]): Door => ({
        stories,
        events,
        query: naming(
          of.map((entity) => entities.get(entity)?.name ?? ''),
          text,
        ),
      })
      return {
        entities: top.flatMap(([entity, counted]) => {
          const record = entities.get(entity)
          if (record === undefined) return []
          return {
            ...record,
            stories: door(counted, [entity]),
            trend: trend.map((day) => day.get(entity)?.[unit] ?? 0),
            with: most(company.get(entity) ?? new Map(), COMPANY).map(([other, together]) => ({
              name: entities.get(other)?.name ?? '',
              label: labelOf(other),
              stories: door(together, [entity, other]),
            })),
          }
        }),
        examined,
        whole: !steps.isSpent,
        waiting: !mentioning.isWhole(),
      }
    },
  }
}

/** All of them by event; other work has its turn in between. */
async function collected(chunks: Iterable<Mentions>): Promise<ByEvent> {
  return byEvent(await inSlices(each(chunks), undefined))
}

/** Query text of those stories of a query that name these entities. */
const naming = (names: readonly string[], text: string): string =>
  [...names.map((name) => `@${name}`), ...(text.trim() === '' ? [] : [bracketed(text)])].join(' ')

/** A step for each. */
function* each<T>(chunks: Iterable<T>): Generator<void, T[]> {
  const found: T[] = []
  for (const chunk of chunks) {
    found.push(chunk)
    yield
  }
  return found
}

/** Query text that stays whole when another term is put before it: OR binds looser than AND. */
const bracketed = (text: string): string => (/\bOR\b/.test(text) ? `(${text.trim()})` : text.trim())

/** The dates of publication that a query asks for as parts of an AND, and all that it asks beside; dates inside an OR stay there. */
function datesOf(query: Query): { dates: readonly DateFilter[]; others: readonly Query[] } {
  const parts = query.type === 'and' ? query.of : [query]
  const isDate = (part: Query): part is DateFilter => part.type === 'date' && part.op !== 'fetched'
  return { dates: parts.filter(isDate), others: parts.filter((part) => !isDate(part)) }
}
