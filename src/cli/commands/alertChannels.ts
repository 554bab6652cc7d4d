import { resolve } from 'node:path'
import type {
  AlertChannel,
  ChannelContent,
  ChannelDraft,
  ChannelKind,
  Delivery,
} from '../../api/contract/channels.ts'
import type { Client } from '../connect.ts'
import { contentOf } from './contentOf.ts'
import { usage } from './failure.ts'
import { iso, local } from './instants.ts'
import { plain, table } from './table.ts'

/** The options that give an alert channels. What is secret stands in a file: other programs can read a command's arguments. */
export interface ChannelOptions {
  readonly webhook?: string
  readonly webhookFile?: string
  readonly secretFile?: string
  readonly ntfy?: string
  readonly slack?: string
  readonly teams?: string
  readonly discord?: string
  readonly telegram?: string
  readonly mattermost?: string
  readonly atom?: string
  readonly send?: ChannelContent
}

/** What `alerts edit` changes of the channels that are there. */
export interface ChannelEdit {
  readonly send?: ChannelContent
  readonly removeChannel?: readonly string[]
}

/** A channel as it was added, with the key that was made for it, which is shown this once. */
export interface AddedChannel {
  readonly channel: AlertChannel
  readonly secret: string | null
}

type Draft = Omit<ChannelDraft, 'alert'>

const HOOKS = ['slack', 'teams', 'discord', 'telegram', 'mattermost'] as const

/**
 * Reads the channels that options name, and the files that hold their addresses.
 * @throws Error with a sentence where a file cannot be read
 */
export function readChannels(options: ChannelOptions): Draft[] {
  const secret = options.secretFile === undefined ? {} : { secret: contentOf(options.secretFile) }
  const drafts: Draft[] = []
  const add = (kind: ChannelKind, address: string | undefined, more: Partial<Draft> = {}): void => {
    if (address !== undefined) drafts.push({ kind, address, content: options.send, ...more })
  }
  add('webhook', options.webhook, secret)
  if (options.webhookFile !== undefined) add('webhook', contentOf(options.webhookFile), secret)
  const hasWebhook = drafts.length > 0
  add('ntfy', options.ntfy, hasWebhook ? {} : secret)
  for (const kind of HOOKS) {
    const file = options[kind]
    if (file !== undefined) add(kind, contentOf(file))
  }
  // The engine may run elsewhere in the tree of folders.
  add('atom', options.atom === undefined ? undefined : resolve(options.atom))
  return drafts
}

/** Gives an alert channels, all or none. */
export async function addChannels(
  client: Client,
  alert: number,
  drafts: readonly Draft[],
): Promise<AddedChannel[]> {
  const added: AddedChannel[] = []
  try {
    for (const draft of drafts) added.push(await client.channels.add({ ...draft, alert }))
  } catch (error) {
    for (const { channel } of added) await client.channels.remove({ id: channel.id })
    throw error
  }
  return added
}

/**
 * Changes the channels of an alert: new ones take the place of those of their kind, some kinds are taken away, and what the others
 * send is changed. The new ones are added first; `end` does the rest, `undo` takes them away again.
 * @throws Error INVALID where a kind that is to go is not there
 */
export async function editChannels(
  client: Client,
  alert: number,
  drafts: readonly Draft[],
  { send, removeChannel: gone = [] }: ChannelEdit,
): Promise<{ added: AddedChannel[]; undo(): Promise<void>; end(): Promise<void> }> {
  const { channels } = await client.channels.list({ alert })
  const missing = gone.find((kind) => !channels.some((channel) => channel.kind === kind))
  if (missing !== undefined) throw usage(`--remove-channel: the alert has no channel ${missing}.`)
  const leaving = new Set<string>([...gone, ...drafts.map(({ kind }) => kind)])
  const added = await addChannels(client, alert, drafts)
  return {
    added,
    async undo() {
      for (const { channel } of added) await client.channels.remove({ id: channel.id })
    },
    async end() {
      for (const { id, kind } of channels)
        if (leaving.has(kind)) await client.channels.remove({ id })
        else if (send !== undefined) await client.channels.edit({ id, content: send })
    },
  }
}

/** What a person is told of new channels. */
export function channelLines(added: readonly AddedChannel[]): string {
  return added
    .map(({ channel, secret }) => {
      const key =
        secret === null ? '' : `The key that its messages are signed by, shown this once: ${secret}\n`
      return `It tells ${nameOf(channel)}.\n${key}`
    })
    .join('')
}

/** New channels as JSON has them. */
export const shapedChannels = (added: readonly AddedChannel[]) =>
  added.map(({ channel: { kind, place }, secret }) => ({
    channel: kind,
    place,
    ...(secret === null ? {} : { secret }),
  }))

/** `alerts test NAME`: sends one marked message to each channel. @returns the text, and whether all took it */
export async function testAlert(
  client: Client,
  name: string,
  options: { json?: boolean },
): Promise<{ text: string; well: boolean }> {
  const { channels } = await client.channels.list({ alert: await alertId(client, name) })
  const results = []
  for (const { id, kind, place } of channels)
    results.push({ channel: kind, place, ...(await client.channels.test({ id })) })
  const well = results.every(({ delivered }) => delivered)
  if (options.json === true) return { well, text: `${JSON.stringify(results)}\n` }
  if (results.length === 0)
    return { well, text: `“${plain(name)}” has no channel beside the inbox and the desktop.\n` }
  return { well, text: results.map((result) => `${nameOf(result)}: ${plain(result.message)}\n`).join('') }
}

/** `alerts deliveries`: the attempts to tell notices and those to come, oldest first. */
export async function deliveries(
  client: Client,
  options: { alert?: string; limit: number; json?: boolean },
): Promise<string> {
  const of = options.alert === undefined ? {} : { alert: await alertId(client, options.alert) }
  const all = await client.channels.deliveries({ ...of, limit: options.limit })
  if (options.json === true) return `${JSON.stringify(all.map(shaped))}\n`
  if (all.length === 0) return 'No notice was sent anywhere yet.\n'
  return table(
    all,
    [
      { heading: 'AT', cell: (d) => local(d.at) },
      { heading: 'ALERT', cell: (d) => d.alert.name, most: 30 },
      { heading: 'CHANNEL', cell: nameOf, most: 40 },
      { heading: 'STATUS', cell: (d) => d.status },
      { heading: 'HTTP', cell: (d) => d.http ?? '–', right: true },
      { heading: 'ATTEMPT', cell: (d) => d.attempt, right: true },
      { heading: 'WHY', cell: (d) => d.message, most: 80 },
    ],
    process.stdout.isTTY === true,
  )
}

const shaped = (delivery: Delivery) => ({
  id: delivery.id,
  alert: delivery.alert.name,
  event: delivery.event,
  channel: delivery.kind,
  at: iso(delivery.at),
  status: delivery.status,
  http: delivery.http,
  attempt: delivery.attempt,
})

const nameOf = (channel: { kind?: string; channel?: string; place: string }): string =>
  `${channel.kind ?? channel.channel} ${plain(channel.place)}`.trim()

/** @throws Error with a sentence where no alert has the name */
async function alertId(client: Client, name: string): Promise<number> {
  const alert = (await client.alerts.list({})).find((one) => one.name === name)
  if (alert === undefined) throw new Error(`There is no alert “${plain(name)}”.`)
  return alert.id
}
