import type { AlertFile } from '../../api/contract/alertFile.ts'
import type { Alert } from '../../api/contract/alerts.ts'
import { sentenceOf } from '../../core/alerts/sentence.ts'
import type { Client } from '../connect.ts'
import {
  addChannels,
  type ChannelEdit,
  type ChannelOptions,
  channelLines,
  editChannels,
  readChannels,
  shapedChannels,
} from './alertChannels.ts'
import { readSettings, type SettingOptions } from './alertSettings.ts'
import { alertNamed } from './alertTests.ts'
import { contentOf } from './contentOf.ts'
import { usage } from './failure.ts'
import { iso, local } from './instants.ts'
import { plain, table } from './table.ts'

/** `alerts list`: saved alerts with their hits. */
export async function listAlerts(client: Client, options: { json?: boolean }): Promise<string> {
  const alerts = await client.alerts.list({})
  if (options.json === true) return `${JSON.stringify(alerts.map(shaped))}\n`
  if (alerts.length === 0) return 'There are no alerts yet: "wirewatch alerts add NAME QUERY" adds one.\n'
  return table(
    alerts,
    [
      { heading: 'ID', cell: (a) => a.id, right: true },
      { heading: 'NAME', cell: (a) => a.name, most: 40 },
      { heading: 'HITS', cell: (a) => a.hits, right: true },
      { heading: 'UNREAD', cell: (a) => a.unread, right: true },
      { heading: 'LAST HIT', cell: (a) => local(a.lastHit) },
      { heading: 'QUERY', cell: (a) => (a.enabled ? a.query : `(off) ${a.query}`), most: 80 },
    ],
    process.stdout.isTTY === true,
  )
}

/** `alerts add NAME QUERY`: matches stories that arrive from now on. */
export async function addAlert(
  client: Client,
  name: string,
  query: string,
  options: ChannelOptions & SettingOptions & { json?: boolean },
): Promise<string> {
  const drafts = readChannels(options)
  const settings = readSettings(options)
  const alert = await client.alerts.save({ name, query, enabled: true, settings })
  const added = await addChannels(client, alert.id, drafts).catch(async (error: unknown) => {
    await client.alerts.remove({ id: alert.id })
    throw error
  })
  if (options.json === true)
    return `${JSON.stringify({ ...shaped(alert), channels: shapedChannels(added) })}\n`
  return `Added alert ${alert.id}, “${plain(alert.name)}”: it tells of stories that arrive from now on.\n${sentenceOf(alert.settings)}\n${channelLines(added)}`
}

/** `alerts edit NAME`: what the options say is changed, the rest stays. */
export async function editAlert(
  client: Client,
  name: string,
  options: ChannelOptions & ChannelEdit & SettingOptions & AlertEdit & { json?: boolean },
): Promise<string> {
  const drafts = readChannels(options)
  const { id, ...before } = await alertNamed(client, name)
  const settings = readSettings(options, before.settings.trigger)
  const { added, undo, end } = await editChannels(client, id, drafts, options)
  const alert = await client.alerts
    .save({
      id,
      name: options.name ?? before.name,
      query: options.query ?? before.query,
      enabled: options.off === undefined ? before.enabled : !options.off,
      settings,
    })
    .catch(async (error: unknown) => {
      await undo()
      throw error
    })
  await end()
  if (options.json === true)
    return `${JSON.stringify({ ...shaped(alert), channels: shapedChannels(added) })}\n`
  return `Changed alert ${alert.id}, “${plain(alert.name)}”.\n${sentenceOf(alert.settings)}\n${channelLines(added)}`
}

/** `alerts export`: all alerts, or one, as a file that `alerts import` reads; without hits, addresses and secrets. */
export async function exportAlerts(client: Client, options: { alert?: string }): Promise<string> {
  const ids = options.alert === undefined ? undefined : [(await alertNamed(client, options.alert)).id]
  return `${JSON.stringify(await client.alerts.export(ids === undefined ? {} : { ids }), null, 2)}\n`
}

/** `alerts import FILE`: adds all alerts of a file, or none; they are off. */
export async function importAlerts(
  client: Client,
  file: string,
  options: { json?: boolean },
): Promise<string> {
  const { added } = await client.alerts.import(alertFile(file))
  if (options.json === true) return `${JSON.stringify(added)}\n`
  if (added.length === 0) return 'The file has no alerts.\n'
  const wants = (channels: number): string =>
    channels === 0
      ? ''
      : channels === 1
        ? ' A channel of it wants an address.'
        : ` ${channels} channels of it want an address.`
  return `${added.map(({ id, name, channels }) => `Imported alert ${id}, “${plain(name)}”.${wants(channels)}`).join('\n')}
They are off: "wirewatch alerts edit NAME --no-off" lets one watch.\n`
}

/** What a file holds, which the contract then looks at. @throws Error INVALID where it is no JSON */
function alertFile(file: string): AlertFile {
  const text = contentOf(file)
  try {
    return JSON.parse(text) as AlertFile
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw usage(
      `This is no JSON: ${plain(why)}. Nothing was imported: it takes a file that "wirewatch alerts export" wrote.`,
    )
  }
}

/** `alerts remove NAME`: with its hits; the stories stay. */
export async function removeAlert(
  client: Client,
  name: string,
  options: { json?: boolean },
): Promise<string> {
  const alert = await alertNamed(client, name)
  await client.alerts.remove({ id: alert.id })
  if (options.json === true) return `${JSON.stringify(shaped(alert))}\n`
  return `Removed alert ${alert.id}, “${plain(alert.name)}”, and its hits. The stories stay.\n`
}

/** What `alerts edit` changes of an alert itself. */
export interface AlertEdit {
  readonly name?: string
  readonly query?: string
  readonly off?: boolean
}

const shaped = (alert: Alert) => ({ ...alert, created: iso(alert.created), lastHit: iso(alert.lastHit) })
