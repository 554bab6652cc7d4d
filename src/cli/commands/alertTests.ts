import type { Range } from '../../api/contract/common.ts'
import type { Client } from '../connect.ts'
import { readSettings, type SettingOptions } from './alertSettings.ts'
import { gathered } from './events.ts'
import { usage } from './failure.ts'
import { iso, local } from './instants.ts'
import { printLine } from './output.ts'
import { plain, table } from './table.ts'

const DAY = 86_400_000

export interface BacktestOptions extends SettingOptions {
  readonly alert?: string
  readonly range?: string
  readonly json?: boolean
}

/** `alerts backtest QUERY | --alert NAME`: what an alert would have done over the archive. */
export async function backtest(
  client: Client,
  query: string | undefined,
  options: BacktestOptions,
): Promise<string> {
  const { alert: name, range, json } = options
  if ((query === undefined) === (name === undefined)) throw usage('Give either a query or --alert NAME.')
  const alert = name === undefined ? undefined : await alertNamed(client, name)
  await gathered(client)
  const answer = await client.alerts.backtest({
    query: alert?.query ?? (query as string),
    settings: { ...alert?.settings, ...readSettings(options) },
    ...(range === undefined || range === 'all' ? {} : { range: rangeOf(range) }),
  })
  if (answer.incomplete !== null) printLine(answer.incomplete)
  const { hits, notices, days, newest } = answer
  if (json === true)
    return `${JSON.stringify({
      hits,
      notices,
      days,
      newest: newest.map(({ id, title, published, evidence }) => ({
        id,
        title,
        published: iso(published),
        evidence,
      })),
    })}\n`
  const head = `${hits} hits, ${notices} notices would have been sent.\n`
  if (hits === 0) return head
  return `${head}${table(
    newest,
    [
      { heading: 'ID', cell: (story) => story.id, right: true },
      { heading: 'PUBLISHED', cell: (story) => local(story.published) },
      {
        heading: 'OUTCOME',
        cell: (story) => (story.told === null ? story.outcome : `told ${local(story.told)}`),
      },
      { heading: 'TITLE', cell: (story) => story.title, most: 100 },
    ],
    process.stdout.isTTY === true,
  )}`
}

/** `alerts why NAME STORY`: why an alert told of a story or did not. */
export async function why(
  client: Client,
  name: string,
  story: number,
  options: { json?: boolean },
): Promise<string> {
  const alert = await alertNamed(client, name)
  const answer = await client.alerts.why({ alert: alert.id, story })
  if (options.json === true) return `${JSON.stringify(answer)}\n`
  const signs = (passed: boolean | null): string => (passed === null ? '–' : passed ? '✓' : '✗')
  return [
    `${plain(alert.name)}: ${answer.fired ? 'told of it.' : 'did not tell of it.'}`,
    ...answer.steps.map(({ step, passed, words }) => `${signs(passed)} ${step.padEnd(8)}  ${words}`),
    '',
  ].join('\n')
}

/** @throws Error NOT_FOUND */
export async function alertNamed(client: Client, name: string) {
  const alerts = await client.alerts.list({})
  const found = alerts.find((alert) => alert.name.toLowerCase() === name.toLowerCase())
  if (found === undefined)
    throw Object.assign(new Error(`There is no alert “${name}”; "wirewatch alerts list" lists them.`), {
      code: 'NOT_FOUND',
    })
  return found
}

function rangeOf(text: string): Range {
  const last = /^([1-9]\d{0,5})([hdw])$/.exec(text)
  if (last !== null)
    return { kind: 'last', hours: Number(last[1]) * ({ h: 1, d: 24, w: 168 }[last[2] as string] as number) }
  const [first = '', end = first, ...more] = text.split('..')
  const [from, to] = [first, end].map((day) =>
    /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00`).getTime() : Number.NaN,
  )
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || more.length > 0)
    throw usage(
      `“${text}” is no range: write all, 24h or 7d, a day such as 2025-05-01, or days such as 2025-05-01..2025-05-03.`,
    )
  if (to < from) throw usage(`The range ${text} ends before it begins.`)
  const after = new Date(to)
  after.setDate(after.getDate() + 1)
  return { kind: 'custom', from, to: Math.max(after.getTime(), from + DAY) }
}
