import type { EventFilter, EventPage } from '../../api/contract/events.ts'
import { counted } from '../counted.ts'
import { publishedOf } from '../store/docid.ts'
import { Steps } from '../store/search/steps.ts'
import { stretchesOf } from './dashboard/stretch.ts'
import { type EventRows, GROWN_MS } from './eventRows.ts'
import { headlineLanguage } from './headlineLanguage.ts'
import type { DoorParts } from './parts.ts'
import { queryOf } from './storyRows.ts'

/** The events of the stories of a query. */
export interface EventList {
  /** What the stories of an event are narrowed by, as query text; '' for nothing. @throws QueryError */
  narrowing(filter: Pick<EventFilter, 'query' | 'range'>): string
  /** A page of events, some stories at a time. @throws QueryError */
  listed(filter: EventFilter): Generator<void, EventPage>
}

/** Steps (store/search/steps.ts) of what goes over the whole archive. */
const ARCHIVE_STEPS = 20_000_000
/** Events or stories that are put in order before others work. */
const SORTED_A_STEP = 10_000

type Parts = Pick<
  DoorParts,
  'events' | 'stories' | 'settings' | 'search' | 'gathering' | 'definitions' | 'now' | 'timeZone'
>

export function createEventList(parts: Parts, rows: Pick<EventRows, 'rowsOf'>): EventList {
  const { events, stories, search } = parts

  function narrowing({ query, range }: Pick<EventFilter, 'query' | 'range'>): string {
    queryOf(parts, query)
    const stretch =
      range === undefined
        ? ''
        : stretchesOf(range, {
            now: parts.now(),
            visitedAt: parts.settings.get('visitedAt'),
            oldest: stories.oldest(),
            firstFetched: stories.firstFetched(),
            timeZone: parts.timeZone,
          }).now.query
    return [query.trim() === '' ? '' : `(${query.trim()})`, stretch].filter((part) => part !== '').join(' ')
  }

  function* listed(filter: EventFilter): Generator<void, EventPage> {
    const { limit, cursor, sort = 'size', language = headlineLanguage(parts.settings) } = filter
    const narrowed = narrowing(filter)
    const steps = new Steps(ARCHIVE_STEPS)
    const found = yield* sizesOf(narrowed, steps)
    const from = Math.max(0, Math.trunc(Number(cursor ?? 0)) || 0)
    const by = ORDERS[sort]
    const sorted = yield* firstOf(
      found.sizes,
      ([a, x], [b, y]) => by(x, y) || y.last - x.last || b - a,
      from + limit + 1,
    )
    const page = sorted.slice(from, from + limit).map(([event]) => event)
    return {
      rows: yield* rows.rowsOf(yield* membersOf(page, found), narrowed, language),
      next: sorted.length > from + limit ? String(from + limit) : null,
      ...lacking(steps),
    }
  }

  /** How many of a query's stories each event has; stories without an event are left out. */
  function* sizesOf(text: string, steps: Steps): Generator<void, Sizes> {
    const found: Sizes = { docids: [], of: [], sizes: new Map() }
    const since = parts.now() - GROWN_MS
    for (const docids of search.docidsInSteps(queryOf(parts, text), steps)) {
      for (const [docid, event] of events.ofAll(docids)) {
        found.docids.push(docid)
        found.of.push(event)
        const grown = publishedOf(docid) >= since ? 1 : 0
        const size = found.sizes.get(event)
        if (size === undefined) found.sizes.set(event, { stories: 1, grown, last: docid })
        else {
          size.stories++
          size.grown += grown
          size.last = Math.max(size.last, docid)
        }
      }
      yield
    }
    return found
  }

  /** Their stories' docids, by event, in the events' order. */
  function* membersOf(
    list: readonly number[],
    { docids, of }: Sizes,
  ): Generator<void, Map<number, number[]>> {
    const members = new Map(list.map((event) => [event, [] as number[]]))
    for (let i = 0; i < of.length; i++) {
      members.get(of[i] as number)?.push(docids[i] as number)
      if (i % SORTED_A_STEP === SORTED_A_STEP - 1) yield
    }
    return members
  }

  function lacking(steps: Steps): { incomplete?: string } {
    const waiting = parts.gathering.waiting()
    if (steps.isSpent)
      return {
        incomplete: 'The search was ended before all stories were looked at. Narrow it by a word or a date.',
      }
    return waiting === 0
      ? {}
      : { incomplete: `${counted(waiting, 'story', 'stories')} still wait for their event.` }
  }

  return { narrowing, listed }
}

/** The stories that were asked for with their events, side by side, and the events by them. */
interface Sizes {
  readonly docids: number[]
  readonly of: number[]
  readonly sizes: Map<number, Size>
}

/** An event by those of its stories that were asked for. */
interface Size {
  stories: number
  grown: number
  /** The docid of its newest. */
  last: number
}

const ORDERS: { readonly [sort in NonNullable<EventFilter['sort']>]: (a: Size, b: Size) => number } = {
  size: (a, b) => b.stories - a.stories,
  newest: () => 0,
  growth: (a, b) => b.grown - a.grown || b.stories - a.stories,
}

/** The first so many of a list's entries by an order, in that order. */
function* firstOf<T>(list: Iterable<T>, by: (a: T, b: T) => number, most: number): Generator<void, T[]> {
  let first: T[] = []
  let rest: T[] = []
  const sorted = (): T[] => [...first, ...rest].sort(by).slice(0, most)
  for (const one of list) {
    rest.push(one)
    if (rest.length < SORTED_A_STEP) continue
    first = sorted()
    rest = []
    yield
  }
  return sorted()
}
