import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect } from 'vitest'
import { type Item, test, URL_A } from '../fixtures/desk.ts'

test('the same item twice is one story; a changed one keeps its earlier version', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
  count,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'Talks on oil', text: 'Moscow and Beijing talk.' }])
  await wirewatch.sources.add({ url: URL_A })
  await refresh()
  expect(count('')).toBe(1)
  feeds.set(URL_A, [{ id: '1', title: 'Talks on gas', text: 'Moscow and Beijing talk.' }])
  await refresh()
  const [row] = wirewatch.stories.list({ query: '', limit: 9 }).rows
  expect(row).toMatchObject({ title: 'Talks on gas', edited: true })
  expect(wirewatch.stories.get({ id: row?.id ?? 0 }).versions).toEqual([
    { at: desk.clock, title: 'Talks on oil', summary: 'Moscow and Beijing talk.', text: '' },
  ])
  expect([count('oil'), count('gas')]).toEqual([0, 1])
})

describe('an item whose identity changes', () => {
  const storm = { title: 'Storm over the harbour', text: 'The ferry stays.', link: 'https://a.example/storm' }
  const fish = { title: 'Fish are back', text: 'And so are the gulls.', link: 'https://a.example/fish' }

  test('at every fetch stays one story, with its star, and is not called new', async ({
    wirewatch,
    feeds,
    refresh,
    count,
  }) => {
    feeds.set(URL_A, [
      { id: 'r1', ...storm },
      { id: 'r2', ...fish, published: '' },
    ])
    const { id } = await wirewatch.sources.add({ url: URL_A })
    const kept = wirewatch.stories.list({ query: 'storm', limit: 1 }).rows[0]?.id ?? 0
    wirewatch.stories.setStarred(kept, true)
    for (let fetch = 1; fetch <= 3; fetch++) {
      feeds.set(URL_A, [
        { id: `x${fetch}`, ...storm, link: `https://www.a.example/storm?utm_source=${fetch}` },
        { id: `y${fetch}`, ...fish, published: '' },
      ])
      await refresh()
    }
    expect(count('')).toBe(2)
    expect(wirewatch.sources.log(id, 1)[0]).toMatchObject({ added: 0, updated: 0 })
    expect(wirewatch.stories.list({ query: 'storm', limit: 9 }).rows).toMatchObject([
      { id: kept, starred: true, edited: false },
    ])
  })

  test('together with its text is a changed story', async ({ wirewatch, feeds, refresh, count }) => {
    feeds.set(URL_A, [{ id: 'old', ...storm }])
    await wirewatch.sources.add({ url: URL_A })
    feeds.set(URL_A, [{ id: 'new', ...storm, text: 'The ferry sails.' }])
    await refresh()
    expect([count(''), count('sails'), count('stays')]).toEqual([1, 1, 0])
    const [row] = wirewatch.stories.list({ query: '', limit: 1 }).rows
    expect(wirewatch.stories.get({ id: row?.id ?? 0 }).versions).toHaveLength(1)
  })

  test('and which has no link is known by its text and date', async ({
    wirewatch,
    feeds,
    refresh,
    count,
  }) => {
    feeds.set(URL_A, [{ id: 'a', ...storm, link: '' }])
    await wirewatch.sources.add({ url: URL_A })
    feeds.set(URL_A, [{ id: 'b', ...storm, link: '' }])
    await refresh()
    expect(count('')).toBe(1)
    feeds.set(URL_A, [{ id: 'c', ...storm, link: '', published: 'Fri, 09 May 2025 10:00:00 GMT' }])
    await refresh()
    expect(count('')).toBe(2)
  })

  test('as that of items without id and link did when dates became part of it, stays its story', async ({
    desk,
    feeds,
    refresh,
    count,
  }) => {
    feeds.set(URL_A, [{ ...storm, id: '', link: '' }])
    await desk.wirewatch.sources.add({ url: URL_A })
    const db = new Database(join(desk.folder, 'wirewatch.sqlite'))
    db.exec("UPDATE story SET identity = 'text:' || content_hash")
    db.close()
    await refresh()
    expect(count('')).toBe(1)
  })

  test('and which retention removed stays away under new ids and links', async ({
    wirewatch,
    feeds,
    refresh,
    count,
  }) => {
    const old = { ...storm, published: 'Wed, 01 Jan 2025 10:00:00 GMT' }
    feeds.set(URL_A, [{ ...old, id: 'a' }])
    await wirewatch.sources.add({ url: URL_A })
    wirewatch.app.saveSettings({ keepDays: 30 })
    await wirewatch.app.tidy()
    feeds.set(URL_A, [{ ...old, id: 'b', link: 'https://a.example/read?token=2' }])
    await refresh()
    expect(count('')).toBe(0)
  })

  test('does not come back after retention removed it', async ({ wirewatch, feeds, refresh, count }) => {
    const old = { ...storm, published: 'Wed, 01 Jan 2025 10:00:00 GMT' }
    feeds.set(URL_A, [{ id: 'a', ...old }])
    await wirewatch.sources.add({ url: URL_A })
    wirewatch.app.saveSettings({ keepDays: 30 })
    await wirewatch.app.tidy()
    feeds.set(URL_A, [{ id: 'b', ...old }])
    await refresh()
    expect(count('')).toBe(0)
    feeds.set(URL_A, [{ id: 'c', ...old, text: 'The ferry sails.' }])
    await refresh()
    expect(count('')).toBe(1)
  })

  test.for([
    ['another title', { title: 'Sun over the harbour', text: 'The ferry sails.' }],
    ['the title, at another hour', { text: 'The ferry sails.', published: 'Fri, 09 May 2025 10:00:00 GMT' }],
  ] as const)(
    'is another story where the page has %s',
    async ([, change], { wirewatch, feeds, refresh, count }) => {
      feeds.set(URL_A, [{ id: 'a', ...storm }])
      await wirewatch.sources.add({ url: URL_A })
      feeds.set(URL_A, [{ id: 'b', ...storm, ...change }])
      await refresh()
      expect(count('')).toBe(2)
    },
  )

  test('items that share one link and title are as many stories, also when the earlier ones have left', async ({
    wirewatch,
    feeds,
    refresh,
    count,
  }) => {
    const update = (n: number): Item => ({ ...storm, id: `u${n}`, title: 'Update', text: `Update no. ${n}` })
    feeds.set(URL_A, [update(1), update(2)])
    await wirewatch.sources.add({ url: URL_A })
    feeds.set(URL_A, [update(2), update(3)])
    await refresh()
    feeds.set(URL_A, [update(4)])
    await refresh()
    expect(count('')).toBe(4)
    feeds.set(URL_A, [{ ...update(4), id: 'again' }])
    await refresh()
    expect(count('')).toBe(4)
  })
})
