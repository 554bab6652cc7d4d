import type { Deciding } from '../alerts/deciding.ts'
import type { Clock } from '../clock.ts'
import type { EventMemory, Sitting } from '../events/memory.ts'
import { localDayReader } from '../localTime.ts'
import { Problem } from '../problem.ts'
import { publishedOf } from '../store/docid.ts'
import type { ChangeRecord } from '../store/events.ts'
import type { StoryRecord } from '../store/stories.ts'
import { Counts } from '../store/tags.ts'
import type { Stores } from '../stores.ts'
import { createPlaces, type Placeable } from './places.ts'
import { MOVED } from './takeIn.ts'

/** What came of a correction: the event that the stories are of now, and the number of the change, by which it is undone. */
export interface Corrected {
  readonly event: number
  readonly change: number
}

/**
 * The person corrects events. What they say is kept, and the clusterer goes on from it: what was taken apart is not merged by
 * itself again.
 */
export interface Correcting {
  /** The story is of an event of its own. @throws Problem INVALID where it is alone in its event already */
  takeOut(story: number): Corrected
  /** The story is of this event. @throws Problem */
  putIn(story: number, event: number): Corrected
  /** Two events are one: the earlier goes on. @throws Problem */
  merge(event: number, other: number): Corrected
  /** These stories of an event are another event. @throws Problem */
  split(event: number, stories: readonly number[]): Corrected
  /** @param name '' for none */
  rename(event: number, name: string): Corrected
  /** Takes a change back, the engine's merges too. @throws Problem CONFLICT where that has been done, or later changes stand in the way */
  undo(change: number): void
  /** Whether `undo` would take it back. */
  isUndoable(change: ChangeRecord): boolean
}

interface Parts
  extends Pick<Stores, 'together' | 'stories' | 'tags' | 'events' | 'clusters'>,
    Pick<Clock, 'now' | 'timeZone'> {
  readonly memory: EventMemory
  readonly beginDeciding: () => Deciding
}

