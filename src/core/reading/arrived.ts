import { normalise } from '../feeds/read/normalise.ts'
import { readFeed } from '../feeds/read/parse.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryDraft } from '../story.ts'
import { readArchiveLine } from './archiveFile.ts'
import type { Line } from './lines.ts'
import type { ReadStory } from './readStory.ts'

/** What is read (reader.ts): feeds, and the lines of archives. */

/** A feed as it arrived, to be read. */
export interface Arrived {
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

/** What a feed says of itself. */
export interface FeedHead {
  readonly title: string
  readonly link: string
  readonly language: string
  readonly pollMinutes: number | null
  /** What was repaired, and what was skipped and why, in sentences. */
  readonly warnings: readonly string[]
  readonly skipped: readonly string[]
}

/** As much of a story as is needed to tell whether it is known. */
export type StoryName = Pick<StoryDraft, 'identity' | 'contentHash' | 'trace' | 'published'>

/** A feed that was read. */
export interface FeedRead {
  readonly head: FeedHead
  /** All its stories, in its order. */
  readonly names: readonly StoryName[]
  /**
   * One of them, read by the definitions as they are now.
   * @throws Unread
   */
  story(index: number): ReadStory
}

/** Lines of an archive, to be read (archiveFile.ts). */
export interface ArrivedLines {
  readonly lines: readonly Line[]
  /** Epoch ms of the import. */
  readonly at: number
  readonly timeZone: string
  /** What stories that name no source come under. */
  readonly source: string
}

/** A story of an archive with the name of its source, or why a line is none. */
export type LineName =
  | (StoryName & { readonly source: string })
  | { readonly line: number; readonly error: string }

/** Lines that were read. */
export interface LinesRead {
  readonly names: readonly LineName[]
  /** The story of one of the lines. @throws Unread */
  story(index: number): ReadStory
}

/** The story was not among those that were asked for: the feed must be read once more. */
export class Unread extends Error {
  override readonly name = 'Unread'
}

/** Bytes → the feed's head and its stories. @throws FeedError */
export function draftsOf(arrived: Arrived): { head: FeedHead; drafts: readonly StoryDraft[] } {
  const { source, at, body, contentType, url, contentLocation, contentLanguage } = arrived
  const feed = readFeed(body, { contentType, base: url, contentLocation, contentLanguage })
  const { stories, skipped } = normalise(feed, { now: at, feedUrl: source.url, language: source.language })
  const { title, link, language, pollMinutes, warnings } = feed
  return { head: { title, link, language, pollMinutes, warnings, skipped }, drafts: stories }
}

/** Lines → their names and stories, in their order. */
export function draftsOfLines({ lines, at, timeZone, source }: ArrivedLines): {
  names: LineName[]
  drafts: (StoryDraft | undefined)[]
} {
  const names: LineName[] = []
  const drafts: (StoryDraft | undefined)[] = []
  for (const one of lines) {
    const read = readArchiveLine(one, { now: at, timeZone, source })
    names.push('error' in read ? read : { ...nameOf(read.draft), source: read.source })
    drafts.push('error' in read ? undefined : read.draft)
  }
  return { names, drafts }
}

export const nameOf = ({ identity, contentHash, trace, published }: StoryDraft): StoryName => ({
  identity,
  contentHash,
  trace,
  published,
})
