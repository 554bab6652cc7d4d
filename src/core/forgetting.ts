import type { Engine } from './engine.ts'
import { localDayReader } from './query/localTime.ts'
import { ALL_STORIES, Counts } from './store/tags.ts'

/** Taking stories away: with their source, or by retention. In small steps, each a transaction of its own. */
export interface Forgetting {
  /** Removes a source and its stories; answers how many those were. @throws Problem NOT_FOUND */
  source(id: number): Promise<number>
  /** Removes what the settings let go: never starred or noted stories, never stories of alert hits. */
  retention(signal?: AbortSignal): Promise<number>
}

type Parts = Pick<Engine, 'db' | 'sources' | 'stories' | 'tags' | 'settings' | 'changes' | 'now' | 'timeZone'>

const STEP = 200

export function createForgetting(parts: Parts): Forgetting {
  const { db, sources, stories, tags, settings, changes, now } = parts
  const dayOf = localDayReader(parts.timeZone)

  /** `remember`: the feed may still list it, and it must not come back. */
  function step(ids: readonly number[], remember: boolean): void {
    db.transaction(() => {
      const counts = new Counts()
      for (const story of stories.many(ids)) {
        const tagged = {
          id: story.id,
          docid: story.docid,
          sourceId: story.source_id,
          day: dayOf(story.published),
        }
        tags.set(tagged, [], counts)
        counts.add(ALL_STORIES, tagged, -1)
        stories.remove(story.id, story.docid, remember)
      }
      tags.write(counts)
    })()
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
      const keepDays = Number(settings.get('keepDays') ?? 0)
      for (const source of sources.all()) {
        const days = source.keep_days ?? keepDays
        if (days === 0) continue
        const before = now() - days * 86_400_000
        gone += await all(() => stories.dispensable(before, source.id, STEP), true, signal)
      }
      const keepStories = Number(settings.get('keepStories') ?? 0)
      if (keepStories > 0)
        gone += await all(
          () => {
            const over = stories.count() - keepStories
            return over <= 0 ? [] : stories.dispensable(now() + 1, null, Math.min(over, STEP))
          },
          true,
          signal,
        )
      return gone
    },
  }
}
