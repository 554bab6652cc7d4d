/** Items whose names change between polls in the ways that feeds have: no story is added again, none is lost, no alert fires again. */
import { expect } from 'vitest'
import { type Item, test, URL_A, URL_B } from '../fixtures/desk.ts'
import type { Wirewatch } from '../wirewatch.ts'

const SITE = 'https://harbour-post.example'
const WORDS = ['ferry', 'harbour', 'strike', 'water', 'bridge', 'school', 'market', 'museum']
/** Items without a date, each with an id of its own and no link. */
const undated = (...numbers: readonly number[]): Item[] =>
  numbers.map((number) => ({
    id: `n-${number}`,
    title: `About the ${WORDS[number]}`,
    text: `The ${WORDS[number]} is what they talk of today; ${WORDS[number]} no. ${number} has more.`,
    link: '',
    published: '',
  }))
const dated = (...numbers: readonly number[]): Item[] =>
  undated(...numbers).map((item, at) => ({
    ...item,
    published: new Date(Date.UTC(2025, 4, 1 + (numbers[at] as number), 10, 7)).toUTCString(),
  }))
const withIds = (items: readonly Item[], id: (item: Item, place: number) => string): Item[] =>
  items.map((item, place) => ({ ...item, id: id(item, place) }))
const byPlace = (items: readonly Item[]): Item[] => withIds(items, (_, place) => `${place + 1}`)
let draws = 0
const random = (items: readonly Item[]): Item[] => withIds(items, () => `r${++draws}x`)
const edited = (items: readonly Item[], id: string, change: Partial<Item>): Item[] =>
  items.map((item) => (item.id === id ? { ...item, ...change } : item))

/** An alert for all that comes, and what has come of it. */
function watch(wirewatch: Wirewatch): () => { stories: number; hits: number | undefined; edited: number } {
  wirewatch.alerts.save({ name: 'All', query: 'about', enabled: true })
  return () => ({
    stories: wirewatch.app.info().stories,
    hits: wirewatch.alerts.list()[0]?.hits,
    edited: wirewatch.stories.list({ query: '', limit: 99 }).rows.filter(({ edited }) => edited).length,
  })
}

const corrected = { text: 'The water is what they talk of today; water no. 3 has more. Corrected at noon.' }

