import type {
  BlindSpots,
  EventFilter,
  EventRow,
  ShareOfVoice,
  Sides,
  Voice,
} from '../../api/contract/events.ts'
import type { Source } from '../../api/contract/sources.ts'
import { sideWords } from '../events/sideWords.ts'
import { commonWords } from '../feeds/read/plainLanguage.ts'
import { isoDay, localDayReader } from '../localTime.ts'
import { printFilter } from '../query/language/language.ts'
import { words } from '../query/words/words.ts'
import { publishedOf } from '../store/docid.ts'
import type { StoryFacts } from '../store/events.ts'
import { Steps } from '../store/search/steps.ts'
import type { StoryRecord } from '../store/stories.ts'
import { leadsOf } from './eventLeads.ts'
import { healthyByBloc } from './eventShape.ts'
import { headlineLanguage } from './headlineLanguage.ts'
import type { DoorParts } from './parts.ts'
import { inSlices } from './slices.ts'
import { queryOf } from './storyRows.ts'
import { momentOf, plainLanguage } from './voices.ts'

/** The sides of what happened: which blocs tell it, when, in which words, and which do not. */
export interface EventSides {
  /** Blocs side by side in the stories of a query and range, most stories first. @throws QueryError */
  sides(filter: Pick<EventFilter, 'query' | 'range'>, signal?: AbortSignal): Promise<Sides>
  /** Events of a range that two blocs tell and another, with healthy sources, does not. @throws QueryError */
  blindSpots(filter: BlindFilter, signal?: AbortSignal): Promise<BlindSpots>
  /** How much of a query's stories each bloc has, day by day. @throws QueryError */
  voice(filter: Pick<EventFilter, 'query' | 'range'>, signal?: AbortSignal): Promise<ShareOfVoice>
}

type BlindFilter = Pick<EventFilter, 'query' | 'range' | 'language'>

interface Parts
  extends Pick<
    DoorParts,
    'events' | 'stories' | 'sources' | 'search' | 'definitions' | 'settings' | 'timeZone'
  > {
  /** All sources as they do now. */
  readonly sourceList: () => readonly Source[]
  narrowing(filter: Pick<EventFilter, 'query' | 'range'>): string
  rowsOf(
    docids: ReadonlyMap<number, readonly number[]>,
    narrowed: string,
    language: string,
  ): Generator<void, EventRow[]>
  voiceOf(story: StoryRecord): Voice
}

const ARCHIVE_STEPS = 20_000_000
/** Stories of a bloc and language whose words are read, the newest. */
const READ = 150
const WORDS = 10
/** A language is compared where this many blocs have so many stories in it. */
const BLOCS = 2
const STORIES = 3
const SHORTEST = 3
const BLIND_SPOTS = 50
const MOST_DAYS = 366

