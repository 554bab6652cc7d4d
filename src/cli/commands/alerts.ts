import type { Alert } from '../../api/contract/alerts.ts'
import { sentenceOf } from '../../core/alerts/sentence.ts'
import type { Client } from '../connect.ts'
import {
  addChannels,
  type ChannelOptions,
  channelLines,
  readChannels,
  shapedChannels,
} from './alertChannels.ts'
import { readSettings, type SettingOptions } from './alertSettings.ts'
import { alertNamed } from './alertTests.ts'
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
  options: SettingOptions & { name?: string; query?: string; off?: boolean; json?: boolean },
): Promise<string> {
  const { id, ...before } = await alertNamed(client, name)
  const alert = await client.alerts.save({
    id,
    name: options.name ?? before.name,
    query: options.query ?? before.query,
    enabled: options.off === undefined ? before.enabled : !options.off,
    settings: readSettings(options),
  })
  if (options.json === true) return `${JSON.stringify(shaped(alert))}\n`
  return `Changed alert ${alert.id}, “${plain(alert.name)}”.\n${sentenceOf(alert.settings)}\n`
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

const shaped = (alert: Alert) => ({ ...alert, created: iso(alert.created), lastHit: iso(alert.lastHit) })
