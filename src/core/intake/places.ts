import type { EventStore } from '../store/events.ts'
import type { StoryStore } from '../store/stories.ts'
import { ALL_STORIES, type Counts, type TagStore } from '../store/tags.ts'

/** A story that can be put somewhere. */
export interface Placeable {
  readonly id: number
  readonly docid: number
  readonly sourceId: number
}

/**
 * Puts stories into events and out of them, with the counts by event that follow. Those are kept for events of several stories
 * alone: the second story brings the first along, and where one is left, it goes.
 */
export interface Places {
  /** Puts a story into an event, out of the one it is in. */
  put(story: Placeable, event: number, counts: Counts): void
  /** The same where the event is a new one: no other story is, or was, in it. */
  begin(story: Placeable, event: number, counts: Counts): void
  /** Takes a story out of its event, if it is in one. */
  take(story: Placeable, counts: Counts): void
  /** Puts stories of one event into another, the oldest first. @returns the ids of those that it moved */
  move(from: number, to: number, counts: Counts, limit: number): number[]
}

type Parts = {
  readonly events: EventStore
  readonly tags: Pick<TagStore, 'of'>
  readonly stories: Pick<StoryStore, 'idAt'>
}

/** @param dayOf the local day of a docid */
export function createPlaces({ events, tags, stories }: Parts, dayOf: (docid: number) => number): Places {
  function count(story: Placeable, event: number, counts: Counts, by: number): void {
    const { docid, sourceId } = story
    const row = { day: dayOf(docid), sourceId, event }
    counts.addToEvent(ALL_STORIES, row, by)
    for (const { theme } of tags.of(story.id)) counts.addToEvent(theme, row, by)
  }

  /** The one story of an event that has one. */
  function only(event: number): Placeable | undefined {
    const [one] = events.stories(event, 1)
    const id = one === undefined ? undefined : stories.idAt(one.docid)
    return one === undefined || id === undefined ? undefined : { ...one, id }
  }

  const places: Places = {
    put(story, event, counts) {
      places.take(story, counts)
      const before = events.size(event)
      const alone = before === 1 ? only(event) : undefined
      const size = events.put(story, event, before)
      if (alone !== undefined) count(alone, event, counts, 1)
      if (size > 1) count(story, event, counts, 1)
    },
    begin(story, event, counts) {
      places.take(story, counts)
      events.begin(story, event)
    },
    take(story, counts) {
      const event = events.of(story.docid)
      if (event === null) return
      const left = events.take(story.docid, event)
      if (left > 0) count(story, event, counts, -1)
      const alone = left === 1 ? only(event) : undefined
      if (alone !== undefined) count(alone, event, counts, -1)
    },
    move(from, to, counts, limit) {
      const moved: number[] = []
      for (const placed of events.stories(from, limit)) {
        const id = stories.idAt(placed.docid)
        if (id === undefined) continue
        places.put({ ...placed, id }, to, counts)
        moved.push(id)
      }
      return moved
    },
  }
  return places
}
