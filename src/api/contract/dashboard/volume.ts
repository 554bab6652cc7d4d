import { z } from 'zod'
import { Instant } from '../common.ts'
import { panel, ThemeLabel } from './panel.ts'

/** Stories of each theme over time, and their events: one number a bucket. An event counts in each bucket that it has a story in. */
export const Volume = z.strictObject({
  unit: z.enum(['hour', 'day', 'week', 'month']),
  /** When each bucket begins: local hours, days, weeks or months. */
  buckets: z.array(Instant),
  ends: z.array(Instant),
  /** Each opens the stories of its bucket. */
  queries: z.array(z.string()),
  /** `events` is left out where stories are counted. */
  series: z.array(
    z.strictObject({ theme: ThemeLabel, stories: z.array(z.int()), events: z.array(z.int()).optional() }),
  ),
  /**
   * The sums of all series in the buckets of a time before, which are as many days back: hours a week, days whole weeks, weeks and
   * months a year. Null where the archive does not reach back that far.
   */
  before: z.strictObject({ days: z.int(), sums: z.array(z.int()) }).nullable(),
})
export type Volume = z.infer<typeof Volume>

export const volume = panel(Volume)
