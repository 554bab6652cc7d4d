/**
 * Learns what the signals of a story weigh for each theme, and writes src/core/watch/judgement/weights.json:
 * `npm run learn`. First it cross-validates: by day, and with one language after another left out.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { readPack } from '../../src/core/themes/pack.ts'
import type { Weights } from '../../src/core/watch/judgement/judge.ts'
import { foldOf, folds, type LabelledItem, labelled } from './labelled.ts'
import { learn, type Sample, samplesOf, scoreOf, themesOf, withQueries } from './model.ts'

const file = new URL('../../resources/themes/great-powers-and-europe.json', import.meta.url)
const pack = readPack(readFileSync(file, 'utf8'))
const themes = themesOf(pack)
const sets = ['news-more', 'items', 'examples', 'independent']
const news = labelled('news-more')
const { samples, vocabulary } = samplesOf(
  pack,
  sets.flatMap(labelled).filter(({ part }) => part !== 'held'),
)
const ofNews = samples.filter(({ item }) => item.set === 'news-more')
const written = samples.filter(({ item }) => item.set !== 'news-more')
console.log(
  `${samples.length} candidates, ${vocabulary.length} concepts; news-more recall of the queries ${recall().toFixed(3)}`,
)

if (!process.argv.includes('--fast')) {
  report(
    'by day',
    folds.map((fold) => (item: LabelledItem) => foldOf(item) === fold),
  )
  report(
    'languages left out',
    ['en', 'zh', 'es'].map((lang) => (item: LabelledItem) => item.lang === lang),
  )
}

const date = new Date().toISOString().slice(0, 10)
const out: Weights = { date, from: sets, vocabulary, ...withQueries(learn(samples, themes), pack) }
const text = JSON.stringify(out, null, 1)
writeFileSync(new URL('../../src/core/watch/judgement/weights.json', import.meta.url), `${text}\n`)

function recall(): number {
  const all = news.reduce((sum, { themes }) => sum + themes.size, 0)
  return ofNews.filter(({ item, theme }) => item.themes.has(theme)).length / all
}

function report(what: string, parts: readonly ((item: LabelledItem) => boolean)[]): void {
  const scored: { sample: Sample; score: number; general: number; part: number }[] = []
  parts.forEach((isIn, part) => {
    const { themes: weights, general } = learn(
      [...ofNews.filter(({ item }) => !isIn(item)), ...written],
      themes,
    )
    for (const sample of ofNews)
      if (isIn(sample.item)) {
        const own = weights[sample.theme]
        if (own !== undefined)
          scored.push({
            sample,
            score: scoreOf(own, sample.signals),
            general: scoreOf(general, sample.general),
            part,
          })
      }
  })
  const missed = (isIn: (item: LabelledItem) => boolean): number =>
    news.filter(isIn).reduce((sum, { themes }) => sum + themes.size, 0)
  const f1 = (
    some: typeof scored,
    all: number,
    threshold: number,
    key: 'score' | 'general' = 'score',
  ): [number, number, number] => {
    const on = some.filter((one) => one[key] >= threshold)
    const right = on.filter(({ sample: { item, theme } }) => item.themes.has(theme)).length
    return [right / on.length, right / all, (2 * right) / (on.length + all)]
  }
  const whole = missed((item) => parts.some((isIn) => isIn(item)))
  for (const threshold of [0.35, 0.4, 0.45, 0.5, 0.55]) {
    const by = parts.map(
      (isIn, part) =>
        f1(
          scored.filter((s) => s.part === part),
          missed(isIn),
          threshold,
        )[2],
    )
    const mean = by.reduce((a, b) => a + b, 0) / by.length
    const spread = Math.sqrt(by.reduce((a, b) => a + (b - mean) ** 2, 0) / by.length)
    console.log(
      `${what} @${threshold}: P R F1 ${f1(scored, whole, threshold)
        .map((v) => v.toFixed(3))
        .join(
          ' ',
        )}; parts ${mean.toFixed(3)} ± ${spread.toFixed(3)} (${by.map((v) => v.toFixed(3)).join(' ')}); general weights F1 ${f1(scored, whole, threshold, 'general')[2].toFixed(3)}`,
    )
  }
  console.log(
    themes
      .map((theme) => {
        const all = news.filter((item) => item.themes.has(theme) && parts.some((isIn) => isIn(item))).length
        return `${theme} ${f1(
          scored.filter((s) => s.sample.theme === theme),
          all,
          0.45,
        )[2].toFixed(2)}`
      })
      .join(' '),
  )
}
