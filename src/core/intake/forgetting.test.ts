import { expect } from 'vitest'
import { type Item, test, URL_A, URL_B } from '../fixtures/desk.ts'

test('what retention removed does not come back; what matters to a person stays', async ({
  wirewatch,
  feeds,
  refresh,
  titles,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: 'Old and forgotten', published: 'Wed, 01 Jan 2025 10:00:00 GMT' },
    { id: '2', title: 'Old and starred', published: 'Wed, 01 Jan 2025 10:00:00 GMT' },
    { id: '3', title: 'New', published: 'Fri, 09 May 2025 10:00:00 GMT' },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const starred = wirewatch.stories.list({ query: 'starred', limit: 1 }).rows[0]
  wirewatch.stories.setStarred(starred?.id ?? 0, true)
  wirewatch.app.saveSettings({ keepDays: 30 })
  await wirewatch.app.tidy()
  expect(titles().sort()).toEqual(['New', 'Old and starred'])
  feeds.set(URL_A, [{ id: '1', title: 'Old and forgotten', published: 'Wed, 01 Jan 2025 10:00:00 GMT' }])
  await refresh()
  expect(titles().sort()).toEqual(['New', 'Old and starred'])
})

test('retention by number: a source keeps its newest so many, what is general counts for the others', async ({
  wirewatch,
  feeds,
  refresh,
  titles,
}) => {
  const items = (source: string): Item[] =>
    [1, 2, 3, 4].map((n) => ({
      id: `${source}${n}`,
      title: `${source} ${n}`,
      published: `Sat, 0${n} Feb 2025 10:00:00 GMT`,
    }))
  feeds.set(URL_A, items('Harbour'))
  feeds.set(URL_B, items('Strait'))
  const a = await wirewatch.sources.add({ url: URL_A })
  const b = await wirewatch.sources.add({ url: URL_B })
  wirewatch.stories.setStarred(
    wirewatch.stories.list({ query: '"harbour 1"', limit: 1 }).rows[0]?.id ?? 0,
    true,
  )
  expect(wirewatch.sources.edit([a.id], { keepStories: 3 })[0]).toMatchObject({
    keepStories: 3,
    keepDays: null,
  })
  wirewatch.app.saveSettings({ keepDays: 97 })
  await wirewatch.app.tidy()
  // 9 May less 97 days is 1 February, noon.
  expect(titles().sort()).toEqual(['Harbour 1', 'Harbour 3', 'Harbour 4', 'Strait 2', 'Strait 3', 'Strait 4'])
  await refresh()
  expect(wirewatch.sources.get(a.id).stories).toBe(3)
  wirewatch.sources.edit([b.id], { keepStories: 1, keepDays: 96 })
  await wirewatch.app.tidy()
  expect(titles('strait')).toEqual(['Strait 4'])
})
