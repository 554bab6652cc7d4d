import type { Event, Voice } from '../../api/contract/events.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { StoryRecord } from '../store/stories.ts'

/** Below this likelihood a story is named as one that may not belong to its event. */
const DOUBTFUL = 0.75
/** Doubtful stories and originals that are named. */
const NAMED = 5
/** So many blocs have to cover an event before the silence of another says something. */
const COVERED = 2

/**
 * Blocs without a story of an event that two others cover, most sources first. Only sources that were asked and answered count:
 * who could not be heard is not silent.
 * @param covered the blocs of its stories; '' for sources without one
 */
export function silentBlocs(sources: readonly SourceRecord[], covered: readonly string[]): Event['silent'] {
  const own = new Set(covered.filter((bloc) => bloc !== ''))
  if (own.size < COVERED) return []
  const healthy = sources.filter((source) => isHealthy(source) && source.bloc !== '' && !own.has(source.bloc))
  return [...Map.groupBy(healthy, ({ bloc }) => bloc)]
    .map(([bloc, mine]) => ({ bloc, sources: mine.length }))
    .sort((a, b) => b.sources - a.sources || (a.bloc < b.bloc ? -1 : 1))
}

const isHealthy = ({ ended, paused, failures, last_success }: SourceRecord): boolean =>
  ended === 0 && paused === 0 && failures === 0 && last_success !== null

/**
 * What was repeated in an event, most repeated first. A copy of a copy counts for the first original.
 * @param copies those stories of the event that are copies
 * @param originals their originals, in the event or not
 */
export function copiedIn(
  copies: readonly StoryRecord[],
  originals: readonly StoryRecord[],
  voiceOf: (story: StoryRecord) => Voice,
): Event['copied'] {
  const known = new Map(originals.map((story) => [story.id, story]))
  return [...Map.groupBy(copies, ({ copy_of }) => copy_of)]
    .flatMap(([id, mine]) => {
      const original = known.get(id ?? 0)
      if (original === undefined) return []
      const moments = mine.map(({ published }) => published)
      return [
        {
          original: voiceOf(original),
          copies: mine.length,
          first: Math.min(...moments),
          last: Math.max(...moments),
          sources: [...new Set(mine.map((story) => voiceOf(story).source.title))],
        },
      ]
    })
    .sort((a, b) => b.copies - a.copies || a.first - b.first)
    .slice(0, NAMED)
}

/**
 * How well some stories fit together: each by the one that it is most like.
 * @param pairs what a comparison of each with each found, by their places in `list`
 */
export function fitOf(
  list: readonly StoryRecord[],
  pairs: readonly { readonly a: number; readonly b: number; readonly likely: number }[],
  voiceOf: (story: StoryRecord) => Voice,
): Pick<Event, 'confidence' | 'doubtful'> {
  const best = list.map(() => 0)
  for (const { a, b, likely } of pairs) {
    best[a] = Math.max(best[a] as number, likely)
    best[b] = Math.max(best[b] as number, likely)
  }
  return {
    confidence: best.reduce((sum, one) => sum + one, 0) / best.length,
    doubtful: list
      .map((story, i) => ({ ...voiceOf(story), likely: best[i] as number }))
      .filter(({ likely }) => likely < DOUBTFUL)
      .sort((a, b) => a.likely - b.likely)
      .slice(0, NAMED),
  }
}
