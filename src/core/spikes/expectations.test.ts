import { expect, test } from 'vitest'
import { ALL_STORIES } from '../store/tags.ts'
import { expectations } from './expectations.ts'

const DAY = 86_400_000
/** 2025-05-05, a Monday. */
const MONDAY = Date.UTC(2025, 4, 5) / DAY

/** An engine of which only the daily counts are asked. */
const engine = (count: (theme: number, day: number) => number) =>
  ({
    timeZone: 'UTC',
    counts: {
      daily: (theme: number, first: number, last: number) =>
        Array.from({ length: last - first + 1 }, (_, i) => count(theme, first + i)),
      dailyBySource: () => new Map(),
    },
    sources: { all: () => [] },
  }) as unknown as Parameters<typeof expectations>[0]

const THEMES = [{ id: 1, key: 'tariffs', name: 'Tariffs', kind: 'theme' }] as const
const NO_ENTITIES = () => []
const themes = (archive: Parameters<typeof expectations>[0], day: number) =>
  expectations(archive, THEMES, NO_ENTITIES, { day, over: true, unit: 'stories', filter: '' }).themes

test('a day is compared with its weekdays', () => {
  const found = themes(
    engine((theme, day) => (theme === ALL_STORIES ? 100 : day === MONDAY ? 31 : 9)),
    MONDAY,
  )
  expect(found.get(1)).toEqual({
    value: 9,
    low: 3,
    high: 15,
    observed: 31,
    above: true,
    least: null,
    words: '31, expected 9 ± 6 on Mondays over 8 weeks',
    query: 'theme:tariffs on:2025-05-05',
  })
})

test('before there are four of a weekday nothing is expected', () => {
  const young = engine((theme, day) => (day < MONDAY - 21 ? 0 : theme === ALL_STORIES ? 100 : 9))
  expect(themes(young, MONDAY).size).toBe(0)
  expect(
    themes(
      engine(() => 0),
      MONDAY,
    ).size,
  ).toBe(0)
})

test('a day without any story is an outage, not calm', () => {
  const outage = engine((theme, day) =>
    day % 14 === MONDAY % 14 && day < MONDAY ? 0 : theme === ALL_STORIES ? 100 : 9,
  )
  expect(themes(outage, MONDAY).get(1)).toMatchObject({
    value: 9,
    above: false,
  })
})
