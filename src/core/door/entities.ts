import type { Door } from '../../api/contract/door.ts'
import type { Entity, EntityList } from '../../api/contract/entities.ts'
import { isoDay, localDay } from '../localTime.ts'
import type { Query } from '../query/language/ast.ts'
import { secondsOf } from '../query/match/filters.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import type { DoorParts } from './parts.ts'
import { queryOf } from './storyRows.ts'

export interface Entities {
  /**
   * The persons, organisations and places in the stories of a query, most frequent first. Who is listed is decided by the
   * newest stories, as many as are read within a fraction of a second; how many stories name them is counted over all. The
   * trend ignores the query's own dates: it is of the fourteen days up to the last one that the query allows and that has a
   * story. Other work goes on in between. @throws QueryError
   */
  list(input: { query: string; limit: number }): Promise<EntityList>
}

/** How long stories are read for, and how many at a time. */
const BUDGET_MS = 250
const STEP = 50
const TREND_DAYS = 14
/** Entities named together with one. */
const COMPANY = 3

type Parts = Pick<DoorParts, 'stories' | 'search' | 'definitions' | 'now' | 'timeZone'>

export function entityNoun(parts: Parts): Entities {
  const { search, stories, definitions, now, timeZone } = parts

  /** Reads the newest stories of a query: how many name each entity and each pair, and when the newest was published (ms). */
  async function readNewest(query: Query, wanted: ReadonlySet<string>) {
    const single = new Map<string, number>()
    const together = new Map<string, Map<string, number>>()
    let newest = Infinity
    let examined = 0
    let spent = 0
    let cursor: string | undefined
    do {
      const begun = performance.now()
      const page = search.list(query, { limit: STEP, ...(cursor === undefined ? {} : { cursor }) })
      for (const story of stories.many(page.rows.map(({ id }) => id))) {
        examined++
        newest = newest === Infinity ? story.published : Math.max(newest, story.published)
        const names = definitions()
          .conceptsIn(tokenise(subjectOfRecord(story)), now())
          .map(({ name }) => name)
          .filter((name) => wanted.has(name))
        for (const name of names) {
          single.set(name, (single.get(name) ?? 0) + 1)
          const others = together.get(name) ?? new Map<string, number>()
          together.set(name, others)
          for (const other of names) if (other !== name) others.set(other, (others.get(other) ?? 0) + 1)
        }
      }
      cursor = page.next ?? undefined
      spent += performance.now() - begun
      await pause()
    } while (cursor !== undefined && spent < BUDGET_MS)
    return { single, together, newest, examined, whole: cursor === undefined }
  }

  return {
    async list({ query: text, limit }) {
      const query = queryOf(parts, text)
      const known = new Map(
        definitions().conceptRecords.flatMap((concept) =>
          concept.type === 'topic' ? [] : [[concept.name, concept]],
        ),
      )
      const { single, together, newest, examined, whole } = await readNewest(query, new Set(known.keys()))
      const latest = Math.min(newest, now())
      const { of: undated, lastDay } = trendOf(query, localDay(latest, timeZone), timeZone)
      const firstDay = lastDay - TREND_DAYS + 1
      const inTrend: Query[] = [
        ...undated,
        { type: 'date', op: 'after', value: isoDay(firstDay) },
        { type: 'date', op: 'before', value: isoDay(lastDay + 1) },
      ]
      const trend = (name: string): number[] => {
        const days = search.histogram({ type: 'and', of: [{ type: 'concept', name }, ...inTrend] })
        return Array.from({ length: TREND_DAYS }, (_, i) => days.get(firstDay + i) ?? 0)
      }
      const door = (names: readonly string[]): Door => {
        const all = [
          ...names.map((name) => `@${name}`),
          ...(text.trim() === '' ? [] : [bracketed(text)]),
        ].join(' ')
        return { stories: search.count(queryOf(parts, all)).stories, query: all }
      }
      const label = (name: string): string => known.get(name)?.label ?? name
      const entities: Entity[] = []
      for (const name of most(single, limit)) {
        const type = known.get(name)?.type
        if (type === undefined || type === 'topic') continue
        entities.push({
          name,
          label: label(name),
          type,
          stories: door([name]),
          trend: trend(name),
          with: most(together.get(name) ?? new Map(), COMPANY).map((other) => ({
            name: other,
            label: label(other),
            stories: door([name, other]),
          })),
        })
        await pause()
      }
      return { entities: entities.sort((a, b) => b.stories.stories - a.stories.stories), examined, whole }
    },
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function most(counts: ReadonlyMap<string, number>, n: number): string[] {
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, n)
    .map(([name]) => name)
}

/** Query text that stays whole when another term is put before it: OR binds looser than AND. */
const bracketed = (text: string): string => (/\bOR\b/.test(text) ? `(${text.trim()})` : text.trim())

/**
 * The query without its dates, as the parts of an AND, and the last local day that the dates allow: a trend within one day
 * would be that day alone. Dates inside an OR stay.
 */
function trendOf(query: Query, today: number, timeZone: string): { of: readonly Query[]; lastDay: number } {
  const parts = query.type === 'and' ? query.of : [query]
  const ends = parts.flatMap((part) =>
    part.type === 'date' && part.op !== 'fetched' ? secondsOf(part, { now: 0, timeZone }).to : [],
  )
  const end = Math.min(...ends, Infinity)
  return {
    of: parts.filter(({ type }) => type !== 'date'),
    lastDay: end === Infinity ? today : Math.min(today, localDay(end * 1000 - 1, timeZone)),
  }
}
