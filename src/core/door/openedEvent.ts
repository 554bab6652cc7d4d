import type { Event, EventChange, EventWhy, Voice } from '../../api/contract/events.ts'
import type { Source } from '../../api/contract/sources.ts'
import { frozenSetting } from '../events/clusters/setting.ts'
import { isoDay, localDay } from '../localTime.ts'
import { Problem } from '../problem.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { publishedOf } from '../store/docid.ts'
import type { ListedChange } from '../store/events.ts'
import type { StoryRecord } from '../store/stories.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import type { EventRows, SourcesById } from './eventRows.ts'
import { sentenceOfChange, sentenceOfEvidence, TOLD } from './eventSentences.ts'
import { copiedIn, fitOf, healthyByBloc, silentBlocs } from './eventShape.ts'
import { type EventTally, mostFirst } from './eventTally.ts'
import type { DoorParts } from './parts.ts'
import { queryOf } from './storyRows.ts'
import { momentOf, plainLanguage, titleFrom } from './voices.ts'

/** An event as its page shows it. */
export interface OpenedEvent {
  /**
   * An event, or the one that it went into, some stories at a time.
   * @param language BCP 47, of the headline @throws Problem NOT_FOUND
   */
  opened(id: number, language: string): Generator<void, Event>
  /** Why two stories are of one event, or not: compared by their texts as they are now. @throws Problem NOT_FOUND */
  why(a: number, b: number): EventWhy
}

interface Parts
  extends Pick<
    DoorParts,
    'events' | 'stories' | 'search' | 'correcting' | 'memory' | 'definitions' | 'now' | 'timeZone'
  > {
  /** All sources as they do now. */
  readonly sourceList: () => readonly Source[]
}

export function createOpenedEvent(parts: Parts, rows: EventRows): OpenedEvent {
  const { events, stories, search, definitions } = parts
  const { voiceOf } = rows

  function* opened(id: number, language: string): Generator<void, Event> {
    // Before it is counted: what begins meanwhile is told as a change.
    const moving = events.toBeMoved(id)
    const docids: number[] = []
    for (const found of search.docidsInSteps(queryOf(parts, `event:${id}`))) {
      for (const docid of found) docids.push(docid)
      yield
    }
    docids.sort((a, b) => a - b)
    const tally = yield* rows.tallyOf(docids)
    const sources = rows.sourcesById()
    const row = rows.rowFrom(id, tally, { narrowed: '', language, sources })
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
    const byTheme = rows.themesOf(tally)
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
      silent: silentBlocs(healthyByBloc(parts.sourceList()), row.blocs),
      copied,
      moving,
      changes: events.changesOf(id, CHANGES).map((change) => changeOf(change, id, language)),
    }
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
      for (const { name } of definitions().entitiesIn(tokenise(subjectOfRecord(story)), parts.now()))
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

  /** What another event is called in the list of changes: as it is named now, or by a story that the change moved. */
  function calledIn({ seq }: ListedChange, event: number, language: string): string {
    const { name, headlines } = events.get(event)
    if (name !== '') return `“${name}”`
    const wanted = [headlines[plainLanguage(language)], headlines['']].filter((id) => id !== undefined)
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
    const what = sentenceOfChange(change, event, other === null ? '' : calledIn(change, other, language))
    return { seq, at, kind, by, what, undone: undone === 1, undoable: parts.correcting.isUndoable(change) }
  }

  const asTurn = (story: StoryRecord) => ({ text: story, published: story.published })

  function why(a: number, b: number): EventWhy {
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

  return { opened, why }
}

/** Stories of an event that are read, the newest, and of these compared. */
const READ = 40
const COMPARED = 20
/** Copies that are looked at to say what they repeat. */
const MOST_COPIES = 500
const ENTITIES = 24
const CHANGES = 50
const MOST_DAYS = 366
/** A story joins an event whose newest is no older than this, in ms. */
const WINDOW = frozenSetting().days * 86_400_000

/** The filter on what has none of these values. */
const without = (field: string, values: readonly string[]): string =>
  values.map((value) => `-${field}:${value}`).join(' ')

const likelihood = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

function withoutCounts({ story, title, lang, source, published }: Event['voices'][number]): Voice {
  return { story, title, lang, source, published }
}
