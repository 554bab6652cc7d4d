import type { Deciding } from '../alerts/deciding.ts'
import type { Clock } from '../clock.ts'
import type { EventMemory, Sitting } from '../events/memory.ts'
import { localDayReader } from '../localTime.ts'
import { Problem } from '../problem.ts'
import { publishedOf } from '../store/docid.ts'
import { type ChangeDraft, type ChangeRecord, endsOf } from '../store/events.ts'
import { Counts } from '../store/tags.ts'
import type { Stores } from '../stores.ts'
import { createMoving } from './moving.ts'
import { createPlaces } from './places.ts'

/** What came of a correction: the event that the stories are of now, and the number of the change, by which it is undone. */
export interface Corrected {
  readonly event: number
  readonly change: number
}

/**
 * The person corrects events. What they say is kept, and the clusterer goes on from it: what was taken apart is not merged by
 * itself again. Where many stories move, the first do at once and the others in the background (moving.ts).
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

/** A correction within its transaction. */
interface Work {
  readonly sitting: Sitting
  readonly counts: Counts
}

export function createCorrecting(parts: Parts): Correcting {
  const { together, stories, tags, events, clusters, memory, now, beginDeciding } = parts
  const dayOf = localDayReader(parts.timeZone)
  const places = createPlaces({ events, tags, stories }, (docid) => dayOf(publishedOf(docid)))
  const moving = createMoving(events, places)

  /** Runs a correction in one transaction, with all that follows from it. */
  function correct<T>(run: (work: Work) => T): T {
    return together(() => {
      const sitting = memory.begin()
      const counts = new Counts()
      const result = run({ sitting, counts })
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

  function eventOf(story: number): number {
    const [place] = events.placesOf([story])
    if (place === undefined)
      throw new Problem('NOT_FOUND', 'This story is no longer there: its source or retention removed it.')
    if (place.event === null)
      throw new Problem('CONFLICT', 'This story still waits for its event: try again in a moment.')
    return events.goesOnAs(place.event)
  }

  function mustExist(event: number): void {
    if (events.size(event) === 0 || events.mergeOf(event) !== undefined)
      throw new Problem(
        'NOT_FOUND',
        'This event is no longer there: it went into another, or its stories are gone.',
      )
  }

  /** No earlier change still moves stories of these events, but for one. */
  function mustBeSettled(list: readonly number[], but?: number): void {
    for (const { change } of events.unfinished()) {
      const ends = Object.values(endsOf(events.change(change) as ChangeRecord) ?? {})
      if (change !== but && ends.some((end) => list.includes(end) || list.includes(events.goesOnAs(end))))
        throw new Problem(
          'CONFLICT',
          'An earlier change is still moving stories of this event: try again in a moment.',
        )
    }
  }

  /** Stories of an event are an event of their own. */
  function putApart(work: Work, kind: 'take-out' | 'split', from: number, ids: readonly number[]): Corrected {
    const wanted = new Set(ids)
    const kept = keptOf(from, work).filter((id) => wanted.has(id))
    const event = work.sitting.move(from, kept, null, true)
    const draft: ChangeDraft = { at: now(), kind, by: 'person', event: from, other: event, name: '' }
    const change = events.record(draft, ids)
    carryOut(work, change, { from, to: event })
    return { event, change }
  }

  /** Moves the stories of a recorded change in the archive, with what alerts make of it. */
  function carryOut(work: Work, change: number, { from, to }: { from: number; to: number }): void {
    decide((alerts) => alerts.moved(from, to, change, now()))
    moving.carryOut(change, work.counts)
    for (const event of [from, to]) headlines(event, work.sitting)
  }

  /** The stories of an event that the clusterer compares others with: it knows of no more. */
  const keptOf = (event: number, { sitting }: Work): number[] =>
    sitting.central(event).map(({ story }) => story)

  /** Headlines stay as they are; only for those that left, and for languages that came, others are chosen. */
  function headlines(event: number, sitting: Sitting): void {
    const before = Object.entries(events.get(event).headlines)
    const chosen = Object.fromEntries(before.filter(([, story]) => events.settlesIn(story) === event))
    for (const { story, language } of sitting.central(event)) {
      chosen[''] ??= story
      chosen[language] ??= story
    }
    events.setHeadlines(event, chosen)
  }

  return {
    takeOut: (id) =>
      correct((work) => {
        const from = eventOf(id)
        mustBeSettled([from])
        if (events.size(from) < 2) throw new Problem('INVALID', 'This story is alone in its event already.')
        return putApart(work, 'take-out', from, [id])
      }),
    putIn: (id, event) =>
      correct((work) => {
        const from = eventOf(id)
        mustExist(event)
        mustBeSettled([from, event])
        if (from === event) throw new Problem('INVALID', 'This story is of that event already.')
        const kept = keptOf(from, work).filter((story) => story === id)
        work.sitting.move(from, kept, event, false)
        const draft: ChangeDraft = {
          at: now(),
          kind: 'put-in',
          by: 'person',
          event,
          other: from,
          name: '',
        }
        const change = events.record(draft, [id])
        carryOut(work, change, { from, to: event })
        return { event, change }
      }),
    merge: (a, b) =>
      correct(({ sitting, counts }) => {
        mustExist(a)
        mustExist(b)
        mustBeSettled([a, b])
        if (a === b) throw new Problem('INVALID', 'These are one event already.')
        const event = sitting.merge(a, b)
        const other = event === a ? b : a
        const change = moving.merge(
          { at: now(), kind: 'merge', by: 'person', event, other, name: '' },
          counts,
        )
        headlines(event, sitting)
        decide((alerts) => alerts.merged(other, event, now()))
        return { event, change }
      }),
    split: (from, ids) =>
      correct((work) => {
        mustExist(from)
        mustBeSettled([from])
        const list = events
          .placesOf([...new Set(ids)])
          .filter(({ event }) => event !== null && events.goesOnAs(event) === from)
          .map(({ id }) => id)
        if (list.length === 0) throw new Problem('INVALID', 'None of these stories is of this event.')
        if (list.length === events.size(from))
          throw new Problem('INVALID', 'These are all stories of the event: leave at least one in it.')
        return putApart(work, 'split', from, list)
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
      correct((work) => {
        const change = events.change(seq)
        if (change === undefined) throw new Problem('NOT_FOUND', 'There is no such change.')
        if (change.undone === 1) throw new Problem('CONFLICT', 'This has been taken back already.')
        const ends = endsOf(change)
        if (ends === null) {
          if (events.isRenamedAfter(change))
            throw new Problem('CONFLICT', 'This cannot be taken back: the event got another name since.')
          events.setUndone(seq)
          events.rename(change.event, change.name)
          return
        }
        mustBeSettled(Object.values(ends), seq)
        if (!events.isAnyIn(seq, ends.to))
          throw new Problem(
            'CONFLICT',
            'This cannot be taken back: none of its stories is where it put them any more.',
          )
        events.setUndone(seq)
        if (change.kind === 'merge' && change.name !== '' && events.get(ends.to).name === change.name)
          events.rename(ends.to, '')
        events.stopMoving(ends.from, seq)
        const kept = events.amongMoved(seq, keptOf(ends.to, work))
        // Events that a merge made one are not merged by themselves again.
        work.sitting.move(ends.to, kept, ends.from, change.kind === 'merge')
        carryOut(work, seq, { from: ends.to, to: ends.from })
      }),
    isUndoable(change) {
      if (change.undone === 1) return false
      const ends = endsOf(change)
      return ends === null ? !events.isRenamedAfter(change) : events.isAnyIn(change.seq, ends.to)
    },
  }
}
