import { expect } from 'vitest'
import { test, URL_A, URL_B } from '../fixtures/desk.ts'

const URL_C = 'https://lantern-daily.example/feed'
const at = (time: string): string => `9 May 2025 ${time} GMT`
const EAST = ['liberation forces enter', 'liberation operation goes on in', 'a liberation parade in']
const WEST = ['invasion troops enter', 'invasion goes on in', 'an invasion alarm in']

test('blocs stand side by side, a blind spot shows, and their shares add up', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  const told = (list: readonly string[], from: number, hour: number) =>
    list.map((words, i) => ({
      id: `${from + i}`,
      title: `Saltmouth harbour: ${words} Saltmouth harbour`,
      published: at(`0${hour}:0${i}:00`),
    }))
  feeds.set(URL_A, told(WEST, 1, 8))
  feeds.set(URL_B, told(EAST, 11, 6))
  feeds.set(URL_C, [{ id: '21', title: 'A bakery opens', published: at('07:00:00') }])
  await wirewatch.sources.add({ url: URL_A, bloc: 'EU' })
  await wirewatch.sources.add({ url: URL_B, bloc: 'RU' })
  await wirewatch.sources.add({ url: URL_C, bloc: 'CN' })
  const [event] = (await wirewatch.events.list({ query: 'saltmouth', limit: 1 })).rows
  expect(event?.all.stories).toBe(6)
  const query = event?.all.query ?? ''

  const { blocs } = await wirewatch.events.sides({ query })
  expect(
    blocs.map(({ bloc, sources, stories, laterBy }) => [bloc, sources, stories.stories, laterBy]),
  ).toEqual([
    ['EU', 1, 3, 2 * 3_600_000],
    ['RU', 1, 3, 0],
  ])
  for (const { stories, bloc, words } of blocs) {
    expect(desk.count(stories.query)).toBe(stories.stories)
    for (const word of words) expect(desk.count(word.query), `${bloc} ${word.word}`).toBeGreaterThan(1)
  }

  const range = { kind: 'last', hours: 24 } as const
  const spots = await wirewatch.events.blindSpots({ query: '', range })
  expect(spots.unheard).toEqual([])
  expect(spots.rows.map(({ event: { id }, covered, missing }) => [id, covered, missing])).toEqual([
    [
      event?.id,
      [
        { bloc: 'EU', sources: 1, query: `${query} bloc:EU` },
        { bloc: 'RU', sources: 1, query: `${query} bloc:RU` },
      ],
      [{ bloc: 'CN', sources: 1 }],
    ],
  ])
  // Of a source that is paused nobody knows what it tells.
  const china = wirewatch.sources.list().find(({ bloc }) => bloc === 'CN')
  wirewatch.sources.edit([china?.id ?? 0], { paused: true })
  expect(await wirewatch.events.blindSpots({ query: '', range })).toEqual({ rows: [], unheard: ['CN'] })
  wirewatch.sources.edit([china?.id ?? 0], { paused: false })

  feeds.set(URL_C, [
    { id: '21', title: 'A bakery opens', published: at('07:00:00') },
    {
      id: '22',
      title: 'Saltmouth harbour: invasion troops enter Saltmouth harbour',
      published: at('09:00:00'),
    },
  ])
  await refresh()
  expect((await wirewatch.events.blindSpots({ query: '', range })).rows).toEqual([])

  const voice = await wirewatch.events.voice({ query: '', range })
  expect(voice.blocs).toEqual(['EU', 'RU', 'CN'])
  expect(
    voice.days.map(({ day, cells }) => [day, cells.map(({ stories, events }) => [stories, events])]),
  ).toEqual([
    [
      '2025-05-09',
      [
        [3, 1],
        [3, 1],
        [2, 2],
      ],
    ],
  ])
  for (const { cells } of voice.days)
    for (const cell of cells) expect(desk.count(cell.query), cell.query).toBe(cell.stories)
})
