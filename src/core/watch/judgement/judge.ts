import type { Occurrence } from '../../query/match/occurrence.ts'
import type { Tokenised } from '../../query/match/tokenise.ts'
import type { StoryConcepts } from './conceptPlaces.ts'
import { type Forest, ReadForest } from './forest.ts'
import {
  conceptsOf,
  type Evidence,
  eachSignal,
  passagesOf,
  type ReadPassages,
  signalNames,
} from './signals.ts'
import weights from './weights.json' with { type: 'json' }

/**
 * The weights of one theme: the score of a story is 1 / (1 + e^−sum), the sum being bias + Σ weight × signal; where the theme
 * has a forest, the mean of that and what the forest says.
 */
export interface ThemeWeights {
  /** The query whose matches they were learnt from, as `printQuery` writes it; '' for the general ones. */
  readonly query: string
  readonly bias: number
  readonly weights: Readonly<Record<string, number>>
  /** Its forest's name. */
  readonly forest?: string
}

/** The forest's share of a sum. */
export const FOREST_SHARE = 0.5

/** What the learning script writes (weights.json): from which items, when, and for each theme what its signals weigh. */
export interface Weights {
  /** The day they were learnt. */
  readonly date: string
  readonly from: readonly string[]
  /** Concepts that signals name. */
  readonly vocabulary: readonly string[]
  readonly forests: Readonly<Record<string, Forest>>
  /** For a theme that has none of its own, as a person's. */
  readonly general: ThemeWeights
  readonly themes: Readonly<Record<string, ThemeWeights>>
}

/** A signal of a story and what it adds to the evidence, in logits: above 0 it speaks for the theme. */
export interface Weighed {
  readonly signal: string
  readonly adds: number
}

/** The passages of a story, as the judge reads them. */
export type JudgedStory = ReadPassages

/**
 * Decides how probable it is that a theme is a main subject of a story: of what it opens with, or of another passage, which
 * must speak more clearly.
 */
export interface Judge {
  /** The concepts that `read` asks about to judge a theme. */
  concepts(theme: string): readonly string[]
  /** The query that a theme's own weights were learnt with; undefined for a theme that has none. */
  learntQuery(theme: string): string | undefined
  read(story: Tokenised, concepts: StoryConcepts): JudgedStory
  /**
   * @param theme its key, or GENERAL for the general weights
   * @param query the occurrences that made its query match; without any, as of a query of filters alone, the score is 0
   * @param least a score below this is not needed: where it turns out early that it is not reached, 0 stands for it
   * @returns 0–1
   */
  score(theme: string, story: JudgedStory, query: readonly Occurrence[], least?: number): number
  /** What speaks for and against in the passage that decides, the heaviest first. */
  weigh(theme: string, story: JudgedStory, query: readonly Occurrence[]): Weighed[]
}

const SHIPPED = weights as unknown as Weights

/** How much more clearly a passage further down must speak than the opening, in logits. */
const FURTHER = 0.3

/**
 * The concepts by which a theme is judged beside its query: where one of them changes, so may its tags.
 * @param theme its key; one that has no weights of its own is judged by the general ones
 */
export function conceptsWeighed(
  theme: string,
  { forests, general, themes }: Pick<Weights, 'forests' | 'general' | 'themes'> = SHIPPED,
): string[] {
  const own = themes[theme]
  return conceptsOf(own === undefined ? GENERAL : theme, weighedSignals(own ?? general, forests))
}

/** The signals that count for anything: in the sum or in the forest. */
const weighedSignals = (
  { weights, forest = '' }: Omit<ThemeWeights, 'query'>,
  forests: Weights['forests'],
): string[] => [...Object.keys(weights), ...(forests[forest]?.signals ?? [])]

