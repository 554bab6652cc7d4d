import { expect, test } from 'vitest'
import { folded, inThemes, type Layer, layersOf, OTHERS, othersOf } from './layers.ts'
import { expectedInWords, expectedText, inSentence, usual } from './lead.ts'
import { silences } from './silence.ts'
import { labelled, layerAt, placeOf, scaleOf, spread, stacked, stepArea } from './stack.ts'

test('an expectation is said in whole stories, but for less than one', () => {
  expect([-2, 0.4, 0.96, 7.7].map(usual)).toEqual(['0', '0.4', '1', '8'])
  const of = { value: 9, low: 5, high: 13, day: '2025-05-08' }
  expect(expectedInWords(of)).toBe('expected 9\u00a0±\u00a04 on Thursdays')
  expect(expectedText(of)).toBe('expected 5–13 on Thursdays (9\u00a0±\u00a04)')
})

test('a long headline is cut between words where it stands in a sentence', () => {
  expect(inSentence('Xi arrives in Moscow.')).toBe('Xi arrives in Moscow')
  expect(inSentence('Xi arrives in Moscow, and speaks of gas', 22)).toBe('Xi arrives in Moscow…')
  expect(inSentence('普'.repeat(30), 20)).toBe(`${'普'.repeat(20)}…`)
})

test('an empty cell is a silence only where the bloc would be expected to report', () => {
  const rows = (table: number[][]) =>
    table.map((cells, index) => ({
      theme: `t${index}`,
      cells: cells.map((stories) => ({ stories, query: '' })),
    }))
  // The second bloc writes as much as the first but not on the first theme; the third hardly writes at all.
  expect(
    silences(
      rows([
        [20, 0, 0],
        [10, 30, 1],
      ]),
    ),
  ).toEqual([
    [false, true, false],
    [false, false, false],
  ])
  expect(
    silences(
      rows([
        [2, 0],
        [2, 3],
      ]),
    ),
  ).toEqual([
    [false, false],
    [false, false],
  ])
  expect(silences(rows([[0, 0]]))).toEqual([[false, false]])
  expect(silences([])).toEqual([])
})

test('the chart stacks the largest theme first, each in its own colour whichever others are shown', () => {
  const theme = (id: string) => ({ id, name: id.toUpperCase(), colour: 1 })
  const layers = layersOf([
    { theme: theme('a'), stories: [1, 0], events: [] },
    { theme: theme('b'), stories: [4, 5], events: [] },
    { theme: theme('c'), stories: [0, 0], events: [] },
  ])
  expect(layers.map(({ name }) => name)).toEqual(['B', 'A'])
  const alone = layersOf([{ theme: theme('a'), stories: [1, 0], events: [] }])
  expect(alone[0]?.colour).toBe(layers[1]?.colour)
})

test('a part of a column opens its theme within the column’s query', () => {
  expect(inThemes('on:2025-05-09', ['brics'])).toBe('on:2025-05-09 theme:brics')
  expect(inThemes('on:2025-05-08 OR on:2025-05-09', ['brics'])).toBe(
    '(on:2025-05-08 OR on:2025-05-09) theme:brics',
  )
  expect(inThemes('', ['brics'])).toBe('theme:brics')
  expect(inThemes('on:2025-05-09', ['brics', 'tariffs'])).toBe('on:2025-05-09 theme:(brics OR tariffs)')
})

const layer = (id: string, ...stories: number[]): Layer => ({ id, name: id, colour: 1, stories })

test('themes without a layer of their own are one grey layer, which adds them up; one alone stays itself', () => {
  const all = [layer('a', 5, 5), layer('b', 3, 4), layer('c', 1, 0), layer('d', 0, 1)]
  const drawn = folded(all, 2, (themes) => `${themes} others`)
  expect(drawn.map(({ id, name }) => [id, name])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
    [OTHERS, '2 others'],
  ])
  expect(drawn[2]).toMatchObject({ colour: 0, stories: [1, 1] })
  expect(othersOf(drawn, all)).toEqual(['c', 'd'])
  expect(folded(all, 3, String).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
})

test('layers stand on each other, and a height in a bucket is the layer’s that is drawn there', () => {
  const layers = [layer('low', 2, 0), layer('high', 3, 4)]
  expect(stacked(layers, 2)).toEqual([
    [0, 0],
    [2, 0],
    [5, 4],
  ])
  const scale = scaleOf(5, 2, 100, 60)
  expect(scale.ticks).toEqual([0, 2, 4, 6])
  expect([scale.x(1), scale.y(0), scale.y(6)]).toEqual([50, 60, 0])
  expect(stepArea([0, 0], [2, 0], scale)).toBe(
    'M0.0 60.0L0.0 40.0L50.0 40.0L50.0 60.0L100.0 60.0L100.0 60.0L50.0 60.0L50.0 60.0L0.0 60.0Z',
  )
  const at = (bucket: number, height: number) => layerAt(layers, bucket, height)?.id ?? null
  expect([at(0, 1), at(0, 4), at(0, 5), at(1, 1)]).toEqual(['low', 'high', null, 'high'])
})

test('labels give way to each other and stay within the plot', () => {
  expect(spread([10, 12, 80], 15, 100)).toEqual([10, 25, 80])
  expect(spread([90, 95, 99], 15, 100)).toEqual([70, 85, 100])
  expect(labelled(30, 300, 56)).toEqual([0, 6, 12, 18, 24])
})

test('a note stands at its place in time, also where buckets are of unequal length', () => {
  const starts = [0, 31, 59]
  expect(placeOf(0, starts, 90)).toBe(0)
  expect(placeOf(45, starts, 90)).toBeCloseTo(0.5)
  expect([placeOf(-1, starts, 90), placeOf(90, starts, 90), placeOf(5, [], 0)]).toEqual([null, null, null])
})
