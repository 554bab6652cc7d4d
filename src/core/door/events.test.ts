import { expect } from 'vitest'
import { test, URL_A, URL_B } from '../fixtures/desk.ts'

const MONKEYS = 'Monkeys escape from overturned truck on Mississippi highway'
const AGAIN = 'Mississippi truck crash: escaped monkeys are not diseased, university says'
const BANK = 'Central bank cuts interest rates for the third time'

test('events are listed by the stories that were asked for, and each number opens what it counts', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS, published: 'Fri, 09 May 2025 08:00:00 GMT' },
    { id: '2', title: BANK, published: 'Fri, 09 May 2025 08:30:00 GMT' },
  ])
  feeds.set(URL_B, [{ id: '3', title: AGAIN, published: 'Fri, 09 May 2025 09:00:00 GMT' }])
  await wirewatch.sources.add({ url: URL_A })
  await wirewatch.sources.add({ url: URL_B })
  const titles = (query: string): string[] =>
    wirewatch.stories
      .list({ query, limit: 9 })
      .rows.map(({ title }) => title)
      .sort()

  const { rows, next } = await wirewatch.events.list({ query: '', limit: 1 })
  expect(rows).toMatchObject([
    {
      id: 1,
      name: '',
      first: Date.UTC(2025, 4, 9, 8),
      last: Date.UTC(2025, 4, 9, 9),
      stories: { stories: 2, query: 'event:1' },
      sources: 2,
      languages: ['en'],
      copies: 0,
    },
  ])
  expect(titles('event:1')).toEqual([AGAIN, MONKEYS].sort())
  const second = await wirewatch.events.list({ query: '', limit: 1, cursor: next as string })
  expect(second.rows.map(({ headline }) => headline.title)).toEqual([BANK])
  expect(second.next).toBeNull()

  const range = { kind: 'custom', from: Date.UTC(2025, 4, 9, 8, 15), to: Date.UTC(2025, 4, 9, 12) } as const
  const narrowed = await wirewatch.events.list({ query: 'monkeys OR bank', range, limit: 9 })
  expect(narrowed.rows.map(({ stories, all }) => [stories.stories, all.stories])).toEqual([
    [1, 2],
    [1, 1],
  ])
  for (const { stories, all } of narrowed.rows) {
    expect(titles(stories.query)).toHaveLength(stories.stories)
    expect(titles(all.query)).toHaveLength(all.stories)
  }
  expect(titles('-event:1')).toEqual([BANK])
  await expect(wirewatch.events.list({ query: 'oil AND (gas', limit: 9 })).rejects.toThrow('never closed')
})
