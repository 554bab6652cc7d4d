import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseQuery } from '../../query/language/parse.ts'
import { printQuery } from '../../query/language/print.ts'
import { tokenise } from '../../query/match/tokenise.ts'
import { conceptBook } from '../conceptBook.ts'
import { createPercolator } from '../percolator.ts'
import { createJudge, type Weights } from './judge.ts'

const folder = new URL('../../../../resources/themes/great-powers-and-europe/', import.meta.url)
const json = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const files = (part: string) => readdirSync(new URL(part, folder)).map((file) => json(`${part}/${file}`))
const themes: { id: string; query: string[] }[] = files('themes')
const concepts: { name: string; forms: string[]; except: string[] }[] = files('concepts').flat()
const book = conceptBook(concepts)

test('the weights that ship were learnt with the queries that ship: else run npm run learn', () => {
  const judge = createJudge()
  for (const { id, query } of themes)
    expect(judge.learntQuery(id), id).toBe(printQuery(parseQuery(query.join('\n'), { use: 'theme' }).query))
})

test('every concept that the weights name is in the pack', () => {
  const judge = createJudge()
  for (const { id } of [...themes, { id: 'a theme of one’s own' }])
    expect(
      judge.concepts(id).filter((concept) => !book.has(concept)),
      id,
    ).toEqual([])
})

const weights = (signals: Record<string, number>, query = ''): Weights => ({
  date: '',
  from: [],
  vocabulary: ['dealings'],
  forests: {},
  general: { query: '', bias: 0, weights: { 'query.headline': 2 } },
  themes: { 'us-china': { query, bias: -1, weights: signals } },
})
const scoreOf = (
  from: Weights,
  theme: { key: string; query: string },
  over: { title?: string; text?: string; lang?: string },
): { score: number; signals: string[] } => {
  const percolator = createPercolator({ concepts: book, timeZone: 'UTC' }, createJudge(from))
  const { query } = parseQuery(theme.query, { use: 'theme' })
  percolator.setTheme({ id: 1, key: theme.key, query, threshold: 0, group: '' })
  const story = tokenise({ title: '', summary: '', text: '', published: null, ...over })
  const { score, weighed } = percolator.explain(1, story, 0)
  expect(percolator.match(story, 0).tags.get(1) ?? 0).toBe(score)
  return { score, signals: weighed.map(({ signal }) => signal) }
}
const pair = '@us-side @china-side'
const logistic = (sum: number): number => 1 / (1 + Math.exp(-sum))

test('a score is the bias and what each signal adds', () => {
  const both = weights({ 'relation.both-headline': 3, 'headline:dealings': 0.5 }, pair)
  expect(
    scoreOf(both, { key: 'us-china', query: pair }, { title: 'Washington and Beijing agree on trade' }),
  ).toEqual({
    score: logistic(2.5),
    signals: ['relation.both-headline', 'headline:dealings'],
  })
  expect(
    scoreOf(both, { key: 'us-china', query: pair }, { title: 'Rain', text: 'Washington. Beijing.' }).signals,
  ).toEqual([])
})

test('an outlet’s country does not act', () => {
  const both = weights({ 'relation.both-headline': 3 }, pair)
  const title = (words: string) => scoreOf(both, { key: 'us-china', query: pair }, { title: words }).signals
  expect(title('US media: Beijing builds a bridge')).toEqual([])
  expect(title('US builds a bridge in Beijing')).toEqual(['relation.both-headline'])
})

test('a theme without weights of its own has the general ones, and a query of filters alone scores 0', () => {
  expect(scoreOf(weights({}), { key: 'mine', query: 'walrus' }, { title: 'Walrus seen' }).score).toBe(
    logistic(2),
  )
  expect(
    scoreOf(weights({}), { key: 'mine', query: 'lang:en' }, { title: 'Walrus seen', lang: 'en' }).score,
  ).toBe(0)
})

test('what a person adds to a theme is judged by the general weights, the rest by its own', () => {
  const own = weights({ 'relation.both-headline': 3 }, pair)
  const changed = { key: 'us-china', query: `(${pair}) OR walrus` }
  expect(scoreOf(own, changed, { title: 'Washington and Beijing' }).signals).toEqual([
    'relation.both-headline',
  ])
  expect(scoreOf(own, changed, { title: 'Walrus seen' }).signals).toEqual(['query.headline'])
})

test('of a long story a paragraph further down counts, a little less than the opening', () => {
  const both = weights({ 'relation.both-first-sentence': 3, 'relation.same-sentence': 3 }, pair)
  const filler = 'Gulls fly over the sea and more gulls come. '
  const at = (before: number): number =>
    scoreOf(
      both,
      { key: 'us-china', query: pair },
      {
        title: 'Gulls',
        text: `${filler.repeat(before)}Washington and Beijing agree. ${filler.repeat(60 - before)}`,
      },
    ).score
  expect(at(40)).toBeGreaterThan(0.5)
  expect(at(0)).toBeGreaterThan(at(40))
})

test('of the paragraphs further down those are judged that name both sides most often', () => {
  const told = weights({ 'passage:dealings': 3 }, pair)
  const filler = 'Gulls fly over the sea and more gulls come. '.repeat(12)
  const often = 'Washington, Beijing, Washington, Beijing. '
  const last = (ending: string, before: number): number =>
    scoreOf(
      told,
      { key: 'us-china', query: pair },
      { title: 'Gulls', text: `${filler}${`${often}${filler}`.repeat(before)}${ending}` },
    ).score
  const agree = 'Washington and Beijing agree.'
  expect(last(agree, 1)).toBeGreaterThan(0.5)
  expect(last(agree, 3)).toBeLessThan(0.5)
  expect(last(`${often}${often}${agree}`, 3)).toBeGreaterThan(0.5)
})

test('where a theme has a forest, the score is the mean of both in logits, and what weighed most is of both', () => {
  const both: Weights = {
    ...weights({ 'relation.both-headline': 3 }, pair),
    forests: { relations: { signals: ['relation.both-headline'], trees: ['500,0,0,2 300 900'] } },
  }
  const us = both.themes['us-china'] as Weights['general']
  const from = { ...both, themes: { 'us-china': { ...us, forest: 'relations' } } }
  const score = scoreOf(
    from,
    { key: 'us-china', query: pair },
    { title: 'Washington and Beijing agree' },
  ).score
  expect(score).toBeCloseTo(logistic((2 + Math.log(9)) / 2))
  const percolator = createPercolator({ concepts: book, timeZone: 'UTC' }, createJudge(from))
  percolator.setTheme({
    id: 1,
    key: 'us-china',
    query: parseQuery(pair, { use: 'theme' }).query,
    threshold: 0,
    group: '',
  })
  const story = tokenise({ title: 'Washington and Beijing agree', summary: '', text: '', published: null })
  expect(percolator.explain(1, story, 0).weighed.map(({ adds }) => adds)).toEqual([
    expect.closeTo((3 + Math.log(9)) / 2),
  ])
})
