import { z } from 'zod'
import { Instant } from '../common.ts'
import { panel } from './panel.ts'

/** How many stories the whole archive has over time, whatever the range and the filter: where the range lies in it. */
const Overview = z.strictObject({
  /** Bars of equally many local days, the first from the oldest story on; none where there are no stories. */
  starts: z.array(Instant),
  /** When the last bar ends: with today. */
  end: Instant,
  stories: z.array(z.int()),
})
export const overview = panel(Overview)
