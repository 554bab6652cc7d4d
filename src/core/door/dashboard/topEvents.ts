import type { Growth, TopEvent } from '../../../api/contract/dashboard/top.ts'
import type { Voice } from '../../../api/contract/events.ts'
import type { Source } from '../../../api/contract/sources.ts'
import { localMoment } from '../../localTime.ts'
import { publishedOf } from '../../store/docid.ts'
import type { Telling } from '../../store/events.ts'
import { ALL_STORIES } from '../../store/tags.ts'
import { healthyByBloc, silentBlocs } from '../eventShape.ts'
import { headlineLanguage } from '../headlineLanguage.ts'
import type { DoorParts } from '../parts.ts'
import { queryOf } from '../storyRows.ts'
import { momentOf, plainLanguage, voicesIn } from '../voices.ts'
import { joinedQuery, type Narrowed } from './narrowed.ts'
import type { Stretch } from './stretch.ts'

/** What is asked of the largest events. */
export interface TopAsked {
  readonly now: Stretch
  /** Numbers by the filter, and by what it says of all but blocs. */
  readonly narrowed: Narrowed
  readonly whateverBloc: Narrowed
  /** All sources as they do now. */
  readonly sources: readonly Source[]
}

type Parts = Pick<
  DoorParts,
  'settings' | 'events' | 'stories' | 'sources' | 'search' | 'definitions' | 'now' | 'timeZone'
>

const SHOWN = 7
/** Candidates that are looked at together; then twice as many. */
const FIRST_LOOK = 24
/** Of an event with more stories than this, the first are looked at to say who began it and which blocs tell it. */
const MOST_STORIES = 20_000
const HOUR = 3_600_000
/** An event without a story for so long has ended. */
const ENDED = 12 * HOUR
/** Hours before the last one that it is compared with; and the two stretches that say whether it slows. */
const BEFORE = 3 * HOUR
const PACE = 6 * HOUR
const SPARK_POINTS = 16

interface Sized {
  readonly event: number
  /** Those that count, by publication. */
  readonly own: readonly Telling[]
  readonly copies: readonly Telling[]
}

/**
 * The largest events of a range and filter by stories that are no copies. Counts that are kept give candidates, each with no fewer
 * stories than it has; the largest of these are counted by search, until no candidate that is left can be larger.
 */