export function createEventSides(parts: Parts): EventSides {
  const { events, stories, search, timeZone } = parts
  const dayOf = localDayReader(timeZone)

  function* docidsOf(text: string): Generator<void, number[]> {
    const docids: number[] = []
    for (const found of search.docidsInSteps(queryOf(parts, text), new Steps(ARCHIVE_STEPS))) {
      for (const docid of found) docids.push(docid)
      yield
    }
    return docids
  }

  const blocs = (): Map<number, string> => new Map(parts.sources.all().map(({ id, bloc }) => [id, bloc]))

  /** What stories are, some at a time. */
  function* factsOf(docids: readonly number[]): Generator<void, StoryFacts[]> {
    const facts: StoryFacts[] = []
    for (let at = 0; at < docids.length; at += STEP) {
      for (const one of events.facts(docids.slice(at, at + STEP))) facts.push(one)
      yield
    }
    return facts
  }

  /** What each bloc tells, some stories at a time; those of sources without one are left out. @param docids the oldest first */
  function* byBlocOf(docids: readonly number[]): Generator<void, Map<string, BlocStories>> {
    const blocOf = blocs()
    const byBloc = new Map<string, BlocStories>()
    for (let at = 0; at < docids.length; at += STEP) {
      const step = docids.slice(at, at + STEP)
      const eventOf = new Map(events.ofAll(step))
      for (const story of events.facts(step)) {
        const bloc = blocOf.get(story.sourceId) ?? ''
        if (bloc === '') continue
        let mine = byBloc.get(bloc)
        if (mine === undefined) {
          mine = { stories: 0, sources: new Set(), first: story, byLanguage: new Map(), byEvent: new Map() }
          byBloc.set(bloc, mine)
        }
        mine.stories++
        mine.sources.add(story.sourceId)
        if (momentOf(story) < momentOf(mine.first)) mine.first = story
        // A story that waits for its event is one of its own.
        const event = eventOf.get(story.docid) ?? -story.id
        mine.byEvent.set(event, Math.min(mine.byEvent.get(event) ?? Infinity, momentOf(story)))
        const language = plainLanguage(story.lang)
        const told = mine.byLanguage.get(language)
        if (told === undefined) mine.byLanguage.set(language, [story.id])
        else told.push(story.id)
      }
      yield
    }
    return byBloc
  }

  /** The words of a bloc's stories against those of the other blocs, language by language. */
  function* wordsOf(byBloc: ReadonlyMap<string, BlocStories>, narrowed: string) {
    const found = new Map<string, Sides['blocs'][number]['words']>()
    const languages = new Set([...byBloc.values()].flatMap(({ byLanguage }) => [...byLanguage.keys()]))
    for (const language of languages) {
      const own = [...byBloc]
        .map(([bloc, { byLanguage }]) => [bloc, byLanguage.get(language) ?? []] as const)
        .filter(([, ids]) => ids.length >= STORIES)
      if (own.length < BLOCS) continue
      const sides: ReadonlySet<string>[][] = []
      for (const [, ids] of own) {
        const texts: ReadonlySet<string>[] = []
        for (const story of stories.many(ids.slice(-READ))) {
          texts.push(distinctWords(story, language))
          yield
        }
        sides.push(texts)
      }
      const filter = language === '' ? '' : ` lang:${language}`
      sideWords(sides, WORDS).forEach((list, i) => {
        const bloc = own[i]?.[0] as string
        const told = list.map(({ word, z }) => ({
          word,
          z,
          lang: language,
          query: `"${word}" bloc:${bloc}${filter} ${narrowed}`.trim(),
        }))
        found.set(bloc, [...(found.get(bloc) ?? []), ...told])
      })
      yield
    }
    for (const [bloc, list] of found) found.set(bloc, list.sort((a, b) => b.z - a.z).slice(0, WORDS))
    return found
  }

  function* sidesOf(narrowed: string): Generator<void, Sides> {
    const docids = [...Float64Array.from(yield* docidsOf(narrowed)).sort()]
    yield
    const byBloc = yield* byBlocOf(docids)
    const words = yield* wordsOf(byBloc, narrowed)
    const leads = yield* leadsOf(new Map([...byBloc].map(([bloc, { byEvent }]) => [bloc, byEvent])))
    yield
    const sorted = [...byBloc].sort(([a, x], [b, y]) => y.stories - x.stories || (a < b ? -1 : 1))
    const firsts = sorted.map(([, { first }]) => first)
    const begun = Math.min(...firsts.map(momentOf))
    const records = new Map(stories.many(firsts.map(({ id }) => id)).map((story) => [story.id, story]))
    return {
      stories: docids.length,
      blocs: sorted.flatMap(([bloc, { first, ...mine }]) => {
        const story = records.get(first.id)
        const lead = leads.get(bloc)
        if (story === undefined || lead === undefined) return []
        return [
          {
            bloc,
            sources: mine.sources.size,
            stories: {
              stories: mine.stories,
              events: mine.byEvent.size,
              query: `bloc:${bloc} ${narrowed}`.trim(),
            },
            first: parts.voiceOf(story),
            laterBy: momentOf(first) - begun,
            shared: lead.shared,
            ahead: lead.ahead.length,
            aheadQuery:
              lead.ahead.length === 0 || lead.ahead.length > NAMED_EVENTS
                ? null
                : `${printFilter('event', lead.ahead.map(String))} ${narrowed}`.trim(),
            lag: lead.lag,
            words: words.get(bloc) ?? [],
          },
        ]
      }),
    }
  }

  function* blindSpotsOf(narrowed: string, language: string): Generator<void, BlindSpots> {
    const sourceList = parts.sourceList()
    const healthy = healthyByBloc(sourceList)
    const known = new Set(sourceList.map(({ bloc }) => bloc).filter((bloc) => bloc !== ''))
    const docids = yield* docidsOf(narrowed)
    const byEvent = new Map<number, number[]>()
    for (let at = 0; at < docids.length; at += STEP) {
      for (const [docid, event] of events.ofAll(docids.slice(at, at + STEP))) {
        const list = byEvent.get(event)
        if (list === undefined) byEvent.set(event, [docid])
        else list.push(docid)
      }
      yield
    }
    const blocOf = blocs()
    let looked = 0
    const spots: { event: number; covered: Map<string, number>; missing: string[] }[] = []
    for (const [event, mine] of largestFirst(byEvent)) {
      if (spots.length >= BLIND_SPOTS) break
      if (++looked % LOOKED_A_STEP === 0) yield
      if (events.size(event) < BLOCS) continue
      // A bloc that told it before the range is not blind to it.
      const covered = new Map<string, number>()
      for (const { source } of events.sourcesOf([event])) {
        const bloc = blocOf.get(source) ?? ''
        if (bloc !== '') covered.set(bloc, (covered.get(bloc) ?? 0) + 1)
      }
      yield
      const missing = [...healthy.keys()].filter((bloc) => !covered.has(bloc)).sort()
      if (covered.size >= BLOCS && missing.length > 0 && mine.length > 0)
        spots.push({ event, covered, missing })
    }
    const docidsBySpot = new Map(spots.map(({ event }) => [event, byEvent.get(event) ?? []]))
    const list = yield* parts.rowsOf(docidsBySpot, narrowed, language)
    const rows = new Map(list.map((row) => [row.id, row]))
    return {
      rows: spots.flatMap(({ event, covered, missing }) => {
        const row = rows.get(event)
        return row === undefined
          ? []
          : [
              {
                event: row,
                covered: [...covered]
                  .map(([bloc, sources]) => ({
                    bloc,
                    sources,
                    query: `event:${event} bloc:${bloc}`,
                  }))
                  .sort((a, b) => b.sources - a.sources || (a.bloc < b.bloc ? -1 : 1)),
                missing: missing.map((bloc) => ({ bloc, sources: healthy.get(bloc) ?? 0 })),
              },
            ]
      }),
      unheard: [...known].filter((bloc) => !healthy.has(bloc)).sort(),
    }
  }

  function* voiceIn(narrowed: string): Generator<void, ShareOfVoice> {
    const facts = yield* factsOf(yield* docidsOf(narrowed))
    const eventOf = new Map<number, number>()
    for (let at = 0; at < facts.length; at += STEP) {
      for (const [docid, event] of events.ofAll(facts.slice(at, at + STEP).map(({ docid }) => docid)))
        eventOf.set(docid, event)
      yield
    }
    const blocOf = blocs()
    const sums = new Map<string, number>()
    const cells = new Map<string, { stories: number; events: Set<number> }>()
    let [first, last] = [Infinity, -Infinity]
    for (const { docid, sourceId } of facts) {
      const bloc = blocOf.get(sourceId) ?? ''
      if (bloc === '') continue
      const day = dayOf(publishedOf(docid))
      first = Math.min(first, day)
      last = Math.max(last, day)
      sums.set(bloc, (sums.get(bloc) ?? 0) + 1)
      const key = `${day} ${bloc}`
      const cell = cells.get(key) ?? { stories: 0, events: new Set<number>() }
      cells.set(key, cell)
      cell.stories++
      cell.events.add(eventOf.get(docid) ?? -docid)
    }
    const columns = [...sums].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([bloc]) => bloc)
    const from = Math.max(first, last - MOST_DAYS + 1)
    return {
      blocs: columns,
      days: Array.from({ length: columns.length === 0 ? 0 : last - from + 1 }, (_, i) => {
        const day = isoDay(from + i)
        return {
          day,
          cells: columns.map((bloc) => {
            const cell = cells.get(`${from + i} ${bloc}`)
            return {
              stories: cell?.stories ?? 0,
              events: cell?.events.size ?? 0,
              query: `on:${day} bloc:${bloc} ${narrowed}`.trim(),
            }
          }),
        }
      }),
    }
  }

  return {
    sides: (filter, signal) => inSlices(sidesOf(parts.narrowing(filter)), signal),
    blindSpots: ({ language = headlineLanguage(parts.settings), ...filter }, signal) =>
      inSlices(blindSpotsOf(parts.narrowing(filter), language), signal),
    voice: (filter, signal) => inSlices(voiceIn(parts.narrowing(filter)), signal),
  }
}

