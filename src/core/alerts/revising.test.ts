import { expect, vi } from 'vitest'
import { type Desk, type Item, test, URL_A } from '../fixtures/desk.ts'
import { rowsIn } from '../store/fixtures/recount.ts'

// On a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 120_000 })

const HOUR = 3_600_000
const DAY = 24 * HOUR

const item = (id: string, title: string, published: number): Item => ({
  id,
  title,
  published: new Date(published).toUTCString(),
})
const fits = (desk: Desk): unknown[] =>
  rowsIn(desk.folder, 'SELECT title, fits FROM hit JOIN story ON story.id = story_id ORDER BY title')
const notices = (desk: Desk): unknown[] => rowsIn(desk.folder, 'SELECT key, words FROM notice ORDER BY id')

test('hits of a query that was changed stay, and are marked where it no longer matches', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_A, [item('1', 'Oil', desk.clock - HOUR), item('2', 'Gas', desk.clock - HOUR)])
  const draft = { name: 'Energy', enabled: true }
  const { id } = wirewatch.alerts.save({ ...draft, query: 'oil OR gas' })
  await wirewatch.sources.add({ url: URL_A })
  wirewatch.alerts.save({ ...draft, id, query: 'gas' })
  await wirewatch.alerts.revised()
  expect(fits(desk)).toEqual([
    ['Gas', 1],
    ['Oil', 0],
  ])
  feeds.set(URL_A, [item('3', 'Gas again', desk.clock)])
  await refresh()
  // Cut short: taken up when the archive is opened again.
  wirewatch.alerts.save({ ...draft, id, query: 'oil' })
  const reopened = await desk.reopen()
  await reopened.alerts.revised()
  expect(fits(desk)).toEqual([
    ['Gas', 0],
    ['Gas again', 0],
    ['Oil', 1],
  ])
  expect(reopened.alerts.list()[0]).toMatchObject({ hits: 3 })
})

test('a new alert on spikes has its history from the archive, an edited one that of its new query', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  const weeks = Array.from({ length: 7 }, (_, week) => desk.clock - (week + 1) * 7 * DAY)
  feeds.set(URL_A, [
    ...weeks.flatMap((at, week) => [0, 1].map((n) => item(`old ${week} ${n}`, 'Pipeline', at))),
    ...weeks.flatMap((at, week) => [0, 1].map((n) => item(`tax ${week} ${n}`, 'Tariff', at))),
  ])
  await wirewatch.sources.add({ url: URL_A })
  const draft = { name: 'Bursts', enabled: true, settings: { trigger: { kind: 'spike' as const } } }
  const { id } = wirewatch.alerts.save({ ...draft, query: 'pipeline' })
  await wirewatch.alerts.revised()
  const burst = (title: string): Item[] =>
    Array.from({ length: 12 }, (_, n) => item(`${title} ${n}`, `${title} ${n}`, desk.clock))
  feeds.set(URL_A, burst('Pipeline'))
  await refresh()
  expect(notices(desk)).toEqual([
    [expect.stringMatching(/^spike:/), expect.stringMatching(/expected 2 ± \d on Fridays over 7 weeks/)],
  ])
  wirewatch.alerts.save({ ...draft, id, query: 'tariff' })
  await wirewatch.alerts.revised()
  desk.clock += 7 * DAY
  feeds.set(URL_A, burst('Tariff'))
  await refresh()
  expect(notices(desk)).toHaveLength(2)
})

test('a new alert on silence knows how often its topic speaks', async ({ desk, wirewatch, feeds }) => {
  const last = desk.clock - 10 * HOUR
  feeds.set(
    URL_A,
    Array.from({ length: 30 }, (_, n) => item(`${n}`, `Pipeline ${n}`, last - n * HOUR)),
  )
  await wirewatch.sources.add({ url: URL_A })
  for (const [name, query] of [
    ['Speaks', 'pipeline'],
    ['Never did', 'harbour'],
  ] as const) {
    const settings = { trigger: { kind: 'silence' as const, forMs: 6 * HOUR } }
    wirewatch.alerts.save({ name, query, enabled: true, settings })
  }
  await wirewatch.alerts.revised()
  await desk.reopen()
  expect(notices(desk)).toEqual([
    [
      expect.stringMatching(/^silence:/),
      expect.stringMatching(/^No hit for 10 h, usually one every 60 min\./),
    ],
  ])
})
