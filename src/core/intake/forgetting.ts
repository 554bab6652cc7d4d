import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { Stores } from '../stores.ts'
import type { StoryBatch } from './takeIn.ts'

/** Removes stories, with their source or by retention: in small steps, each a transaction of its own. */
export interface Forgetting {
  /** Removes a source and its stories. @returns how many stories it had @throws Problem NOT_FOUND */
  source(id: number): Promise<number>
  /** Removes what the settings no longer keep, but no story that is starred, has a note or was hit by an alert. @returns how many */
  retention(signal?: AbortSignal): Promise<number>
}

type Parts = Pick<Stores, 'together' | 'sources' | 'stories' | 'settings'> &
  Pick<Clock, 'now'> & { readonly changes: Changes; readonly beginBatch: () => StoryBatch }

const STEP = 200

export function createForgetting(parts: Parts): Forgetting {
  const { together, sources, stories, settings, changes, now, beginBatch } = parts

  /** `remember`: the feed may still list it, and it must not come back. */
  function step(ids: readonly number[], remember: boolean): void {
    together(() => {
      const batch = beginBatch()
      for (const story of stories.many(ids)) batch.remove(story, { remember })
      batch.finish()
    })
  }

  async function all(next: () => number[], remember: boolean, signal?: AbortSignal): Promise<number> {
    let gone = 0
    for (;;) {
      const ids = next()
      if (ids.length === 0 || signal?.aborted) return gone
      step(ids, remember)
      gone += ids.length
      changes.emit({ type: 'stories', added: 0, updated: ids.length })
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** The oldest stories that may be removed where a source, or the archive (null), has more than `most`. */
  function beyond(most: number, source: number | null): number[] {
    const over = (source === null ? stories.count() : (sources.counts().get(source) ?? 0)) - most
    return over <= 0 ? [] : stories.dispensable(now() + 1000, source, Math.min(over, STEP))
  }

  return {
    async source(id) {
      sources.get(id)
      // It is not polled while its stories are removed. A kill half-way leaves a paused source with fewer stories.
      sources.update(id, { paused: 1 })
      const gone = await all(() => stories.ofSource(id, STEP), false)
      sources.remove(id)
      return gone
    },
    async retention(signal) {
      let gone = 0
      const keepDays = settings.get('keepDays') ?? 0
      for (const source of sources.all()) {
        // A source's own limit takes the place of the general one.
        const days = source.keep_days ?? (source.keep_stories === null ? keepDays : 0)
        const before = now() - days * 86_400_000
        if (days > 0) gone += await all(() => stories.dispensable(before, source.id, STEP), true, signal)
        const most = source.keep_stories
        if (most !== null) gone += await all(() => beyond(most, source.id), true, signal)
      }
      const keepStories = settings.get('keepStories')
      if (keepStories !== null) gone += await all(() => beyond(keepStories, null), true, signal)
      return gone
    },
  }
}
