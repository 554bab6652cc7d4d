/**
 * Learns what the signals of a story weigh for each theme, and writes src/core/watch/judgement/weights.json: `npm run learn`.
 * First it cross-validates, by day, by source, with one language after another left out, and by day from fewer items; `--fast`
 * leaves that out.
 */
import { writeFileSync } from 'node:fs'
import { seeded } from '../../src/core/fixtures/random.ts'
import { builtInPack } from '../../src/core/offline/builtInPack.ts'
import type { Weights } from '../../src/core/watch/judgement/judge.ts'
import { agreement, f1, precision, recall } from './agreement.ts'
import { crossValidate, scoresByDay, scoresBySource, tagsAt } from './crossValidate.ts'
import { labelled } from './labelled.ts'
import { LEARNT_FROM, learn, learningItems, samplesOf, themesOf, withQueries } from './model.ts'

const pack = builtInPack()
const themes = themesOf(pack)
const thresholds = new Map(pack.themes.map(({ id, threshold }) => [id, threshold]))
const news = labelled('news-more')
const { samples, vocabulary } = samplesOf(pack, learningItems())
console.log(`${samples.length} candidates, ${vocabulary.length} concepts`)

if (!process.argv.includes('--fast')) {
  report('by day', scoresByDay(samples, themes))
  report('by source', scoresBySource(samples, themes))
  for (const lang of ['en', 'zh', 'es'])
    report(`without ${lang}`, crossValidate(samples, themes, [(item) => item.lang === lang]), lang)
  learningCurve()
}

const date = new Date().toISOString().slice(0, 10)
const out: Weights = { date, from: LEARNT_FROM, vocabulary, ...withQueries(learn(samples, themes), pack) }
writeFileSync(
  new URL('../../src/core/watch/judgement/weights.json', import.meta.url),
  `${JSON.stringify(out, null, 1)}\n`,
)

/** How much better the themes tag with more labels: by day, learnt from parts of the news, each drawn several times. */
function learningCurve(): void {
  for (const [what, share, times] of [
    ['a quarter', 0.25, 4],
    ['half', 0.5, 4],
    ['all', 1, 1],
  ] as const) {
    const values = Array.from({ length: times }, (_, seed) => {
      const random = seeded(seed)
      const taught = new Set(news.filter(() => random() < share).map(({ id }) => id))
      const scores = scoresByDay(samples, themes, ({ id }) => taught.has(id))
      return f1(
        agreement(
          news,
          tagsAt(scores, (theme) => thresholds.get(theme) ?? 1),
          themes,
        ),
      )
    })
    const mean = values.reduce((sum, value) => sum + value, 0) / times
    console.log(`learnt from ${what.padEnd(9)} of the news: F1 ${mean.toFixed(3)}`)
  }
}

function report(what: string, scores: ReturnType<typeof crossValidate>, lang?: string): void {
  const items = news.filter((item) => lang === undefined || item.lang === lang)
  for (const threshold of [0.45, 0.5, 0.55, 0.6, 0.65]) {
    const counts = agreement(
      items,
      tagsAt(scores, () => threshold),
      themes,
    )
    const figures = [precision(counts), recall(counts), f1(counts)].map((value) => value.toFixed(3))
    console.log(
      `${what.padEnd(11)} from ${threshold.toFixed(2)}: precision ${figures[0]}, recall ${figures[1]}, F1 ${figures[2]}`,
    )
  }
}
