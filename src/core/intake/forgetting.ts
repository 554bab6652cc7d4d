import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { Stores } from '../stores.ts'
import type { StoryBatch } from './takeIn.ts'

/** Taking stories away: with their source, or by retention. In small steps, each a transaction of its own. */
export interface Forgetting {
  /** Removes a source and its stories; answers how many those were. @throws Problem NOT_FOUND */
  source(id: number): Promise<number>
  /** Removes what the settings let go: never starred or noted stories, never stories of alert hits. */
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

  /** The oldest that may go where there are more than so many: of a source, or in all. */
  function beyond(most: number, source: number | null): number[] {
    const over = (source === null ? stories.count() : (sources.counts().get(source) ?? 0)) - most
    return over <= 0 ? [] : stories.dispensable(now() + 1000, source, Math.min(over, STEP))
  }

  return {
    async source(id) {
      sources.get(id)
      // Not asked again while its stories go; a kill half-way leaves a paused source with fewer stories.
      sources.update(id, { paused: 1 })
      const gone = await all(() => stories.ofSource(id, STEP), false)
      sources.remove(id)
      return gone
    },
    async retention(signal) {
      let gone = 0
      const keepDays = settings.get('keepDays') ?? 0
      for (const source of sources.all()) {
        // What a source has of its own takes the place of what is general.
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
