import type { EventRow } from '../../api/contract/events.ts'
import type { Client } from '../connect.ts'
import { usage } from './failure.ts'
import { iso, local } from './instants.ts'
import { printLine } from './output.ts'
import { openProgress } from './progress.ts'
import { table } from './table.ts'

export interface EventsOptions {
  readonly range?: string
  readonly limit: number
  readonly json?: boolean
}

/** Events a page. */
const PAGE = 200
/** How often it is asked whether stories still wait for their event. */
const ASK_MS = 200
const DAY = 86_400_000
const LAST_DAY = '9999-12-31'

/** `events`: the events of a range, most stories first. */
export async function events(client: Client, { range, limit, json }: EventsOptions): Promise<string> {
  const query = range === undefined ? '' : rangeQuery(range)
  await gathered(client)
  const rows: EventRow[] = []
  let cursor: string | undefined
  while (rows.length < limit) {
    const page = await client.events.list({
      query,
      limit: Math.min(PAGE, limit - rows.length),
      ...(cursor === undefined ? {} : { cursor }),
    })
    rows.push(...page.rows)
    if (page.incomplete !== undefined) printLine(page.incomplete)
    if (page.next === null) break
    cursor = page.next
  }
  if (json === true) return `${JSON.stringify(rows.map(shaped))}\n`
  if (rows.length === 0) return 'There are no events.\n'
  return table(
    rows,
    [
      { heading: 'STORIES', cell: (event) => String(event.stories.stories), right: true },
      { heading: 'SOURCES', cell: (event) => String(event.sources), right: true },
      { heading: 'LAST', cell: (event) => local(event.last) },
      { heading: 'EVENT', cell: (event) => String(event.id), right: true },
      { heading: 'HEADLINE', cell: titleOf, most: 100 },
    ],
    process.stdout.isTTY === true,
  )
}

/** Waits until every story has its event; what waits is told on standard error. */
export async function gathered(client: Client): Promise<void> {
  const progress = openProgress()
  for (;;) {
    const { stories } = await client.events.waiting({})
    if (stories === 0) break
    progress.show(`${stories} stories still wait for their event`)
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
  }
  progress.end()
}

const titleOf = ({ name, headline }: EventRow): string => name || headline.title

const shaped = (event: EventRow) => ({
  id: event.id,
  headline: titleOf(event),
  first: iso(event.first),
  last: iso(event.last),
  stories: event.stories.stories,
  sources: event.sources,
  blocs: event.blocs,
  languages: event.languages,
  themes: event.themes,
})

/** A range as query text: days are local and belong to it whole. @throws where it is none */
export function rangeQuery(range: string): string {
  if (/^[1-9]\d{0,5}[hdwm]$/.test(range)) return `within:${range}`
  const [first = '', last = first, ...more] = range.split('..')
  if (!isDay(first) || !isDay(last) || more.length > 0)
    throw usage(
      `“${range}” is no range: write 24h or 7d, a day such as 2025-05-01, or days such as 2025-05-01..2025-05-03.`,
    )
  if (last < first) throw usage(`The range ${range} ends before it begins.`)
  // No story is later than the last day that can be written.
  return last === LAST_DAY
    ? `after:${first}`
    : `after:${first} before:${new Date(Date.parse(last) + DAY).toISOString().slice(0, 10)}`
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}
