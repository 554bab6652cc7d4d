/** Feeds and lines of archives: as they arrive, and as drafts of stories. Nothing here needs the archive. */
import { normalise } from '../feeds/read/normalise.ts'
import { readFeed } from '../feeds/read/parse.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryDraft } from '../story.ts'
import { readArchiveLine } from './archiveFile.ts'
import { type Body, bodyOf } from './body.ts'
import type { Line } from './lines.ts'
import type { ReadStory } from './readStory.ts'

/** A fetched feed. */
export interface FeedToRead {
  readonly source: SourceRecord
  /** Epoch ms of the fetch. */
  readonly at: number
  readonly body: Uint8Array
  readonly contentType: string
  /** The address that answered. */
  readonly url: string
  readonly contentLocation: string
  readonly contentLanguage: string
}

/** A feed without its stories. */
export interface FeedHead {
  readonly title: string
  readonly link: string
  readonly language: string
  readonly pollMinutes: number | null
  /** What was repaired, and what was skipped and why, in sentences. */
  readonly warnings: readonly string[]
  readonly skipped: readonly string[]
}

/** As much of a story as is needed to know whether the archive has it. */
export interface StoryKey
  extends Pick<
      StoryDraft,
      'identity' | 'contentHash' | 'trace' | 'title' | 'url' | 'published' | 'publishedStated'
    >,
    Body {
  /** Characters of all that is stored of it. */
  readonly size: number
}

/** A story that is to be read: its place among the keys, its source, and when it was first fetched (epoch ms). */
export interface Wanted {
  readonly index: number
  readonly source: SourceRecord
  readonly fetched: number
}

/** Stories that can be asked for. */
export interface StoriesRead {
  /** Some of them by their places, read by the definitions as they are now. As many at once as memory should hold. */
  stories(wanted: readonly Wanted[]): Promise<ReadonlyMap<number, ReadStory>>
  /** No more of them are asked for. */
  close(): void
}

/** A feed whose stories can be asked for. */
export interface FeedRead extends StoriesRead {
  readonly head: FeedHead
  /** Of all its stories, in its order. */
  readonly keys: readonly StoryKey[]
}

/** Lines of an archive (archiveFile.ts). */
export interface LinesToRead {
  readonly lines: readonly Line[]
  /** Epoch ms of the import. */
  readonly at: number
  readonly timeZone: string
  /** The name of the source of stories that name none. */
  readonly source: string
}

/** The key of a line's story with the name of its source, or why the line is no story. */
export type LineKey =
  | (StoryKey & { readonly source: string })
  | { readonly line: number; readonly error: string }

/** Lines whose stories can be asked for. */
export interface LinesRead extends StoriesRead {
  readonly keys: readonly LineKey[]
}

/** Bytes → the feed's head and its stories. @throws FeedError */
export function draftsOf(feed: FeedToRead): { head: FeedHead; drafts: readonly StoryDraft[] } {
  const { source, at, body, contentType, url, contentLocation, contentLanguage } = feed
  const read = readFeed(body, { contentType, base: url, contentLocation, contentLanguage })
  const { stories, skipped } = normalise(read, { now: at, feedUrl: source.url, language: source.language })
  const { title, link, language, pollMinutes, warnings } = read
  return { head: { title, link, language, pollMinutes, warnings, skipped }, drafts: stories }
}

/** Lines → their keys and stories, in their order; undefined for a line that is no story. */
export function draftsOfLines({ lines, at, timeZone, source }: LinesToRead): {
  keys: LineKey[]
  drafts: (StoryDraft | undefined)[]
} {
  const keys: LineKey[] = []
  const drafts: (StoryDraft | undefined)[] = []
  for (const one of lines) {
    const read = readArchiveLine(one, { now: at, timeZone, source })
    keys.push('error' in read ? read : { ...keyOf(read.draft), source: read.source })
    drafts.push('error' in read ? undefined : read.draft)
  }
  return { keys, drafts }
}

export function keyOf(draft: StoryDraft): StoryKey {
  const { identity, contentHash, trace, title, summary, text, html, url, published, publishedStated } = draft
  return {
    identity,
    contentHash,
    trace,
    title,
    url,
    published,
    publishedStated,
    ...bodyOf(draft),
    size: title.length + summary.length + text.length + html.length,
  }
}
