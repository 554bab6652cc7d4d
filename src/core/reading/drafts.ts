/** Feeds and lines of archives: as they arrive, and as drafts of stories. Nothing here needs the archive. */
import { normalise } from '../feeds/read/normalise.ts'
import { readFeed } from '../feeds/read/parse.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryDraft } from '../story.ts'
import { readArchiveLine } from './archiveFile.ts'
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

/** As much of a story as is needed to look it up in the archive. */
export type StoryKey = Pick<StoryDraft, 'identity' | 'contentHash' | 'trace' | 'published'>

/** A feed whose stories can be asked for. */
export interface FeedRead {
  readonly head: FeedHead
  /** Of all its stories, in its order. */
  readonly keys: readonly StoryKey[]
  /**
   * One of them, read by the definitions as they are now.
   * @throws NotRead (reader.ts)
   */
  story(index: number): ReadStory
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
export interface LinesRead {
  readonly keys: readonly LineKey[]
  /** The story of one of the lines. @throws NotRead (reader.ts) */
  story(index: number): ReadStory
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

export const keyOf = ({ identity, contentHash, trace, published }: StoryDraft): StoryKey => ({
  identity,
  contentHash,
  trace,
  published,
})
