import type {
  Corrected,
  Event,
  EventChange,
  EventFilter,
  EventPage,
  EventRow,
  EventWhy,
  Voice,
} from '../../api/contract/events.ts'
import { counted } from '../counted.ts'
import { frozenSetting } from '../events/clusters/setting.ts'
import { isoDay, localDay } from '../localTime.ts'
import { Problem } from '../problem.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { publishedOf } from '../store/docid.ts'
import type { ListedChange } from '../store/events.ts'
import { Steps } from '../store/search/steps.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryRecord } from '../store/stories.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import { wordList } from '../wordList.ts'
import { stretchesOf } from './dashboard/stretch.ts'
import { copiedIn, fitOf, healthyByBloc, silentBlocs } from './eventShape.ts'
import { createEventSides, type EventSides } from './eventSides.ts'
import { EventTally, mostFirst, summed } from './eventTally.ts'
import { headlineLanguage } from './headlineLanguage.ts'
import type { DoorParts } from './parts.ts'
import { atOnce, inSlices } from './slices.ts'
import type { Sources } from './sources.ts'
import { queryOf } from './storyRows.ts'
import { momentOf, plainLanguage as plain, titleFrom, voicesIn } from './voices.ts'

export interface Events extends EventSides {
  /** The events of the stories of a query and range, as `sort` says, then the newest. @throws QueryError */
  list(filter: EventFilter, signal?: AbortSignal): Promise<EventPage>
  /** How many stories still wait for their event, about; their turn comes by itself. */
  waiting(): number
  /** An event as lists have it, of all its stories; null where none is there. */
  row(id: number): EventRow | null
  /**
   * An event, or the one that it went into.
   * @param language BCP 47, of the headline @throws Problem NOT_FOUND
   */
  get(input: { id: number; language?: string | undefined }, signal?: AbortSignal): Promise<Event>
  /** Why two stories are of one event, or not: compared by their texts as they are now. @throws Problem NOT_FOUND */
  why(a: number, b: number): EventWhy
  /** What the person says of events is kept. @throws Problem */
  takeOut(story: number): Corrected
  putIn(story: number, event: number): Corrected
  merge(event: number, other: number): Corrected
  split(event: number, stories: readonly number[]): Corrected
  rename(event: number, name: string): Corrected
  undo(change: number): void
}

/** Steps (store/search/steps.ts) of what goes over the whole archive. */
const ARCHIVE_STEPS = 20_000_000
/** An event with more stories than this is told by so many of them. */
const ROW_MOST = 2000

type Parts = Pick<
  DoorParts,
  | 'events'
  | 'stories'
  | 'sources'
  | 'tags'
  | 'settings'
  | 'search'
  | 'gathering'
  | 'correcting'
  | 'memory'
  | 'changes'
  | 'definitions'
  | 'now'
  | 'timeZone'
>

