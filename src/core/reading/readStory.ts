import { type Signature, signature } from '../events/copies.ts'
import { type IndexEntry, indexEntry } from '../query/fulltext/indexEntry.ts'
import { type Tokenised, tokenise } from '../query/match/tokenise.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryDraft } from '../story.ts'
import type { Percolator } from '../watch/percolator.ts'
import { subjectOfDraft } from '../watch/storySubject.ts'

/** The themes and alerts that match a story. */
export interface Matches {
  /** Automatic tags without groups: theme row id and strength. */
  readonly tags: readonly (readonly [theme: number, score: number])[]
  /** Ids of the alerts. */
  readonly alerts: readonly number[]
}

/** An incoming story with all that can be computed of it without the archive. */
export interface ReadStory {
  readonly draft: StoryDraft
  /** Its entry in the full-text index. */
  readonly words: IndexEntry
  readonly signature: Signature | null
  /** What matches it if it turns out to be no copy … */
  readonly asOriginal: Matches
  /** … and if it turns out to be one: a query may ask for copies (`is:copy`). */
  readonly asCopy: Matches
  /** Names of the entities that it names. */
  readonly mentions: readonly string[]
}

/**
 * @param fetched when the story was first fetched, epoch ms
 * @param at epoch ms of this fetch
 */
export function readStory(
  source: SourceRecord,
  draft: StoryDraft,
  fetched: number,
  at: number,
  percolator: Percolator,
): ReadStory {
  const story = tokenise(subjectOfDraft(source, draft, fetched))
  return {
    draft,
    words: indexEntry(story, source.id),
    signature: signature(story),
    ...matchesBothWays(story, at, percolator),
  }
}

/** The story matched anew, for definitions that have changed since it was read. */
export function readAgain(
  source: SourceRecord,
  story: ReadStory,
  fetched: number,
  at: number,
  percolator: Percolator,
): ReadStory {
  const read = tokenise(subjectOfDraft(source, story.draft, fetched))
  return { ...story, ...matchesBothWays(read, at, percolator) }
}

function matchesOf(
  story: Tokenised,
  isCopy: boolean,
  at: number,
  percolator: Percolator,
): Matches & Pick<ReadStory, 'mentions'> {
  const { tags, ...others } = percolator.match({ ...story, subject: { ...story.subject, copy: isCopy } }, at)
  return { tags: [...tags], alerts: others.alerts, mentions: others.mentions }
}

function matchesBothWays(
  story: Tokenised,
  at: number,
  percolator: Percolator,
): Pick<ReadStory, 'asOriginal' | 'asCopy' | 'mentions'> {
  const { mentions, ...asOriginal } = matchesOf(story, false, at, percolator)
  const asCopy = percolator.usesCopies ? matchesOf(story, true, at, percolator) : asOriginal
  return { asOriginal, asCopy: { tags: asCopy.tags, alerts: asCopy.alerts }, mentions }
}
