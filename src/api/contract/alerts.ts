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

/** A new alert (no id), or what an alert is changed to. */
export const AlertDraft = z.strictObject({
  id: Id.optional(),
  name: z.string().min(1).max(120),
  query: z.string().min(1),
  enabled: z.boolean(),
})
export type AlertDraft = z.infer<typeof AlertDraft>

/** Which hits of the inbox; `cursor` is the `next` of the page before. */
export const HitFilter = z.strictObject({
  alert: Id.optional(),
  unseen: z.boolean().optional(),
  limit: z.int().positive().max(500),
  cursor: z.string().optional(),
})
export type HitFilter = z.infer<typeof HitFilter>

export const HitPage = z.strictObject({ hits: z.array(Hit), next: z.string().nullable() })
export type HitPage = z.infer<typeof HitPage>

/** The named stories, or all of one alert, or all. */
export const HitSelection = z.strictObject({ alert: Id.optional(), stories: z.array(Id).optional() })
export type HitSelection = z.infer<typeof HitSelection>

/** What an alert has to tell: about its newest story, and how many more there are. */
export const Notice = z.strictObject({
  /** The same whenever it is handed out again. */
  id: Id,
  alert: z.strictObject({ id: Id, name: z.string() }),
  story: z.strictObject({ id: Id, title: z.string() }),
  more: z.int(),
  /** How many alerts it speaks of: more than one where it tells what was missed. */
  alerts: z.int(),
})
export type Notice = z.infer<typeof Notice>

export const alerts = {
  list: base.input(Nothing).output(z.array(Alert)),
  /** Matches stories that arrive from now on; names are unique. */
  save: base.input(AlertDraft).output(Alert),
  remove: base.input(z.strictObject({ id: Id })).output(Nothing),
  /** The inbox, newest hit first. */
  hits: base.input(HitFilter).output(HitPage),
  markSeen: base.input(HitSelection).output(Nothing),
  /**
   * Takes what waits to be shown to the person, after a change of type `notices`. Of several windows one gets it; it counts as
   * told once that one acknowledges it, and is handed out again where it does not within half a minute.
   */
  takeNotices: base.input(Nothing).output(z.array(Notice)),
  acknowledge: base.input(z.strictObject({ ids: z.array(Id) })).output(Nothing),
}
