import { expect, test } from 'vitest'
import type { Card } from '../../api/contract/dashboard/themes.ts'
import { inTheme, layersOf } from './layers.ts'
import { leadOf, usual } from './lead.ts'
import { silences } from './silence.ts'

const card = (
  id: string,
  stories: number,
  expected: Partial<NonNullable<Card['expected']>> | null,
): Card => ({
  id,
  kind: 'theme',
  group: 'g',
  name: id.toUpperCase(),
  colour: 1,
  now: { stories, query: `theme:${id}` },
  before: null,
  spark: [],
  expected:
    expected === null
      ? null
      : {
          value: 5,
          low: 3,
          high: 7,
          observed: 5,
          above: false,
          least: null,
          words: '',
          query: '',
          ...expected,
        },
})

test('the opening sentence names the theme furthest above its own band first, then two more', () => {
  const lead = leadOf([
    card('calm', 96, {}),
    card('some', 9, { observed: 9, above: true }),
    card('wide', 40, { value: 20, low: 2, high: 38, observed: 40, above: true }),
    card('most', 31, { observed: 31, above: true }),
    card('more', 15, { observed: 15, above: true }),
    { ...card('group', 90, { observed: 90, above: true }), kind: 'group' },
  ])
  expect(lead.first?.id).toBe('most')
  expect(lead.others.map(({ id }) => id)).toEqual(['more', 'some'])
  expect(lead.most).toBeNull()
})

test('where nothing is above its usual the largest theme is named, and none where there are no stories', () => {
  expect(leadOf([card('a', 3, null), card('b', 8, null)])).toMatchObject({
    most: { id: 'b' },
    expecting: false,
  })
  expect(leadOf([card('a', 3, {}), card('b', 8, null)])).toMatchObject({ most: { id: 'b' }, expecting: true })
  expect(leadOf([card('a', 0, null)]).most).toBeNull()
})

test('an expectation is said in whole stories, but for less than one', () => {
  expect([-2, 0.4, 0.96, 7.7].map(usual)).toEqual(['0', '0.4', '1', '8'])
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
  expect(inTheme('on:2025-05-09', 'brics')).toBe('on:2025-05-09 theme:brics')
  expect(inTheme('on:2025-05-08 OR on:2025-05-09', 'brics')).toBe(
    '(on:2025-05-08 OR on:2025-05-09) theme:brics',
  )
  expect(inTheme('', 'brics')).toBe('theme:brics')
})
