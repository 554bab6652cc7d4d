import { z } from 'zod'
import { Instant } from '../common.ts'
import { Door } from '../door.ts'
import { panel } from './panel.ts'
import { Card } from './themes.ts'

/** What the opening sentence needs to know of a theme or group. */
export const LeadTheme = Card.pick({ id: true, kind: true, name: true, now: true, expected: true })
export type LeadTheme = z.infer<typeof LeadTheme>

/** The opening sentence: how much there is, and which themes stand out. */
export const Lead = z.strictObject({
  range: z.strictObject({
    from: Instant,
    to: Instant,
    /** False before the first visit: "since last visit" then shows everything there is. */
    hasVisit: z.boolean(),
    query: z.string(),
  }),
  total: z.strictObject({
    now: Door,
    /** The equal range before; null where the archive does not reach back that far. */
    before: Door.nullable(),
    unread: Door,
    sources: z.int(),
  }),
  themes: z.array(LeadTheme),
  unreadHits: z.int(),
})
export type Lead = z.infer<typeof Lead>

export const lead = panel(Lead)
