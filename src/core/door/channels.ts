import { randomBytes } from 'node:crypto'
import type {
  AlertChannel,
  ChannelContent,
  ChannelDraft,
  ChannelKind,
  Delivery,
} from '../../api/contract/channels.ts'
import { readFolder } from '../delivery/atom.ts'
import { archiveName, messageId } from '../delivery/messageId.ts'
import type { Destination } from '../delivery/sending.ts'
import { services } from '../delivery/services/index.ts'
import { newSigningSecret, readSigningSecret } from '../delivery/signing.ts'
import { Problem } from '../problem.ts'
import type { ChannelRecord } from '../store/channels.ts'
import type { DeliveryRecord } from '../store/notices.ts'
import type { DoorParts } from './parts.ts'

export interface AlertChannels {
  /** The channels of an alert, or of all; and whether it tells on the desktop. */
  list(alert?: number): { channels: AlertChannel[]; desktop: boolean }
  /**
   * Adds a channel. `secret` is the key that was made for a webhook; it is returned this once.
   * @throws Problem with a sentence that does not repeat what was typed
   */
  add(draft: ChannelDraft): Promise<{ channel: AlertChannel; secret: string | null }>
  /** Gives a channel another address, or its first. @throws Problem as `add` does */
  setAddress(
    id: string,
    given: Pick<ChannelDraft, 'address' | 'secret'>,
  ): Promise<{ channel: AlertChannel; secret: string | null }>
  edit(
    id: string,
    edit: { content?: ChannelContent | undefined; enabled?: boolean | undefined },
  ): AlertChannel
  setDesktop(alert: number, on: boolean): void
  remove(id: string): void
  /** Sends one message, marked as a test. */
  test(id: string): Promise<{ delivered: boolean; http: number | null; message: string }>
  /** The newest attempts to tell notices, and those to come, oldest first. */
  deliveries(filter: { alert?: number | undefined; limit: number }): Delivery[]
}

type Parts = Pick<
  DoorParts,
  'alerts' | 'channels' | 'notices' | 'settings' | 'changes' | 'dispatcher' | 'poster' | 'secrets' | 'now'
>

export function channelNoun(parts: Parts): AlertChannels {
  const { alerts, channels, notices, settings, changes, dispatcher, poster, secrets, now } = parts

  const deliveryOf = (record: DeliveryRecord): Delivery => ({
    id: messageId(archiveName(settings), { id: record.noticeId, at: record.noticeAt }),
    alert: { id: record.alertId, name: record.alertName },
    event: record.event,
    kind: record.kind as Delivery['kind'],
    place: record.place,
    at: record.at,
    status: record.status,
    http: record.http,
    message: record.message,
    attempt: record.attempt,
  })
  function channelOf(channel: ChannelRecord): AlertChannel {
    const { id, alertId, kind, place, content, enabled, ended } = channel
    const last = notices.lastAttempt(id)
    return {
      id,
      alert: alertId,
      kind: kind as ChannelKind,
      place,
      content,
      enabled: enabled === 1,
      ended,
      waiting: notices.waitingOn(id),
      last: last === undefined ? null : deliveryOf(last),
    }
  }
  /** Addresses of channels that are gone are not kept. */
  const forgetOthers = (): void => secrets.keepOnly(channels.list().map(({ id }) => id))
  const changed = (): void => changes.emit({ type: 'deliveries' })

  /** Where a channel is to lead, as it was typed. @throws Problem with a sentence that does not repeat that */
  async function destinationOf(
    kind: ChannelKind,
    { address, secret: given = '' }: Pick<ChannelDraft, 'address' | 'secret'>,
  ): Promise<{ place: string; isPrivate: boolean; leads: Destination | null; made: string | null }> {
    if (kind === 'atom') return { place: readFolder(address), isPrivate: false, leads: null, made: null }
    if (!/^[\x21-\x7e]*$/.test(given.trim()))
      throw new Problem('INVALID', 'This secret cannot be used: it has characters that no secret has.')
    const read = services[kind].read(address)
    const made = kind === 'webhook' && given.trim() === '' ? newSigningSecret() : null
    const secret = made ?? (kind === 'webhook' ? readSigningSecret(given) : given.trim())
    const isPrivate = (await poster.isPrivate(read)) === true
    return { place: new URL(read).host, isPrivate, leads: { address: read, secret }, made }
  }

  return {
    list: (alert) => ({
      channels: channels.list(alert).map(channelOf),
      desktop: alert === undefined || channels.hasDesktop(alert),
    }),
    async add({ alert, kind, content = 'link', ...given }) {
      alerts.get(alert)
      const id = `${kind}-${randomBytes(8).toString('hex')}`
      const record = { id, alertId: alert, kind, content, enabled: 1, ended: null, added: now() } as const
      const { place, isPrivate, leads, made } = await destinationOf(kind, given)
      // The address first: a channel without one could not be told of what comes meanwhile.
      if (leads !== null) await secrets.keep(id, leads)
      channels.add({ ...record, place, private: isPrivate ? 1 : 0 })
      changed()
      return { channel: channelOf(channels.get(id)), secret: made }
    },
    async setAddress(id, given) {
      const { place, isPrivate, leads, made } = await destinationOf(
        channels.get(id).kind as ChannelKind,
        given,
      )
      if (leads !== null) await secrets.keep(id, leads)
      channels.setPlace(id, { place, private: isPrivate ? 1 : 0 })
      changed()
      return { channel: channelOf(channels.get(id)), secret: made }
    },
    edit(id, { content, enabled }) {
      channels.get(id)
      channels.edit(
        id,
        {
          ...(content === undefined ? {} : { content }),
          ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
        },
        now(),
      )
      changed()
      return channelOf(channels.get(id))
    },
    setDesktop(alert, on) {
      alerts.get(alert)
      channels.setDesktop(alert, on)
      changed()
    },
    remove(id) {
      channels.get(id)
      channels.remove(id, now())
      forgetOthers()
      changed()
    },
    async test(id) {
      const channel = channels.get(id)
      if (channel.ended !== null) return { delivered: false, http: null, message: channel.ended }
      const { isDelivered, http, message } = await dispatcher.test(channel)
      return { delivered: isDelivered, http, message }
    },
    deliveries: (filter) => notices.log(filter).map(deliveryOf),
  }
}
