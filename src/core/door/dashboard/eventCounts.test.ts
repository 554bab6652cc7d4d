import { expect } from 'vitest'
import type { Range } from '../../../api/contract/common.ts'
import type { Door } from '../../../api/contract/door.ts'
import { test, URL_A, URL_B } from '../../fixtures/desk.ts'

const DEAL = 'Russia and China sign gas deal in Saltmouth'
const AGAIN = 'Saltmouth gas deal: Russia, China sign'

test('where the dashboard counts events, as many are listed by what the number opens', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  const at = (day: number, time: string): string => `${day} May 2025 ${time} GMT`
  feeds.set(URL_A, [
    { id: '1', title: DEAL, published: at(6, '09:00:00') },
    { id: '2', title: AGAIN, published: at(7, '10:00:00') },
    { id: '3', title: 'EU sanctions on Russian oil', published: at(7, '21:59:00') },
    { id: '4', title: 'Taiwan holds a drill against China', published: at(8, '22:01:00') },
    { id: '5', title: 'A bakery opens', published: at(9, '08:00:00') },
  ])
  feeds.set(URL_B, [
    { id: '6', title: `${DEAL}, Moscow says`, published: at(8, '06:00:00') },
    { id: '7', title: 'EU sanctions on Russian oil, Brussels says', published: at(8, '22:30:00') },
  ])
  await wirewatch.sources.add({ url: URL_A, bloc: 'EU' })
  await wirewatch.sources.add({ url: URL_B, bloc: 'RU' })
  expect(wirewatch.stories.count({ query: '', events: true })).toMatchObject({ stories: 7, events: 4 })

  /** Which doors were checked, and how many counted fewer events than stories. */
  let [checked, fewer] = [0, 0]
  function opens({ stories, events, query }: Door): void {
    const counted = wirewatch.stories.count({ query, events: true })
    expect([counted.stories, counted.events], query).toEqual([stories, events])
    checked++
    if ((events ?? 0) < stories) fewer++
  }
  const ranges: Range[] = [
    { kind: 'last', hours: 24 },
    { kind: 'last', hours: 24 * 30 },
    { kind: 'custom', from: Date.UTC(2025, 4, 6, 9, 30), to: Date.UTC(2025, 4, 9, 8) },
    { kind: 'visit' },
  ]
  for (const range of ranges)
    for (const filter of ['', 'bloc:EU', 'theme:russia-china', 'saltmouth OR sanctions']) {
      const { stories, themes } = wirewatch.navigation.counts(range)
      for (const door of [stories, ...themes.map((theme) => theme.stories)]) opens(door)
      for (const { cells } of wirewatch.dashboard.blocs(range, filter).rows)
        for (const cell of cells) opens(cell)
      for (const { now, before } of wirewatch.dashboard.themes(range, filter).cards)
        for (const door of [now, before]) if (door !== null) opens(door)
      const { series, queries } = wirewatch.dashboard.volume(range, filter, 'events')
      for (const { rows } of [wirewatch.dashboard.top(range, filter)])
        for (const { stories: own } of rows) expect(desk.count(own.query), own.query).toBe(own.stories)
      for (const { theme, events, stories: all } of series)
        for (const [i, query] of queries.entries())
          if ((all[i] ?? 0) > 0)
            opens({
              stories: all[i] ?? 0,
              events: events?.[i] ?? 0,
              query: `theme:${theme.id} (${query})`,
            })
    }
  expect(checked).toBeGreaterThan(100)
  expect(fewer).toBeGreaterThan(10)
  wirewatch.events.takeOut(2)
  for (const range of ranges) opens(wirewatch.navigation.counts(range).stories)
  expect(desk.count('event:1')).toBe(2)
})
