import { z } from 'zod'
import { Id, Instant } from '../common.ts'
import { Door } from '../door.ts'
import { panel, ThemeLabel } from './panel.ts'

/** A theme, bloc of sources or entity that stands above what its weekdays predict. */
export const Burst = z.strictObject({
  kind: z.enum(['theme', 'bloc', 'entity']),
  /** A theme's key, a bloc, an entity's name. */
  name: z.string(),
  label: z.string(),
  observed: z.int(),
  /** The arithmetic. */
  words: z.string(),
  /** Opens exactly the stories observed. */
  query: z.string(),
})
export type Burst = z.infer<typeof Burst>

/** A source without stories where several were to be expected; `message` is the arithmetic. */
export const SilentSource = z.strictObject({ id: Id, title: z.string(), message: z.string() })
export type SilentSource = z.infer<typeof SilentSource>

/** What is unusual on the day the range ends on, and which themes changed most since the equal range before. */
export const Above = z.strictObject({
  /** Furthest above its expectation first; themes, blocs and entities in one list. */
  above: z.array(Burst.extend({ /** A theme's; 0 for others. */ colour: z.int() })),
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
  /** The themes not named above whose count differs by two stories or more, most changed first. */
  movers: z.array(z.strictObject({ theme: ThemeLabel, now: Door, before: z.int() })),
})
export type Above = z.infer<typeof Above>

export const above = panel(Above)
