import type { StoriesRead, StoryKey, Wanted } from '../reading/drafts.ts'
import type { ReadStory } from '../reading/readStory.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryStore } from '../store/stories.ts'
import { type Brought, type Recognised, recognise } from './recognise.ts'
import type { StoryBatch } from './takeIn.ts'

/** How many stories were new, how many changed, and how many hits of alerts they made. */
export interface Taken {
  added: number
  updated: number
  hits: number
}

/** The stories of a source as a feed, or lines of an archive, brought them. */
export interface BroughtStories extends Pick<StoriesRead, 'stories'> {
  readonly keys: readonly StoryKey[]
  /** Epoch ms of the fetch. */
  readonly at: number
  readonly brought: Brought
}

/**
 * Takes in what the archive does not have of a source's stories, or has otherwise; oldest first, since of two stories with one
 * text the later is the copy. Large feeds are taken in by slices, between which the event loop serves others: a story with all
 * that follows from it goes in whole, a feed need not. What is cut short in between is completed by the next poll, which knows
 * by their identities the stories that are in.
 * @param write runs a slice in a transaction; resolves when it is committed. It may run it twice.
 * @param last runs in the last slice's transaction, with the sum of all
 * @param each told what each slice came to, once it is committed
 */
export type TakeInAll = <R>(
  source: SourceRecord,
  stories: BroughtStories,
  steps: {
    write: Write
    last: (sum: Readonly<Taken>) => R
    each?: (taken: Taken) => void
  },
) => Promise<R>

export type Write = <T>(work: (batch: StoryBatch) => T, weight: number) => Promise<T>

/** A slice has so many stories at most, and so many characters if it has more than one. */
const STORIES = 100
const CHARACTERS = 150_000
/** Characters of text that weigh in a transaction as much as a short story: to index them is what takes long. */
const LIKE_A_STORY = 300
/** Slices that are read and not committed. */
const AHEAD = 4
/** New names of stories that are written at once. */
const NAMES = 1000
/** How long the archive is asked in one turn of the event loop. */
const TURN_MS = 8

/** What goes in together. */
interface Slice {
  /** Stories by their ids that get another identity: first, since it may go over to one of the entries. */
  readonly names: readonly (readonly [id: number, identity: string])[]
  readonly entries: readonly Entry[]
}

/** An item that is new, or a story that has changed. */
interface Entry {
  readonly place: number
  readonly key: StoryKey
  readonly one: Exclude<Recognised, { is: 'same' }>
}

const NOTHING: Slice = { names: [], entries: [] }