/** @param from the numbers; those that ship where it is left out */
export function createJudge({ vocabulary, forests, general, themes }: Weights = SHIPPED): Judge {
  const compiled = new Map<string, Compiled>()
  const read = new Map(Object.entries(forests).map(([name, forest]) => [name, new ReadForest(forest)]))
  const compile = (theme: string, from: Omit<ThemeWeights, 'query'>): Compiled => {
    const { bias, weights, forest = '' } = from
    const of = read.get(forest)
    const weighed = new Set(weighedSignals(from, forests).map(conceptOf))
    const concepts = vocabulary.filter((concept) => weighed.has(concept))
    const names = signalNames(theme, concepts)
    const numbers = new Map(names.map((name, number) => [name, number]))
    return {
      bias,
      names,
      places: Int16Array.from(vocabulary, (concept) => concepts.indexOf(concept)),
      weights: Float64Array.from(names, (name) => weights[name] ?? 0),
      values: new Float64Array(names.length),
      forest: of && {
        of,
        signals: (forests[forest] as Forest).signals.map((name) => numbers.get(name) as number),
      },
    }
  }
  const numbers = new Map(vocabulary.map((concept, number) => [concept, number]))
  const fallback = compile(GENERAL, general)
  const of = (theme: string): Compiled => {
    const own = themes[theme]
    if (own === undefined) return fallback
    const known = compiled.get(theme) ?? compile(theme, own)
    compiled.set(theme, known)
    return known
  }
  const shapeOf = (theme: string): string => (themes[theme] === undefined ? GENERAL : theme)
  /** @param least a sum below this is not needed: −∞ may stand for it */
  const sumOf = (
    theme: string,
    evidence: Evidence,
    query: readonly Occurrence[],
    least = -Infinity,
  ): number => {
    const { bias, weights, values, places, forest } = of(theme)
    values.fill(0)
    let sum = bias
    eachSignal(shapeOf(theme), evidence, query, places, (signal, value) => {
      sum += (weights[signal] as number) * value
      values[signal] = value
    })
    if (forest === undefined) return sum
    const { signals } = forest
    const grown = forest.of.sum(
      (signal) => values[signals[signal] as number] as number,
      (least - (1 - FOREST_SHARE) * sum) / FOREST_SHARE,
    )
    return sum + FOREST_SHARE * (grown - sum)
  }
  /** The passage that speaks most clearly for a theme, and its sum. */
  const best = (theme: string, story: JudgedStory, query: readonly Occurrence[], least?: number) => {
    let found = { evidence: story.at(0), sum: sumOf(theme, story.at(0), query, least) }
    // The general weights count how often a query's words stand further down, and need no second look.
    if (shapeOf(theme) === GENERAL) return found
    for (const number of story.further(theme, query)) {
      const evidence = story.at(number)
      const sum = sumOf(theme, evidence, query, Math.max(found.sum, least ?? -Infinity) + FURTHER) - FURTHER
      if (sum > found.sum) found = { evidence, sum }
    }
    return found
  }
  return {
    concepts: (theme) => conceptsWeighed(theme, { forests, general, themes }),
    learntQuery: (theme) => themes[theme]?.query,
    read: (story, concepts) => passagesOf(story, numbers, concepts),
    score: (theme, story, query, least = 0) =>
      query.length === 0 ? 0 : 1 / (1 + Math.exp(-best(theme, story, query, logit(least) - SLACK).sum)),
    weigh(theme, story, query) {
      const { names, weights, values, places, forest } = of(theme)
      const share = forest === undefined ? 1 : 1 - FOREST_SHARE
      const sums = new Float64Array(names.length)
      values.fill(0)
      eachSignal(shapeOf(theme), best(theme, story, query).evidence, query, places, (signal, value) => {
        sums[signal] = share * (weights[signal] as number) * value
        values[signal] = value
      })
      forest?.of.weigh(
        (signal) => values[forest.signals[signal] as number] as number,
        (signal, adds) => {
          const number = forest.signals[signal] as number
          sums[number] = (sums[number] as number) + FOREST_SHARE * adds
        },
      )
      const found: Weighed[] = []
      sums.forEach((adds, signal) => {
        if (adds !== 0) found.push({ signal: names[signal] as string, adds })
      })
      return found.sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds))
    },
  }
}

/** The concept that a signal is of; '' for one of a pair and for others. */
const conceptOf = (signal: string): string => signal.split(':')[1] ?? ''

const logit = (score: number): number => (score <= 0 ? -Infinity : Math.log(score / (1 - score)))
/** So much is left for rounding: what is left out is below what is asked for. */
const SLACK = 1e-9

/** No theme has this key: it stands for all that have no weights of their own. */
export const GENERAL = ''

interface Compiled {
  readonly bias: number
  readonly names: readonly string[]
  /** By number of a concept of the vocabulary: its place among the concepts that the theme weighs, or −1. */
  readonly places: Int16Array
  readonly weights: Float64Array
  /** By signal its value in the passage that is judged: written anew for each. */
  readonly values: Float64Array
  /** Its forest, and by the forest's signals which of the theme's they are. */
  readonly forest: { readonly of: ReadForest; readonly signals: readonly number[] } | undefined
}
