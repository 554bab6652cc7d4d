import type { Clock } from '../clock.ts'
import { isoDay } from '../localTime.ts'
import type { Query } from '../query/language/ast.ts'
import { tokenise } from '../query/match/tokenise.ts'
import type { Search } from '../store/search/search.ts'
import { Steps } from '../store/search/steps.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'

/** How much there is on one local day (days since 1970-01-01). */
export interface EntityDay {
  readonly day: number
  readonly stories: number
  /** Of how many events; a story that waits for its event is one of its own. */
  readonly events: number
}

/** Stories and events per day of a person, organisation or place of the packs. */
export interface EntitySeries {
  readonly name: string
  readonly label: string
  /** Lists its stories; with `on:` those of a day. */
  readonly query: string
  /** The day and the same weekday of the weeks before. */
  readonly counts: readonly EntityDay[]
}

export interface EntityDays {
  /**
   * The entities that the newest stories of a local day name most, and how many others could have been among them. The history
   * is counted within a budget of steps per call and cached for some minutes: an entity appears once all of its weeks are
   * counted, in a large archive some calls later. The day itself is counted at each call.
   */
  on(day: number, weeks: number): { entities: EntitySeries[]; untested: number }
}

/** Entities that are chosen. */
const MOST = 12
/** How long chosen entities and their history are cached. */
const CACHED_MS = 600_000
/** Stories that a choice reads at most, so many at a time. */
const READ = 300
const STEP = 50
/** What a call may spend on the history: a step is a story counted, and a search is some. So the same call does the same everywhere. */
const HISTORY_STEPS = 20_000
const STEPS_A_SEARCH = 50

export interface EntityParts extends Pick<Stores, 'stories' | 'events'>, Pick<Clock, 'now'> {
  readonly search: Search
  readonly definitions: () => Definitions
}

/** Entities chosen and counted with these concepts. Made at the first call: opening an archive reads no definitions. */
interface Cache {
  readonly of: Definitions['concepts']
  /** By performance.now(). */
  readonly until: number
  readonly chosen: Map<number, string[]>
  readonly days: Map<string, EntityDay>
}

export function entityDays(parts: EntityParts): EntityDays {
  const { search, stories, events, definitions, now } = parts
  let cache: Cache | undefined

  function choose(day: number, wanted: ReadonlySet<string>): string[] {
    const named = new Map<string, number>()
    let read = 0
    let cursor: string | undefined
    do {
      const page = search.list(onDay(day), { limit: STEP, ...(cursor === undefined ? {} : { cursor }) })
      for (const story of stories.many(page.rows.map(({ id }) => id)))
        for (const { name } of definitions().conceptsIn(tokenise(subjectOfRecord(story)), now()))
          if (wanted.has(name)) named.set(name, (named.get(name) ?? 0) + 1)
      read += page.rows.length
      cursor = page.next ?? undefined
    } while (cursor !== undefined && read < READ)
    return [...named]
      .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
      .slice(0, MOST)
      .map(([name]) => name)
  }

  function count(name: string, day: number): EntityDay {
    const seen = new Set<number>()
    let [all, alone] = [0, 0]
    for (const docids of search.docidsInSteps({ type: 'and', of: [{ type: 'concept', name }, onDay(day)] })) {
      const found = events.ofAll(docids)
      all += docids.length
      alone += docids.length - found.length
      for (const [, event] of found) seen.add(event)
    }
    return { day, stories: all, events: alone + seen.size }
  }

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
      const budget = new Steps(HISTORY_STEPS)
      const entities: EntitySeries[] = []
      for (const name of chosen) {
        const counts: EntityDay[] = []
        for (let week = weeks; week > 0; week--) {
          const then = day - 7 * week
          const key = `${name} ${then}`
          let known = days.get(key)
          if (known === undefined) {
            if (budget.isSpent) break
            known = count(name, then)
            budget.spend(STEPS_A_SEARCH + known.stories)
            days.set(key, known)
          }
          counts.push(known)
        }
        if (counts.length < weeks) break
        counts.push(count(name, day))
        entities.push({ name, label: labels.get(name) ?? name, query: `@${name}`, counts })
      }
      return { entities, untested: labels.size - entities.length }
    },
  }
}

const onDay = (day: number): Query => ({ type: 'date', op: 'on', value: isoDay(day) })
