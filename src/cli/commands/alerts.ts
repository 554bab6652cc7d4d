import type { Alert } from '../../api/contract/alerts.ts'
import type { Client } from '../connect.ts'
import {
  addChannels,
  type ChannelOptions,
  channelLines,
  readChannels,
  shapedChannels,
} from './alertChannels.ts'
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
  options: ChannelOptions & { json?: boolean },
): Promise<string> {
  const drafts = readChannels(options)
  const alert = await client.alerts.save({ name, query, enabled: true })
  const added = await addChannels(client, alert.id, drafts).catch(async (error: unknown) => {
    await client.alerts.remove({ id: alert.id })
    throw error
  })
  if (options.json === true)
    return `${JSON.stringify({ ...shaped(alert), channels: shapedChannels(added) })}\n`
  return `Added alert ${alert.id}, “${plain(alert.name)}”: it tells of stories that arrive from now on.\n${channelLines(added)}`
}

const shaped = (alert: Alert) => ({ ...alert, created: iso(alert.created), lastHit: iso(alert.lastHit) })
