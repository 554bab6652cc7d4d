import type {
  Corrected,
  Event,
  EventFilter,
  EventPage,
  EventRow,
  EventWhy,
} from '../../api/contract/events.ts'
import { createEventList } from './eventList.ts'
import { createEventRows } from './eventRows.ts'
import { createEventSides, type EventSides } from './eventSides.ts'
import { headlineLanguage } from './headlineLanguage.ts'
import { createOpenedEvent } from './openedEvent.ts'
import type { DoorParts } from './parts.ts'
import { atOnce, inSlices } from './slices.ts'
import type { Sources } from './sources.ts'

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
  const { events, correcting } = parts
  const preferred = (): string => headlineLanguage(parts.settings)
  const rows = createEventRows(parts)
  const { listed, narrowing } = createEventList(parts, rows)
  const { opened, why } = createOpenedEvent({ ...parts, sourceList }, rows)

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
      const tally = atOnce(rows.tallyOf(docids))
      return rows.rowFrom(id, tally, { narrowed: '', language: preferred(), sources: rows.sourcesById() })
    },
    get: ({ id, language = preferred() }, signal) => inSlices(opened(id, language), signal),
    ...createEventSides({
      ...parts,
      sourceList,
      narrowing,
      rowsOf: rows.rowsOf,
      voiceOf: (story) => rows.voiceOf(story, new Map()),
    }),
    why,
    takeOut: (story) => told(correcting.takeOut(story)),
    putIn: (story, event) => told(correcting.putIn(story, event)),
    merge: (event, other) => told(correcting.merge(event, other)),
    split: (event, list) => told(correcting.split(event, list)),
    rename: (event, name) => told(correcting.rename(event, name)),
    undo: (change) => told(correcting.undo(change)),
  }
}
