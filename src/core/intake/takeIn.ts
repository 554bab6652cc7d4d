import { CHANNELS, type NewHit, noticesOf } from '../alerts/notices.ts'
import { originalOf } from '../events/original.ts'
import { localDayReader } from '../localTime.ts'
import { indexEntry } from '../query/fulltext/indexEntry.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { matchesOf, type ReadStory } from '../reading/readStory.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { Indexed, KnownStory, StoryRecord } from '../store/stories.ts'
import { ALL_STORIES, Counts, type Tag, type Tagged } from '../store/tags.ts'
import type { Stores } from '../stores.ts'
import { withCorrections } from '../watch/corrections.ts'
import type { Definitions } from '../watch/definitions.ts'
import { subjectOfDraft, subjectOfRecord } from '../watch/storySubject.ts'

/**
 * The stories of one transaction: each that is added, changed, re-tagged or removed, with all that follows from it (words in
 * full text, tags, counts, what it is a copy of, hits of alerts and their notices). Nothing else writes these.
 */
export interface StoryBatch {
  /**
   * Adds a story that the archive does not have.
   * @param at epoch ms of the fetch
   * @returns ids of the alerts that it hits
   */
  add(source: SourceRecord, story: ReadStory, at: number): readonly number[]
  /**
   * A known story has another text: the earlier one is kept as a version.
   * @param at epoch ms of the fetch
   * @returns ids of the alerts that it hits now and did not before
   */
  change(source: SourceRecord, known: KnownStory, story: ReadStory, at: number): readonly number[]
  /**
   * Gives a story these automatic tags, without groups; the person's corrections and the groups follow.
   * @param before its tags until now, where the caller has them
   */
  retag(story: StoryRecord, automatic: readonly Tag[], before?: readonly Tag[]): void
  /**
   * Feeds full text with the words of a story as they are read now, and tags it by them.
   * @param at epoch ms
   */
  reindex(story: StoryRecord, at: number): void
  /** Removes a story. `remember`: a feed may still list it, and it must not come back. */
  remove(story: StoryRecord, options: { readonly remember: boolean }): void
  /**
   * Writes what is gathered over the batch. The last call within its transaction; the batch may then serve another.
   * @param options isNews: false where nobody is to be told of its hits, which stand in the inbox alone
   */
  finish(options?: { readonly isNews: boolean }): void
}

export interface TakeInParts extends Pick<Stores, 'stories' | 'tags' | 'alerts' | 'notices'> {
  readonly timeZone: string
  readonly definitions: () => Pick<Definitions, 'percolator' | 'groupOf'>
}

/** @returns begins a batch; each transaction has its own, so that nothing is left of one that was rolled back */
export function createTakeIn({
  stories,
  tags,
  alerts,
  notices,
  timeZone,
  definitions,
}: TakeInParts): () => StoryBatch {
  const dayOf = localDayReader(timeZone)

  /** A story with what its counts are kept by. */
  const tagged = (story: Pick<StoryRecord, 'id' | 'docid' | 'source_id' | 'published'>): Tagged => ({
    id: story.id,
    docid: story.docid,
    sourceId: story.source_id,
    day: dayOf(story.published),
  })

  return () => {
    // Written at the end, all at once: full text wants its rows in order, and counts fall on the same few rows.
    const counts = new Counts()
    const words = new Map<number, Indexed>()
    const hits: NewHit[] = []

    /** Records the hits of a story. @returns the alerts whose hit is new */
    function hit(storyId: number, matches: readonly number[], at: number): readonly number[] {
      const fresh = matches.filter((alert) => alerts.hit(alert, storyId, at))
      for (const alertId of fresh) hits.push({ alertId, storyId, at })
      return fresh
    }

    return {
      add(source, { draft, signature, words: indexed, asOriginal, asCopy }, at) {
        const copyOf = signature === null ? null : originalOf(signature, draft.published, source.id, stories)
        const matches = copyOf === null ? asOriginal : asCopy
        const docid = stories.docidFor(draft.published)
        const id = stories.insert(draft, docid, { sourceId: source.id, fetched: at, copyOf, signature })
        words.set(docid, { words: indexed, again: false })
        const story = tagged({ id, docid, source_id: source.id, published: draft.published })
        counts.add(ALL_STORIES, story, 1)
        tags.add(story, withCorrections(automatic(matches.tags), [], definitions().groupOf), counts)
        return hit(id, matches.alerts, at)
      },
      change(source, known, { draft, words: indexed }, at) {
        const { percolator, groupOf } = definitions()
        const isCopy = stories.get(known.id)?.copy_of !== null
        // The story was read as one that is new: when it was first fetched and whether it is a copy, only the archive knows.
        const story = tokenise(subjectOfDraft(source, draft, known.fetched))
        const matches = matchesOf(story, isCopy, at, percolator)
        stories.update(known, draft, at)
        const isIndexed = words.get(known.docid)?.again ?? true
        words.set(known.docid, { words: indexed, again: isIndexed })
        const corrected = withCorrections(automatic(matches.tags), tags.corrections(known.id), groupOf)
        tags.set(tagged(known), corrected, counts)
        return hit(known.id, matches.alerts, at)
      },
      retag(story, automatic, before) {
        const corrected = withCorrections(automatic, tags.corrections(story.id), definitions().groupOf)
        tags.set(tagged(story), corrected, counts, before)
      },
      reindex(story, at) {
        const read = tokenise(subjectOfRecord(story))
        const again = words.get(story.docid)?.again ?? true
        words.set(story.docid, { words: indexEntry(read, story.source_id), again })
        const { percolator, groupOf } = definitions()
        const matched = [...percolator.match(read, at).tags]
        const corrected = withCorrections(automatic(matched), tags.corrections(story.id), groupOf)
        tags.set(tagged(story), corrected, counts)
      },
      remove(story, { remember }) {
        const removed = tagged(story)
        tags.set(removed, [], counts)
        counts.add(ALL_STORIES, removed, -1)
        stories.remove(story.id, story.docid, remember)
      },
      finish({ isNews } = { isNews: true }) {
        stories.index(words)
        words.clear()
        tags.write(counts)
        if (isNews) for (const notice of noticesOf(hits)) notices.add(notice, CHANNELS)
        hits.length = 0
      },
    }
  }
}

const automatic = (tags: readonly (readonly [number, number])[]): Tag[] =>
  tags.map(([theme, score]) => ({ theme, score, byPerson: false }))