/** @param sourceList all sources as they do now */
export function eventNoun(parts: Parts, sourceList: Sources['list']): Events {
  const { events, stories, tags, search, definitions, correcting } = parts
  const preferred = (): string => headlineLanguage(parts.settings)
  const { headlineOf, voiceOf } = voicesIn(stories)

  /** What the stories of an event are narrowed by, as query text; '' for nothing. @throws QueryError */
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
    const { limit, cursor, sort = 'size', language = preferred() } = filter
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
      rows: yield* rowsOf(yield* membersOf(page, found), narrowed, language),
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

  function* tallyOf(docids: readonly number[]): Generator<void, EventTally> {
    const tally = new EventTally(parts.now() - GROWN_MS)
    for (let at = 0; at < docids.length; at += COUNTED_A_STEP) {
      const facts = events.facts(docids.slice(at, at + COUNTED_A_STEP))
      for (const story of facts) tally.add(story)
      for (const [theme, stories] of tags.counted(facts.map(({ id }) => id))) tally.addTheme(theme, stories)
      yield
    }
    return tally
  }

  /** The rows of events, in their order. @param docids which of their stories count, by docid */
  function* rowsOf(
    docids: ReadonlyMap<number, readonly number[]>,
    narrowed: string,
    language: string,
  ): Generator<void, EventRow[]> {
    const sources = sourcesById()
    const rows: EventRow[] = []
    for (const [id, mine] of docids) {
      const tally = yield* tallyOf(mine.toSorted((a, b) => a - b))
      const row = rowFrom(id, tally, { narrowed, language, sources })
      if (row !== null) rows.push(row)
    }
    return rows
  }

  /** An event by those of its stories that count; null where none of them is left. */
  function rowFrom(
    id: number,
    tally: EventTally,
    { narrowed, language, sources }: { narrowed: string; language: string; sources: SourcesById },
  ): EventRow | null {
    const record = events.get(id)
    const headline = headlineOf(record.headlines, tally.firstOfLanguages(), language, sources)
    if (headline === null || tally.stories === 0) return null
    return {
      id,
      name: record.name,
      headline,
      first: tally.first,
      last: tally.last,
      stories: { stories: tally.stories, query: `event:${id} ${narrowed}`.trim() },
      grown: { stories: tally.grown, query: `event:${id} within:${GROWN_HOURS}h ${narrowed}`.trim() },
      all: { stories: record.stories, query: `event:${id}` },
      sources: tally.bySource.size,
      blocs: named(blocsOf(tally, sources)),
      languages: named(tally.byLanguage()),
      themes: named(themesOf(tally)),
      copies: tally.copies.length,
    }
  }

  const sourcesById = (): SourcesById => new Map(parts.sources.all().map((source) => [source.id, source]))

  /** The stories of each bloc; '' for sources without one. */
  const blocsOf = ({ bySource }: EventTally, sources: SourcesById): Map<string, number> =>
    summed(
      bySource,
      (source) => sources.get(source)?.bloc ?? '',
      ({ stories: n }) => n,
    )

  /** The stories of each theme that is no group, by key; '' for those that are gone. */
  function themesOf({ byTheme }: EventTally): Map<string, number> {
    const keys = new Map(
      definitions().themes.flatMap(({ id, key, kind }) => (kind === 'theme' ? [[id, key] as const] : [])),
    )
    return summed(
      byTheme,
      (theme) => keys.get(theme) ?? '',
      (n) => n,
    )
  }

  /** The first story of each source, earliest first. */
  function voicesOf({ bySource }: EventTally, sources: SourcesById): Event['voices'] {
    const list = [...bySource.values()].sort(
      (a, b) => momentOf(a.first) - momentOf(b.first) || a.first.id - b.first.id,
    )
    const records = new Map(stories.many(list.map(({ first }) => first.id)).map((story) => [story.id, story]))
    return list.flatMap(({ first, stories: told, copies }) => {
      const story = records.get(first.id)
      return story === undefined ? [] : [{ ...voiceOf(story, sources), stories: told, copies }]
    })
  }

  /** Persons, organisations and places in some stories, by how many of them name them. */
  function entitiesOf(list: readonly StoryRecord[]): Event['entities'] {
    const counts = new Map<string, number>()
    for (const story of list)
      for (const { name } of definitions().conceptsIn(tokenise(subjectOfRecord(story)), parts.now()))
        counts.set(name, (counts.get(name) ?? 0) + 1)
    return definitions()
      .conceptRecords.flatMap(({ name, label, type }) => {
        const n = counts.get(name)
        return n === undefined || type === 'topic' ? [] : [{ name, label, type, stories: n }]
      })
      .sort((a, b) => b.stories - a.stories || (a.label < b.label ? -1 : 1))
      .slice(0, ENTITIES)
  }

  function daysOf(docids: readonly number[]): Event['days'] {
    const counts = new Map<number, number>()
    for (const docid of docids) {
      const day = localDay(publishedOf(docid), parts.timeZone)
      counts.set(day, (counts.get(day) ?? 0) + 1)
    }
    const days = [...counts.keys()].sort((a, b) => a - b)
    const [first = 0, last = -1] = [days[0], days.at(-1)]
    return Array.from({ length: Math.min(last - first + 1, MOST_DAYS) }, (_, i) => ({
      day: isoDay(first + i),
      stories: counts.get(first + i) ?? 0,
    }))
  }

  /** How likely some of its stories that are no copies belong together; null for a story alone. */
  function togetherness(
    list: readonly StoryRecord[],
    sources: SourcesById,
  ): Pick<Event, 'confidence' | 'doubtful'> {
    const own = list.filter(({ copy_of }) => copy_of === null).slice(-COMPARED)
    if (own.length < 2) return { confidence: list.length < 2 ? null : 1, doubtful: [] }
    const pairs = parts.memory
      .compare(own.map(asTurn))
      .map(({ a, b, logOdds }) => ({ a, b, likely: likelihood(logOdds) }))
    return fitOf(own, pairs, (story) => voiceOf(story, sources))
  }

  function repeatedIn(tally: EventTally, sources: SourcesById): Event['copied'] {
    const copies = stories.many(tally.copies.slice(-MOST_COPIES))
    const originals = stories.many([...new Set(copies.flatMap(({ copy_of }) => copy_of ?? []))])
    return copiedIn(copies, originals, (story) => voiceOf(story, sources))
  }

  const asTurn = (story: StoryRecord) => ({ text: story, published: story.published })

  /** What another event is called in the list of changes: as it is named now, or by a story that the change moved. */
  function calledIn({ seq }: ListedChange, event: number, language: string): string {
    const { name, headlines } = events.get(event)
    if (name !== '') return `“${name}”`
    const wanted = [headlines[plain(language)], headlines['']].filter((id) => id !== undefined)
    const [first] = events.stories(event, 1)
    const [story] = [
      ...stories.many(wanted),
      ...stories.many(first === undefined ? [] : events.facts([first.docid]).map(({ id }) => id)),
      ...stories.many(events.movedBy(seq, 1).map(({ id }) => id)),
    ]
    return story === undefined ? `event ${event}` : `“${titleFrom(story)}”`
  }

  function changeOf(change: ListedChange, event: number, language: string): EventChange {
    const { seq, at, kind, by, undone } = change
    const other = change.event === event ? change.other : change.event
    const what = sentenceOf(change, event, other === null ? '' : calledIn(change, other, language))
    return { seq, at, kind, by, what, undone: undone === 1, undoable: parts.correcting.isUndoable(change) }
  }

  /** All that changed an event is told to the page. */
  function told<T>(result: T): T {
    parts.changes.emit({ type: 'events' })
    parts.gathering.start()
    return result
  }

  return {
    list: (filter, signal) => inSlices(listed(filter), signal),
    waiting() {
      parts.gathering.start()
      return parts.gathering.waiting()
    },
    row(id) {
      const docids = events.stories(id, ROW_MOST).map(({ docid }) => docid)
      const tally = atOnce(tallyOf(docids))
      return rowFrom(id, tally, { narrowed: '', language: preferred(), sources: sourcesById() })
    },
    get: ({ id, language = preferred() }, signal) => inSlices(opened(id, language), signal),
    ...createEventSides({
      ...parts,
      sourceList,
      narrowing,
      rowsOf,
      voiceOf: (story) => voiceOf(story, new Map()),
    }),
    why: whyTogether,
    takeOut: (story) => told(correcting.takeOut(story)),
    putIn: (story, event) => told(correcting.putIn(story, event)),
    merge: (event, other) => told(correcting.merge(event, other)),
    split: (event, list) => told(correcting.split(event, list)),
    rename: (event, name) => told(correcting.rename(event, name)),
    undo: (change) => told(correcting.undo(change)),
  }

  function* opened(id: number, language: string): Generator<void, Event> {
    // Before it is counted: what begins meanwhile is told as a change.
    const moving = events.toBeMoved(id)
    const docids: number[] = []
    for (const found of search.docidsInSteps(queryOf(parts, `event:${id}`))) {
      for (const docid of found) docids.push(docid)
      yield
    }
    docids.sort((a, b) => a - b)
    const tally = yield* tallyOf(docids)
    const sources = sourcesById()
    const row = rowFrom(id, tally, { narrowed: '', language, sources })
    if (row === null) {
      const into = events.goesOnAs(id)
      if (into !== id) return yield* opened(into, language)
      throw new Problem('NOT_FOUND', 'This event is no longer there: its stories were removed.')
    }
    yield
    const door = (stories: number, filter: string) => ({ stories, query: `event:${id} ${filter}`.trim() })
    const newest = stories.many(events.facts(docids.slice(-READ)).map((story) => story.id))
    const entities = entitiesOf(newest)
    yield
    const together = togetherness(newest, sources)
    yield
    const voices = voicesOf(tally, sources)
    const copied = repeatedIn(tally, sources)
    yield
    const byLanguage = tally.byLanguage()
    const byTheme = themesOf(tally)
    byTheme.delete('')
    return {
      ...row,
      all: row.stories,
      firstMover: withoutCounts(voices[0] as Event['voices'][number]),
      voices,
      byBloc: byBlocOf(tally, sources).map(({ bloc, stories: told, ...more }) => ({
        bloc,
        stories: door(told, bloc === '' ? without('bloc', row.blocs) : `bloc:${bloc}`),
        ...more,
      })),
      byLanguage: mostFirst(byLanguage).map(([lang, told]) => ({
        lang,
        stories: door(told, lang === '' ? without('lang', row.languages) : `lang:${lang}`),
      })),
      byTheme: mostFirst(byTheme).map(([theme, told]) => ({ theme, stories: door(told, `theme:${theme}`) })),
      entities,
      days: daysOf(docids),
      ...together,
      open: parts.now() - row.last <= WINDOW,
      silent: silentBlocs(healthyByBloc(sourceList()), row.blocs),
      copied,
      moving,
      changes: events.changesOf(id, CHANGES).map((change) => changeOf(change, id, language)),
    }
  }

  /** What each bloc has of an event, most stories first. */
  function byBlocOf({ bySource }: EventTally, sources: SourcesById) {
    return [...Map.groupBy(bySource, ([source]) => sources.get(source)?.bloc ?? '')]
      .map(([bloc, mine]) => ({
        bloc,
        sources: mine.length,
        stories: mine.reduce((sum, [, { stories: n }]) => sum + n, 0),
        copies: mine.reduce((sum, [, { copies }]) => sum + copies, 0),
        first: Math.min(...mine.map(([, { first }]) => momentOf(first))),
      }))
      .sort((a, b) => b.stories - a.stories || (a.bloc < b.bloc ? -1 : 1))
  }

  function whyTogether(a: number, b: number): EventWhy {
    const list = stories.many([a, b])
    if (list.length < 2) throw new Problem('NOT_FOUND', 'One of these stories is no longer there.')
    const [pair] = parts.memory.compare(list.map(asTurn))
    if (pair === undefined) throw new Problem('INVALID', 'These are the same story.')
    const copy = list.some(
      ({ copy_of }, i) => copy_of !== null && copy_of === (list[1 - i]?.copy_of ?? list[1 - i]?.id),
    )
    const shared = pair.evidence
      .map(({ kind, logOdds, shared: terms }) => ({ kind, logOdds, terms: [...new Set(terms)] }))
      .filter(({ logOdds, terms }) => Math.abs(logOdds) >= TOLD || terms.length > 0)
      .sort((x, y) => y.logOdds - x.logOdds)
    return {
      likely: copy ? 1 : likelihood(pair.logOdds),
      why: [
        ...(copy ? ['One repeats the text of the other, or both that of a third.'] : []),
        ...shared.flatMap((one) => sentenceOfEvidence(one) ?? []),
      ],
      shared,
    }
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
}

/** How an event grows is told of so many hours. */
const GROWN_HOURS = 6
const GROWN_MS = GROWN_HOURS * 3_600_000

type SourcesById = ReadonlyMap<number, SourceRecord>

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

/** Stories that are counted, and events or stories that are put in order, before others work. */
const COUNTED_A_STEP = 1000
const SORTED_A_STEP = 10_000
/** Stories of an event that are read, the newest, and of these compared. */
const READ = 40
const COMPARED = 20
/** Copies that are looked at to say what they repeat. */
const MOST_COPIES = 500
const ENTITIES = 24
const CHANGES = 50
const MOST_DAYS = 366
/** Log-odds below which evidence is not worth telling. */
const TOLD = 0.2

/** A story joins an event whose newest is no older than this, in ms. */
const WINDOW = frozenSetting().days * 86_400_000

/** The filter on what has none of these values. */
const without = (field: string, values: readonly string[]): string =>
  values.map((value) => `-${field}:${value}`).join(' ')

const likelihood = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

function withoutCounts({ story, title, lang, source, published }: Event['voices'][number]): Voice {
  return { story, title, lang, source, published }
}

/**
 * @param of the event whose changes are told
 * @param other what the other event of the change is called
 */
function sentenceOf({ kind, event, name, stories }: ListedChange, of: number, other: string): string {
  const moved = counted(stories, 'story', 'stories')
  const isHere = event === of
  switch (kind) {
    case 'merge':
      return isHere ? `${other} is one with this: ${moved} came in.` : `Went into ${other}: ${moved}.`
    case 'split':
      return isHere ? `${moved} became an event of their own: ${other}.` : `Split from ${other}: ${moved}.`
    case 'take-out':
      return isHere ? `A story was taken out: ${other}.` : `Taken out of ${other}.`
    case 'put-in':
      return isHere ? `A story was put in, from ${other}.` : `A story was put into ${other}.`
    case 'rename':
      return name === '' ? 'It was given a name.' : `It was called “${name}” before.`
  }
}

function sentenceOfEvidence({ kind, terms, logOdds }: EventWhy['shared'][number]): string | undefined {
  const list = wordList(terms.map((term) => `“${term}”`))
  if (logOdds < -TOLD && terms.length === 0)
    return kind === 'time' ? 'They are some time apart, which speaks against it.' : `Their ${kind} differ.`
  if (kind === 'time') return logOdds > TOLD ? 'They were published close together.' : undefined
  if (terms.length === 0) return undefined
  switch (kind) {
    case 'words':
      return `Both use the words ${list}.`
    case 'names':
      return `Both name ${list}.`
    case 'numbers':
      return `Both have the numbers or dates ${list}.`
    case 'places':
      return `Both are about the countries ${list}.`
    default:
      return `Both are about ${list}.`
  }
}

/** The names of what has one, most first. */
const named = (sums: ReadonlyMap<string, number>): string[] =>
  mostFirst(sums).flatMap(([name]) => (name === '' ? [] : [name]))

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
