/** What becomes of what an alert knows of events: they grow, and turn out to be one or two. */
import type { EventMark, WaitingHit } from './state.ts'

/** Growth: the hits have doubled, and are so many more. */
const GROWTH = 3

/** Whether an event that has so many hits has grown since it had so many. */
export const hasGrown = (hits: number, since: number): boolean => hits >= Math.max(2 * since, since + GROWTH)

/** Hits as of another event. @param stories only these are; null: all */
export const renamed = (
  hits: readonly WaitingHit[],
  stories: ReadonlySet<number> | null,
  from: number,
  into: number,
): WaitingHit[] =>
  hits.map((hit) =>
    hit.event === from && (stories === null || stories.has(hit.story)) ? { ...hit, event: into } : hit,
  )

/** The mark of two events that turned out to be one. @param a of the event `from` @param b of the event `into` */
export function mergedMark(a: EventMark, b: EventMark, from: number, into: number): EventMark {
  const told = b.told ?? a.told
  const hits = a.hits + b.hits
  const snoozed = a.snoozed ?? b.snoozed
  const held = renamed([...(a.snoozed?.held ?? []), ...(b.snoozed?.held ?? [])], null, from, into)
  return {
    told,
    hits,
    toldHits: told === null ? 0 : hits,
    grown: a.grown || b.grown,
    snoozed: snoozed === null ? null : { ...snoozed, held },
  }
}