/** @param read runs a query of the work to come (`Commits.read`) */
export function createTakeInAll(stories: StoryStore, read: <T>(query: () => T) => T): TakeInAll {
  /** Runs steps over the archive in several turns of the event loop. */
  async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
    for (;;) {
      const step = read(() => {
        const end = performance.now() + TURN_MS
        for (;;) {
          const step = steps.next()
          if (step.done === true || performance.now() >= end) return step
        }
      })
      if (step.done === true) return step.value
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  function take(
    batch: StoryBatch,
    source: SourceRecord,
    { names, entries }: Slice,
    texts: ReadonlyMap<number, ReadStory>,
    at: number,
  ): Taken {
    const taken: Taken = { added: 0, updated: 0, hits: 0 }
    for (const [id, identity] of names) stories.rename({ id, source_id: source.id }, identity)
    const anyForgotten = stories.any(source.id).forgotten
    for (const { place, key, one } of entries) {
      const story = texts.get(place) as ReadStory
      if (one.is === 'changed') {
        const known = stories.knownById(one.known.id)
        // Retention may have removed it since it was recognised: it stays away.
        if (known === undefined) continue
        taken.hits += batch.change(known, story, at).length
        taken.updated++
        continue
      }
      stories.free(source.id, key.identity)
      if (anyForgotten && stories.forgotten(source.id, story.draft, at, one.names)) continue
      taken.hits += batch.add(source, story, at).length
      taken.added++
    }
    return taken
  }

  return async (source, { keys, stories: textsOf, at, brought }, { write, last, each }) => {
    const sum: Taken = { added: 0, updated: 0, hits: 0 }
    const count = (taken: Taken): void => {
      add(sum, taken)
      each?.(taken)
    }
    const pending: Promise<void>[] = []
    // The slice that was read last waits for the next one, or goes in with `last`.
    let slice = NOTHING
    let texts: ReadonlyMap<number, ReadStory> = new Map()
    const put = (): void => {
      const [mine, its] = [slice, texts]
      const put = write((batch) => take(batch, source, mine, its, at), weightOf(mine, its)).then(count)
      // A failure is thrown where it is awaited; until then it is handled.
      put.catch(() => undefined)
      pending.push(put)
    }

    // Lines may hold one story several times: the later is a change of the earlier.
    for (const places of rounds(keys)) {
      if (slice !== NOTHING) put()
      slice = NOTHING
      await Promise.all(pending.splice(0))
      const mine = places.map((place) => keys[place] as StoryKey)
      const recognised = await inTurns(recognise(stories, source, mine, at, brought))
      for (const next of slicesOf(recognised, mine, places)) {
        if (slice !== NOTHING) put()
        slice = next
        texts = next.entries.length === 0 ? new Map() : await textsOf(next.entries.map(wanted(source, at)))
        if (pending.length >= AHEAD) await pending.shift()
      }
    }
    await Promise.all(pending)
    const { taken, result } = await write((batch) => {
      const taken = take(batch, source, slice, texts, at)
      return { taken, result: last(add({ ...sum }, taken)) }
    }, weightOf(slice, texts) + 1)
    count(taken)
    return result
  }
}

/** @returns sum, with what was taken in besides */
export function add(sum: Taken, taken: Readonly<Taken>): Taken {
  sum.added += taken.added
  sum.updated += taken.updated
  sum.hits += taken.hits
  return sum
}

const wanted =
  (source: SourceRecord, at: number) =>
  ({ place, one }: Entry): Wanted => ({
    index: place,
    source,
    fetched: one.is === 'changed' ? one.known.fetched : at,
  })

function weightOf({ names, entries }: Slice, texts: ReadonlyMap<number, ReadStory>): number {
  let weight = names.length / 10
  for (const { place } of entries) {
    const { title, summary, text } = (texts.get(place) as ReadStory).draft
    weight += Math.max(1, (title.length + summary.length + text.length) / LIKE_A_STORY)
  }
  return weight
}

/** What recognised items come to, in slices. @param places the place of each item */
function* slicesOf(
  recognised: ReadonlyMap<number, Recognised>,
  keys: readonly StoryKey[],
  places: readonly number[],
): Generator<Slice> {
  let names: [number, string][] = []
  const all: Entry[] = []
  for (const [index, one] of recognised) {
    const key = keys[index] as StoryKey
    if (one.is !== 'new' && one.known.identity !== key.identity) names.push([one.known.id, key.identity])
    if (one.is !== 'same') all.push({ place: places[index] as number, key, one })
  }
  all.sort((a, b) => a.key.published - b.key.published)
  for (; names.length > NAMES; names = names.slice(NAMES)) yield { names: names.slice(0, NAMES), entries: [] }
  let entries: Entry[] = []
  let size = 0
  for (const entry of all) {
    if (entries.length === STORIES || (entries.length > 0 && size + entry.key.size > CHARACTERS)) {
      yield { names, entries }
      names = []
      entries = []
      size = 0
    }
    entries.push(entry)
    size += entry.key.size
  }
  if (names.length + entries.length > 0) yield { names, entries }
}

/** Places of keys, so that no two in a round have one identity: nearly always one round. */
function rounds(keys: readonly StoryKey[]): readonly number[][] {
  const rounds: number[][] = []
  const times = new Map<string, number>()
  keys.forEach(({ identity }, place) => {
    const round = times.get(identity) ?? 0
    times.set(identity, round + 1)
    const places = rounds[round]
    if (places === undefined) rounds.push([place])
    else places.push(place)
  })
  return rounds
}
