import { expect, test } from 'vitest'
import { parseQuery } from '../query/language/parse.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { createPercolator } from './percolator.ts'

const NOW = Date.UTC(2025, 4, 9)
const WEATHER = 'The water is high today and the wind is from the west. '
const FERRY = 'The ferry stays in the harbour. '

/** A story of this text, as the percolator sees it with one theme on ferries and one alert. */
function matched(text: string) {
  const percolator = createPercolator({ concepts: new Map(), timeZone: 'UTC' })
  const { query } = parseQuery('ferry', { use: 'theme' })
  percolator.setTheme({ id: 1, key: 'ferries', query, threshold: 0.001, group: '' })
  percolator.setAlert(2, query)
  const story = tokenise({ title: 'News', summary: '', text, published: NOW, fetched: NOW })
  const { tags, alerts } = percolator.match(story, NOW)
  return { score: tags.get(1), explained: percolator.explain(1, story, NOW).score, alerts }
}

test('of a very long story its first 30,000 characters decide what it is about', () => {
  const opening = (FERRY + WEATHER.repeat(3)).repeat(160).slice(0, 29_997)
  const alone = matched(opening)
  expect(alone.score).toBeGreaterThan(0)
  for (const tail of [WEATHER, FERRY]) expect(matched(`${opening} ${tail.repeat(2000)}`)).toEqual(alone)
})

test('what a story names beyond that is found by an alert, and is not its theme', () => {
  const { score, explained, alerts } = matched(WEATHER.repeat(700) + FERRY)
  expect([score, explained, alerts]).toEqual([undefined, 0, [2]])
})
