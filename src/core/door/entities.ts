import type { Door } from '../../api/contract/door.ts'
import type { Entity, EntityList, PlaceList } from '../../api/contract/entities.ts'
import { isoDay, localDay, localMoment } from '../localTime.ts'
import type { Query } from '../query/language/ast.ts'
import { secondsOf } from '../query/match/filters.ts'
import { publishedOf } from '../store/docid.ts'
import { Steps } from '../store/search/steps.ts'
import type { DoorParts } from './parts.ts'
import { queryOf } from './storyRows.ts'

export interface Entities {
  /**
   * The persons, organisations and places in the stories of a query, most frequent first, each with those most often in the same
   * stories: over all stories of the query, from the full-text index. The trend ignores the query's own dates: it is of the
   * fourteen days up to the last one that the query allows and that has a story. Other work goes on in between. @throws QueryError
   */
  list(input: { query: string; limit: number }): Promise<EntityList>
  /** The places in the stories of a query, with the events and stories that name each. @throws QueryError */
  places(input: { query: string }): Promise<PlaceList>
}

/** Stories decided for one list: a query of hundreds of thousands that only its texts can decide is cut off there. */
const MOST_STEPS = 400_000
/** Milliseconds after which other work has its turn. */
const TURN_MS = 12
const TREND_DAYS = 14
/** Stories whose events are read at a time. */
const EVENTS_STEP = 2_000
/** Entities named together with one. */
const COMPANY = 3

type Parts = Pick<DoorParts, 'search' | 'events' | 'definitions' | 'now' | 'timeZone'>

/** Docids, oldest first. */
type Docids = Float64Array

export function entityNoun(parts: Parts): Entities {
  const { search, definitions, now, timeZone } = parts

  async function docidsOf(query: Query, steps: Steps, turn: () => Promise<void>): Promise<Docids> {
    const found: number[] = []
    for (const some of search.docidsInSteps(query, steps)) {
      for (const docid of some) found.push(docid)
      await turn()
    }
    return new Float64Array(found).sort()
  }

  /**
   * The stories of a query that name each entity. What the query asks beside dates is answered once, and each entity's stories of
   * that time are compared with it: asking for both together would read the texts of the same stories for every entity.
   */
  async function mentionsIn(query: Query, names: Iterable<string>, steps: Steps) {
    const turn = turns()
    const parts = query.type === 'and' ? query.of : [query]
    const isDated = parts.every((part) => part.type === 'date' && part.op !== 'fetched')
    const stories = isDated ? null : await docidsOf(query, steps, turn)
    const mentions = new Map<string, Docids>()
    const within = stories === null ? parts : spanOf(stories, timeZone)
    if (within !== null)
      for (const name of names) {
        const all = await docidsOf({ type: 'and', of: [{ type: 'concept', name }, ...within] }, steps, turn)
        const named = stories === null ? all : common(all, stories)
        if (named.length > 0) mentions.set(name, named)
      }
    return { mentions, examined: stories?.length ?? search.count(query).stories }
  }

  const knownEntities = () =>
    new Map(
      definitions().conceptRecords.flatMap((concept) =>
        concept.type === 'topic' ? [] : [[concept.name, concept] as const],
      ),
    )

  /** The events of stories, by docid; one that has not had its turn counts as an event of its own. */
  async function eventsOf(docids: ReadonlySet<number>): Promise<(docid: number) => number> {
    const turn = turns()
    const events = new Map<number, number>()
    const all = [...docids]
    for (let at = 0; at < all.length; at += EVENTS_STEP) {
      for (const [docid, event] of parts.events.ofAll(all.slice(at, at + EVENTS_STEP)))
        events.set(docid, event)
      await turn()
    }
    return (docid) => events.get(docid) ?? -docid
  }

  return {
    async places({ query: text }) {
      const steps = new Steps(MOST_STEPS)
      const places = [...knownEntities().values()].filter(({ type }) => type === 'place')
      const { mentions, examined } = await mentionsIn(
        queryOf(parts, text),
        places.map(({ name }) => name),
        steps,
      )
      const eventOf = await eventsOf(new Set([...mentions.values()].flatMap((docids) => [...docids])))
      return {
        places: places
          .flatMap(({ name, label }) => {
            const docids = mentions.get(name)
            if (docids === undefined) return []
            const events = new Set(Array.from(docids, eventOf)).size
            return { name, label, stories: { stories: docids.length, events, query: naming([name], text) } }
          })
          .sort((a, b) => b.stories.stories - a.stories.stories || a.label.localeCompare(b.label)),
        examined,
        whole: !steps.isSpent,
      }
    },
    async list({ query: text, limit }) {
      const query = queryOf(parts, text)
      const known = knownEntities()
      const steps = new Steps(MOST_STEPS)
      const { mentions, examined } = await mentionsIn(query, known.keys(), steps)
      const newest = search.list(query, { limit: 1 }).rows[0]
      const latest = Math.min(newest === undefined ? now() : publishedOf(newest.docid), now())
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
      const door = (stories: number, names: readonly string[]): Door => ({
        stories,
        query: naming(names, text),
      })
      const label = (name: string): string => known.get(name)?.label ?? name
      const turn = turns()
      const entities: Entity[] = []
      for (const [name, count] of most(sizes(mentions), limit)) {
        const type = known.get(name)?.type
        const named = mentions.get(name)
        if (type === undefined || type === 'topic' || named === undefined) continue
        const together = new Map<string, number>()
        for (const [other, stories] of mentions)
          if (other !== name) {
            together.set(other, inCommon(named, stories))
            await turn()
          }
        entities.push({
          name,
          label: label(name),
          type,
          stories: door(count, [name]),
          trend: trend(name),
          with: most(together, COMPANY).map(([other, stories]) => ({
            name: other,
            label: label(other),
            stories: door(stories, [name, other]),
          })),
        })
        await turn()
      }
      return { entities, examined, whole: !steps.isSpent }
    },
  }
}

