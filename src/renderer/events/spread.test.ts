import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startOfDay } from '../format.ts'
import { lanesOf, type SpreadStory, stretchOf, ticksOf } from './spread.ts'

const story = (id: number, bloc: string, at: number, copy = false): SpreadStory => ({ id, bloc, at, copy })

test('blocs stand in the order of their first story, and a copy is nobody’s first where there is an own one', () => {
  const lanes = lanesOf(
    [story(1, 'US', 50), story(2, 'EU', 20, true), story(3, 'EU', 40), story(4, 'RU', 30)],
    0,
    100,
  )
  expect(lanes.map(({ bloc }) => bloc)).toEqual(['EU', 'RU', 'US'])
  expect(lanes[0]).toMatchObject({ first: { id: 3 }, stories: 1, copies: 1 })
  expect(lanes[0]?.dots.map(({ id, x, first }) => [id, x, first])).toEqual([
    [2, 0.2, false],
    [3, 0.4, true],
  ])
})

test('no story is lost, and dots of one lane do not touch while there is room above and below', () => {
  const stories = fc.array(
    fc.record({
      bloc: fc.constantFrom('', 'EU', 'RU'),
      at: fc.integer({ min: 0, max: 1000 }),
      copy: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(stories, (list) => {
      const lanes = lanesOf(
        list.map((one, id) => ({ ...one, id })),
        0,
        1000,
      )
      expect(lanes.flatMap(({ dots }) => dots.map(({ id }) => id)).sort((a, b) => a - b)).toEqual(
        list.map((_, id) => id),
      )
      for (const { dots } of lanes)
        dots.forEach((dot, i) => {
          const near = dots.slice(0, i).filter((other) => dot.x - other.x < 10 / 620)
          const rows = new Set(near.map(({ step }) => step))
          if (rows.size < 7) expect(rows.has(dot.step)).toBe(false)
        })
    }),
  )
})

test('the axis names few moments, within the stretch, on midnights where it names days', () => {
  const zone = 'Europe/Berlin'
  const moment = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2026, 0) })
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 90 * 86_400_000 }), (first, length) => {
      const { from, to } = stretchOf(first, first + length)
      const ticks = ticksOf(from, to, (at) => startOfDay(at, zone))
      expect(ticks.length).toBeLessThanOrEqual(10)
      for (const { at, isDay } of ticks) {
        expect(at).toBeGreaterThanOrEqual(from)
        expect(at).toBeLessThanOrEqual(to)
        expect(isDay).toBe(startOfDay(at, zone) === at)
      }
      if (to - from > 8 * 86_400_000) expect(ticks.every(({ isDay }) => isDay)).toBe(true)
    }),
  )
})
