import { z } from 'zod'
import { base, EvidenceSpan, Id, Instant, Nothing } from './common.ts'
import { StoryRow } from './stories.ts'

export const Weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
export type Weekday = z.infer<typeof Weekday>
/** 07:00, local. */
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'A time is written as 07:00.')

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Milliseconds. */
const Span = z
  .int()
  .min(60_000)
  .max(90 * DAY)

/** What makes an alert tell of its hits. */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('each') }),
  /** Every hour on the hour where `at` is empty; every day where `on` is. */
  z.strictObject({ kind: z.literal('digest'), at: z.array(TimeOfDay).max(24), on: z.array(Weekday).max(7) }),
  z.strictObject({
    kind: z.literal('threshold'),
    rule: z.discriminatedUnion('by', [
      z.strictObject({
        by: z.literal('count'),
        count: z.int().min(1).max(100_000),
        of: z.enum(['events', 'stories']),
        windowMs: Span,
      }),
      /** Today's stories above what their weekday leads one to expect, by at least so many per cent. */
      z.strictObject({ by: z.literal('share'), percent: z.int().min(1).max(100_000) }),
    ]),
  }),
  z.strictObject({ kind: z.literal('spike') }),
  /** No hit for so long. */
  z.strictObject({ kind: z.literal('silence'), forMs: Span }),
])
export type Trigger = z.infer<typeof Trigger>

/** How an alert decides what of its hits is told, and when. */
export const AlertSettings = z.strictObject({
  trigger: Trigger,
  /** One notice for an event, or one for each story. */
  collapse: z.enum(['event', 'none']),
  /** An event that was told is told once more when its hits have doubled. */
  growth: z.boolean(),
  /** The least time between two notices; 0 for none. */
  cooldownMs: z
    .int()
    .min(0)
    .max(90 * DAY),
  /** The most notices within an hour; null for any number. */
  capPerHour: z.int().min(1).max(1000).nullable(),
  /** Local times between which nothing is told. Where both are the same there are no quiet hours. */
  quiet: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).nullable(),
  /** Stories that are older when they arrive are no news. */
  horizonMs: z
    .int()
    .min(60_000)
    .max(36_500 * DAY),
  /** 5 is the highest. */
  priority: z.int().min(1).max(5),
})
export type AlertSettings = z.infer<typeof AlertSettings>

export const Alert = z.strictObject({
  id: Id,
  name: z.string(),
  query: z.string(),
  enabled: z.boolean(),
  created: Instant,
  hits: z.int(),
  unread: z.int(),
  lastHit: Instant.nullable(),
  settings: AlertSettings,
  /** '' for none. */
  folder: z.string(),
  colour: z.int().nullable(),
  note: z.string(),
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

/** A new alert (no id), or what an alert is changed to; what is left out is as by default, or stays. */
export const AlertDraft = z.strictObject({
  id: Id.optional(),
  name: z.string().min(1).max(120),
  query: z.string().min(1),
  enabled: z.boolean(),
  settings: AlertSettings.optional(),
  folder: z.string().max(120).optional(),
  colour: z.int().min(0).nullable().optional(),
  note: z.string().max(10_000).optional(),
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