const STEP = 2000
const LOOKED_A_STEP = 200
/** An address names at most so many events. */
const NAMED_EVENTS = 100

/** Events with their stories: those with most first, of equally many the newest event. */
function* largestFirst(
  byEvent: ReadonlyMap<number, readonly number[]>,
): Generator<[event: number, docids: readonly number[]], void> {
  const bySize = Map.groupBy(byEvent.keys(), (event) => byEvent.get(event)?.length ?? 0)
  for (const [, events] of [...bySize].sort(([a], [b]) => b - a))
    for (const event of Float64Array.from(events).sort().reverse()) yield [event, byEvent.get(event) ?? []]
}

/** What a bloc tells. */
interface BlocStories {
  stories: number
  readonly sources: Set<number>
  /** The one that was there first. */
  first: StoryFacts
  /** The ids of its stories in each language, oldest first. */
  readonly byLanguage: Map<string, number[]>
  /** When it first told of each event, epoch ms. */
  readonly byEvent: Map<number, number>
}

/** The words of a story that say something: no common ones, no numbers, no short ones. */
function distinctWords({ title, summary, text }: StoryRecord, language: string): ReadonlySet<string> {
  const common = commonWords(language)
  const found = new Set<string>()
  for (const part of [title, summary, text])
    for (const word of words(part).folded)
      if (word.length >= SHORTEST && !/^\d/.test(word) && !common.has(word)) found.add(word)
  return found
}
