/**
 * Learns what the features of two stories weigh when it is asked whether they are of one event, and writes
 * src/core/events/clusters/weights.json: `node src/launch/preflight.js bench/learn/events.ts`. First it cross-validates the
 * setting in two ways: by event (the
 * stories of a third of all events are scored with weights learnt from the others), and with each list left out. `-- --choose` tries
 * other thresholds by event, `-- --features` says what is lost without each feature.
 */
import { writeFileSync } from 'node:fs'
import type { Setting } from '../../src/core/events/clusters/clusterer.ts'
import { FEATURES } from '../../src/core/events/clusters/likeness.ts'
import { mean, perItem } from './bcubed.ts'
import { clustered, learnWeights, type Pair, pairsOf, scored } from './eventPairs.ts'
import { eventSets, hasEventSets, type ReadItem, readSet } from './eventSets.ts'

if (!hasEventSets) {
  console.error('This needs ../shared/events.')
  process.exit(1)
}

interface Learnable {
  readonly name: string
  /** Windows of one list are left out together. */
  readonly list: string
  readonly items: readonly ReadItem[]
  readonly pairs: readonly Pair[]
}

const sets: Learnable[] = eventSets().map((set) => {
  const items = readSet(set)
  return { name: set.name, list: set.name.split(' ')[0] as string, items, pairs: pairsOf(items) }
})

/** Chosen by cross-validation by event: see `--choose`. */
const CHOSEN: Choice = { nearest: 0.5, join: 1.75, merge: 1.75, days: 4, between: 0.5 }

interface Choice extends Omit<Setting, 'weights'> {
  /** Added to the log-odds of two stories in different languages: few labelled pairs are. */
  readonly between: number
}

const FOLDS = 3
function foldOf(event: string): number {
  let hash = 2166136261
  for (const unit of event) hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619)
  return ((hash >>> 0) >>> 8) % FOLDS
}
const isOut = (item: ReadItem, fold: number): boolean => item.united !== null && foldOf(item.united) === fold

function settingOf(weights: readonly number[][], { between, ...rest }: Choice): Setting {
  return {
    ...rest,
    weights: weights.map((own, relation) => own.map((w, i) => (i === 0 && relation > 0 ? w + between : w))),
  }
}

/** For each fold, the weights learnt from the events of the others. */
const learnFolds = (left: ReadonlySet<number>): number[][][] =>
  Array.from({ length: FOLDS }, (_, fold) =>
    learnWeights(
      sets.map(({ items }) =>
        pairsOf(items.map((item) => (isOut(item, fold) ? { ...item, united: null } : item))),
      ),
      left,
    ),
  )

/** The F1 of each set, of each story by the fold that its event is not learnt in. */
function byEvent(folds: readonly number[][][], choice: Choice): number[] {
  return sets.map(({ items }) => {
    const each = folds.flatMap((weights, fold) => {
      const found = clustered(items, settingOf(weights, choice))
      const scores = perItem(
        found,
        items.map(({ event }) => event),
      )
      const out = items.filter(({ event }) => event !== null).map((item) => isOut(item, fold))
      return scores.filter((_, i) => out[i])
    })
    return mean(each).f1
  })
}

const row = (scores: readonly number[]): string => scores.map((f1) => f1.toFixed(3)).join('  ')
const average = (scores: readonly number[]): number => scores.reduce((sum, f1) => sum + f1, 0) / scores.length

console.log(sets.map(({ name }) => name).join(', '))
const folds = learnFolds(new Set())
const own = byEvent(folds, CHOSEN)
console.log(`by event:        ${row(own)}  mean ${average(own).toFixed(4)}`)
console.log(
  `list left out:   ${row(
    sets.map(({ list, items }) => {
      const weights = learnWeights(sets.filter((set) => set.list !== list).map(({ pairs }) => pairs))
      return scored(items, settingOf(weights, CHOSEN)).f1
    }),
  )}`,
)

if (process.argv.includes('--choose'))
  for (const [name, values] of Object.entries({
    join: [1.25, 1.5, 2, 2.25],
    merge: [1, 2.5],
    nearest: [0.3, 0.7],
    days: [2, 7],
    between: [-0.5, 0, 1],
  }))
    for (const value of values) {
      const scores = byEvent(folds, { ...CHOSEN, ...(name === 'join' && { merge: value }), [name]: value })
      console.log(`  ${`${name} ${value}`.padEnd(15)}${row(scores)}  mean ${average(scores).toFixed(4)}`)
    }

if (process.argv.includes('--features'))
  for (const [feature, name] of FEATURES.entries()) {
    if (feature === 0) continue
    const scores = byEvent(learnFolds(new Set([feature])), CHOSEN)
    console.log(`  without ${name.padEnd(20)}${row(scores)}  ${(average(scores) - average(own)).toFixed(4)}`)
  }

const setting = settingOf(learnWeights(sets.map(({ pairs }) => pairs)), CHOSEN)
console.log(`learnt from all: ${row(sets.map(({ items }) => scored(items, setting).f1))}`)
const rounded = setting.weights.map((weights) => weights.map((weight) => Math.round(weight * 1000) / 1000))
writeFileSync(
  new URL('../../src/core/events/clusters/weights.json', import.meta.url),
  `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), from: sets.map(({ name }) => name), features: FEATURES, ...setting, weights: rounded }, null, 1)}\n`,
)
