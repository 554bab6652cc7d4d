import { z } from 'zod'
import { base, EvidenceSpan, Id, Instant, Nothing } from './common.ts'
import { StoryRow } from './stories.ts'

export const Alert = z.strictObject({
  id: Id,
  name: z.string(),
  query: z.string(),
  enabled: z.boolean(),
  created: Instant,
  hits: z.int(),
  unread: z.int(),
  lastHit: Instant.nullable(),
})
export type Alert = z.infer<typeof Alert>

export const Hit = z.strictObject({
  alert: z.strictObject({ id: Id, name: z.string() }),
  at: Instant,
  seen: z.boolean(),
  story: StoryRow,
  evidence: z.array(EvidenceSpan),
})
export type Hit = z.infer<typeof Hit>

export const alerts = {
  list: base.input(Nothing).output(z.array(Alert)),
  /** New (no id) or changed. Matches stories that arrive from now on; names are unique. */
  save: base
    .input(
      z.strictObject({
        id: Id.optional(),
        name: z.string().min(1).max(120),
        query: z.string().min(1),
        enabled: z.boolean(),
      }),
    )
    .output(Alert),
  remove: base.input(z.strictObject({ id: Id })).output(Nothing),
  /** The inbox, newest hit first. */
  hits: base
    .input(
      z.strictObject({
        alert: Id.optional(),
        unseen: z.boolean().optional(),
        limit: z.int().positive().max(500),
        cursor: z.string().optional(),
      }),
    )
    .output(z.strictObject({ hits: z.array(Hit), next: z.string().nullable() })),
  /** Marks hits seen: the named stories, or all of one alert, or all. */
  markSeen: base
    .input(z.strictObject({ alert: Id.optional(), stories: z.array(Id).optional() }))
    .output(Nothing),
}
