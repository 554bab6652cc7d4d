import { afterEach, beforeEach, expect, test } from 'vitest'
import { feedAnswer } from '../fixtures/answer.ts'
import { type RssItem, rssFeed } from '../fixtures/rss.ts'
import { openWirewatch, type Wirewatch } from '../wirewatch.ts'

const DAY = 86_400_000
/** Monday 2025-05-05, noon. */
const NOON = Date.UTC(2025, 4, 5, 12)
const WEEKS = 9

let wirewatch: Wirewatch
let bodies: Map<string, string>
let clock = NOON

beforeEach(() => {
  bodies = new Map()
  clock = NOON
  wirewatch = openWirewatch({
    dataDir: ':memory:',
    now: () => clock,
    timeZone: 'UTC',
    fetch: async ({ url }) => feedAnswer(url, bodies.get(url) ?? ''),
  })
})
afterEach(() => wirewatch.close())

/** A feed with `usual` stories a day over nine weeks and `today` ones today; the title of each by its number. */
function feed(url: string, usual: number, today: number, title: (n: number, today: boolean) => string) {
  const items: RssItem[] = []
  for (let back = WEEKS * 7; back >= 0; back--)
    for (let i = 0; i < (back === 0 ? today : usual); i++) {
      const n = items.length
      items.push({
        id: `${url}${n}`,
        title: title(n, back === 0),
        link: `${url}/${n}`,
        published: NOON - back * DAY - i * 60_000,
      })
    }
  bodies.set(url, rssFeed(items, { title: url, link: url }))
}
const add = (url: string, bloc: string) => wirewatch.sources.add({ url, bloc, kind: 'independent' })
const above = () =>
  wirewatch.dashboard
    .above({ kind: 'custom', from: NOON - DAY / 2, to: NOON + 1000 })
    .departures.filter(({ side }) => side === 'above')

test('the dashboard names the bloc that bursts, no other, and its number opens exactly', async () => {
  feed('https://quiet.example/feed', 5, 6, (n) => `Harbour notes ${n}`)
  feed('https://loud.example/feed', 4, 30, (n) => `Garden notes ${n}`)
  await add('https://quiet.example/feed', 'EU')
  await add('https://loud.example/feed', 'CN')
  const [first, ...others] = above()
  expect(others).toEqual([])
  expect(first).toMatchObject({ kind: 'bloc', name: 'CN', label: 'CN', observed: 30 })
  expect(first?.words).toBe('30, expected 4 ± 4 on Mondays over 8 weeks')
  expect(wirewatch.stories.count({ query: first?.query ?? '', exact: true }).stories).toBe(30)
})

test('the dashboard names the entity that bursts though its bloc is as ever, and its number opens exactly', async () => {
  feed('https://steady.example/feed', 24, 24, (n, today) =>
    n % 12 === 0 || (today && n % 8 !== 1) ? `Lavrov: note ${n}` : `Garden notes ${n}`,
  )
  await add('https://steady.example/feed', 'EU')
  const found = above()
  expect(found.map(({ kind }) => kind)).not.toContain('bloc')
  const lavrov = found.find(({ name }) => name === 'lavrov')
  expect(lavrov).toMatchObject({ kind: 'entity', observed: 21 })
  for (const { query, observed } of found)
    expect(wirewatch.stories.count({ query, exact: true }).stories, query).toBe(observed)
})

test('a day that is over is below, one that goes on is not; and of the day before, what departed is still told', async () => {
  feed('https://loud.example/feed', 8, 0, (n) => `Garden notes ${n}`)
  feed('https://quiet.example/feed', 3, 3, (n) => `Harbour notes ${n}`)
  await add('https://loud.example/feed', 'CN')
  await add('https://quiet.example/feed', 'EU')
  const told = (to: number) =>
    wirewatch.dashboard
      .above({ kind: 'custom', from: to - DAY, to })
      .departures.map(({ name, side, day, observed, value }) => [name, side, day, observed, value])
  expect(told(NOON)).toEqual([])
  clock = NOON + DAY
  expect(told(NOON + DAY / 2)).toEqual([['CN', 'below', '2025-05-05', 0, 8]])
  // On the next day, which has only begun, the day before is still told.
  const next = wirewatch.dashboard.above({ kind: 'last', hours: 36 })
  expect(next.departures.map(({ name, side, day }) => [name, side, day])).toEqual([
    ['CN', 'below', '2025-05-05'],
  ])
  const [first] = next.departures
  expect(first?.history.map(({ count }) => count)).toEqual(new Array(8).fill(8))
  for (const { count, query } of first?.history ?? [])
    expect(wirewatch.stories.count({ query, exact: true }).stories, query).toBe(count)
})

test('a bloc that is given a new source does not burst by that', async () => {
  feed('https://old.example/feed', 4, 4, (n) => `Garden notes ${n}`)
  feed('https://new.example/feed', 0, 30, (n) => `Harbour notes ${n}`)
  await add('https://old.example/feed', 'CN')
  await add('https://new.example/feed', 'CN')
  expect(above()).toEqual([])
})

test('an ordinary day has nothing above expectation', async () => {
  feed('https://steady.example/feed', 6, 7, (n) => (n % 3 === 0 ? `Lavrov: note ${n}` : `Garden notes ${n}`))
  await add('https://steady.example/feed', 'EU')
  expect(above()).toEqual([])
})

test('a day that is over names the sources that were silent on it, and a day before the outage does not', async () => {
  const outage = NOON - DAY
  feed('https://wire.example/feed', 5, 5, (n) => `Wire notes ${n}`)
  feed('https://daily.example/feed', 20, 20, (n) => `Daily notes ${n}`)
  const lines = (bodies.get('https://daily.example/feed') ?? '').split(/(?=<item>)/)
  const yesterday = new Date(outage).toUTCString().slice(0, 16)
  bodies.set(
    'https://daily.example/feed',
    lines
      .filter(
        (item) => !item.startsWith('<item>') || !item.includes(yesterday) || item.includes('</channel>'),
      )
      .join(''),
  )
  await add('https://wire.example/feed', 'EU')
  await add('https://daily.example/feed', 'EU')
  const midnight = NOON - DAY / 2
  const ended = (to: number) => wirewatch.dashboard.above({ kind: 'custom', from: to - DAY, to }).silent
  expect(ended(midnight)).toEqual([
    { id: 2, title: 'https://daily.example/feed', message: '0, expected 20 ± 9 on Sundays over 8 weeks' },
  ])
  expect(ended(midnight - DAY)).toEqual([])
})
