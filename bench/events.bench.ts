/**
 * Events: BCubed on every set at the one frozen setting (of our own happenings, those that were not learnt from), and with weights
 * that were learnt from the other kinds of sets alone, beside single-pass TF-IDF at the threshold that is best for the set, and
 * every story alone; pairs in different languages, by pair of languages; a stream of real days; rate and memory; then copies, as
 * `npm run bench -- copies` has them.
 * `npm run bench -- events [stories]`
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createClusterer } from '../src/core/events/clusters/clusterer.ts'
import { createStoryReader } from '../src/core/events/clusters/readStory.ts'
import { frozenSetting } from '../src/core/events/clusters/setting.ts'
import { picker, seeded } from '../src/core/fixtures/random.ts'
import { hasSharedArchive, sharedItems } from '../src/core/fixtures/sharedArchive.ts'
import { words } from '../src/core/query/words/words.ts'
import { bcubed, interval } from './learn/bcubed.ts'
import { bodiesSet } from './learn/bodies.ts'
import { type DaysItem, hasDays, readDays } from './learn/days.ts'
import { clustered, labelsOf, learnWeights, pairsOf, pairsOfDays } from './learn/eventPairs.ts'
import {
  type EventItem,
  type EventSet,
  eventSets,
  hasEventSets,
  type ReadItem,
  readSet,
} from './learn/eventSets.ts'

if (!hasEventSets || !hasSharedArchive || !hasDays) {
  console.error('This benchmark needs ../shared/events, ../shared/archive and ../shared/gold.')
  process.exit(1)
}
/** Not learnt from: no weights are left out for it. */
const CHECK = 'halves'
const setting = frozenSetting()
const days = readDays()
const sets = [...eventSets(), bodiesSet(), ...ownChecks()].map((set) => ({ ...set, items: readSet(set) }))
const three = (x: number): string => x.toFixed(3)

console.log(
  'set                   stories scored events | F1 [95 %] P R | its kind left out | TF-IDF at its best | alone',
)
interface Row {
  right: number
  found: number
  labelled: number
}
const between = new Map<string, Row>()
const betweenLeftOut = new Map<string, Row>()
const learnable = sets.map(({ kind, counts, items }) => ({
  kind,
  counts,
  pairs: kind === CHECK ? [] : pairsOf(items),
}))
const ofDays = { pairs: pairsOfDays(days), counts: 1 }
const without = new Map<string, number[][]>()
for (const { name, kind, items } of sets) {
  const labels = labelsOf(items, 'report')
  const found = clustered(items, setting)
  const weights = without.get(kind) ?? learnWeights([...learnable.filter((set) => set.kind !== kind), ofDays])
  without.set(kind, weights)
  const other = clustered(items, { ...setting, weights })
  const { f1, precision, recall } = bcubed(found, labels)
  const [low, high] = interval(found, labels, seeded(1))
  const plain = bestPlain(items)
  const alone = bcubed(
    items.map((_, i) => i),
    labels,
  )
  const events = new Set(labels.filter((label) => label !== null))
  console.log(
    `${name.padEnd(22)} ${String(items.length).padStart(6)} ${String(labels.filter((l) => l !== null).length).padStart(6)} ${String(events.size).padStart(6)} | ${three(f1)} [${three(low)}, ${three(high)}] ${three(precision)} ${three(recall)} | ${three(bcubed(other, labels).f1)} | ${three(plain.f1)} at ${plain.threshold.toFixed(2)} | ${three(alone.f1)}`,
  )
  countBetween(items, found, labels, between)
  countBetween(items, other, labels, betweenLeftOut)
}

console.log(
  '\npairs in different languages, labels at the very same text being one: found of labelled (recall), precision',
)
for (const [pair, row] of [...between].sort((a, b) => b[1].labelled - a[1].labelled))
  tellRow(pair, row, betweenLeftOut.get(pair))
tellRow('all', sumOf(between), sumOf(betweenLeftOut))

console.log(
  '\na stream of real days, of the months that were not learnt from: pairs of one happening found, precision',
)
for (const [pair, row] of [...realDays()].sort((a, b) => b[1].labelled - a[1].labelled)) tellRow(pair, row)

rate(Number(process.argv[3] ?? 50_000))
console.log()
await import('./copies.bench.ts')

function tellRow(pair: string, row: Row, leftOut?: Row): void {
  const told = ({ right, found, labelled }: Row): string =>
    `${right} of ${labelled} (${three(right / labelled)}), ${three(right / found)}`
  console.log(
    `  ${pair.padEnd(6)} ${told(row)}${leftOut === undefined ? '' : ` | its kind left out ${told(leftOut)}`}`,
  )
}

function sumOf(rows: ReadonlyMap<string, Row>): Row {
  const sum = { right: 0, found: 0, labelled: 0 }
  for (const { right, found, labelled } of rows.values()) {
    sum.right += right
    sum.found += found
    sum.labelled += labelled
  }
  return sum
}

function countPair(
  a: EventItem,
  b: EventItem,
  together: boolean,
  labelled: boolean,
  into: Map<string, Row>,
): void {
  if (!together && !labelled) return
  const key = [a.lang, b.lang].sort().join('–')
  const row = into.get(key) ?? { right: 0, found: 0, labelled: 0 }
  into.set(key, row)
  if (together) row.found++
  if (labelled) row.labelled++
  if (together && labelled) row.right++
}

