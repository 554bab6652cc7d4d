import { z } from 'zod'
import { Id, Instant } from '../common.ts'
import { panel } from './panel.ts'

/** A theme, bloc of sources or entity of which there is more, or less, than its own weekdays predict. Counts are of the unit asked for. */
export const Departure = z.strictObject({
  kind: z.enum(['theme', 'bloc', 'entity']),
  /** A theme's key, a bloc, an entity's name. */
  name: z.string(),
  label: z.string(),
  side: z.enum(['above', 'below']),
  /** The local day (ISO). */
  day: z.string(),
  observed: z.int(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** The same weekday of the weeks before, oldest first; null where no source had a story: such a day is left out. */
  history: z.array(z.strictObject({ day: z.string(), count: z.int().nullable(), query: z.string() })),
  /** The arithmetic. */
  words: z.string(),
  /** Opens exactly what is observed. */
  query: z.string(),
})
export type Departure = z.infer<typeof Departure>

/** A source without stories where several were to be expected; `message` is the arithmetic. */
export const SilentSource = z.strictObject({ id: Id, title: z.string(), message: z.string() })
export type SilentSource = z.infer<typeof SilentSource>

/** What departs from its expectation on the day the range ends on; where that day goes on, also on the day before. */
export const Above = z.strictObject({
  /** The later day's first, furthest from its expectation first; themes, blocs and entities in one list. */
  departures: z.array(Departure.extend({ /** A theme's; 0 for others. */ colour: z.int() })),
  /** How many themes, blocs and entities were looked at. */
  tested: z.int(),
  /**
   * Sources whose silence makes the numbers of that day look calmer than it was: by their weekdays where the day is over, by
   * their rhythm where it goes on.
   */
  silent: z.array(SilentSource),
  /**
   * Why nothing is expected of any theme: too few weeks of stories yet, or no story in the weeks before the day, since the
   * newest one is older. Null where something is expected.
   */
  unexpected: z.enum(['few weeks', 'nothing recent']).nullable(),
  /** When the newest story of the archive was published. */
  newest: Instant.nullable(),
})
export type Above = z.infer<typeof Above>

export const above = panel(Above)
