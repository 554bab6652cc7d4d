/** Pairs of labelled stories as examples: what bench/learn/events.ts learns from, and how it scores a setting. */
import { createClusterer, type Setting } from '../../src/core/events/clusters/clusterer.ts'
import { compare, FEATURES, type Member } from '../../src/core/events/clusters/likeness.ts'
import { createRarity } from '../../src/core/events/clusters/rarity.ts'
import { weigh } from '../../src/core/events/clusters/traits.ts'
import { bcubed, type Score } from './bcubed.ts'
import type { Days } from './days.ts'
import type { Part, ReadItem } from './eventSets.ts'
import { type Example, logisticRegression } from './logistic.ts'

export interface Pair extends Example {
  readonly relation: 0 | 1 | 2
}

const DAY = 86_400_000
/** Pairs further apart are not compared by the clusterer either. */
const DAYS = 8

/** Of the pairs of two events so many of a set are learnt from: those that are most alike, and as many of the rest, spread evenly. */
const WRONG = 1500

/** More pairs than these change little but the time. What stands for others counts for them. */
function thinned(pairs: readonly Pair[]): Pair[] {
  const wrong = pairs.filter(({ is }) => !is)
  if (wrong.length <= 2 * WRONG) return [...pairs]
  const alike = ({ values }: Pair): number => values.reduce((sum, value) => sum + value, 0)
  const sorted = wrong
    .map((pair) => ({ pair, alike: alike(pair) }))
    .sort((a, b) => b.alike - a.alike)
    .map(({ pair }) => pair)
  const step = (wrong.length - WRONG) / WRONG
  const rest: Pair[] = []
  for (let at = WRONG; at < wrong.length; at += step)
    rest.push({ ...(sorted[Math.floor(at)] as Pair), counts: step })
  return [...pairs.filter(({ is }) => is), ...sorted.slice(0, WRONG), ...rest]
}

/** All pairs of scored stories of a set, but those to report on. A story's pairs of one event count one together. */
export function pairsOf(items: readonly ReadItem[]): Pair[] {
  const members = membersOf(items)
  const sizes = new Map<string, number>()
  for (const { united: event } of items) if (event !== null) sizes.set(event, (sizes.get(event) ?? 0) + 1)
  const pairs: Pair[] = []
  for (let i = 0; i < items.length; i++) {
    const { united: event, part } = items[i] as ReadItem
    if (event === null || part === 'report') continue
    for (let j = 0; j < i; j++) {
      const other = items[j] as ReadItem
      if (other.united === null || other.part === 'report') continue
      const [a, b] = [members[i] as Member, members[j] as Member]
      if (Math.abs(a.time - b.time) > DAYS * DAY) continue
      const is = event === other.united
      pairs.push(pairOf(a, b, is, is ? 2 / (sizes.get(event) as number) : 1))
    }
  }
  return thinned(pairs)
}

/** The pairs of which the verdict is known. */
export function pairsOfDays({ items, verdict }: Days, within = 2): Pair[] {
  const members = membersOf(items)
  const pairs: Pair[] = []
  for (const [i, item] of items.entries())
    for (let j = i - 1; j >= 0; j--) {
      const other = items[j] as (typeof items)[number]
      if ((item.published as number) - (other.published as number) > within * DAY) break
      if (item.part === 'report' || other.part === 'report') continue
      const is = verdict(item, other)
      if (is !== undefined) pairs.push(pairOf(members[i] as Member, members[j] as Member, is, 1))
    }
  return thinned(pairs)
}

function membersOf(items: readonly ReadItem[]): Member[] {
  const rarity = createRarity()
  return items.map(({ reading, published, lang }): Member => {
    const traits = weigh(reading, rarity.of(reading))
    rarity.count(reading)
    return { language: lang, traits, time: published ?? Number.NaN }
  })
}

const into = new Float64Array(FEATURES.length)

function pairOf(a: Member, b: Member, is: boolean, counts: number): Pair {
  const relation = compare(a, b, into)
  const features: number[] = []
  const values: number[] = []
  for (let f = 1; f < into.length; f++)
    if (into[f] !== 0) {
      features.push(f - 1)
      values.push(into[f] as number)
    }
  return { relation, features, values, is, counts }
}

/** λ of every feature. */
const PENALTY = 0.3
/** What all right pairs of a set that counts 1 count together, and all wrong ones at most. */
const RIGHT = 100
const WRONG_COUNT = 600

/** What is learnt from. */
export interface Lesson {
  readonly pairs: readonly Pair[]
  /** What the set counts among others, however many pairs it has. */
  readonly counts: number
}

/** Weights by relation from the pairs of several sets. */
export function learnWeights(sets: readonly Lesson[], left: ReadonlySet<number> = new Set()): number[][] {
  return [0, 1, 2].map((relation) => {
    const examples = sets.flatMap((set) => {
      // The two relations between languages share what little there is.
      const own = set.pairs.filter(
        (pair) => pair.relation === relation || (relation > 0 && pair.relation > 0 && !pair.is),
      )
      const right = own.reduce((sum, { is, counts }) => sum + (is ? counts : 0), 0)
      if (right === 0) return []
      // Most pairs are plainly of two events: all of them together count a fixed multiple of those of one.
      const wrong = own.reduce((sum, { is, counts }) => sum + (is ? 0 : counts), 0)
      const scale = {
        is: (set.counts * RIGHT) / Math.max(20, right),
        not: set.counts * Math.min(1, WRONG_COUNT / wrong),
      }
      return own.map(
        (pair): Example => ({
          ...pair,
          values:
            left.size === 0
              ? pair.values
              : pair.values.map((v, n) => (left.has((pair.features[n] as number) + 1) ? 0 : v)),
          counts: pair.counts * (pair.is ? scale.is : scale.not),
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

/** The labels of the stories of a part. */
export const labelsOf = (items: readonly ReadItem[], part: Part = 'both'): (string | null)[] =>
  items.map((item) => (part === 'both' || item.part === 'both' || item.part === part ? item.event : null))

export const scored = (items: readonly ReadItem[], setting: Setting, part: Part = 'both'): Score =>
  bcubed(clustered(items, setting), labelsOf(items, part))
