import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { base, Id, Job, Nothing } from './common.ts'

/** What happened in the engine. The page refetches what it shows of it; `stories` comes at most a few times a second. */
export const Change = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello') }),
  z.strictObject({ type: z.literal('stories'), added: z.int(), updated: z.int() }),
  z.strictObject({ type: z.literal('state'), stories: z.array(Id) }),
  z.strictObject({ type: z.literal('sources'), ids: z.array(Id) }),
  z.strictObject({ type: z.literal('themes') }),
  z.strictObject({ type: z.literal('alerts'), hits: z.int() }),
  /** Something waits to be shown to the person (`alerts.takeNotices`). */
  z.strictObject({ type: z.literal('notices') }),
  /** Stories have other events, or events other names. */
  z.strictObject({ type: z.literal('events') }),
  /** Notices were sent to channels, or could not be. */
  z.strictObject({ type: z.literal('deliveries') }),
  z.strictObject({ type: z.literal('searches') }),
  /** Views were saved or removed, or the dashboard's panels arranged. */
  z.strictObject({ type: z.literal('views') }),
  z.strictObject({ type: z.literal('settings') }),
  z.strictObject({ type: z.literal('job'), job: Job }),
])
export type Change = z.infer<typeof Change>

export const changes = base.input(Nothing).output(eventIterator(Change))
