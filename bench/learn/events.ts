/**
 * Learns what the features of two stories weigh when it is asked whether they are of one event, and writes
 * src/core/events/clusters/weights.json: `node src/launch/preflight.js bench/learn/events.ts`. First it says how well that does on
 * kinds of sets that were not learnt from: each kind is scored with weights of all others. `-- --choose` tries other thresholds and
 * windows that way, `-- --features` says what is lost without each feature.
 */
import { writeFileSync } from 'node:fs'
import type { Setting } from '../../src/core/events/clusters/clusterer.ts'
import { FEATURES } from '../../src/core/events/clusters/likeness.ts'
import { bodiesSet } from './bodies.ts'
import { hasDays, readDays } from './days.ts'
import { type Lesson, learnWeights, pairsOf, pairsOfDays, scored } from './eventPairs.ts'
import { eventSets, hasEventSets, type Part, type ReadItem, readSet } from './eventSets.ts'

if (!hasEventSets || !hasDays) {
  console.error('This needs ../shared/events, ../shared/archive and ../shared/gold.')
  process.exit(1)
}

interface Learnable extends Lesson {
  readonly name: string
  readonly kind: string
  readonly items: readonly ReadItem[]
}

const sets: Learnable[] = [...eventSets(), bodiesSet()].map((set) => {
  const items = readSet(set)
  return { ...set, items, pairs: pairsOf(items) }
})
const kinds = [...new Set(sets.map(({ kind }) => kind))]
/** Mostly near misses. */
const days: Lesson = { pairs: pairsOfDays(readDays()), counts: 1 }

/** The same for all sets: see `--choose`. */
const CHOSEN: Omit<Setting, 'weights'> = { nearest: 0.5, join: 1.75, merge: 1.75, days: 4 }

/** The weights learnt from all but a kind of sets. */
const learnWithout = (kind: string, left: ReadonlySet<number> = new Set()): number[][] =>
  learnWeights([...sets.filter((set) => set.kind !== kind), days], left)

/** The F1 of each set, with the weights of other kinds. */
function leftOut(
  weights: ReadonlyMap<string, number[][]>,
  choice: Omit<Setting, 'weights'>,
  part: Part,
): number[] {
  return sets.map(
    ({ kind, items }) => scored(items, { ...choice, weights: weights.get(kind) as number[][] }, part).f1,
  )
}

const row = (scores: readonly number[]): string => scores.map((f1) => f1.toFixed(3)).join('  ')
const average = (scores: readonly number[]): number => scores.reduce((sum, f1) => sum + f1, 0) / scores.length

console.log(sets.map(({ name }) => name).join(', '))
const without = new Map(kinds.map((kind) => [kind, learnWithout(kind)]))
const own = leftOut(without, CHOSEN, 'learn')
console.log(`kind left out:           ${row(own)}  mean ${average(own).toFixed(4)}`)
console.log(`of it, what is reported: ${row(leftOut(without, CHOSEN, 'report'))}`)

if (process.argv.includes('--choose'))
  for (const [name, values] of Object.entries({
    join: [1.25, 1.5, 2, 2.25, 2.5],
    merge: [1, 2.5],
    nearest: [0.3, 0.7, 1],
    days: [2, 3, 5, 6, 8],
  }))
    for (const value of values) {
      const choice = { ...CHOSEN, ...(name === 'join' && { merge: value }), [name]: value }
      const scores = leftOut(without, choice, 'learn')
      console.log(`  ${`${name} ${value}`.padEnd(23)}${row(scores)}  mean ${average(scores).toFixed(4)}`)
    }

if (process.argv.includes('--features'))
  for (const [feature, name] of FEATURES.entries()) {
    if (feature === 0) continue
    const left = new Set([feature])
    const scores = leftOut(new Map(kinds.map((kind) => [kind, learnWithout(kind, left)])), CHOSEN, 'learn')
    console.log(`  without ${name.padEnd(20)}${row(scores)}  ${(average(scores) - average(own)).toFixed(4)}`)
  }

const learnt = learnWeights([...sets, days])
const weights = learnt.map((all) => all.map((weight) => Math.round(weight * 1000) / 1000))
for (const part of ['learn', 'report'] as const)
  console.log(
    `learnt from all, ${part.padEnd(8)}${row(sets.map(({ items }) => scored(items, { ...CHOSEN, weights }, part).f1))}`,
  )
writeFileSync(
  new URL('../../src/core/events/clusters/weights.json', import.meta.url),
  `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), from: [...sets.map(({ name }) => name), 'days'], features: FEATURES, ...CHOSEN, weights }, null, 1)}\n`,
)
