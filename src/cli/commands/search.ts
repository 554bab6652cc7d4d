import type { StoryRow } from '../../api/contract/stories.ts'
import type { Client } from '../connect.ts'
import { gathered } from './events.ts'
import { usage } from './failure.ts'
import { iso, local } from './instants.ts'
import { printLine } from './output.ts'
import { table } from './table.ts'

export interface SearchOptions {
  readonly limit: number
  readonly count?: boolean
  readonly events?: boolean
  readonly json?: boolean
}

/** Stories a page. */
const PAGE = 500

/** `search QUERY`: the newest stories that match, or how many there are. */
export async function search(client: Client, query: string, options: SearchOptions): Promise<string> {
  const { warnings } = await client.query.check({ query, use: 'search' })
  for (const { message, repair } of warnings)
    printLine(`${message}${repair === undefined ? '' : ` Try: ${repair}`}`)
  if (options.events === true && options.count !== true)
    throw usage(
      '--events goes with --count: it counts events in place of stories. “wirewatch events” lists them.',
    )
  if (options.count === true) {
    if (options.events === true) await gathered(client)
    const events = options.events === true
    const counted = await client.stories.count({ query, exact: true, events })
    if (counted.incomplete !== undefined) printLine(counted.incomplete)
    const count = events ? (counted.events ?? counted.stories) : counted.stories
    return options.json === true ? `${JSON.stringify({ query, count })}\n` : `${count}\n`
  }
  const rows: StoryRow[] = []
  let cursor: string | undefined
  let incomplete: string | undefined
  while (rows.length < options.limit) {
    const limit = Math.min(PAGE, options.limit - rows.length)
    const page = await client.stories.list({ query, limit, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...page.rows)
    incomplete ??= page.incomplete
    if (page.next === null) break
    cursor = page.next
  }
  if (incomplete !== undefined) printLine(incomplete)
  if (options.json === true) return `${JSON.stringify(rows.map(shaped))}\n`
  if (rows.length === 0) return 'No story matches.\n'
  return table(
    rows,
    [
      { heading: 'PUBLISHED', cell: (s) => local(s.published) },
      { heading: 'SOURCE', cell: (s) => s.source.title, most: 20 },
      { heading: 'TITLE', cell: (s) => s.title || s.excerpt, most: 100 },
    ],
    process.stdout.isTTY === true,
  )
}

const shaped = (row: StoryRow) => ({ ...row, published: iso(row.published), fetched: iso(row.fetched) })