/** Query text of those stories of a query that name these entities. */
const naming = (names: readonly string[], text: string): string =>
  [...names.map((name) => `@${name}`), ...(text.trim() === '' ? [] : [bracketed(text)])].join(' ')

/** Gives other work its turn where this one has taken long enough. */
function turns(): () => Promise<void> {
  let begun = performance.now()
  return async () => {
    if (performance.now() - begun < TURN_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    begun = performance.now()
  }
}

const sizes = (mentions: ReadonlyMap<string, Docids>): Map<string, number> =>
  new Map([...mentions].map(([name, docids]) => [name, docids.length]))

/** The largest counts, those of 0 left out. */
function most(counts: ReadonlyMap<string, number>, n: number): [string, number][] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, n)
}

/** The docids that both have. */
const common = (a: Docids, b: Docids): Docids => a.filter((docid) => has(b, docid))

/** How many docids both have: the shorter list is looked up in the longer where that is quicker than reading both. */
function inCommon(a: Docids, b: Docids): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  let n = 0
  if (short.length * Math.log2(long.length + 1) < long.length) {
    for (const docid of short) if (has(long, docid)) n++
    return n
  }
  for (let i = 0, j = 0; i < short.length && j < long.length; ) {
    const [x, y] = [short[i] as number, long[j] as number]
    if (x === y) n++
    if (x <= y) i++
    if (y <= x) j++
  }
  return n
}

function has(docids: Docids, wanted: number): boolean {
  let [low, high] = [0, docids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((docids[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return docids[low] === wanted
}

/** The time from the first to the last of some stories; null where there are none. */
function spanOf(docids: Docids, timeZone: string): Query[] | null {
  const [first, last] = [docids[0], docids.at(-1)]
  if (first === undefined || last === undefined) return null
  return [
    { type: 'date', op: 'after', value: localMoment(publishedOf(first), timeZone) },
    { type: 'date', op: 'before', value: localMoment(publishedOf(last) + 1000, timeZone) },
  ]
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
