import type { Clock } from '../clock.ts'
import { isoDay } from '../localTime.ts'
import type { Query } from '../query/language/ast.ts'
import { tokenise } from '../query/match/tokenise.ts'
import type { Search } from '../store/search/search.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import type { DayCount } from './spikes.ts'

/** Stories per day of a person, organisation or place of the packs. */
export interface EntitySeries {
  readonly name: string
  readonly label: string
  /** Lists its stories; with `on:` those of a day. */
  readonly query: string
  /** The day and the same weekday of the weeks before. */
  readonly counts: readonly DayCount[]
}

export interface EntityDays {
  /**
   * The entities that the newest stories of a local day name most, and how many others could have been among them. The history
   * is counted within a time budget per call and cached for some minutes: an entity appears once all of its weeks are counted,
   * in a large archive some calls later. The day itself is counted at each call.
   */
  on(day: number, weeks: number): { entities: EntitySeries[]; untested: number }
}

/** Entities that are chosen. */
const MOST = 12
/** How long chosen entities and their history are cached. */
const CACHED_MS = 600_000
/** Time that a call may spend on the choice, and again on the history. */
const BUDGET_MS = 60
/** Stories read at a time. */
const STEP = 50

export interface EntityParts extends Pick<Stores, 'stories'>, Pick<Clock, 'now'> {
  readonly search: Search
  readonly definitions: () => Definitions
}

/** Entities chosen and counted with these concepts. Made at the first call: opening an archive reads no definitions. */
interface Cache {
  readonly of: Definitions['concepts']
  /** By performance.now(). */
  readonly until: number
  readonly chosen: Map<number, string[]>
  readonly days: Map<string, number>
}

export function entityDays(parts: EntityParts): EntityDays {
  const { search, stories, definitions, now } = parts
  let cache: Cache | undefined

  function choose(day: number, wanted: ReadonlySet<string>): string[] {
    const end = performance.now() + BUDGET_MS
    const named = new Map<string, number>()
    let cursor: string | undefined
    do {
      const page = search.list(onDay(day), { limit: STEP, ...(cursor === undefined ? {} : { cursor }) })
      for (const story of stories.many(page.rows.map(({ id }) => id)))
        for (const { name } of definitions().conceptsIn(tokenise(subjectOfRecord(story)), now()))
          if (wanted.has(name)) named.set(name, (named.get(name) ?? 0) + 1)
      cursor = page.next ?? undefined
    } while (cursor !== undefined && performance.now() < end)
    return [...named]
      .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
      .slice(0, MOST)
      .map(([name]) => name)
  }

  const count = (name: string, day: number): number =>
    search.count({ type: 'and', of: [{ type: 'concept', name }, onDay(day)] }).stories

  return {
    on(day, weeks) {
      const labels = new Map(
        definitions().conceptRecords.flatMap(({ name, label, type }) =>
          type === 'topic' ? [] : [[name, label] as const],
        ),
      )
      const { concepts } = definitions()
      if (cache === undefined || cache.of !== concepts || performance.now() > cache.until)
        cache = { of: concepts, until: performance.now() + CACHED_MS, chosen: new Map(), days: new Map() }
      const { days } = cache
      const chosen = cache.chosen.get(day) ?? choose(day, new Set(labels.keys()))
      cache.chosen.set(day, chosen)
      const end = performance.now() + BUDGET_MS
      const entities: EntitySeries[] = []
      for (const name of chosen) {
        const counts: DayCount[] = []
        for (let week = weeks; week > 0; week--) {
          const then = day - 7 * week
          const key = `${name} ${then}`
          const known = days.get(key)
          if (known === undefined && performance.now() > end) break
          const stories = known ?? count(name, then)
          days.set(key, stories)
          counts.push({ day: then, count: stories })
        }
        if (counts.length < weeks) break
        counts.push({ day, count: count(name, day) })
        entities.push({ name, label: labels.get(name) ?? name, query: `@${name}`, counts })
      }
      return { entities, untested: labels.size - entities.length }
    },
  }
}

const onDay = (day: number): Query => ({ type: 'date', op: 'on', value: isoDay(day) })