export function topEvents(parts: Parts, asked: TopAsked): TopEvent[] {
  const { events, stories, search, timeZone } = parts
  const { now, narrowed, whateverBloc } = asked
  const { headlineOf, voiceOf } = voicesIn(stories)
  const records = new Map(parts.sources.all().map((source) => [source.id, source]))
  const healthy = healthyByBloc(asked.sources)
  const language = headlineLanguage(parts.settings)
  const blocOf = (source: number): string => records.get(source)?.bloc ?? ''
  const moment = (ms: number): string => localMoment(ms, timeZone)

  function tellings(wanted: readonly number[], query: string): Map<number, Telling[]> {
    const found: Telling[] = []
    const text = joinedQuery(`event:(${wanted.join(' OR ')})`, query, now.query)
    for (const docids of search.docidsInSteps(queryOf(parts, text)))
      for (const one of events.tellings(docids)) found.push(one)
    found.sort((a, b) => a.docid - b.docid)
    return Map.groupBy(found, ({ event }) => event)
  }

  function largest(): Sized[] {
    let found: Sized[] = []
    for (let seen = 0, look = FIRST_LOOK; ; look *= 2) {
      const candidates = narrowed.counts.events.largest(ALL_STORIES, now, seen + look)
      const fresh = candidates.slice(seen)
      if (fresh.length === 0) return found
      const told = tellings(
        fresh.map(([event]) => event),
        narrowed.query,
      )
      found = [...found, ...[...told].map(([event, list]) => sizedOf(event, list))]
        .filter(({ own, copies }) => own.length > 0 && own.length + copies.length > 1)
        .sort(
          (a, b) => b.own.length - a.own.length || b.copies.length - a.copies.length || lastOf(b) - lastOf(a),
        )
        .slice(0, SHOWN)
      seen += fresh.length
      const smallest = found.length < SHOWN ? 0 : (found.at(-1)?.own.length ?? 0)
      if (fresh.length < look || (fresh.at(-1)?.[1] ?? 0) < smallest) return found
    }
  }

  function rowOf({ event, own, copies }: Sized, blocs: readonly Telling[]): TopEvent | null {
    const { name, headlines } = events.get(event)
    const facts = events.facts([...own, ...copies].map(({ docid }) => docid))
    const headline = headlineOf(headlines, facts, language, records)
    const whole = events.tellingsOf(event, MOST_STORIES)
    const first = whole.reduce((a, b) => (momentOfTelling(b) < momentOfTelling(a) ? b : a))
    const [firstStory] = stories.at([first.docid])
    if (headline === null || firstStory === undefined) return null
    const firstMover: Voice = voiceOf(firstStory, records)
    const door = (list: readonly Telling[], ...narrow: string[]) => ({
      stories: list.length,
      query: joinedQuery(`event:${event}`, ...narrow, now.query),
    })
    const growth = growthOf(own)
    return {
      id: event,
      name,
      headline,
      stories: door(own, '-is:copy', narrowed.query),
      copies: door(copies, 'is:copy', narrowed.query),
      sources: [...new Set([...own, ...copies].map(({ sourceId }) => sourceId))],
      blocs: byArrival(blocs).map(([bloc, list]) => {
        const mine = sizedOf(event, list)
        const filter = bloc === '' ? withoutBloc(blocs) : `bloc:${bloc}`
        return {
          bloc,
          stories: door(mine.own, filter, '-is:copy', whateverBloc.query),
          copies: door(mine.copies, filter, 'is:copy', whateverBloc.query),
        }
      }),
      firstMover,
      silent: silentBlocs(
        healthy,
        whole.map(({ sourceId }) => blocOf(sourceId)),
      ),
      languages: new Set(facts.map(({ lang }) => plainLanguage(lang)).filter((lang) => lang !== '')).size,
      spark: sparkOf(own, growth),
      growth,
    }

    /** How it goes on at the range's end. */
    function growthOf(told: readonly Telling[]): Growth {
      const times = told.map(({ docid }) => publishedOf(docid))
      const last = times.at(-1) as number
      const within = (from: number, to: number): Telling[] =>
        told.filter((_, i) => (times[i] as number) >= from && (times[i] as number) < to)
      const { to } = now
      if (last < to - ENDED) return { kind: 'ended', at: last }
      const hour = within(to - HOUR, to)
      const before = within(to - HOUR - BEFORE, to - HOUR)
      if (hour.length > 0 && hour.length * (BEFORE / HOUR) >= before.length)
        return {
          kind: 'growing',
          stories: door(hour, '-is:copy', narrowed.query, `after:${moment(to - HOUR)} before:${moment(to)}`),
        }
      const slower = within(to - PACE, to).length < within(to - 2 * PACE, to - PACE).length
      return { kind: slower ? 'slowing' : 'steady' }
    }
  }

  /** The last point holds the range's end; where it ended, its last story. */
  function sparkOf(own: readonly Telling[], growth: Growth): number[] {
    const times = own.map(({ docid }) => publishedOf(docid))
    const from = times[0] as number
    const to = Math.max(growth.kind === 'ended' ? growth.at + 1000 : now.to, from + 1000)
    const points = new Array<number>(SPARK_POINTS).fill(0)
    for (const time of times) {
      const at = Math.min(SPARK_POINTS - 1, Math.floor(((time - from) / (to - from)) * SPARK_POINTS))
      points[at] = (points[at] ?? 0) + 1
    }
    return points
  }

  function byArrival(list: readonly Telling[]): [string, Telling[]][] {
    const arrived = list.toSorted((a, b) => momentOfTelling(a) - momentOfTelling(b) || a.docid - b.docid)
    return [...Map.groupBy(arrived, ({ sourceId }) => blocOf(sourceId))]
  }

  const withoutBloc = (list: readonly Telling[]): string =>
    [...new Set(list.map(({ sourceId }) => blocOf(sourceId)))]
      .filter((bloc) => bloc !== '')
      .map((bloc) => `-bloc:${bloc}`)
      .join(' ')

  const found = largest()
  if (found.length === 0) return []
  const all =
    whateverBloc.query === narrowed.query
      ? new Map(found.map(({ event, own, copies }) => [event, [...own, ...copies]]))
      : tellings(
          found.map(({ event }) => event),
          whateverBloc.query,
        )
  return found.flatMap((one) => rowOf(one, all.get(one.event) ?? []) ?? [])
}

const sizedOf = (event: number, list: readonly Telling[]): Sized => ({
  event,
  own: list.filter(({ copy }) => copy === 0),
  copies: list.filter(({ copy }) => copy === 1),
})

const lastOf = ({ own }: Sized): number => own.at(-1)?.docid ?? 0

const momentOfTelling = ({ docid, fetched }: Telling): number =>
  momentOf({ published: publishedOf(docid), fetched })
