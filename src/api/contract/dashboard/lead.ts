import { z } from 'zod'
import { Id, Instant } from '../common.ts'
import { Door } from '../door.ts'
import { Departure } from './above.ts'
import { panel, ThemeLabel } from './panel.ts'
import { TopEvent } from './top.ts'

/** The opening sentence: the largest events, what departs from its expectation, and how much there is. */
export const Lead = z.strictObject({
  range: z.strictObject({
    from: Instant,
    to: Instant,
    /** False before the first visit: "since last visit" then shows everything there is. */
    hasVisit: z.boolean(),
    query: z.string(),
  }),
  /** The largest first; at most two. */
  events: z.array(TopEvent),
  /** Furthest from their expectation; at most two. */
  departures: z.array(Departure),
  /** Whether anything is expected of any theme. */
  expecting: z.boolean(),
  total: z.strictObject({
    now: Door,
    /** The equal range before; null where the archive does not reach back that far. */
    before: Door.nullable(),
    unread: Door,
    /** Ids of those that have a story of the range. */
    sources: z.array(Id),
  }),
  /** The theme with most stories; null where none has any. */
  most: z.strictObject({ theme: ThemeLabel, now: Door }).nullable(),
  /** Alert hits that are new, whatever the range; the query lists them in the inbox. */
  hits: z.strictObject({ unread: z.int(), query: z.string() }),
})
export type Lead = z.infer<typeof Lead>

export const lead = panel(Lead)
