import type { Client } from '../connect.ts'
import { table } from './table.ts'

/** `themes`: all themes with how many stories each has. */
export async function themes(client: Client, options: { json?: boolean }): Promise<string> {
  const { groups, themes } = await client.themes.list({})
  const names = new Map(groups.map(({ id, name }) => [id, name]))
  if (options.json === true) return `${JSON.stringify({ groups, themes })}\n`
  return table(
    themes,
    [
      { heading: 'ID', cell: (t) => t.id },
      { heading: 'NAME', cell: (t) => t.name },
      { heading: 'GROUP', cell: (t) => names.get(t.group) ?? t.group },
      { heading: 'STORIES', cell: (t) => t.stories, right: true },
      { heading: '', cell: (t) => (t.enabled ? '' : 'off') },
    ],
    process.stdout.isTTY === true,
  )
}
