import { type Signature, signature } from '../events/copies.ts'
import { type IndexEntry, indexEntry } from '../query/fulltext/indexEntry.ts'
import { type Tokenised, tokenise } from '../query/match/tokenise.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryDraft } from '../story.ts'
import type { Percolator } from '../watch/percolator.ts'
import { subjectOfDraft } from '../watch/storySubject.ts'

/** What the themes and alerts say of a story. */
export interface Said {
  /** Automatic tags without groups: theme row id and strength. */
  readonly tags: readonly (readonly [theme: number, score: number])[]
  /** Ids of the alerts that match. */
  readonly alerts: readonly number[]
}

/** An incoming story with all that can be told of it without the archive. */
export interface ReadStory {
  readonly draft: StoryDraft
  /** What full text is told. */
  readonly words: IndexEntry
  readonly signature: Signature | null
  /** If it is no copy … */
  readonly first: Said
  /** … and if it is one. */
  readonly copy: Said
}

/** @param at epoch ms of the fetch */
export function readStory(
  source: SourceRecord,
  draft: StoryDraft,
  at: number,
  percolator: Percolator,
): ReadStory {
  const story = tokenise(subjectOfDraft(source, draft, at))
  return {
    draft,
    words: indexEntry(story, source.id),
    signature: signature(story),
    ...sayings(story, at, percolator),
  }
}

/** What is said of a story anew, where the definitions have changed since it was read. */
export function readAgain(
  source: SourceRecord,
  story: ReadStory,
  at: number,
  percolator: Percolator,
): ReadStory {
  return { ...story, ...sayings(tokenise(subjectOfDraft(source, story.draft, at)), at, percolator) }
}

/** What is said of a story that is a copy, or is none. */
export function said(story: Tokenised, copy: boolean, at: number, percolator: Percolator): Said {
  const { tags, alerts } = percolator.read({ ...story, subject: { ...story.subject, copy } }, at)
  return { tags: [...tags], alerts }
}

function sayings(story: Tokenised, at: number, percolator: Percolator): Pick<ReadStory, 'first' | 'copy'> {
  const first = said(story, false, at, percolator)
  return { first, copy: percolator.asksForCopies ? said(story, true, at, percolator) : first }
}
