import type { FeedRead, StoryKey } from '../reading/drafts.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryStore } from '../store/stories.ts'
import { knownAgain } from './again.ts'
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
  places(source: SourceRecord, keys: readonly StoryKey[]): number[]
  /** Takes them in, oldest first: of two stories with one text the later is the copy. @param at epoch ms of the fetch */
  takeIn(batch: StoryBatch, source: SourceRecord, brought: BroughtStories, at: number): Taken
}

export function createNewOrChanged(stories: StoryStore): NewOrChanged {
  const knownHashes = (source: SourceRecord, keys: readonly StoryKey[]): Map<string, string> =>
    stories.knownHashes(
      source.id,
      keys.map(({ identity }) => identity),
    )

  return {
    places(source, keys) {
      const known = knownHashes(source, keys)
      const places: number[] = []
      keys.forEach(({ identity, contentHash }, place) => {
        if (known.get(identity) !== contentHash) places.push(place)
      })
      return places
    },
    takeIn(batch, source, { keys, story }, at) {
      const taken: Taken = { added: 0, updated: 0, hits: 0 }
      const hashes = knownHashes(source, keys)
      const any = stories.any(source.id)
      const again = knownAgain(keys, at)
      const published = (place: number): number => (keys[place] as StoryKey).published
      const oldestFirst = keys.map((_, place) => place).sort((a, b) => published(a) - published(b))
      for (const place of oldestFirst) {
        const { identity, trace, contentHash } = keys[place] as StoryKey
        const hash = hashes.get(identity)
        if (hash === contentHash) continue
        let known = hash === undefined ? undefined : stories.known(source.id, identity)
        if (known === undefined) {
          const traced = any.stories ? stories.traced(source.id, trace) : []
          known = traced.length === 0 ? undefined : again(story(place).draft, traced)
          if (known !== undefined) stories.rename(known.id, identity)
        }
        if (known === undefined) {
          const read = story(place)
          if (any.forgotten && stories.forgotten(source.id, read.draft, at)) continue
          taken.hits += batch.add(source, read, at).length
          taken.added++
        } else if (known.content_hash !== contentHash) {
          taken.hits += batch.change(source, known, story(place), at).length
          taken.updated++
        }
        hashes.set(identity, contentHash)
      }
      return taken
    },
  }
}
