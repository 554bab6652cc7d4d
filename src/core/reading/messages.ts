/**
 * What the engine's thread and the reading thread send each other. The reading thread answers `read` with the keys of the
 * stories; `stories` then asks for those that the archive does not have, some at a time, and only they are read; `close` ends it.
 * `texts` are of stories of the archive, read into the terms that events are found by.
 */
import type { BridgeConcept, StoryText } from '../events/clusters/readStory.ts'
import type { Reading } from '../events/clusters/traits.ts'
import type { FeedLook, FeedToLookAt } from '../feeds/find/look.ts'
import type { Candidate } from '../feeds/find/page.ts'
import type { DefinitionRows } from '../watch/definitions.ts'
import type { FeedHead, FeedToRead, LineKey, LinesToRead, StoryKey, Wanted } from './drafts.ts'
import type { ReadStory } from './readStory.ts'

export type ToThread =
  | {
      readonly type: 'read'
      readonly id: number
      readonly work: FeedToRead | LinesToRead
      readonly isMoved?: boolean
    }
  | { readonly type: 'stories'; readonly id: number; readonly wanted: readonly Wanted[] }
  | { readonly type: 'close'; readonly id: number }
  | { readonly type: 'look'; readonly id: number; readonly work: FeedToLookAt }
  | { readonly type: 'page'; readonly id: number; readonly work: FeedToLookAt }
  /** `concepts`: those that texts are read by from here on; left out where they are as before. */
  | {
      readonly type: 'texts'
      readonly id: number
      readonly texts: readonly StoryText[]
      readonly concepts?: readonly BridgeConcept[]
    }
  /** Stored definitions, of the kinds that changed since the last time; all of them at first. */
  | { readonly type: 'define'; readonly timeZone: string; readonly rows: Partial<DefinitionRows> }

export type FromThread =
  | {
      readonly type: 'contents'
      readonly id: number
      readonly contents: FeedContents | LinesContents
      /** Where it was moved to the thread, not copied: it is moved back. */
      readonly body?: Uint8Array
    }
  | { readonly type: 'stories'; readonly id: number; readonly stories: ReadonlyMap<number, ReadStory> }
  | { readonly type: 'looked'; readonly id: number; readonly look: FeedLook }
  | { readonly type: 'page'; readonly id: number; readonly candidates: readonly Candidate[] | null }
  | { readonly type: 'readings'; readonly id: number; readonly readings: readonly Reading[] }
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

/** An error as it crosses over: a FeedError where it has a code. */
export interface Failure {
  readonly message: string
  readonly code: string | null
}
