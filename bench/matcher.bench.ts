/**
 * The streaming matcher: `npm run bench -- matcher`. Short stories (the shared archive's texts, 27 words on average, with
 * their first sentence as title), tokenised each time, against 16 themes and up to 10,000 alerts of mixed form; for
 * comparison, each query evaluated by itself on a story tokenised once.
 *
 * Times are CPU time of this process. All matchers take turns, and of each thousand stories the best round counts: on a
 * shared machine other programs slow memory down many times over. The median round shows by how much; so do the load average
 * and the time of a load from memory, before and after. In the first round covering terms are still guessed.
 */
import { loadavg } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { seeded } from '../src/core/fixtures/random.ts'
import { builtInPack } from '../src/core/offline/builtInPack.ts'
import type { Query } from '../src/core/query/language/ast.ts'
import { parseQuery } from '../src/core/query/language/parse.ts'
import { createEvaluator, createMatcher, type Matcher } from '../src/core/query/match/matcher.ts'
import type { ConceptBook, Subject } from '../src/core/query/match/subject.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'
import { conceptBook } from '../src/core/watch/conceptBook.ts'
import { archiveTexts, generate } from './corpus.ts'
import { mixedAlerts } from './mixedAlerts.ts'

const ALERTS = 10_000
const ROUNDS = 7
const PART = 1000
const texts = archiveTexts()
const step = Math.floor(texts.length / 20_000)
const short: Subject[] = Array.from({ length: 20_000 }, (_, i) => subject(texts[i * step] as string))
const long: Subject[] = [...generate(2000)].map((s) => ({ ...s, source: s.source }))

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const { concepts, themes } = pack()
const context = { concepts, timeZone: 'UTC' }
const alerts = Array.from({ length: ALERTS }, mixedAlerts(texts, seeded(3)))
let from = cpu()
const parsed = alerts.map((text) => parseQuery(text, { use: 'alert' }).query)
console.log(`parse 10,000 alerts ${(cpu() - from).toFixed(0)} ms`)

collect()
const before = memory()
from = cpu()
const all = matcherOf(parsed)
console.log(`compile 10,000 alerts ${(cpu() - from).toFixed(0)} ms (goal 1,000)`)
collect()
const compiled = memory()

console.log(machine())
const sixteen = matcherOf(themes)
const hundred = matcherOf(parsed.slice(0, 100))
const thousand = matcherOf(parsed.slice(0, 1000))
const runs = [
  runOf('none: words only', matcherOf([]), short),
  runOf(`${themes.length} themes`, sixteen, short),
  runOf(`${themes.length} themes, long texts`, sixteen, long),
  runOf('100 alerts', hundred, short),
  runOf('1,000 alerts', thousand, short),
  runOf('10,000 alerts', all, short),
] as const
for (let round = 0; round < ROUNDS; round++) for (const run of runs) run.round()
console.log(machine())
console.log(
  `${'queries'.padEnd(23)}${['stories/s', 'µs a story', 'median', 'first', 'terms', 'candidates', 'matches'].map((s) => s.padStart(11)).join('')}`,
)
for (const run of runs) console.log(run.report())
const growth = runs[5].best() / runs[3].best()
console.log(`100 → 10,000 alerts: ${growth.toFixed(2)} × a story (goal < 3)`)

collect()
const used = memory()
console.log(
  `memory of 10,000 alerts: ${megabytes(compiled - before)} MB compiled; ${megabytes(used - before)} MB all matchers after reading`,
)
const adds = Array.from({ length: 200 }, (_, i) => {
  const start = performance.now()
  all.set(String(i * 37), parsed[(i * 37 + 1) % ALERTS] as Query)
  return performance.now() - start
}).sort((a, b) => a - b)
console.log(`replace one: median ${at(adds, 0.5)} ms, p95 ${at(adds, 0.95)} ms (goal 5)`)

alone(`${themes.length} themes`, themes, sixteen)
alone('1,000 alerts', parsed.slice(0, 1000), thousand)

function matcherOf(queries: readonly Query[]): Matcher {
  const matcher = createMatcher(context)
  queries.forEach((query, i) => {
    matcher.set(String(i), query)
  })
  return matcher
}

/** Rounds of one matcher over the same stories. */
function runOf(name: string, matcher: Matcher, stories: readonly Subject[]) {
  const parts = Array.from({ length: stories.length / PART }, () => Infinity)
  const rounds: number[] = []
  let matches = 0
  let candidates = 0
  const best = (): number => (parts.reduce((sum, time) => sum + time) * 1000) / stories.length
  return {
    best,
    round(): void {
      matches = 0
      candidates = matcher.candidates
      let sum = 0
      for (let part = 0; part < parts.length; part++) {
        const start = cpu()
        for (let i = part * PART; i < (part + 1) * PART; i++)
          matches += matcher.match(tokenise(stories[i] as Subject), 0).length
        const time = cpu() - start
        sum += time
        parts[part] = Math.min(parts[part] as number, time)
      }
      candidates = matcher.candidates - candidates
      rounds.push((sum * 1000) / stories.length)
    },
    report(): string {
      const median = [...rounds].sort((a, b) => a - b)[Math.floor(rounds.length / 2)] as number
      return [
        name.padEnd(23),
        Math.round(1e6 / best()).toLocaleString('en'),
        best().toFixed(1),
        median.toFixed(1),
        (rounds[0] as number).toFixed(1),
        matcher.terms.toLocaleString('en'),
        (candidates / stories.length).toFixed(1),
        (matches / stories.length).toFixed(1),
      ]
        .map((cell, i) => (i === 0 ? cell : cell.padStart(11)))
        .join('')
    },
  }
}

/** Each query evaluated by itself and the matcher, in turns on the same stories. */
function alone(name: string, queries: readonly Query[], matcher: Matcher): void {
  const evaluators = queries.map((query) => createEvaluator(query, context))
  const few = short.slice(0, Math.max(100, Math.floor(100_000 / queries.length)))
  let [by, together] = [Infinity, Infinity]
  for (let round = 0; round < 3; round++) {
    let start = cpu()
    for (const s of few) {
      const story = tokenise(s)
      for (const evaluator of evaluators) evaluator.matches(story, 0)
    }
    by = Math.min(by, cpu() - start)
    start = cpu()
    for (const s of few) matcher.match(tokenise(s), 0)
    together = Math.min(together, cpu() - start)
  }
  console.log(
    `each of ${name} by itself: ${((by * 1000) / few.length).toFixed(0)} µs a story, ${(by / together).toFixed(0)} × the matcher`,
  )
}

/** The load average, and the time of one load from memory, in a chain through 16 MB. */
function machine(): string {
  const chain = new Int32Array(1 << 22)
  for (let i = 0; i < chain.length; i++) chain[i] = (Math.imul(i, 2654435761) >>> 0) % chain.length
  let [x, best] = [1, Infinity]
  for (let round = 0; round < 20; round++) {
    const start = performance.now()
    for (let i = 0; i < 50_000; i++) x = ((chain[x] as number) + i) % chain.length
    best = Math.min(best, performance.now() - start)
  }
  return `load ${(loadavg()[0] as number).toFixed(1)}, a load from memory ${((best / 50_000) * 1e6).toFixed(0)} ns${x < 0 ? '!' : ''}`
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}

/** Alerts as people write them, from the words of the archive: rare words more often than frequent ones. */
/** The built-in pack: its concepts and the queries of its themes. */
function pack(): { concepts: ConceptBook; themes: Query[] } {
  const pack = builtInPack()
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
