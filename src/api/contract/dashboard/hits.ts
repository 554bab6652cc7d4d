import { z } from 'zod'
import { Id, Instant } from '../common.ts'
import { panel } from './panel.ts'

/** The newest alert hits on stories that pass the filter, whatever the range, and how many are new. */
export const Hits = z.strictObject({
  hits: z.array(
    z.strictObject({
      alert: z.string(),
      alertId: Id,
      storyId: Id,
      title: z.string(),
      source: z.string(),
      at: Instant,
    }),
  ),
  unread: z.int(),
  /** Query text that lists the same in the inbox; '' where nothing is filtered. */
  query: z.string(),
})
export type Hits = z.infer<typeof Hits>

export const hits = panel(Hits)
