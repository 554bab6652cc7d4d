import type { Tagging } from './agreement.ts'
import { foldOf, foldOfSource, folds, type LabelledItem } from './labelled.ts'
import { isNews, learn, type Sample, scorer } from './model.ts'

/** Scores by item id and theme, each by weights that were learnt without the item. */
export type Scores = ReadonlyMap<string, ReadonlyMap<string, number>>

/**
 * Scores without the themes' evidence: it was written by people who had read the news, so that with it the scores would be too
 * good.
 * @param parts each part of the news is scored by what the other parts and the written items teach
 * @param teaches which items of the news are learnt from; all where it is left out
 */
export function crossValidate(
  samples: readonly Sample[],
  themes: readonly string[],
  parts: readonly ((item: LabelledItem) => boolean)[],
  teaches: (item: LabelledItem) => boolean = () => true,
): Scores {
  const scores = new Map<string, Map<string, number>>()
  for (const isIn of parts) {
    const isAsked = ({ item }: Sample): boolean => isNews(item) && isIn(item)
    const score = scorer(
      learn(
        samples.filter(({ item }) => !isNews(item) || (!isIn(item) && teaches(item))),
        themes,
      ),
    )
    for (const sample of samples) {
      if (!isAsked(sample)) continue
      const ofItem = scores.get(sample.item.id) ?? new Map<string, number>()
      ofItem.set(sample.theme, score({ ...sample, evidence: [] }))
      scores.set(sample.item.id, ofItem)
    }
  }
  return scores
}

/** By day: items of one source and day, and reports of one happening, are never learnt from and scored at once. */
export const scoresByDay = (
  samples: readonly Sample[],
  themes: readonly string[],
  teaches?: (item: LabelledItem) => boolean,
): Scores =>
  crossValidate(
    samples,
    themes,
    folds.map((fold) => (item) => foldOf(item) === fold),
    teaches,
  )

/** By source: what is known of how a source writes never helps to score it. */
export const scoresBySource = (samples: readonly Sample[], themes: readonly string[]): Scores =>
  crossValidate(
    samples,
    themes,
    folds.map((fold) => (item) => foldOfSource(item) === fold),
  )

/** The tags that scores come to. */
export const tagsAt =
  (scores: Scores, threshold: (theme: string) => number): Tagging =>
  ({ id }) =>
    new Set(
      [...(scores.get(id) ?? [])].flatMap(([theme, score]) => (score >= threshold(theme) ? [theme] : [])),
    )
