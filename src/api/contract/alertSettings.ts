import { z } from 'zod'

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
