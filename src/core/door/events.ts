import type { EventFilter, EventPage, EventRow, Voice } from '../../api/contract/events.ts'
import { counted } from '../counted.ts'
import { Steps } from '../store/search/steps.ts'
import { type SourceRecord, titleOf } from '../store/sources.ts'
import { stretchesOf } from './dashboard/stretch.ts'
import type { DoorParts } from './parts.ts'
import { inSlices } from './slices.ts'
import { queryOf } from './storyRows.ts'

export interface Events {
  /** The events of the stories of a query and range, most stories first, then the newest. @throws QueryError */
  list(filter: EventFilter, signal?: AbortSignal): Promise<EventPage>
}

/** Steps (store/search/steps.ts) of what goes over the whole archive. */
const ARCHIVE_STEPS = 20_000_000
/** The interface's language: that of headlines where none is asked for. */
const INTERFACE = 'en'

type Parts = Pick<
  DoorParts,
  | 'events'
  | 'stories'
  | 'sources'
  | 'tags'
  | 'settings'
  | 'search'
  | 'gathering'
  | 'definitions'
  | 'now'
  | 'timeZone'
>

export function eventNoun(parts: Parts): Events {
  const { events, stories, tags, search, definitions } = parts

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
          all: { stories: record.stories, query: `event:${id}` },
          sources: new Set(facts.map(({ sourceId }) => sourceId)).size,
          blocs: mostFirst(facts.map(({ sourceId }) => sources.get(sourceId)?.bloc ?? '')),
          languages: mostFirst(facts.map(({ lang }) => lang)),
          themes: mostFirst([...themes.values()].flat().map(({ theme }) => keys.get(theme) ?? '')),
          copies: facts.filter(({ copy }) => copy === 1).length,
        },
      ]
    })
  }

  /** The most central story in a language; else of all; else the first of those given. Null where none is left. */
  function headlineOf(
    headlines: Readonly<Record<string, number>>,
    facts: readonly { readonly id: number; readonly lang: string }[],
    language: string,
    sources: ReadonlyMap<number, SourceRecord>,
  ): Voice | null {
    const own = plain(language)
    const wanted = [
      headlines[own],
      facts.find(({ lang }) => plain(lang) === own)?.id,
      headlines[''],
      facts[0]?.id,
    ]
    const [story] = stories.many(wanted.filter((id) => id !== undefined))
    if (story === undefined) return null
    const source = sources.get(story.source_id)
    return {
      story: story.id,
      title: story.title || story.summary || story.text.slice(0, TITLE),
      lang: story.lang,
      source: {
        id: story.source_id,
        title: source === undefined ? story.source_title : titleOf(source),
        bloc: story.source_bloc,
      },
      published: story.published,
    }
  }

  return {
    async list({ query, range, limit, cursor, language = INTERFACE }, signal) {
      const narrowed = narrowing({ query, range })
      const steps = new Steps(ARCHIVE_STEPS)
      const { docids, of } = await inSlices(matches(narrowed, steps), signal)
      const sizes = new Map<number, { stories: number; last: number }>()
      of.forEach((event, i) => {
        const docid = docids[i] as number
        const size = sizes.get(event)
        if (size === undefined) sizes.set(event, { stories: 1, last: docid })
        else {
          size.stories++
          size.last = Math.max(size.last, docid)
        }
      })
      const from = Math.max(0, Math.trunc(Number(cursor ?? 0)) || 0)
      const sorted = [...sizes].sort(([a, x], [b, y]) => y.stories - x.stories || y.last - x.last || b - a)
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

/** Characters of a text that stand for a missing title. */
const TITLE = 120

const plain = (language: string): string => language.toLowerCase().split('-')[0] ?? ''

/** The distinct values but '', most frequent first. */
function mostFirst(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value)
}
