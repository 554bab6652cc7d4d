/**
 * The streaming matcher: `npm run bench -- matcher`. Short stories (the shared archive's texts, 27 words on average), read
 * into words anew each time, against 16 themes and up to 10,000 alerts of mixed form; beside it, each query evaluated by
 * itself. Times are CPU time of this process.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Query } from '../src/core/query/ast.ts'
import { createEvaluator, createMatcher } from '../src/core/query/matcher.ts'
import { parseQuery } from '../src/core/query/parse.ts'
import type { ConceptBook, Subject } from '../src/core/query/subject.ts'
import { tokenise } from '../src/core/query/tokenise.ts'
import { words } from '../src/core/query/words.ts'
import { conceptBook, readPack } from '../src/core/themes/pack.ts'
import { archiveTexts, generate, randomNumbers } from './corpus.ts'

const ALERTS = 10_000
const texts = archiveTexts()
const step = Math.floor(texts.length / 20_000)
const short: Subject[] = Array.from({ length: 20_000 }, (_, i) => subject(texts[i * step] as string))
const long: Subject[] = [...generate(4000)].map((s) => ({ ...s, source: s.source }))

const { concepts, themes } = pack()
const context = { concepts, timeZone: 'UTC' }

console.log(`${'queries'.padEnd(24)}   stories/s   µs a story   leaves`)
const none = createMatcher(context)
report('none: words only', none, short)
const sixteen = createMatcher(context)
themes.forEach((query, i) => {
  sixteen.set(`theme ${i}`, query)
})
report(`${themes.length} themes`, sixteen, short)
report(`${themes.length} themes, long texts`, sixteen, long)

const alerts = Array.from({ length: ALERTS }, alertOf(randomNumbers(3)))
const parsed = alerts.map((text) => parseQuery(text, { use: 'alert' }).query)
const perStory = new Map<number, number>()
for (const n of [100, 1000, ALERTS]) {
  const matcher = createMatcher(context)
  for (let i = 0; i < n; i++) matcher.set(String(i), parsed[i] as Query)
  perStory.set(n, report(`${n.toLocaleString('en')} alerts`, matcher, short))
}
const growth = (perStory.get(ALERTS) as number) / (perStory.get(100) as number)
console.log(`100 → 10,000 alerts: ${growth.toFixed(2)} × a story (goal < 3)`)

global.gc?.()
const before = process.memoryUsage().heapUsed
let from = cpu()
const all = createMatcher(context)
parsed.forEach((query, i) => {
  all.set(String(i), query)
})
console.log(`compile 10,000 alerts ${(cpu() - from).toFixed(0)} ms (goal 1,000)`)
from = cpu()
alerts.map((text) => parseQuery(text, { use: 'alert' }))
console.log(`parse 10,000 alerts ${(cpu() - from).toFixed(0)} ms`)
global.gc?.()
console.log(
  `memory ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(0)} MB${global.gc === undefined ? ' (uncollected)' : ''}`,
)
const adds = Array.from({ length: 200 }, (_, i) => {
  const start = performance.now()
  all.set(String(i * 37), parsed[(i * 37 + 1) % ALERTS] as Query)
  return performance.now() - start
}).sort((a, b) => a - b)
console.log(`replace one: median ${at(adds, 0.5)} ms, p95 ${at(adds, 0.95)} ms (goal 5)`)

const some = parsed.slice(0, 1000).map((query) => createEvaluator(query, context))
const few = short.slice(0, 200)
from = cpu()
for (const s of few) {
  const story = tokenise(s)
  for (const evaluator of some) evaluator.matches(story, 0)
}
const alone = ((cpu() - from) * 1000) / few.length
console.log(
  `each of 1,000 alerts by itself: ${alone.toFixed(0)} µs a story, ${(alone / (perStory.get(1000) as number)).toFixed(0)} × the matcher`,
)

function report(
  name: string,
  matcher: ReturnType<typeof createMatcher>,
  stories: readonly Subject[],
): number {
  let best = Infinity
  for (let round = 0; round < 5; round++) {
    const start = cpu()
    for (const s of stories) matcher.match(tokenise(s), 0)
    best = Math.min(best, ((cpu() - start) * 1000) / stories.length)
  }
  console.log(
    `${name.padEnd(24)} ${Math.round(1e6 / best)
      .toLocaleString('en')
      .padStart(11)} ${best.toFixed(1).padStart(12)} ${String(matcher.leaves).padStart(8)}`,
  )
  return best
}

/** Alerts as people write them, from the words of the archive: rare words more often than frequent ones. */
function alertOf(random: () => number): () => string {
  const seen = new Map<string, number>()
  for (const text of texts.slice(0, 40_000))
    for (const word of words(text).folded) if (word.length > 3) seen.set(word, (seen.get(word) ?? 0) + 1)
  const ranked = [...seen]
    .filter(([, n]) => n >= 3)
    .sort((a, b) => b[1] - a[1])
    .map(([word]) => word)
  const word = (): string => ranked[Math.floor(ranked.length * random() ** 1.5)] as string
  const upper = (): string => word().toUpperCase()
  const forms: (() => string)[] = [
    () => word(),
    () => `${word()} ${word()}`,
    () => `"${word()} ${word()}"`,
    () => `${word()} AND (${word()} OR ${word()} OR ${word()})`,
    () => `${word()} NEAR/5 ${word()}`,
    () => `(${word()} OR ${word()}) NEAR/8 (${word()} OR "${word()} ${word()}")`,
    () => `${word().slice(0, 6)}* ${word()}`,
    () => `${word()} -${word()}`,
    () => `case:${upper()} ${word()}`,
    () => `ANY/2 (${word()}, ${word()}, ${word()}, ${word()})`,
    () => `title:${word()} ${word()}`,
    () => `${word()}{2}`,
    () =>
      `(${Array.from({ length: 12 }, word).join(' OR ')}) (${Array.from({ length: 6 }, word).join(' OR ')})`,
    () => `lang:ru ${word()}`,
    () => `@china ${word()}`,
  ]
  return () => (forms[Math.floor(random() * forms.length)] as () => string)()
}

/** The built-in pack: its concepts and the queries of its themes. */
function pack(): { concepts: ConceptBook; themes: Query[] } {
  const file = join(import.meta.dirname, '../resources/themes/great-powers-and-europe.json')
  const pack = readPack(readFileSync(file, 'utf8'))
  return {
    concepts: conceptBook(pack.concepts),
    themes: pack.themes.map(({ query }) => parseQuery(query, { use: 'theme' }).query),
  }
}

function subject(text: string): Subject {
  const end = text.indexOf('. ')
  return { title: text.slice(0, end < 0 ? undefined : end), summary: '', text, published: 0, lang: 'en' }
}

function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2)
}
