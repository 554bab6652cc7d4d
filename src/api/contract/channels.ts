import { z } from 'zod'
import { base, Id, Instant, Nothing } from './common.ts'

/** Where an alert can tell its notices beside the inbox and the desktop. */
export const ChannelKind = z.enum([
  'webhook',
  'ntfy',
  'slack',
  'teams',
  'discord',
  'telegram',
  'mattermost',
  'atom',
])
export type ChannelKind = z.infer<typeof ChannelKind>

/** How much a channel is told: titles with links, titles alone, or only how many stories there are. */
export const ChannelContent = z.enum(['link', 'title', 'count'])
export type ChannelContent = z.infer<typeof ChannelContent>

const ChannelId = z.string().min(1).max(80)

/** An attempt to tell a notice on a channel, or the next one. */
export const Delivery = z.strictObject({
  /** The webhook's id: the same for each attempt at a notice. */
  id: z.string(),
  alert: z.strictObject({ id: Id, name: z.string() }),
  /** The one event that the notice is about. */
  event: z.int().nullable(),
  kind: z.union([ChannelKind, z.literal('desktop')]),
  /** Its host, or the folder of its file; '' for the desktop. */
  place: z.string(),
  at: Instant,
  status: z.enum(['delivered', 'failed', 'pending', 'given-up']),
  http: z.int().nullable(),
  /** Why, as a sentence; '' where there is nothing to say. */
  message: z.string(),
  /** From 1. */
  attempt: z.int().positive(),
})
export type Delivery = z.infer<typeof Delivery>

export const AlertChannel = z.strictObject({
  id: ChannelId,
  alert: Id,
  kind: ChannelKind,
  /** Its host, which is all that is ever shown of an address; or the folder of its file. */
  place: z.string(),
  content: ChannelContent,
  enabled: z.boolean(),
  /** Why nothing more is sent there, as a sentence; null where it has not ended. */
  ended: z.string().nullable(),
  /** How many notices wait for it. */
  waiting: z.int(),
  /** How the last attempt went. */
  last: Delivery.nullable(),
})
export type AlertChannel = z.infer<typeof AlertChannel>

/** A new channel. `address` is a web address, or the folder of an Atom file; no answer repeats it. */
export const ChannelDraft = z.strictObject({
  alert: Id,
  kind: ChannelKind,
  address: z.string().min(1).max(4000),
  /** The key of a webhook (one is made where it is left out), or the access token of an ntfy server. */
  secret: z.string().max(500).optional(),
  content: ChannelContent.optional(),
})
export type ChannelDraft = z.infer<typeof ChannelDraft>

export const channels = {
  list: base
    .input(z.strictObject({ alert: Id.optional() }))
    .output(z.strictObject({ channels: z.array(AlertChannel), desktop: z.boolean() })),
  /** `secret` is the key that was made for a webhook: it is shown this once. */
  add: base
    .input(ChannelDraft)
    .output(z.strictObject({ channel: AlertChannel, secret: z.string().nullable() })),
  /** Gives a channel another address, or its first; it is switched on. `secret` as for `add`. */
  setAddress: base
    .input(ChannelDraft.pick({ address: true, secret: true }).extend({ id: ChannelId }))
    .output(z.strictObject({ channel: AlertChannel, secret: z.string().nullable() })),
  edit: base
    .input(
      z.strictObject({ id: ChannelId, content: ChannelContent.optional(), enabled: z.boolean().optional() }),
    )
    .output(AlertChannel),
  /** Whether an alert tells on the desktop. */
  setDesktop: base.input(z.strictObject({ alert: Id, on: z.boolean() })).output(Nothing),
  /** What waits for it is given up. */
  remove: base.input(z.strictObject({ id: ChannelId })).output(Nothing),
  /** Sends one message, marked as a test, and says how it was taken. */
  test: base
    .input(z.strictObject({ id: ChannelId }))
    .output(z.strictObject({ delivered: z.boolean(), http: z.int().nullable(), message: z.string() })),
  /** The newest attempts and those to come, oldest first. */
  deliveries: base
    .input(z.strictObject({ alert: Id.optional(), limit: z.int().positive().max(10_000) }))
    .output(z.array(Delivery)),
}
