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
import type { ListedChange, StoryFacts } from '../store/events.ts'
import { Steps } from '../store/search/steps.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryRecord } from '../store/stories.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import { wordList } from '../wordList.ts'
import { stretchesOf } from './dashboard/stretch.ts'
import { copiedIn, fitOf, healthyByBloc, silentBlocs } from './eventShape.ts'
import { createEventSides, type EventSides } from './eventSides.ts'
import { headlineLanguage } from './headlineLanguage.ts'
import type { DoorParts } from './parts.ts'
import { inSlices } from './slices.ts'
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
  get(input: { id: number; language?: string | undefined }): Event
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

  /** The docids of a query with their events, side by side; stories without an event are left out. */
  function* matches(text: string, steps: Steps): Generator<void, { docids: number[]; of: number[] }> {
    const [docids, of]: [number[], number[]] = [[], []]
    for (const found of search.docidsInSteps(queryOf(parts, text), steps)) {
      for (const [docid, event] of events.ofAll(found)) {
        docids.push(docid)
        of.push(event)
      }
      yield
    }
    return { docids, of }
  }

  /** The rows of events, in their order. @param docids which of their stories count */
  function rowsOf(
    docids: ReadonlyMap<number, readonly number[]>,
    narrowed: string,
    language: string,
  ): EventRow[] {
    const sources = new Map(parts.sources.all().map((source) => [source.id, source]))
    const keys = new Map(
      definitions().themes.flatMap(({ id, key, kind }) => (kind === 'theme' ? [[id, key] as const] : [])),
    )
    const since = parts.now() - GROWN_MS
    return [...docids].flatMap(([id, mine]): EventRow[] => {
      const record = events.get(id)
      const facts = events.facts(mine)
      const headline = headlineOf(record.headlines, facts, language, sources)
      if (headline === null) return []
      const themes = tags.ofAll(facts.map((story) => story.id))
      return [
        {
          id,
          name: record.name,
          headline,
          first: Math.min(...facts.map(({ published }) => published)),
          last: Math.max(...facts.map(({ published }) => published)),
          stories: { stories: facts.length, query: `event:${id} ${narrowed}`.trim() },
          grown: {
            stories: facts.filter(({ published }) => published >= since).length,
            query: `event:${id} within:${GROWN_HOURS}h ${narrowed}`.trim(),
          },
          all: { stories: record.stories, query: `event:${id}` },
          sources: new Set(facts.map(({ sourceId }) => sourceId)).size,
          blocs: mostFirst(facts.map(({ sourceId }) => sources.get(sourceId)?.bloc ?? '')),
          languages: mostFirst(facts.map(({ lang }) => plain(lang))),
          themes: mostFirst([...themes.values()].flat().map(({ theme }) => keys.get(theme) ?? '')),
          copies: facts.filter(({ copy }) => copy === 1).length,
        },
      ]
    })
  }

  /** The first story of each source, earliest first. */
  function voicesOf(
    facts: readonly StoryFacts[],
    sources: ReadonlyMap<number, SourceRecord>,
  ): Event['voices'] {
    const mine = Map.groupBy(facts, ({ sourceId }) => sourceId)
    const firsts = [...mine.values()].map((list) =>
      list.reduce((a, b) => (momentOf(b) < momentOf(a) ? b : a)),
    )
    firsts.sort((a, b) => momentOf(a) - momentOf(b) || a.id - b.id)
    const records = new Map(stories.many(firsts.map(({ id }) => id)).map((story) => [story.id, story]))
    return firsts.flatMap(({ id, sourceId }) => {
      const story = records.get(id)
      const list = mine.get(sourceId) ?? []
      return story === undefined
        ? []
        : [
            {
              ...voiceOf(story, sources),
              stories: list.length,
              copies: list.filter(({ copy }) => copy === 1).length,
            },
          ]
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

  function daysOf(facts: readonly StoryFacts[]): Event['days'] {
    const counts = new Map<number, number>()
    for (const { published } of facts) {
      const day = localDay(published, parts.timeZone)
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
    sources: ReadonlyMap<number, SourceRecord>,
  ): Pick<Event, 'confidence' | 'doubtful'> {
    const own = list.filter(({ copy_of }) => copy_of === null).slice(-COMPARED)
    if (own.length < 2) return { confidence: list.length < 2 ? null : 1, doubtful: [] }
    const pairs = parts.memory
      .compare(own.map(asTurn))
      .map(({ a, b, logOdds }) => ({ a, b, likely: likelihood(logOdds) }))
    return fitOf(own, pairs, (story) => voiceOf(story, sources))
  }

  function repeatedIn(
    facts: readonly StoryFacts[],
    sources: ReadonlyMap<number, SourceRecord>,
  ): Event['copied'] {
    const copies = stories.many(facts.flatMap(({ id, copy }) => (copy === 1 ? [id] : [])).slice(-MOST_COPIES))
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
    async list({ query, range, limit, cursor, sort = 'size', language = preferred() }, signal) {
      const narrowed = narrowing({ query, range })
      const steps = new Steps(ARCHIVE_STEPS)
      const { docids, of } = await inSlices(matches(narrowed, steps), signal)
      const sizes = new Map<number, Size>()
      const since = parts.now() - GROWN_MS
      of.forEach((event, i) => {
        const docid = docids[i] as number
        const size = sizes.get(event)
        const grown = publishedOf(docid) >= since ? 1 : 0
        if (size === undefined) sizes.set(event, { stories: 1, grown, last: docid })
        else {
          size.stories++
          size.grown += grown
          size.last = Math.max(size.last, docid)
        }
      })
      const from = Math.max(0, Math.trunc(Number(cursor ?? 0)) || 0)
      const by = ORDERS[sort]
      const sorted = [...sizes].sort(([a, x], [b, y]) => by(x, y) || y.last - x.last || b - a)
      const page = new Map(sorted.slice(from, from + limit).map(([event]) => [event, [] as number[]]))
      of.forEach((event, i) => {
        page.get(event)?.push(docids[i] as number)
      })
      return {
        rows: rowsOf(page, narrowed, language),
        next: sorted.length > from + limit ? String(from + limit) : null,
        ...lacking(steps),
      }
    },
    waiting() {
      parts.gathering.start()
      return parts.gathering.waiting()
    },
    row(id) {
      const docids = events.stories(id, ROW_MOST).map(({ docid }) => docid)
      return docids.length === 0 ? null : (rowsOf(new Map([[id, docids]]), '', preferred())[0] ?? null)
    },
    get: getEvent,
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

  function getEvent({ id, language = preferred() }: { id: number; language?: string | undefined }): Event {
    const docids = events.stories(id, MOST_STORIES).map(({ docid }) => docid)
    const [row] = rowsOf(new Map([[id, docids]]), '', language)
    if (row === undefined) {
      const into = events.goesOnAs(id)
      if (into !== id) return getEvent({ id: into, language })
      throw new Problem('NOT_FOUND', 'This event is no longer there: its stories were removed.')
    }
    const facts = events.facts(docids)
    const sources = new Map(parts.sources.all().map((source) => [source.id, source]))
    const blocOf = ({ sourceId }: StoryFacts): string => sources.get(sourceId)?.bloc ?? ''
    const door = (stories: number, filter: string) => ({ stories, query: `event:${id} ${filter}`.trim() })
    const blocs = facts.map(blocOf)
    const languages = facts.map(({ lang }) => plain(lang))
    const newest = stories.many(facts.slice(-READ).map((story) => story.id))
    const voices = voicesOf(facts, sources)
    const themes = new Map(definitions().themes.map((theme) => [theme.id, theme]))
    const tagged = [...tags.ofAll(facts.map((story) => story.id)).values()].flat()
    return {
      ...row,
      firstMover: withoutCounts(voices[0] as Event['voices'][number]),
      voices,
      byBloc: grouped(facts, blocOf).map(([bloc, mine]) => ({
        bloc,
        sources: new Set(mine.map(({ sourceId }) => sourceId)).size,
        stories: door(mine.length, bloc === '' ? without('bloc', blocs) : `bloc:${bloc}`),
        copies: mine.filter(({ copy }) => copy === 1).length,
        first: Math.min(...mine.map(momentOf)),
      })),
      byLanguage: grouped(facts, ({ lang }) => plain(lang)).map(([lang, mine]) => ({
        lang,
        stories: door(mine.length, lang === '' ? without('lang', languages) : `lang:${lang}`),
      })),
      byTheme: grouped(tagged, ({ theme }) => String(theme)).flatMap(([theme, mine]) => {
        const found = themes.get(Number(theme))
        return found === undefined || found.kind === 'group'
          ? []
          : [{ theme: found.key, stories: door(mine.length, `theme:${found.key}`) }]
      }),
      entities: entitiesOf(newest),
      days: daysOf(facts),
      ...togetherness(newest, sources),
      open: parts.now() - row.last <= WINDOW,
      silent: silentBlocs(healthyByBloc(sourceList()), blocs),
      copied: repeatedIn(facts, sources),
      moving: events.toBeMoved(id),
      changes: events.changesOf(id, CHANGES).map((change) => changeOf(change, id, language)),
    }
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

/** Stories of an event that are looked at, of those that are read the newest, and of these compared. */
const MOST_STORIES = 20_000
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
  mostFirst(values)
    .map((value) => `-${field}:${value}`)
    .join(' ')

const likelihood = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

function withoutCounts({ story, title, lang, source, published }: Event['voices'][number]): Voice {
  return { story, title, lang, source, published }
}

/** The members of each value, the value with most first. */
function grouped<T>(list: readonly T[], by: (one: T) => string): [string, T[]][] {
  return [...Map.groupBy(list, by)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
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

/** The distinct values but '', most frequent first. */
function mostFirst(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value)
}
