import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '../connect.ts'
import { iso, local } from './instants.ts'
import { plain } from './table.ts'

/** `stats`: what the archive holds. */
export async function stats(client: Client, options: { json?: boolean }): Promise<string> {
  const info = await client.app.info({})
  const [newest, copies, alerts, themes] = await Promise.all([
    client.stories.list({ query: '', limit: 1 }),
    client.stories.count({ query: 'is:copy', exact: true }),
    client.alerts.list({}),
    client.themes.list({}),
  ])
  const bytes = sizeOf(info.dataDir)
  const published = newest.rows[0]?.published ?? null
  if (options.json === true)
    return `${JSON.stringify({
      version: info.version,
      dataDir: info.dataDir,
      bytes,
      stories: info.stories,
      copies: copies.stories,
      newest: iso(published),
      sources: info.sources,
      failingSources: info.failingSources,
      pausedSources: info.pausedSources,
      themes: themes.themes.length,
      alerts: alerts.length,
      hits: alerts.reduce((sum, alert) => sum + alert.hits, 0),
      unreadHits: info.unreadHits,
    })}\n`
  const lines: [string, string][] = [
    ['Stories', `${info.stories}${ofThem(copies.stories)}, newest ${local(published)}`],
    ['Sources', `${info.sources} (${info.failingSources} failing, ${info.pausedSources} paused)`],
    ['Themes', String(themes.themes.length)],
    ['Alerts', `${alerts.length} (${info.unreadHits} unread hits)`],
    ['Data folder', `${plain(info.dataDir)}, ${(bytes / 1e6).toFixed(1)} MB`],
    ['Version', info.version],
  ]
  return lines.map(([name, value]) => `${name.padEnd(12)} ${value}\n`).join('')
}

const ofThem = (copies: number): string =>
  copies === 0 ? '' : `, ${copies} of them ${copies === 1 ? 'a copy' : 'copies'}`

/** Bytes of a folder's own files. */
const sizeOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (sum, entry) => sum + (statSync(join(folder, entry.name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
