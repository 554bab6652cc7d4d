import { expect } from 'vitest'
import { test, URL_A, URL_B } from '../fixtures/desk.ts'

test('a feed added by its address becomes a source with its stories', async ({
  wirewatch,
  feeds,
  titles,
  count,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: 'Xi Jinping meets Putin in the Kremlin', text: 'China and Russia sign a statement.' },
    { id: '2', title: 'Ice cream prices rise' },
  ])
  const source = await wirewatch.sources.add({ url: URL_A, bloc: 'EU', kind: 'independent' })
  expect(source).toMatchObject({ title: 'Harbour Post', bloc: 'EU', stories: 2, state: 'ok', error: null })
  expect(titles('kremlin')).toEqual(['Xi Jinping meets Putin in the Kremlin'])
  expect(titles('theme:russia-china')).toEqual(['Xi Jinping meets Putin in the Kremlin'])
  expect(count('bloc:EU')).toBe(2)
})

test('the same source twice is refused, and says as what it is there', async ({ wirewatch, feeds }) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  await wirewatch.sources.add({ url: URL_A })
  await expect(wirewatch.sources.add({ url: `${URL_A}#latest` })).rejects.toThrow(
    'https://harbour-post.example/feed is among your sources already, as “Harbour Post”.',
  )
})

test('a feed that cannot be read is not kept', async ({ wirewatch }) => {
  await expect(wirewatch.sources.add({ url: URL_B })).rejects.toThrow('answered 404')
  expect(wirewatch.sources.list()).toEqual([])
  await expect(wirewatch.sources.add({ url: 'ftp://a.example/x' })).rejects.toThrow('no web address')
})

test('a source tells its retention and whether a secret is kept, never the secret', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id, ...source } = await wirewatch.sources.add({ url: URL_A })
  expect(source).toMatchObject({ keepDays: null, hasSecret: false })
  const [edited] = wirewatch.sources.edit([id], { keepDays: 30, secret: 'me:hunter2' })
  expect(edited).toMatchObject({ keepDays: 30, hasSecret: true })
  expect(JSON.stringify(wirewatch.sources.list())).not.toContain('hunter2')
  wirewatch.sources.edit([id], { secret: '' })
  expect(wirewatch.sources.get(id)).toMatchObject({ keepDays: 30, hasSecret: false })
})

test('a name and password in an address are kept as the secret, and shown, logged and exported nowhere', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const typed = (url: string): string => url.replace('https://', 'https://me:hunter%202@')
  const { id, url, hasSecret } = await wirewatch.sources.add({ url: typed(URL_A) })
  expect([url, hasSecret]).toEqual([URL_A, true])
  expect(desk.requests.at(-1)).toMatchObject({ url: URL_A, secret: 'me:hunter 2' })
  await expect(wirewatch.sources.add({ url: typed(URL_A) })).rejects.toThrow('among your sources already')

  const opml = `<opml><body><outline xmlUrl="${typed(URL_B)}"/></body></opml>`
  const { rows, job } = wirewatch.sources.importOpml(opml)
  expect(rows.map(({ result }) => result)).toEqual(['added'])
  await wirewatch.finished(job?.id ?? 0)
  expect(desk.requests.at(-1)).toMatchObject({ url: URL_B, secret: 'me:hunter 2' })
  wirewatch.sources.edit([id], { url: 'https://other:pass@harbour-post.example/new' })
  const [one] = wirewatch.sources.list()
  expect(one).toMatchObject({ url: 'https://harbour-post.example/new', hasSecret: true })
  expect(JSON.stringify([wirewatch.sources.list(), wirewatch.sources.exportOpml()])).not.toMatch(
    /hunter|pass@/,
  )
})

test('an imported list says of each feed what became of it, and its job is named in right words', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  await wirewatch.sources.add({ url: URL_A })
  feeds.set(URL_B, [{ id: '1', title: 'Two' }])
  const { rows, job } = wirewatch.sources.importOpml(
    `<opml version="2.0"><body><outline xmlUrl="${URL_A}"/><outline xmlUrl="${URL_B}"/></body></opml>`,
  )
  expect(rows.map(({ result, message }) => [result, message])).toEqual([
    ['duplicate', 'This feed is among your sources already, as “Harbour Post”.'],
    ['added', ''],
  ])
  expect(job?.title).toBe('Fetching 1 imported source')
  await wirewatch.finished(job?.id ?? 0)
})

test('editing a source’s bloc re-tags its stories and moves them in every filter', async ({
  wirewatch,
  feeds,
  idle,
  count,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A, bloc: 'EU' })
  wirewatch.sources.edit([id], { bloc: 'ru', customTitle: 'Mine' })
  await idle()
  expect([count('bloc:EU'), count('bloc:RU'), count('source:mine')]).toEqual([0, 1, 1])
})

test('a removed source takes its stories along', async ({ wirewatch, feeds, count }) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A })
  expect(await wirewatch.sources.remove(id)).toEqual({ stories: 1 })
  expect(count('')).toBe(0)
  expect(count('one')).toBe(0)
  await expect(wirewatch.sources.remove(id)).rejects.toThrow('no longer there')
})
