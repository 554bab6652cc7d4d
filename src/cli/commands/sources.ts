import type { Source } from '../../api/contract/sources.ts'
import type { Client } from '../connect.ts'
import { contentOf } from './contentOf.ts'
import { iso, local } from './instants.ts'
import { followJob } from './job.ts'
import { printLine } from './output.ts'
import { plain, table } from './table.ts'

export interface AddOptions {
  /** Where the address stands: other programs can read a command's arguments. */
  readonly urlFile?: string
  readonly title?: string
  readonly language?: string
  readonly country?: string
  readonly bloc?: string
  readonly kind?: Source['kind']
  readonly json?: boolean
}

/** `add URL`: fetches it once and keeps it where it is a feed; the feeds that a page links to are listed. */
export async function add(
  client: Client,
  typed: string | undefined,
  { json, urlFile, ...about }: AddOptions,
): Promise<string> {
  if ((typed === undefined) === (urlFile === undefined))
    throw new Error('Name one address: as an argument, or by --url-file a file that holds it.')
  const url = typed ?? contentOf(urlFile as string)
  let source: Source
  try {
    source = await client.sources.add({ url, ...about })
  } catch (error) {
    await tellFeeds(client, url, error)
    throw error
  }
  if (json === true) return `${JSON.stringify(shaped(source))}\n`
  return `Added source ${source.id}, “${plain(source.title)}”: ${source.stories} ${source.stories === 1 ? 'story' : 'stories'}.\n`
}

/** What was typed may be a page that names its feeds. */
async function tellFeeds(client: Client, url: string, error: unknown): Promise<void> {
  const { code, data } = error as { code?: string; data?: { code?: string } }
  if (code !== 'FETCH' || !['html-page', 'not-a-feed'].includes(data?.code ?? '')) return
  const found = await client.sources.discover({ address: url }).catch(() => undefined)
  if (found === undefined || found.feeds.length === 0) return
  printLine('This is a page, not a feed. It has these feeds; add the one you want:')
  for (const feed of found.feeds) printLine(`  ${plain(feed.url)}  ${plain(feed.title)}`)
}

/** `sources`: all sources and how they are. */
export async function list(client: Client, options: { json?: boolean }): Promise<string> {
  const sources = await client.sources.list({})
  if (options.json === true) return `${JSON.stringify(sources.map(shaped))}\n`
  if (sources.length === 0) return 'There are no sources yet: "wirewatch add URL" adds one.\n'
  return sourceTable(sources)
}

const sourceTable = (sources: readonly Source[]): string =>
  table(
    sources,
    [
      { heading: 'ID', cell: (s) => s.id, right: true },
      { heading: 'TITLE', cell: (s) => s.title || s.url, most: 40 },
      { heading: 'STATE', cell: (s) => s.state },
      { heading: 'STORIES', cell: (s) => s.stories, right: true },
      { heading: 'LAST STORY', cell: (s) => local(s.lastStory) },
      { heading: 'NEXT POLL', cell: (s) => local(s.nextPoll) },
      { heading: 'NOTE', cell: (s) => s.error?.message ?? s.silence, most: 80 },
    ],
    process.stdout.isTTY === true,
  )

/** `refresh`: fetches sources now, due or not. @returns the text, and whether all went well */
export async function refresh(
  client: Client,
  options: { source?: number; json?: boolean },
): Promise<{ text: string; well: boolean }> {
  const before = new Map((await client.sources.list({})).map((source) => [source.id, source]))
  const job = await followJob(client, () =>
    client.sources.refresh(options.source === undefined ? {} : { id: options.source }),
  )
  const after = await client.sources.list({})
  const refreshed = after.filter((s) =>
    options.source === undefined ? s.lastFetch !== before.get(s.id)?.lastFetch : s.id === options.source,
  )
  const results = []
  for (const source of refreshed) {
    const [record] = await client.sources.log({ id: source.id, limit: 1 })
    results.push({
      id: source.id,
      title: source.title,
      added: record?.added ?? 0,
      updated: record?.updated ?? 0,
      skipped: record?.skipped ?? 0,
      error: record?.error ?? null,
      notes: record?.notes ?? [],
    })
  }
  const failed = results.filter(({ error }) => error !== null)
  const well = failed.length === 0 && job?.state === 'done'
  if (options.json === true)
    return { well, text: `${JSON.stringify({ state: job?.state ?? 'done', sources: results })}\n` }
  const summary = `${refreshed.length} ${refreshed.length === 1 ? 'source' : 'sources'}: ${job?.message ?? ''}.\n`
  return {
    well,
    text:
      failed.length === 0
        ? summary
        : `${summary}\n${table(
            failed,
            [
              { heading: 'ID', cell: (r) => r.id, right: true },
              { heading: 'TITLE', cell: (r) => r.title, most: 40 },
              { heading: 'ERROR', cell: (r) => r.error?.message ?? '' },
            ],
            process.stdout.isTTY === true,
          )}`,
  }
}

/** A source with its moments as text. */
const shaped = (source: Source) => ({
  ...source,
  added: iso(source.added),
  lastStory: iso(source.lastStory),
  lastFetch: iso(source.lastFetch),
  lastSuccess: iso(source.lastSuccess),
  nextPoll: iso(source.nextPoll),
})
