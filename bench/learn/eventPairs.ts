/** Pairs of labelled stories as examples: what `learn -- events` learns from, and how it scores a setting. */
import { createClusterer, type Setting } from '../../src/core/events/clusters/clusterer.ts'
import { compare, FEATURES, type Member } from '../../src/core/events/clusters/likeness.ts'
import { createRarity } from '../../src/core/events/clusters/rarity.ts'
import { weigh } from '../../src/core/events/clusters/traits.ts'
import { bcubed, type Score } from './bcubed.ts'
import type { ReadItem } from './eventSets.ts'
import { type Example, logisticRegression } from './logistic.ts'

export interface Pair extends Example {
  readonly relation: 0 | 1 | 2
}

const DAY = 86_400_000
/** Pairs further apart are not compared by the clusterer either. */
const DAYS = 8

/** All pairs of scored stories of a set. A story's pairs of one event count one together. */
export function pairsOf(items: readonly ReadItem[]): Pair[] {
  const rarity = createRarity()
  const members = items.map(({ reading, published, lang }): Member => {
    const traits = weigh(reading, rarity.in(reading.language))
    rarity.count(reading)
    return { language: lang, traits, time: published ?? Number.NaN }
  })
  const sizes = new Map<string, number>()
  for (const { united: event } of items) if (event !== null) sizes.set(event, (sizes.get(event) ?? 0) + 1)
  const into = new Float64Array(FEATURES.length)
  const pairs: Pair[] = []
  for (let i = 0; i < items.length; i++) {
    const { united: event } = items[i] as ReadItem
    if (event === null) continue
    for (let j = 0; j < i; j++) {
      const other = items[j] as ReadItem
      if (other.united === null) continue
      const [a, b] = [members[i] as Member, members[j] as Member]
      if (Math.abs(a.time - b.time) > DAYS * DAY) continue
      const relation = compare(a, b, into)
      const is = event === other.united
      const features: number[] = []
      const values: number[] = []
      for (let f = 1; f < into.length; f++)
        if (into[f] !== 0) {
          features.push(f - 1)
          values.push(into[f] as number)
        }
      pairs.push({ relation, features, values, is, counts: is ? 2 / (sizes.get(event) as number) : 1 })
    }
  }
  return pairs
}

/** λ of every feature. */
const PENALTY = 0.3

/** Weights by relation from the pairs of several sets; each set counts alike. */
export function learnWeights(
  sets: readonly (readonly Pair[])[],
  left: ReadonlySet<number> = new Set(),
): number[][] {
  return [0, 1, 2].map((relation) => {
    const examples = sets.flatMap((pairs) => {
      // The two relations between languages share what little there is.
      const own = pairs.filter(
        (pair) => pair.relation === relation || (relation > 0 && pair.relation > 0 && !pair.is),
      )
      const right = own.reduce((sum, { is, counts }) => sum + (is ? counts : 0), 0)
      if (right === 0) return []
      // Most pairs are plainly of two events: all of them together count a fixed multiple of those of one.
      const wrong = own.length - own.filter(({ is }) => is).length
      const scale = { is: 100 / Math.max(20, right), not: Math.min(1, 600 / wrong) }
      return own.map(
        (pair): Example => ({
          ...pair,
          values:
            left.size === 0
              ? pair.values
              : pair.values.map((v, n) => (left.has((pair.features[n] as number) + 1) ? 0 : v)),
          counts: pair.is ? pair.counts * scale.is : scale.not,
        }),
      )
    })
    const weights = logisticRegression(
      examples,
      FEATURES.slice(1).map(() => PENALTY),
    )
    return [weights[weights.length - 1] as number, ...weights.slice(0, -1)]
  })
}

/** The event of each story. */
export function clustered(items: readonly ReadItem[], setting: Setting): number[] {
  const clusterer = createClusterer(setting)
  const events: number[] = []
  const into = new Map<number, number>()
  for (const { reading, published } of items) {
    const { event, merged } = clusterer.add({ reading, published })
    events.push(event)
    for (const from of merged) into.set(from, event)
  }
  return events.map((event) => {
    let at = event
    for (let to = into.get(at); to !== undefined; to = into.get(at)) at = to
    return at
  })
}

export const scored = (items: readonly ReadItem[], setting: Setting): Score =>
  bcubed(
    clustered(items, setting),
    items.map(({ event }) => event),
  )
