/**
 * Events: BCubed on every open set at the one frozen setting, beside single-pass TF-IDF at the threshold that is best for the set, and
 * every story alone; pairs in different languages, by pair of languages; checks made from other shared data; rate and
 * memory. `npm run bench -- events [stories]`
 */
import { createClusterer } from '../src/core/events/clusters/clusterer.ts'
import { createStoryReader } from '../src/core/events/clusters/readStory.ts'
import { frozenSetting } from '../src/core/events/clusters/setting.ts'
import { picker, seeded } from '../src/core/fixtures/random.ts'
import { hasSharedArchive, sharedItems } from '../src/core/fixtures/sharedArchive.ts'
import { words } from '../src/core/query/words/words.ts'
import { bcubed, interval } from './learn/bcubed.ts'
import { clustered } from './learn/eventPairs.ts'
import { type EventItem, eventSets, hasEventSets, type ReadItem, readSet } from './learn/eventSets.ts'

if (!hasEventSets || !hasSharedArchive) {
  console.error('This benchmark needs ../shared/events and ../shared/archive.')
  process.exit(1)
}
const setting = frozenSetting()
const three = (x: number): string => x.toFixed(3)

console.log('set                   stories scored events | F1 [95 %] P R | TF-IDF at its best | alone')
const between = new Map<string, { right: number; found: number; labelled: number }>()
for (const set of [...eventSets(), ...ownChecks()]) {
  const items = readSet(set)
  const labels = items.map(({ event }) => event)
  const found = clustered(items, setting)
  const { f1, precision, recall } = bcubed(found, labels)
  const [low, high] = interval(found, labels, seeded(1))
  const plain = bestPlain(items)
  const alone = bcubed(
    items.map((_, i) => i),
    labels,
  )
  const events = new Set(labels.filter((label) => label !== null))
  console.log(
    `${set.name.padEnd(22)} ${String(items.length).padStart(6)} ${String(labels.filter((l) => l !== null).length).padStart(6)} ${String(events.size).padStart(6)} | ${three(f1)} [${three(low)}, ${three(high)}] ${three(precision)} ${three(recall)} | ${three(plain.f1)} at ${plain.threshold.toFixed(2)} | ${three(alone.f1)}`,
  )
  countBetween(items, found)
}

console.log(
  '\npairs in different languages, labels at the very same text being one: found of labelled (recall), precision',
)
for (const [pair, { right, found, labelled }] of [...between].sort((a, b) => b[1].labelled - a[1].labelled))
  console.log(
    `  ${pair.padEnd(6)} ${right} of ${labelled} (${three(right / labelled)}), ${three(right / found)}`,
  )
const all = [...between.values()].reduce(
  (sum, { right, found, labelled }) => ({
    right: sum.right + right,
    found: sum.found + found,
    labelled: sum.labelled + labelled,
  }),
  { right: 0, found: 0, labelled: 0 },
)
console.log(
  `  all    ${all.right} of ${all.labelled} (${three(all.right / all.labelled)}), ${three(all.right / all.found)}`,
)

rate(Number(process.argv[3] ?? 50_000))

function countBetween(items: readonly ReadItem[], found: readonly number[]): void {
  for (const [i, a] of items.entries())
    for (const [j, b] of items.slice(0, i).entries()) {
      if (a.united === null || b.united === null || a.lang === b.lang) continue
      const together = found[i] === found[j]
      const labelled = a.united === b.united
      if (!together && !labelled) continue
      const key = [a.lang, b.lang].sort().join('–')
      const row = between.get(key) ?? { right: 0, found: 0, labelled: 0 }
      between.set(key, row)
      if (together) row.found++
      if (labelled) row.labelled++
      if (together && labelled) row.right++
    }
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
function ownChecks(): { name: string; items: EventItem[] }[] {
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
    })
    const [odd, even] = [sentences.filter((_, i) => i % 2 === 0), sentences.filter((_, i) => i % 2 === 1)]
    if (sentences.length < 2 || even.join(' ').length < 60) stories.push(story(sentences, 0, `${n}`))
    else stories.push(story(odd, 0, `${n}`), story(even, Math.round(random() * 86_400_000), `${n}`))
  }
  return [{ name: 'archive, halves', items: stories.sort((a, b) => (a.published ?? 0) - (b.published ?? 0)) }]
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
  const before = process.memoryUsage.rss()
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
    `\n${stories} short stories of a week: ${(all / 1000).toFixed(1)} s (${each(reading)} reading, ${each(all - reading)} finding the event), ${clusterer.events} open events, ${((process.memoryUsage.rss() - before) / 2 ** 20).toFixed(0)} MB more in use`,
  )
}