function countBetween(
  items: readonly ReadItem[],
  found: readonly number[],
  labels: readonly (string | null)[],
  into: Map<string, Row>,
): void {
  for (const [i, a] of items.entries())
    for (const [j, b] of items.slice(0, i).entries())
      if (labels[i] !== null && labels[j] !== null && a.lang !== b.lang)
        countPair(a, b, found[i] === found[j], a.united === b.united, into)
}

/** Each month is a stream of its own. */
function realDays(): Map<string, Row> {
  const rows = new Map<string, Row>()
  const months = Map.groupBy(
    days.items.filter(({ part }) => part === 'report'),
    ({ published }) => new Date(published as number).toISOString().slice(0, 7),
  )
  for (const items of months.values()) {
    const found = clustered(items, setting)
    for (const [i, a] of items.entries())
      for (let j = i - 1; j >= 0; j--) {
        const b = items[j] as DaysItem
        if ((a.published as number) - (b.published as number) > 2 * 86_400_000) break
        const is = days.verdict(a, b)
        if (is !== undefined) countPair(a, b, found[i] === found[j], is, rows)
      }
  }
  return rows
}

/** Single-pass TF-IDF: a story joins the event with the nearest centroid from a threshold on; words of title and text, rarity of the whole set. */
function bestPlain(items: readonly EventItem[]): { f1: number; threshold: number } {
  const texts = items.map(({ title, text }) => words(`${title} ${text}`).folded)
  const frequency = new Map<string, number>()
  for (const text of texts)
    for (const word of new Set(text)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const vectors = texts.map((text) => {
    const vector = new Map<string, number>()
    for (const word of text) vector.set(word, (vector.get(word) ?? 0) + 1)
    let length = 0
    for (const [word, count] of vector) {
      const weight = (1 + Math.log(count)) * Math.log(1 + texts.length / (frequency.get(word) as number))
      vector.set(word, weight)
      length += weight * weight
    }
    for (const [word, weight] of vector) vector.set(word, weight / Math.sqrt(length))
    return vector
  })
  const labels = items.map(({ event }) => event)
  let best = { f1: 0, threshold: 0 }
  for (let threshold = 0.08; threshold < 0.5; threshold += 0.04) {
    const sums: { vector: Map<string, number>; squared: number }[] = []
    const found = vectors.map((vector) => {
      let nearest = -1
      let most = threshold
      for (const [n, { vector: sum, squared }] of sums.entries()) {
        let dot = 0
        for (const [word, weight] of vector) dot += weight * (sum.get(word) ?? 0)
        const cosine = dot / Math.sqrt(squared)
        if (cosine >= most) {
          most = cosine
          nearest = n
        }
      }
      if (nearest < 0) {
        nearest = sums.length
        sums.push({ vector: new Map(), squared: 0 })
      }
      const event = sums[nearest] as (typeof sums)[number]
      for (const [word, weight] of vector) event.vector.set(word, (event.vector.get(word) ?? 0) + weight)
      event.squared = [...event.vector.values()].reduce((sum, weight) => sum + weight * weight, 0)
      return nearest
    })
    const { f1 } = bcubed(found, labels)
    if (f1 > best.f1) best = { f1, threshold }
  }
  return best
}

/**
 * English articles: items of the archive of three months whose text has several sentences, read as two reports each: one of the
 * odd sentences, one of the even, the second up to a day later. All other items of these days are in the stream.
 */
function ownChecks(): EventSet[] {
  const random = seeded(7)
  const stories: EventItem[] = []
  for (const [n, { date, text }] of sharedItems().entries()) {
    if (!/^2023-0[345]/.test(date)) continue
    const sentences = text.split(/(?<=[a-z]{3}\.)\s+/)
    const published = Date.parse(date)
    const story = (part: string[], later: number, event: string | null): EventItem => ({
      id: `${n}-${later}`,
      lang: 'en',
      title: '',
      text: part.join(' '),
      published: published + later,
      event,
      part: 'both',
    })
    const [odd, even] = [sentences.filter((_, i) => i % 2 === 0), sentences.filter((_, i) => i % 2 === 1)]
    if (sentences.length < 2 || even.join(' ').length < 60) stories.push(story(sentences, 0, `${n}`))
    else stories.push(story(odd, 0, `${n}`), story(even, Math.round(random() * 86_400_000), `${n}`))
  }
  return [
    {
      name: 'archive, halves',
      kind: CHECK,
      counts: 0,
      items: stories.sort((a, b) => (a.published ?? 0) - (b.published ?? 0)),
    },
  ]
}

function rate(stories: number): void {
  const items = sharedItems()
  const pick = picker(seeded(3))
  const read = createStoryReader([])
  const clusterer = createClusterer(setting)
  const texts = Array.from({ length: stories }, (_, i) => ({
    title: pick(items).text.slice(0, 90),
    published: Date.UTC(2025, 0, 1) + Math.floor((i / stories) * 7 * 86_400_000),
  }))
  const before = inUse()
  let reading = 0
  const start = performance.now()
  for (const { title, published } of texts) {
    const at = performance.now()
    const made = read({ title, summary: '', text: '', lang: 'en' })
    reading += performance.now() - at
    clusterer.add({ reading: made, published })
  }
  const all = performance.now() - start
  const each = (ms: number): string => `${((1000 * ms) / stories).toFixed(0)} µs`
  console.log(
    `\n${stories} short stories of a week: ${(all / 1000).toFixed(1)} s (${each(reading)} reading, ${each(all - reading)} finding the event), ${clusterer.events} open events, ${clusterer.members} stories kept, ${((inUse() - before) / 2 ** 20).toFixed(0)} MB of them`,
  )
}

/** Bytes that are held, on the heap and in arrays, after what is garbage has gone. */
function inUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
