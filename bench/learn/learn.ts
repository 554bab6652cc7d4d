/**
 * Learns what the signals of a story weigh for each theme, and writes src/core/watch/judgement/weights.json: `npm run learn`.
 * First it cross-validates, by day and with one language after another left out; `--fast` leaves that out.
 */
import { writeFileSync } from 'node:fs'
import { builtInPack } from '../../src/core/offline/builtInPack.ts'
import type { Weights } from '../../src/core/watch/judgement/judge.ts'
import { agreement, f1, precision, recall } from './agreement.ts'
import { crossValidate, scoresByDay, tagsAt } from './crossValidate.ts'
import { labelled } from './labelled.ts'
import { LEARNT_FROM, learn, learningItems, samplesOf, themesOf, withQueries } from './model.ts'

const pack = builtInPack()
const themes = themesOf(pack)
const news = labelled('news-more')
const { samples, vocabulary } = samplesOf(pack, learningItems())
console.log(`${samples.length} candidates, ${vocabulary.length} concepts`)

if (!process.argv.includes('--fast')) {
  report('by day', scoresByDay(samples, themes))
  for (const lang of ['en', 'zh', 'es'])
    report(`without ${lang}`, crossValidate(samples, themes, [(item) => item.lang === lang]), lang)
}

const date = new Date().toISOString().slice(0, 10)
const out: Weights = { date, from: LEARNT_FROM, vocabulary, ...withQueries(learn(samples, themes), pack) }
writeFileSync(
  new URL('../../src/core/watch/judgement/weights.json', import.meta.url),
  `${JSON.stringify(out, null, 1)}\n`,
)

function report(what: string, scores: ReturnType<typeof crossValidate>, lang?: string): void {
  const items = news.filter((item) => lang === undefined || item.lang === lang)
  for (const threshold of [0.4, 0.45, 0.5, 0.55]) {
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
