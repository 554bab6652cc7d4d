import { basename } from 'node:path'
import type { Feed, FeedItem } from '../feeds/feed.ts'
import { limited } from '../feeds/read/limits.ts'
import { normalise } from '../feeds/read/normalise.ts'
import { readInstant } from '../instant.ts'
import type { StoryDraft } from '../story.ts'
import { jsonObject, type Line, readLines, textMembers } from './lines.ts'

/** A story of an archive with the name of its source, or why a line is none. */
export type ArchiveLine =
  | {
      readonly line: number
      /** As the line keys it, else `options.source`. */
      readonly source: string
      readonly draft: StoryDraft
      /** What was repaired, in a sentence; '' for nothing. */
      readonly note: string
    }
  | { readonly line: number; readonly error: string }

export interface ArchiveOptions {
  /** Epoch ms: a story published later than this counts as published now. */
  readonly now: number
  /** In which a date without a time begins its day; the machine's unless given. */
  readonly timeZone?: string
  /** The source of stories that name none; the file's name without its endings unless given. */
  readonly source?: string
}

/**
 * Reads an archive of stories, a JSON object on each line, gzip or not:
 * {id?, url?, title?, text, summary?, lang?, source?, author?, published or date}. Other members are ignored; null counts as
 * absent. A line that is no story is reported with its number and the reason. Takes constant memory, however long the file.
 * @throws Problem where the file cannot be read at all
 */
export async function* readArchive(path: string, options: ArchiveOptions): AsyncGenerator<ArchiveLine> {
  const settled = {
    now: options.now,
    timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    source: options.source ?? archiveName(path),
  }
  for await (const batch of readLines(path)) for (const line of batch) yield readArchiveLine(line, settled)
}

/** The name of the source of stories that name none: that of the file without its endings. */
export const archiveName = (path: string): string =>
  basename(path).replace(/\.(gz|jsonl|ndjson|json)\b.*$/i, '')

/** Reads one line of an archive. */
export function readArchiveLine(read: Line, options: Required<ArchiveOptions>): ArchiveLine {
  if ('error' in read) return read
  const { line, text, damaged } = read
  const parsed = jsonObject(text, ': an archive holds one story, {"text": …}, on each line')
  if ('error' in parsed) return { line, error: parsed.error }
  const item = itemOf(parsed.object, options.timeZone)
  if ('error' in item) return { line, error: item.error }
  const feed = limited(asFeed(item.item))
  const { stories, skipped } = normalise(feed, {
    now: options.now,
    feedUrl: '',
    language: item.item.language,
  })
  const [draft] = stories
  if (draft === undefined) return { line, error: skipped[0] ?? 'The story is empty.' }
  const notes = damaged ? ['Bytes that are not UTF-8 were replaced by �.'] : []
  notes.push(...feed.warnings.map((warning) => warning.replaceAll(' of item 1 ', ' ')))
  const source = (item.source || options.source).slice(0, LONGEST_SOURCE)
  return { line, source, draft, note: notes.join(' ') }
}

/** Characters of a source's name. */
const LONGEST_SOURCE = 500

const TEXTS = ['url', 'title', 'text', 'summary', 'lang', 'source', 'author'] as const

function itemOf(
  value: Readonly<Record<string, unknown>>,
  timeZone: string,
): { item: FeedItem; source: string } | { error: string } {
  const given = textMembers(value, TEXTS)
  if ('error' in given) return given
  const text = (name: (typeof TEXTS)[number]): string => given.texts[name]?.trim() ?? ''
  const id = value.id ?? ''
  if (typeof id !== 'string' && typeof id !== 'number') return { error: '"id" must be text or a number.' }
  if (given.texts.text === undefined) return { error: 'The story has no "text".' }
  if (text('text') === '' && text('title') === '' && text('summary') === '')
    return { error: 'The story is empty: no title, summary or text.' }
  const stated = value.published ?? value.date
  if (stated === undefined || stated === null)
    return { error: 'The story says neither "published" nor "date".' }
  const published = readInstant(stated, timeZone)
  if (published === null)
    return {
      error: `"${value.published == null ? 'date' : 'published'}" is no moment that can be read: ${JSON.stringify(stated)}. Write ISO 8601 or an epoch.`,
    }
  return {
    source: text('source'),
    item: {
      id: String(id),
      title: text('title'),
      link: text('url'),
      published,
      summary: text('summary'),
      text: text('text'),
      html: '',
      author: text('author'),
      language: text('lang').toLowerCase(),
      categories: [],
    },
  }
}

/** Stories are normalised as those of feeds: each line is a feed of one item. */
const asFeed = (item: FeedItem): Feed => ({
  title: '',
  link: '',
  language: item.language,
  format: 'json',
  pollMinutes: null,
  items: [item],
  warnings: [],
})