export function createCorrecting(parts: Parts): Correcting {
  const { together, stories, tags, events, clusters, memory, now, beginDeciding } = parts
  const dayOf = localDayReader(parts.timeZone)
  const places = createPlaces({ events, tags, stories }, (docid) => dayOf(publishedOf(docid)))

  /** Runs a correction in one transaction, with all that follows from it. */
  function correct<T>(work: (sitting: Sitting, counts: Counts) => T): T {
    return together(() => {
      const sitting = memory.begin()
      const counts = new Counts()
      const result = work(sitting, counts)
      tags.write(counts)
      sitting.end(clusters.state.gathered)
      return result
    })
  }

  /** What alerts make of it: nothing is told twice under another event. */
  function decide(how: (alerts: Deciding) => void): void {
    const alerts = beginDeciding()
    how(alerts)
    alerts.finish()
  }

  function mustGet(id: number): StoryRecord {
    const story = stories.get(id)
    if (story === undefined)
      throw new Problem('NOT_FOUND', 'This story is no longer there: its source or retention removed it.')
    return story
  }

  function eventOf({ docid }: StoryRecord): number {
    const event = events.of(docid)
    if (event === null)
      throw new Problem('CONFLICT', 'This story still waits for its event: try again in a moment.')
    return event
  }

  function mustExist(event: number): void {
    if (events.size(event) === 0)
      throw new Problem(
        'NOT_FOUND',
        'This event is no longer there: it went into another, or its stories are gone.',
      )
  }

  const placeable = ({ id, docid, source_id }: StoryRecord): Placeable => ({ id, docid, sourceId: source_id })

  /** Moves stories to an event, by the clusterer and in the archive. @param to null: a new one */
  function move(
    { sitting, counts }: { sitting: Sitting; counts: Counts },
    list: readonly StoryRecord[],
    from: number,
    to: number | null,
    isApart: boolean,
  ): number {
    const target = sitting.move(
      from,
      list.map(({ id }) => id),
      to,
      isApart,
    )
    for (const story of list) places.put(placeable(story), target, counts)
    for (const event of [from, target]) headlines(event, sitting)
    decide((alerts) =>
      alerts.moved(
        from,
        target,
        list.map(({ id }) => id),
        now(),
      ),
    )
    return target
  }

  /** Chosen anew: those of an event may have been the stories that left. */
  function headlines(event: number, sitting: Sitting): void {
    const chosen: Record<string, number> = {}
    for (const { story, language } of sitting.central(event)) {
      chosen[''] ??= story
      chosen[language] ??= story
    }
    events.setHeadlines(event, chosen)
  }

  /** Stories that a change moved and that are still where it put them. */
  const stillThere = (change: ChangeRecord, event: number): StoryRecord[] =>
    stories.many(events.movedBy(change.seq)).filter(({ docid }) => events.of(docid) === event)

  /** The event that a change put stories into, and the one that they came from. */
  function ends(change: ChangeRecord): { in: number; from: number } | null {
    if (change.other === null) return null
    const isOut = change.kind === 'take-out' || change.kind === 'split'
    return isOut ? { in: change.other, from: change.event } : { in: change.event, from: change.other }
  }

  return {
    takeOut: (id) =>
      correct((sitting, counts) => {
        const story = mustGet(id)
        const from = eventOf(story)
        if (events.size(from) < 2) throw new Problem('INVALID', 'This story is alone in its event already.')
        const event = move({ sitting, counts }, [story], from, null, true)
        const at = now()
        events.pin(id, from, -1, at)
        return {
          event,
          change: events.record({ at, kind: 'take-out', by: 'person', event: from, other: event, name: '' }, [
            id,
          ]),
        }
      }),
    putIn: (id, event) =>
      correct((sitting, counts) => {
        const story = mustGet(id)
        const from = eventOf(story)
        mustExist(event)
        if (from === event) throw new Problem('INVALID', 'This story is of that event already.')
        move({ sitting, counts }, [story], from, event, false)
        const at = now()
        events.pin(id, event, 1, at)
        return {
          event,
          change: events.record({ at, kind: 'put-in', by: 'person', event, other: from, name: '' }, [id]),
        }
      }),
    merge: (a, b) =>
      correct((sitting, counts) => {
        mustExist(a)
        mustExist(b)
        if (a === b) throw new Problem('INVALID', 'These are one event already.')
        const event = sitting.merge(a, b)
        const other = event === a ? b : a
        const moved = places.move(other, event, counts, MOVED)
        const change = events.record(
          { at: now(), kind: 'merge', by: 'person', event, other, name: '' },
          moved,
        )
        if (events.size(other) > 0) events.setMoving(other, change)
        headlines(event, sitting)
        decide((alerts) => alerts.merged(other, event, now()))
        return { event, change }
      }),
    split: (from, ids) =>
      correct((sitting, counts) => {
        mustExist(from)
        const list = stories.many([...new Set(ids)]).filter(({ docid }) => events.of(docid) === from)
        if (list.length === 0) throw new Problem('INVALID', 'None of these stories is of this event.')
        if (list.length === events.size(from))
          throw new Problem('INVALID', 'These are all stories of the event: leave at least one in it.')
        const event = move({ sitting, counts }, list, from, null, true)
        const at = now()
        for (const { id } of list) events.pin(id, from, -1, at)
        const change = events.record(
          { at, kind: 'split', by: 'person', event: from, other: event, name: '' },
          list.map(({ id }) => id),
        )
        return { event, change }
      }),
    rename: (event, name) =>
      together(() => {
        mustExist(event)
        const draft = { at: now(), kind: 'rename', by: 'person', event, other: null } as const
        const change = events.record({ ...draft, name: events.get(event).name }, [])
        events.rename(event, name.trim())
        return { event, change }
      }),
    undo: (seq) =>
      correct((sitting, counts) => {
        const change = events.change(seq)
        if (change === undefined) throw new Problem('NOT_FOUND', 'There is no such change.')
        if (change.undone === 1) throw new Problem('CONFLICT', 'This has been taken back already.')
        events.setUndone(seq)
        const put = ends(change)
        if (put === null) {
          events.rename(change.event, change.name)
          return
        }
        events.setMoving(put.from, null)
        const list = stillThere(change, put.in)
        if (list.length === 0)
          throw new Problem(
            'CONFLICT',
            'This cannot be taken back: none of its stories is where it put them any more.',
          )
        for (const { id } of list) {
          events.pin(id, put.from, 0, now())
          events.pin(id, put.in, 0, now())
        }
        // Events that a merge made one are not merged by themselves again.
        move({ sitting, counts }, list, put.in, put.from, change.kind === 'merge')
      }),
    isUndoable(change) {
      if (change.undone === 1) return false
      const put = ends(change)
      return put === null || stillThere(change, put.in).length > 0
    },
  }
}