test.for<[string, readonly (readonly Item[])[], { stories: number; edited: number }]>([
  [
    'an undated item moves alone, ids by place',
    [undated(0, 1, 2, 3), undated(0, 3, 1, 2), undated(3, 0, 1, 2)].map(byPlace),
    { stories: 4, edited: 0 },
  ],
  [
    'an undated item takes the place of one that left, ids by place',
    [undated(0, 1, 2), undated(0, 4, 2), undated(0, 1, 2)].map(byPlace),
    { stories: 4, edited: 0 },
  ],
  [
    'the whole document is another, ids by place, and the first returns',
    [undated(0, 1), undated(2, 3), undated(0, 1), undated(4, 0)].map(byPlace),
    { stories: 5, edited: 0 },
  ],
  [
    'ids by place in letters, after they were seen to move',
    [undated(0, 1, 2), undated(3, 0, 1), undated(4, 0, 1), undated(4, 5, 1)].map((items) =>
      withIds(items, (_, place) => `item-${'abc'[place]}`),
    ),
    { stories: 6, edited: 0 },
  ],
  [
    'a text is edited where ids number the places',
    [undated(1, 2, 3), edited(undated(1, 2, 3), 'n-3', corrected)].map(byPlace),
    { stories: 3, edited: 1 },
  ],
  [
    'a text is edited and another item comes before it, ids by place',
    [undated(1, 2, 3), edited(undated(0, 1, 2, 3), 'n-3', corrected)].map(byPlace),
    { stories: 4, edited: 1 },
  ],
  [
    'a text is edited where ids are random and items undated',
    [undated(1, 2, 3), edited(undated(1, 2, 3), 'n-3', corrected), undated(1, 2)].map(random),
    { stories: 3, edited: 1 },
  ],
  [
    'a title is edited where ids are random and items undated',
    [undated(1, 2, 3), edited(undated(1, 2, 3), 'n-3', { title: 'About all of the water' })].map(random),
    { stories: 3, edited: 1 },
  ],
  [
    'title and text are edited where ids last',
    [
      undated(1, 2, 3),
      edited(undated(0, 1, 2, 3), 'n-3', { title: 'About a flood', text: 'It is high water, they say.' }),
    ],
    { stories: 4, edited: 1 },
  ],
  [
    'dates come where there were none, ids are random',
    [random(undated(1, 2, 3)), random(dated(1, 2, 3)), random(dated(1, 2, 3))],
    { stories: 3, edited: 0 },
  ],
  [
    'dates are left out from now on, ids are random',
    [random(dated(1, 2, 3)), random(undated(1, 2, 3))],
    { stories: 3, edited: 0 },
  ],
  [
    'the host changes, of ids and links alike',
    ['http://www.harbour-post.example', 'https://cdn.example', 'https://m.harbour-post.example'].map((host) =>
      undated(1, 2, 3).map((item) => ({ ...item, id: `${host}/${item.id}`, link: `${host}/${item.id}` })),
    ),
    { stories: 3, edited: 0 },
  ],
  [
    'the host changes while a text is edited',
    [
      dated(1, 2, 3).map((item) => ({ ...item, link: `http://old.example/${item.id}`, id: '' })),
      edited(dated(1, 2, 3), 'n-3', corrected).map((item) => ({
        ...item,
        link: `https://new.example/${item.id}`,
        id: '',
      })),
    ],
    { stories: 3, edited: 1 },
  ],
  [
    'items leave and come back, ids are random',
    [undated(1, 2, 3), undated(2), undated(1, 3), undated(1, 2, 3)].map(random),
    { stories: 3, edited: 0 },
  ],
  [
    'a window slides back to items that had left',
    [undated(3, 4, 5), undated(4, 5, 6), undated(5, 6, 7), undated(2, 3, 4), undated(1, 2, 3)],
    { stories: 7, edited: 0 },
  ],
  [
    'a window slides back, ids by place',
    [undated(3, 4, 5), undated(4, 5, 6), undated(5, 6, 7), undated(2, 3, 4), undated(1, 2, 3)].map(byPlace),
    { stories: 7, edited: 0 },
  ],
  [
    'ids are the front page and a fragment, one item at a time',
    [undated(1), undated(2), edited(undated(2), 'n-2', { title: 'About us', text: 'All else.' })].map(
      (items) => items.map((item) => ({ ...item, id: `${SITE}/#${item.id}`, link: SITE })),
    ),
    { stories: 2, edited: 1 },
  ],
  [
    'one id changes its case beside others that last',
    [undated(1, 2, 3), withIds(undated(1, 2, 3), ({ id }) => (id === 'n-3' ? 'N-3' : id))],
    { stories: 3, edited: 0 },
  ],
  [
    'one id changes its session beside others that last',
    ['a7', 'b8', 'c9'].map((session) =>
      withIds(undated(1, 2, 3), ({ id }) =>
        id === 'n-3' ? `${SITE}/${id};jsessionid=${session}` : `${SITE}/${id}`,
      ),
    ),
    { stories: 3, edited: 0 },
  ],
  [
    'one id gets a closing slash, another https',
    [
      withIds(undated(1, 2, 3, 4, 5), ({ id }) => `http://harbour-post.example/${id}`),
      withIds(undated(1, 2, 3, 4, 5), ({ id }) =>
        id === 'n-1'
          ? `http://harbour-post.example/${id}/`
          : id === 'n-2'
            ? `https://harbour-post.example/${id}`
            : `http://harbour-post.example/${id}`,
      ),
    ],
    { stories: 5, edited: 0 },
  ],
  [
    'ids are no longer given',
    [undated(1, 2, 3), withIds(undated(1, 2, 3, 4), () => ''), undated(1, 2, 3)],
    { stories: 4, edited: 0 },
  ],
  [
    'one id for all, and at last but one item',
    [undated(1, 2), undated(2), undated(3), undated(2, 3)].map((items) => withIds(items, () => 'N/A')),
    { stories: 3, edited: 0 },
  ],
])('%s', async ([, documents, { stories, edited }], { wirewatch, feeds, refresh }) => {
  const now = watch(wirewatch)
  feeds.set(URL_A, documents[0] as readonly Item[])
  await wirewatch.sources.add({ url: URL_A })
  for (const document of [...documents.slice(1), documents.at(-1) as readonly Item[]]) {
    feeds.set(URL_A, document)
    await refresh()
  }
  expect(now()).toEqual({ stories, hits: stories, edited })
})

test('two notices of one text under ids that last are two', async ({ wirewatch, feeds, refresh }) => {
  const now = watch(wirewatch)
  const again = (id: string): Item => ({ ...(undated(0)[0] as Item), id })
  feeds.set(URL_A, [again('n-0'), ...undated(1, 2)])
  await wirewatch.sources.add({ url: URL_A })
  feeds.set(URL_A, [again('n-9'), ...undated(1, 2)])
  await refresh()
  expect(now()).toEqual({ stories: 4, hits: 4, edited: 0 })
})

test('items of two feeds with one id are two stories, each edited by itself', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  const now = watch(wirewatch)
  feeds.set(
    URL_A,
    withIds(dated(1), () => '1'),
  )
  feeds.set(
    URL_B,
    withIds(dated(2), () => '1'),
  )
  await wirewatch.sources.add({ url: URL_A })
  await wirewatch.sources.add({ url: URL_B })
  feeds.set(
    URL_B,
    withIds(edited(dated(2), 'n-2', { title: 'About nothing' }), () => '1'),
  )
  await refresh()
  expect(now()).toEqual({ stories: 2, hits: 2, edited: 1 })
})

test('what retention removed stays away, and what comes in its place is taken in, ids by place', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  const old = dated(1, 2, 3).map((item, at) => ({
    ...item,
    published: `0${at + 1} Jan 2025 10:07:00 GMT`,
  }))
  feeds.set(URL_A, byPlace(old))
  await wirewatch.sources.add({ url: URL_A })
  wirewatch.app.saveSettings({ keepDays: 30 })
  await wirewatch.app.tidy()
  desk.clock += 3_600_000
  const news = { ...(dated(4)[0] as Item), published: new Date(desk.clock - 60_000).toUTCString() }
  feeds.set(URL_A, byPlace([news, ...old]))
  await refresh()
  expect(desk.titles()).toEqual([news.title])
})
