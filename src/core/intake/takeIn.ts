import type { CameIn, Deciding } from '../alerts/deciding.ts'
import type { Reading } from '../events/clusters/traits.ts'
import { signature } from '../events/copies.ts'
import type { EventMemory, Sitting } from '../events/memory.ts'
import { originalOf } from '../events/original.ts'
import { localDayReader } from '../localTime.ts'
import { indexEntry } from '../query/fulltext/indexEntry.ts'
import { tokenise } from '../query/match/tokenise.ts'
import type { ReadStory } from '../reading/readStory.ts'
import { publishedOf } from '../store/docid.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { Indexed, KnownStory, StoryRecord } from '../store/stories.ts'
import { ALL_STORIES, Counts, type Tag, type Tagged } from '../store/tags.ts'
import type { Stores } from '../stores.ts'
import type { StoryDraft } from '../story.ts'
import { withCorrections } from '../watch/corrections.ts'
import type { Definitions } from '../watch/definitions.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import { createMoving } from './moving.ts'
import { createPlaces, type Placeable } from './places.ts'

/**
 * The stories of one transaction: each that is added, changed, re-tagged or removed, with all that follows from it (words in
 * full text, tags, counts, what it is a copy of, its event, hits of alerts and their notices). Nothing else writes these.
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
   * @param story read as one that was first fetched when the known one was
   * @param at epoch ms of the fetch
   * @returns ids of the alerts that it hits now and did not before
   */
  change(known: KnownStory, story: ReadStory, at: number): readonly number[]
  /**
   * Gives a story these automatic tags, without groups; the person's corrections and the groups follow.
   * @param before its tags until now, where the caller has them
   */
  retag(story: StoryRecord, automatic: readonly Tag[], before?: readonly Tag[]): void
  /**
   * Feeds full text with the words of a story as they are read now, tags it by them, and renews its signature.
   * @param at epoch ms
   */
  reindex(story: StoryRecord, at: number): void
  /**
   * Gives stories their events. They are those whose turn it is: the oldest that have none, in the order of their ids.
   * @param at epoch ms
   * @param readingOf what was read of a story before, if it was
   */
  gather(stories: readonly StoryRecord[], at: number, readingOf?: ReadingOf): void
  /** Goes on moving stories between events (moving.ts). @returns how many it saw to; 0: all are where they belong */
  moveOn(): number
  /** Removes a story. `remember`: a feed may still list it, and it must not come back. */
  remove(story: StoryRecord, options: { readonly remember: boolean }): void
  /**
   * Writes what is gathered over the batch. The last call within its transaction; the batch may then serve another.
   * @returns how many notices alerts have to tell
   */
  finish(): number
}

export interface TakeInParts
  extends Pick<Stores, 'stories' | 'tags' | 'mentions' | 'events' | 'clusters' | 'hits'> {
  /** Begins what alerts decide in a transaction. */
  readonly beginDeciding: () => Deciding
  readonly timeZone: string
  readonly memory: EventMemory
  /** False: no story gets its event here. */
  readonly isGathering?: boolean
  readonly definitions: () => Pick<Definitions, 'percolator' | 'groupOf'>
}

/**
 * Stories of a transaction that get their events in it: each takes about half a millisecond. Where more come, they wait for the
 * background (gathering.ts), and so do those that come after them: events depend on the order.
 */
const AT_ONCE = 40
/** An event's headlines are chosen anew when it has grown so many times. */
const GROWN = 1.5

type ReadingOf = (story: StoryRecord) => Reading | undefined

/** A story whose turn it is to get an event. */
interface Due extends Placeable, Pick<StoryDraft, 'title' | 'summary' | 'text' | 'lang' | 'published'> {
  readonly copyOf: number | null
  readonly at: number
  readonly reading?: Reading | undefined
}

/**
 * @returns begins a batch; each transaction has its own, so that nothing is left of one that was rolled back. `isNews`: false
 *   where nobody is to be told of its hits, which stand in the inbox alone
 */
