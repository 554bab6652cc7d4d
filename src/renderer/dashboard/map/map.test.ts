import { expect, test } from 'vitest'
import { placeOf, shapes } from './atlas.ts'
import { labelsOf } from './labels.ts'
import { shadeOf, shadesOf } from './steps.ts'

const pack = import.meta.glob<readonly { name: string; label: string; type: string }[]>(
  '../../../../resources/themes/great-powers-and-europe/concepts/*.json',
  { import: 'default', eager: true },
)
/** Places of the pack that are no country. */
const NO_COUNTRY = ['kursk', 'oil-ports', 'straits']

test('every country of the built-in pack stands on the map, those it is too coarse for as points', () => {
  const places = Object.values(pack).flatMap((concepts) => concepts.filter(({ type }) => type === 'place'))
  const found = places.map((place) => [place.name, placeOf(place)] as const)
  expect(
    found
      .filter(([, at]) => at === null)
      .map(([name]) => name)
      .sort(),
  ).toEqual(NO_COUNTRY)
  expect(
    found
      .filter(([, at]) => at !== null && 'point' in at)
      .map(([name]) => name)
      .sort(),
  ).toEqual(['hong-kong', 'malta'])
  const drawn = found.flatMap(([, at]) => (at !== null && 'shape' in at ? [at.shape] : []))
  expect(new Set(drawn).size).toBe(drawn.length)
  expect(placeOf({ name: 'singapore', label: 'Singapore' })).toHaveProperty('point')
})

test('a place that a person adds is found by its name or its label', () => {
  expect(shapes.length).toBeGreaterThan(170)
  expect(placeOf({ name: 'kz', label: 'Kazakhstan' })).toHaveProperty('shape.properties.name', 'Kazakhstan')
  expect(placeOf({ name: 'cote-divoire', label: 'Côte d’Ivoire' })).toHaveProperty('shape')
  expect(placeOf({ name: 'red-square', label: 'Red Square' })).toBeNull()
})

test('shades begin in equal ratios; few counts have few shades', () => {
  expect(shadesOf(1)).toEqual([1])
  expect(shadesOf(3)).toEqual([1, 2])
  expect(shadesOf(42)).toEqual([1, 2, 4, 9, 20])
  expect(shadesOf(100_000)).toEqual([1, 10, 100, 1000, 10_000])
  expect([1, 3, 9, 42].map((count) => shadeOf(count, shadesOf(42)))).toEqual([0, 1, 3, 4])
})

test('names that would cover one another give way, the more important one stays', () => {
  const at = (x: number, y: number, text = 'Russia 42') => ({ text, centre: [x, y] as const })
  expect(labelsOf([at(100, 50), at(300, 50)], 400, 100).map(({ index, x }) => [index, x])).toEqual([
    [0, 100],
    [1, 300],
  ])
  const crowded = labelsOf([at(100, 50), at(104, 50), at(100, 52)], 400, 100)
  expect(crowded.map(({ y }) => y)).toEqual([54, 40, 70])
  expect(labelsOf([at(0, 50)], 400, 100)[0]?.x).toBeGreaterThan(20)
})
