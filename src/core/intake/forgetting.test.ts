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

test('where an original is removed, the first of its copies is the original of the others', async ({
  wirewatch,
  feeds,
  count,
}) => {
  const text =
    'The port of Saltmouth reopened on Tuesday after a nine-day strike by crane drivers that had left forty ships waiting in the roads.'
  const urls = [1, 2, 3, 4].map((n) => `https://outlet-${n}.example/feed`)
  const ids: number[] = []
  for (const [i, url] of urls.entries()) {
    const published = `Fri, 09 May 2025 0${i + 1}:00:00 GMT`
    feeds.set(url, [{ id: `${i}`, title: `Told by outlet ${i + 1}`, text, published }])
    ids.push((await wirewatch.sources.add({ url })).id)
  }
  expect(count('is:copy')).toBe(3)
  await wirewatch.sources.remove(ids[0] as number)
  expect(count('is:copy')).toBe(2)
  const [second] = wirewatch.stories.list({ query: '-is:copy', limit: 9 }).rows
  expect(second).toMatchObject({ title: 'Told by outlet 2', copy: false, copies: 2 })
  const { copied, copies } = await wirewatch.events.get({ id: second?.event?.id ?? 0 })
  expect([copies, copied[0]?.original.story, copied[0]?.copies]).toEqual([2, second?.id, 2])
  await wirewatch.sources.remove(ids[3] as number)
  await wirewatch.sources.remove(ids[1] as number)
  expect(count('is:copy')).toBe(0)
  expect(count('saltmouth')).toBe(1)
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
