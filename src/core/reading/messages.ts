/**
 * What the engine's thread and the reading thread send each other. A feed takes two rounds: the reading thread answers `read`
 * with the keys of its stories, `select` names those that the archive does not have, and only they are read.
 */
import type { SourceRecord } from '../store/sources.ts'
import type { DefinitionRows } from '../watch/definitions.ts'
import type { FeedHead, FeedToRead, LineKey, LinesToRead, StoryKey } from './drafts.ts'
import type { ReadStory } from './readStory.ts'

export type ToThread =
  | { readonly type: 'read'; readonly id: number; readonly work: FeedToRead | LinesToRead }
  | { readonly type: 'select'; readonly id: number; readonly selected: readonly Selected[] }
  /** Stored definitions, of the kinds that changed since the last time; all of them at first. */
  | { readonly type: 'define'; readonly timeZone: string; readonly rows: Partial<DefinitionRows> }

export type FromThread =
  | { readonly type: 'contents'; readonly id: number; readonly contents: FeedContents | LinesContents }
  | { readonly type: 'stories'; readonly id: number; readonly stories: ReadonlyMap<number, ReadStory> }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure }

/** A feed before any of its stories is read. */
export interface FeedContents {
  readonly head: FeedHead
  readonly keys: readonly StoryKey[]
}

/** Lines of an archive before any of their stories is read. */
export interface LinesContents {
  readonly keys: readonly LineKey[]
}

/** A story that is to be read: its place among the keys, and its source. */
export interface Selected {
  readonly index: number
  readonly source: SourceRecord
}

/** An error as it crosses over: a FeedError where it has a code. */
export interface Failure {
  readonly message: string
  readonly code: string | null
}
