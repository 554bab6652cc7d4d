import type { FeedRead, StoryKey } from '../reading/drafts.ts'
import type { ReadStory } from '../reading/readStory.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryStore } from '../store/stories.ts'
import { type Brought, type Recognised, recognise, withTextAndDate } from './recognise.ts'
import type { StoryBatch } from './takeIn.ts'

/** How many stories were new, how many changed, and how many hits of alerts they made. */
export interface Taken {
  added: number
  updated: number
  hits: number
}

/** The stories of a feed, or of an archive's lines, as they arrived; each is read when `story` is called. */
export type BroughtStories = Pick<FeedRead, 'keys' | 'story'>

/** What the archive does not have of a source's stories, or has otherwise. */
export interface NewOrChanged {
  /** Places of such stories among the keys. */
  places(source: SourceRecord, keys: readonly StoryKey[], brought?: Brought): number[]
  /** Takes them in, oldest first: of two stories with one text the later is the copy. @param at epoch ms of the fetch */
  takeIn(
    batch: StoryBatch,
    source: SourceRecord,
    stories: BroughtStories,
    at: number,
    brought?: Brought,
  ): Taken
}

export function createNewOrChanged(stories: StoryStore): NewOrChanged {
  const knownHashes = (source: SourceRecord, keys: readonly StoryKey[]): Map<string, string> =>
    stories.knownHashes(
      source.id,
      keys.map(({ identity }) => identity),
    )

  return {
    places(source, keys, brought = 'document') {
      const known = knownHashes(source, keys)
      const byText = brought === 'document' && stories.any(source.id).stories
      const settled = new Set(
        keys.flatMap(({ identity, contentHash }) => (known.get(identity) === contentHash ? [identity] : [])),
      )
      const claimed = new Set<number>()
      const places: number[] = []
      keys.forEach((key, place) => {
        if (settled.has(key.identity)) return
        const again = byText
          ? withTextAndDate(stories, source, key).find(
              (one) => !settled.has(one.identity) && !claimed.has(one.id),
            )
          : undefined
        if (again === undefined) places.push(place)
        else claimed.add(again.id)
      })
      return places
    },

    takeIn(batch, source, { keys, story }, at, brought = 'document') {
      const taken: Taken = { added: 0, updated: 0, hits: 0 }
      const read = new Map<number, ReadStory>()
      const storyAt = (place: number): ReadStory => {
        const one = read.get(place) ?? story(place)
        read.set(place, one)
        return one
      }
      // Lines may hold one story several times: the later is a change of the earlier.
      for (const places of rounds(keys)) take(places)
      return taken

      function take(places: readonly number[]): void {
        const mine = places.map((place) => keys[place] as StoryKey)
        const readMine = (index: number): ReadStory => storyAt(places[index] as number)
        const recognised = recognise(
          stories,
          source,
          mine,
          knownHashes(source, mine),
          (index) => readMine(index).draft,
          at,
          brought,
        )
        // Names first: an identity may go over from one story to another, or to a new one.
        for (const [index, one] of recognised) {
          const { identity } = mine[index] as StoryKey
          if (one.is === 'new') stories.free(source.id, identity)
          else if (one.known.identity !== identity) stories.rename(one.known, identity)
        }
        const anyForgotten = stories.any(source.id).forgotten
        const published = ([index]: readonly [number, Recognised]): number =>
          (mine[index] as StoryKey).published
        for (const [index, one] of [...recognised].sort((a, b) => published(a) - published(b))) {
          if (one.is === 'same') continue
          const read = readMine(index)
          if (one.is === 'changed') {
            taken.hits += batch.change(source, one.known, read, at).length
            taken.updated++
          } else if (!(anyForgotten && stories.forgotten(source.id, read.draft, at, one.byText))) {
            taken.hits += batch.add(source, read, at).length
            taken.added++
          }
        }
      }
    },
  }
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
