import { type ChangeDraft, type ChangeRecord, type EventStore, endsOf } from '../store/events.ts'
import type { Counts } from '../store/tags.ts'
import type { Places } from './places.ts'

/**
 * Moves the stories of changes of events, some in each transaction: an event may have any number of stories, and whoever asks
 * something meanwhile does not wait for all. The counts are right after each; what is left stands in the archive, so that a run
 * cut short is taken up where it ended.
 */
export interface Moving {
  /** All stories of an event go into another, its name too, if the other has none. @returns the number of the change */
  merge(merge: ChangeDraft & { readonly other: number }, counts: Counts): number
  /** The stories of a recorded change go where it says; if it is undone, those that are still there go back. */
  carryOut(change: number, counts: Counts): void
  /** Goes on with what is left. @returns how many stories it saw to; 0: all are where they belong */
  goOn(counts: Counts): number
}

/** Stories that are moved at once: about five milliseconds. */
const MOVED = 50

export function createMoving(events: EventStore, places: Places): Moving {
  /** The event of a merge may have gone into another since: each merge moves its own, so that each can be undone. */
  function goesFurther(into: number): void {
    const merge = events.mergeOf(into)
    if (merge !== undefined) events.setMoving(into, merge)
  }

  function moveAll({ event, change }: { event: number; change: number }, counts: Counts): number {
    const into = (events.change(change) as ChangeRecord).event
    const moved = places.move(event, into, counts, MOVED)
    events.addMoved(change, moved)
    if (events.size(event) === 0) events.setMoving(event, null)
    goesFurther(into)
    return Math.max(1, moved.length)
  }

  function moveSome(seq: number, after: number, counts: Counts): number {
    const change = events.change(seq) as ChangeRecord
    const ends = endsOf(change) as { from: number; to: number }
    const isUndone = change.undone === 1
    const { from, to } = isUndone ? { from: ends.to, to: ends.from } : ends
    const some = events.movedBy(seq, MOVED, after)
    const source = events.goesOnAs(from)
    for (const story of some) {
      // It may have gone elsewhere since.
      if (story.event === null || events.goesOnAs(story.event) !== source) continue
      places.put(story, to, counts)
      pin(story.id, change)
    }
    events.advance(seq, some.length < MOVED ? null : (some.at(-1)?.id ?? null), some.length)
    goesFurther(to)
    return Math.max(1, some.length)
  }

  /** What the person said of a story by a change is kept, or taken back. */
  function pin(story: number, change: ChangeRecord): void {
    const { from, to } = endsOf(change) as { from: number; to: number }
    if (change.undone === 1) for (const event of [from, to]) events.pin(story, event, 0, change.at)
    else if (change.kind === 'put-in') events.pin(story, to, 1, change.at)
    else events.pin(story, from, -1, change.at)
  }

  return {
    merge(merge, counts) {
      const name = events.get(merge.event).name === '' ? events.get(merge.other).name : ''
      const change = events.record({ ...merge, name }, [])
      if (name !== '') events.rename(merge.event, name)
      events.setMoving(merge.other, change)
      moveAll({ event: merge.other, change }, counts)
      return change
    },
    carryOut(change, counts) {
      events.setUnfinished(change)
      moveSome(change, 0, counts)
    },
    goOn(counts) {
      const [unfinished] = events.unfinished()
      if (unfinished !== undefined) return moveSome(unfinished.change, unfinished.after, counts)
      const moving = events.moving()
      return moving === undefined ? 0 : moveAll(moving, counts)
    },
  }
}