export function createTakeIn({
  stories,
  tags,
  mentions,
  events,
  clusters,
  memory,
  isGathering = true,
  hits: hitStore,
  beginDeciding,
  timeZone,
  definitions,
}: TakeInParts): (options?: { readonly isNews: boolean }) => StoryBatch {
  const dayOf = localDayReader(timeZone)
  const places = createPlaces({ events, tags, stories }, (docid) => dayOf(publishedOf(docid)))
  const moving = createMoving(events, places)

  /** A story with what its counts are kept by. Its event is looked up where a count changes: most re-tags change none. */
  const tagged = (story: Pick<StoryRecord, 'id' | 'docid' | 'source_id' | 'published'>): Tagged => {
    let event: number | null | undefined
    return {
      id: story.id,
      docid: story.docid,
      sourceId: story.source_id,
      day: dayOf(story.published),
      get event() {
        if (event === undefined) event = events.sharedOf(story.docid)
        return event
      },
    }
  }

  return ({ isNews } = { isNews: true }) => {
    // Written at the end, all at once: full text wants its rows in order, and counts fall on the same few rows.
    const counts = new Counts()
    const words = new Map<number, Indexed>()
    const deciding = beginDeciding()
    /** Stories with hits that are to be decided, and the moment of the latest. */
    const hits = new Set<number>()
    let latest = 0
    const added: Due[] = []
    let addedInAll = 0

    /** Records the hits of a story. @returns the alerts whose hit is new */
    function hit(
      { id: story, published }: { readonly id: number; readonly published: number },
      matches: readonly number[],
      at: number,
      how: CameIn,
    ): readonly number[] {
      if (matches.length === 0) return matches
      const came = JSON.stringify(isNews ? how : { ...how, unannounced: true })
      const day = dayOf(published)
      const fresh = matches.filter((alert) => hitStore.add({ alert, story, at, day, came }))
      if (fresh.length > 0) hits.add(story)
      latest = Math.max(latest, at)
      return fresh
    }

    function mergeInto(into: number, from: number, at: number): void {
      moving.merge({ at, kind: 'merge', by: 'engine', event: into, other: from, name: '' }, counts)
      deciding.merged(from, into, at)
    }

    /** An event gets headlines when it has grown by half: else they would jump about. */
    function setHeadlines(event: number, central: Sitting['central']): void {
      const { stories: size, headlined } = events.get(event)
      if (size < 2 || size < headlined * GROWN) return
      const headlines: Record<string, number> = {}
      for (const { story, language } of central(event)) {
        headlines[''] ??= story
        headlines[language] ??= story
      }
      events.setHeadlines(event, headlines)
    }

    function gather(list: readonly Due[]): void {
      const sitting = memory.begin()
      for (const story of list) {
        const { id, published, copyOf, at, reading } = story
        const original = copyOf === null ? null : events.ofStory(copyOf)
        const { event, begins, course, merged } = sitting.take({
          id,
          text: story,
          reading,
          published,
          event: original ?? undefined,
        })
        if (begins) places.begin(story, course.joined, counts)
        else places.put(story, course.joined, counts)
        for (const from of merged) mergeInto(event, from, at)
        deciding.placed(id, event, at)
        hits.add(id)
        latest = Math.max(latest, at)
        if (!begins) setHeadlines(event, sitting.central)
      }
      sitting.end((list.at(-1) as Due).id)
    }

    /** The added stories get their events, if there are few and none waits before them. */
    function gatherAdded(): void {
      const [first] = added
      if (!isGathering || first === undefined || addedInAll > AT_ONCE) return
      const [next] = clusters.waiting(clusters.state.gathered, 1)
      if (next === first.id) gather(added)
    }

    return {
      add(source, { draft, signature: mark, words: indexed, asOriginal, asCopy, mentions: named }, at) {
        const copyOf = mark === null ? null : originalOf(mark, draft.published, source.id, stories)
        const matches = copyOf === null ? asOriginal : asCopy
        const docid = stories.docidFor(draft.published)
        const id = stories.insert(draft, docid, { sourceId: source.id, fetched: at, copyOf, signature: mark })
        words.set(docid, { words: indexed, again: false })
        if (named.length > 0) mentions.put(docid, named)
        const { title, summary, text, lang, published } = draft
        if (++addedInAll <= AT_ONCE)
          added.push({ id, docid, sourceId: source.id, title, summary, text, lang, published, copyOf, at })
        const story = { id, docid, sourceId: source.id, day: dayOf(published), event: null }
        counts.add(ALL_STORIES, story, 1)
        tags.add(story, withCorrections(automatic(matches.tags), [], definitions().groupOf), counts)
        return hit({ id, published }, matches.alerts, at, source.last_success === null ? { first: true } : {})
      },
      change(known, { draft, words: indexed, asOriginal, asCopy, mentions: named }, at) {
        const { groupOf } = definitions()
        const matches = known.copy_of === null ? asOriginal : asCopy
        stories.update(known, draft, at)
        const isIndexed = words.get(known.docid)?.again ?? true
        words.set(known.docid, { words: indexed, again: isIndexed })
        mentions.put(known.docid, named)
        const corrected = withCorrections(automatic(matches.tags), tags.corrections(known.id), groupOf)
        tags.set(tagged(known), corrected, counts)
        return hit({ id: known.id, published: publishedOf(known.docid) }, matches.alerts, at, {})
      },
      retag(story, automatic, before) {
        const corrected = withCorrections(automatic, tags.corrections(story.id), definitions().groupOf)
        tags.set(tagged(story), corrected, counts, before)
      },
      reindex(story, at) {
        const read = tokenise(subjectOfRecord(story))
        const again = words.get(story.docid)?.again ?? true
        words.set(story.docid, { words: indexEntry(read, story.source_id), again })
        stories.sign(story.id, signature(read))
        const { percolator, groupOf } = definitions()
        const matched = percolator.match(read, at)
        mentions.put(story.docid, matched.mentions)
        const corrected = withCorrections(automatic([...matched.tags]), tags.corrections(story.id), groupOf)
        tags.set(tagged(story), corrected, counts)
      },
      gather(list, at, readingOf) {
        if (list.length === 0) return
        gather(
          list.map((story) => {
            const { id, docid, source_id, title, summary, text, lang, published, copy_of } = story
            const reading = readingOf?.(story)
            const texts = { title, summary, text, lang, reading }
            return { id, docid, sourceId: source_id, published, copyOf: copy_of, at, ...texts }
          }),
        )
      },
      moveOn: () => moving.goOn(counts),
      remove(story, { remember }) {
        places.take({ id: story.id, docid: story.docid, sourceId: story.source_id }, counts)
        const removed = tagged(story)
        tags.set(removed, [], counts)
        counts.add(ALL_STORIES, removed, -1)
        stories.remove(story.id, story.docid, remember)
      },
      finish() {
        gatherAdded()
        added.length = 0
        addedInAll = 0
        stories.index(words)
        words.clear()
        tags.write(counts)
        deciding.decide([...hits], events.settlesIn, latest)
        hits.clear()
        return deciding.finish()
      },
    }
  }
}

const automatic = (tags: readonly (readonly [number, number])[]): Tag[] =>
  tags.map(([theme, score]) => ({ theme, score, byPerson: false }))
