import type { Event, Voice } from '../../api/contract/events.ts'
import type { Source } from '../../api/contract/sources.ts'
import type { StoryRecord } from '../store/stories.ts'

/** Below this likelihood a story is named as one that may not belong to its event. */
const DOUBTFUL = 0.75
/** Doubtful stories and originals that are named. */
const NAMED = 5
/** So many blocs have to cover an event before the silence of another says something. */
const COVERED = 2

/** A source in one of these states was asked, answered, and publishes at its pace: if it says nothing, it chose to. */
const HEALTHY: ReadonlySet<Source['state']> = new Set(['ok', 'fetching'])

/** How many healthy sources each bloc has; blocs without any are left out: who could not be heard is not silent. */
export function healthyByBloc(sources: readonly Pick<Source, 'bloc' | 'state'>[]): Map<string, number> {
  const healthy = new Map<string, number>()
  for (const { bloc, state } of sources)
    if (bloc !== '' && HEALTHY.has(state)) healthy.set(bloc, (healthy.get(bloc) ?? 0) + 1)
  return healthy
}

/**
 * Blocs without a story of an event that two others cover, most sources first.
 * @param covered the blocs of its stories; '' for sources without one
 */
export function silentBlocs(
  healthy: ReadonlyMap<string, number>,
  covered: readonly string[],
): Event['silent'] {
  const own = new Set(covered.filter((bloc) => bloc !== ''))
  if (own.size < COVERED) return []
  return [...healthy]
    .filter(([bloc]) => !own.has(bloc))
    .map(([bloc, sources]) => ({ bloc, sources }))
    .sort((a, b) => b.sources - a.sources || (a.bloc < b.bloc ? -1 : 1))
}

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
