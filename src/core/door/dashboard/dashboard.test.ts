import { expect } from 'vitest'
import { FeedError } from '../../feeds/feed.ts'
import { test, URL_A, URL_B } from '../../fixtures/desk.ts'

/** From before the two days up to the desk’s clock. */
const OLD = { id: 'old', title: 'Rain in April', published: 'Wed, 30 Apr 2025 10:00:00 GMT' }

test.beforeEach(async ({ wirewatch, feeds }) => {
  feeds.set(URL_A, [
    {
      id: '1',
      title: 'Xi Jinping visits Putin',
      text: 'Russia and China.',
      published: 'Thu, 08 May 2025 10:00:00 GMT',
    },
    { id: '2', title: 'EU and China mark fifty years', text: 'Brussels and Beijing.' },
    { id: '3', title: 'Ice cream prices rise' },
  ])
  await wirewatch.sources.add({ url: URL_A, bloc: 'EU' })
})

test('every number lists exactly what it counted, whatever the filter', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
  count,
}) => {
  wirewatch.app.markVisit()
  desk.clock += 3_600_000
  feeds.set(URL_A, [
    { id: '4', title: 'China and Russia sign a pipeline deal', published: 'Fri, 09 May 2025 12:30:00 GMT' },
    { id: '5', title: 'A story that came late', published: 'Fri, 09 May 2025 08:00:00 GMT' },
    // Fridays before, so that this one has an expectation.
    ...['04 Apr', '11 Apr', '18 Apr', '25 Apr', '02 May'].map((day, i) => ({
      id: `old-${i}`,
      title: `China and Russia speak of gas, part ${i}`,
      published: `Fri, ${day} 2025 12:00:00 GMT`,
    })),
  ])
  feeds.set(URL_B, [
    { id: '1', title: 'Tariffs: Trump and Xi speak', published: 'Fri, 09 May 2025 11:59:00 GMT' },
    { id: '2', title: 'Russia and China again', published: 'Thu, 08 May 2025 11:59:00 GMT' },
  ])
  await wirewatch.sources.add({ url: URL_B, bloc: 'US', kind: 'wire' })
  await refresh()
  const ranges = [
    { kind: 'visit' },
    { kind: 'last', hours: 24 },
    { kind: 'last', hours: 24 * 30 },
    { kind: 'custom', from: desk.clock - 5 * 86_400_000 - 12_345, to: desk.clock - 4_000_000 },
  ] as const
  const filters = [
    '',
    'bloc:EU',
    '-kind:wire bloc:EU',
    'source:"Harbour" OR bloc:US',
    'theme:russia-china',
    'theme:russia-china -kind:wire',
    'theme:(russia-china OR us-china)',
    'lang:en bloc:US',
    'china',
    'theme:relations gas OR ice',
  ]
  // Many a number leads to the same list.
  const counted = new Map<string, number>()
  for (const range of ranges)
    for (const filter of filters) {
      const { total, most } = wirewatch.dashboard.lead(range, filter)
      const { rows: events } = wirewatch.dashboard.top(range, filter)
      const { cards } = wirewatch.dashboard.themes(range, filter)
      const { departures } = wirewatch.dashboard.above(range, filter)
      const { rows, shares } = wirewatch.dashboard.blocs(range, filter)
      const { series, queries } = wirewatch.dashboard.volume(range, filter)
      const navigation = wirewatch.navigation.counts(range)
      const doors = [
        total.now,
        total.unread,
        ...(total.before === null ? [] : [total.before]),
        ...cards.flatMap((card) => [card.now, ...(card.before === null ? [] : [card.before])]),
        ...cards.flatMap(({ expected }) =>
          expected === null ? [] : [{ stories: expected.observed, query: expected.query }],
        ),
        ...(most === null ? [] : [most.now]),
        ...departures.flatMap(({ observed, query, history }) => [
          { stories: observed, query },
          ...history.flatMap((day) => (day.count === null ? [] : [{ stories: day.count, query: day.query }])),
        ]),
        ...events.flatMap(({ stories, copies, blocs, growth }) => [
          stories,
          copies,
          ...blocs.flatMap((bloc) => [bloc.stories, bloc.copies]),
          ...(growth.kind === 'growing' ? [growth.stories] : []),
        ]),
        ...rows.flatMap(({ cells, counted }) => [...cells, counted]),
        ...shares.map((bloc) => bloc.stories),
        ...series.flatMap(({ theme, stories }) =>
          // Most buckets are empty: that they are is checked once.
          stories.flatMap((n, i) =>
            n === 0 && filter !== '' ? [] : [{ stories: n, query: `theme:${theme.id} ${queries[i]}` }],
          ),
        ),
        navigation.stories,
        ...navigation.themes.map(({ stories }) => stories),
      ]
      for (const { stories, query } of doors) {
        const listed = counted.get(query) ?? count(query)
        counted.set(query, listed)
        expect(listed, `${range.kind}, ${filter}: ${query}`).toBe(stories)
      }
    }
  const { total } = wirewatch.dashboard.lead({ kind: 'visit' })
  const { cards } = wirewatch.dashboard.themes({ kind: 'visit' })
  expect(total.now.stories).toBe(9)
  expect(cards.find(({ id }) => id === 'russia-china')?.expected?.observed).toBe(1)
})

test('who is in the stories of a query: each number lists exactly what it counted, each trend looks past its dates', async ({
  wirewatch,
  count,
}) => {
  for (const query of ['', 'on:2025-05-09', 'theme:russia-china OR theme:eu-china', 'is:unread -ice']) {
    const { entities, examined, whole } = await wirewatch.entities.list({ query, limit: 20 })
    expect([examined, whole]).toEqual([count(query), true])
    expect(entities.length).toBeGreaterThan(0)
    for (const { stories, with: company } of entities)
      for (const door of [{ stories }, ...company])
        expect(count(door.stories.query), door.stories.query).toBe(door.stories.stories)
    for (const { stories, trend, name } of entities) {
      expect(trend).toHaveLength(14)
      expect(trend.at(-1), name).toBe(count(`${stories.query} on:2025-05-09`))
    }
  }
  const [first] = (await wirewatch.entities.list({ query: 'on:2025-05-08', limit: 1 })).entities
  expect(first?.trend.at(-1)).toBe(1)
  const { entities } = await wirewatch.entities.list({ query: 'on:2025-05-09', limit: 20 })
  expect(entities.find(({ name }) => name === 'china')?.trend.slice(-2)).toEqual([1, 1])
  expect((await wirewatch.entities.list({ query: 'ice', limit: 20 })).entities).toEqual([])
  await expect(wirewatch.entities.list({ query: '(ice', limit: 20 })).rejects.toThrow('never closed')
})

test('the places that stories name: each number lists exactly the stories and events it counted', async ({
  wirewatch,
  count,
}) => {
  for (const query of ['', 'on:2025-05-09', 'theme:russia-china OR theme:eu-china']) {
    const { places, examined, whole } = await wirewatch.entities.places({ query })
    expect([examined, whole]).toEqual([count(query), true])
    expect(places.map(({ name }) => name)).toContain('china')
    for (const { stories: door } of places)
      expect(wirewatch.stories.count({ query: door.query, exact: true, events: true })).toMatchObject({
        stories: door.stories,
        events: door.events,
      })
  }
  expect((await wirewatch.entities.places({ query: 'ice' })).places).toEqual([])
})

test('before the first visit it shows all there is', ({ wirewatch }) => {
  const board = wirewatch.dashboard.lead({ kind: 'visit' })
  expect(board.range).toMatchObject({ hasVisit: false, query: '' })
  expect(board.total.now).toEqual({ stories: 3, events: 3, query: '' })
})

test('an equal range before is shown only where the archive reaches back over all of it', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  const beforeOf = (hours: number) => {
    const range = { kind: 'last', hours } as const
    const { cards } = wirewatch.dashboard.themes(range)
    return {
      all: wirewatch.dashboard.lead(range).total.before?.stories ?? null,
      theme: cards.find(({ id }) => id === 'russia-china')?.before?.stories ?? null,
    }
  }
  // The oldest story is a little more than a day old: a day before would be counted from its last two hours alone.
  expect(beforeOf(24)).toEqual({ all: null, theme: null })
  feeds.set(URL_A, [OLD])
  await refresh()
  expect(beforeOf(24)).toMatchObject({ all: 1, theme: 1 })
  expect(beforeOf(24 * 30)).toEqual({ all: null, theme: null })
  expect(wirewatch.dashboard.lead({ kind: 'visit' }).total.before).toBeNull()
})

test('what arrived since the last visit is compared with what arrived in the equal time before it', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
  count,
}) => {
  const before = () => wirewatch.dashboard.lead({ kind: 'visit' }).total.before
  desk.clock += 3_600_000
  wirewatch.app.markVisit()
  desk.clock += 5_400_000
  // An hour and a half ago nothing was here yet.
  expect(before()).toBeNull()
  desk.clock += 86_400_000 - 5_400_000
  wirewatch.app.markVisit()
  desk.clock += 1_800_000
  feeds.set(URL_A, [OLD])
  await refresh()
  wirewatch.app.markVisit()
  desk.clock += 3_600_000
  // It was published in April, and came within the hour before the visit.
  expect(before()?.stories).toBe(1)
  expect(count(before()?.query ?? '')).toBe(1)
})

test('every panel shows what was written since another was asked, and the time that passed', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  const range = { kind: 'last', hours: 24 * 30 } as const
  const counts = () => [
    wirewatch.navigation.counts(range).stories.stories,
    wirewatch.dashboard.lead(range).total.now.stories,
  ]
  expect(counts()).toEqual([3, 3])
  feeds.set(URL_A, [{ id: '4', title: 'One more' }])
  // At the same moment: only what is written can tell that the counts are old.
  await wirewatch.finished(wirewatch.sources.refresh().id)
  expect(counts()).toEqual([4, 4])
  const { to } = wirewatch.dashboard.lead(range).range
  desk.clock += 60_000
  expect(wirewatch.dashboard.lead(range).range.to).toBe(to + 60_000)
})

test('the largest events come first, by stories that are no copies: who was first, who tells it and who does not', async ({
  wirewatch,
  feeds,
  refresh,
  count,
}) => {
  const at = (time: string): string => `Fri, 09 May 2025 ${time} GMT`
  const deal = 'Miners of Saltmouth vote for a strike over pensions'
  const [C, D] = ['https://c.example/feed', 'https://d.example/feed']
  feeds.set(URL_A, [
    { id: '11', title: `${deal}, Brussels says`, published: at('09:00:00') },
    { id: '12', title: 'Ferry strike in Ostend ends', published: at('08:00:00') },
    { id: '13', title: 'Ferry strike in Ostend ends after talks', published: at('08:30:00') },
  ])
  feeds.set(URL_B, [
    { id: '14', title: `${deal}, Moscow says`, published: at('06:00:00') },
    { id: '15', title: 'Strike over pensions: miners of Saltmouth vote', published: at('11:30:00') },
  ])
  feeds.set(C, [{ id: '16', title: 'Tea harvest begins', published: at('07:00:00') }])
  feeds.set(D, new FeedError('status-500', 'The server failed.'))
  await wirewatch.sources.add({ url: URL_B, bloc: 'RU' })
  await wirewatch.sources.add({ url: C, bloc: 'CN' })
  await wirewatch.sources.add({ url: D, bloc: 'IN' }).catch(() => undefined)
  await refresh()
  const range = { kind: 'last', hours: 24 } as const
  const { rows } = wirewatch.dashboard.top(range)
  expect(rows.map(({ stories }) => stories.stories)).toEqual([3, 2])
  const [first] = rows
  expect(first?.firstMover.source.bloc).toBe('RU')
  expect(first?.blocs.map(({ bloc, stories }) => [bloc, stories.stories])).toEqual([
    ['RU', 2],
    ['EU', 1],
  ])
  // The one source of IN cannot be heard: it is not silent.
  expect(first?.silent).toEqual([{ bloc: 'CN', sources: 1 }])
  expect(first?.growth).toMatchObject({ kind: 'growing', stories: { stories: 1 } })
  expect(first?.spark.reduce((sum, n) => sum + n, 0)).toBe(3)
  expect(wirewatch.dashboard.lead(range).events.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))

  // A bloc is framed, not hidden: the other blocs of the event stay, and what is filtered is its size.
  const [russian, ...others] = wirewatch.dashboard.top(range, 'bloc:RU').rows
  expect(others).toEqual([])
  expect(russian?.stories.stories).toBe(2)
  expect(russian?.blocs.map(({ bloc, stories }) => [bloc, count(stories.query)])).toEqual([
    ['RU', 2],
    ['EU', 1],
  ])
  for (const filter of ['', 'saltmouth', 'bloc:RU', 'saltmouth bloc:RU', 'pensions -bloc:EU lang:en'])
    for (const one of [range, { kind: 'last', hours: 24 * 90 }, { kind: 'visit' }] as const) {
      const found = wirewatch.dashboard.top(one, filter).rows
      expect(
        found.map(({ id }) => id),
        filter,
      ).toContain(first?.id)
      for (const { stories } of found) expect(count(stories.query), stories.query).toBe(stories.stories)
    }
})

test('alert hits follow the filter, whatever it asks, and the inbox lists as many', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  const range = { kind: 'last', hours: 24 } as const
  const at = (minute: number): string => `Fri, 09 May 2025 11:${minute}:00 GMT`
  feeds.set(URL_A, [{ id: '1', title: 'A pipeline from Russia to China', published: at(10) }])
  feeds.set(URL_B, [{ id: '2', title: 'The pipeline is dry', published: at(20) }])
  wirewatch.sources.edit([1], { kind: 'public', bloc: 'EU' })
  await wirewatch.sources.add({ url: URL_B, title: 'Wire', kind: 'wire', bloc: 'US' })
  wirewatch.alerts.save({ name: 'Pipelines', query: 'pipeline', enabled: true })
  wirewatch.alerts.save({ name: 'Gas', query: 'gas OR china', enabled: true })
  wirewatch.alerts.save({ name: 'Silent', query: 'zeppelin', enabled: true })
  feeds.set(URL_A, [{ id: '3', title: 'China buys gas by pipeline', published: at(30) }])
  feeds.set(URL_B, [{ id: '4', title: 'Gas prices and pipelines: a second look', published: at(40) }])
  await refresh()

  const titles = (filter: string): string[] =>
    wirewatch.dashboard.hits(range, filter).hits.map(({ alert, title }) => `${alert}: ${title.slice(0, 5)}`)
  expect(titles('bloc:EU').sort()).toEqual(['Gas: China', 'Pipelines: China'])
  expect(titles('bloc:EU zeppelin')).toEqual([])
  for (const filter of ['', 'bloc:EU', 'kind:wire', '-kind:wire', 'buys', 'prices OR buys', 'alert:gas']) {
    const { unread, query } = wirewatch.dashboard.hits(range, filter)
    const { groups } = await wirewatch.inbox.list({ show: 'new', query, grouped: false, limit: 50 })
    expect([unread, wirewatch.dashboard.lead(range, filter).hits], filter).toEqual([
      groups.length,
      { unread, query },
    ])
  }
  expect(wirewatch.dashboard.hits(range, 'buys').unread).toBe(2)
})

test('the newest stories, the newest hits and the state of the sources stand in their panels', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  const range = { kind: 'last', hours: 24 } as const
  wirewatch.alerts.save({ name: 'Pipelines', query: 'pipeline', enabled: true })
  feeds.set(URL_B, [
    { id: '1', title: 'China and Russia sign a pipeline deal', published: 'Fri, 09 May 2025 11:59:00 GMT' },
  ])
  await wirewatch.sources.add({ url: URL_B, title: 'Strait Review', kind: 'wire' })
  feeds.set(URL_A, new FeedError('status-500', 'The server failed.'))
  await refresh()

  const { stories, themes, query } = wirewatch.dashboard.latest(range)
  expect(stories[0]?.title).toBe('China and Russia sign a pipeline deal')
  expect(stories).toHaveLength(wirewatch.stories.list({ query, limit: 50 }).rows.length)
  const named = new Map(themes.map(({ id, name }) => [id, name]))
  expect(stories[0]?.themes.map(({ id }) => named.get(id))).toContain('Russia–China')

  const hits = wirewatch.dashboard.hits(range)
  expect(hits.hits).toMatchObject([
    { alert: 'Pipelines', title: 'China and Russia sign a pipeline deal', source: 'Strait Review' },
  ])
  expect([hits.unread, wirewatch.dashboard.lead(range).hits.unread]).toEqual([1, 1])

  expect(wirewatch.dashboard.health(range)).toMatchObject({
    ok: 1,
    failing: [{ message: 'The server failed.' }],
    silent: [],
    paused: 0,
    kinds: [
      { kind: 'unknown', sources: 1 },
      { kind: 'wire', sources: 1 },
    ],
  })
})

test('the time before stands beside the volume: hours a week back, days whole weeks, and none where nothing reaches back', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_A, [
    { id: 'a', title: 'Taiwan holds a drill, part one', published: 'Thu, 01 May 2025 10:00:00 GMT' },
    { id: 'b', title: 'Taiwan holds a drill, part two', published: 'Fri, 02 May 2025 11:00:00 GMT' },
    { id: 'c', title: 'Nothing of any theme', published: 'Tue, 01 Apr 2025 10:00:00 GMT' },
  ])
  await refresh()
  const before = (hours: number) => wirewatch.dashboard.volume({ kind: 'last', hours }).before
  expect(before(24)).toMatchObject({ days: 7 })
  // Of the 24 hours up to now only the second was published a week before.
  expect(before(24)?.sums.reduce((sum, n) => sum + n, 0)).toBe(1)
  expect(before(24 * 7)).toMatchObject({ days: 14 })
  const days = wirewatch.dashboard.volume({
    kind: 'custom',
    from: desk.clock - 4 * 86_400_000,
    to: desk.clock,
  })
  expect(days.before).toMatchObject({ days: 7, sums: [0, 0, 0, 1, 1] })
  expect(before(24 * 60)).toBeNull()
})

test('the overview has every story of the archive in bars of whole days, whatever the range and the filter', async ({
  wirewatch,
  feeds,
  count,
}) => {
  feeds.set(
    URL_B,
    [1, 2, 200, 201, 365].map((day) => ({
      id: `${day}`,
      title: `Day ${day}`,
      published: new Date(Date.UTC(2024, 4, 9 + day, 9)).toUTCString(),
    })),
  )
  await wirewatch.sources.add({ url: URL_B, bloc: 'EU' })
  const { starts, end, stories } = wirewatch.dashboard.overview({ kind: 'last', hours: 24 }, 'zeppelin')
  expect(stories.reduce((sum, count) => sum + count, 0)).toBe(count(''))
  expect([stories[0], stories[49], stories[50], end]).toEqual([2, 1, 1, Date.UTC(2025, 4, 9, 22)])
  const days = (ms: number): number => Math.round(ms / 86_400_000)
  expect(new Set(starts.slice(1).map((start, i) => days(start - (starts[i] ?? 0))))).toEqual(new Set([4]))
  expect(starts.length).toBeLessThanOrEqual(120)
})

test('a group counts a story once', async ({ wirewatch, feeds, refresh, count }) => {
  feeds.set(URL_A, [
    {
      id: '9',
      title: 'EU, China and the United States: Brussels between Beijing and Washington',
      text: 'Ursula von der Leyen spoke with Xi Jinping and with Donald Trump about EU tariffs on China.',
    },
  ])
  await refresh()
  const { cards } = wirewatch.dashboard.themes({ kind: 'last', hours: 48 })
  const group = cards.find(({ id }) => id === 'eu-relations')
  const members = cards.filter((card) => card.group === 'eu-relations' && card.kind === 'theme')
  const sum = members.reduce((all, card) => all + card.now.stories, 0)
  expect(sum).toBeGreaterThan(group?.now.stories ?? 0)
  expect(count(group?.now.query ?? '')).toBe(group?.now.stories)
})

test('where nothing is expected the panel says why: too few weeks, or an archive that ends long before', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  const range = { kind: 'last', hours: 24 } as const
  expect(wirewatch.dashboard.above(range)).toMatchObject({ unexpected: 'few weeks' })
  desk.clock += 200 * 86_400_000
  const newest = Date.UTC(2025, 4, 9, 11)
  feeds.set(URL_A, [{ id: 'last', title: 'The last', published: 'Fri, 09 May 2025 11:00:00 GMT' }])
  await refresh()
  expect(wirewatch.dashboard.above(range)).toMatchObject({ unexpected: 'nothing recent', newest })
  expect(wirewatch.dashboard.latest(range)).toMatchObject({ stories: [], newest })
})

test('a filter narrows what is not on its own axis, and frames what is', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_B, [
    { id: '1', title: 'Russia and China again' },
    { id: '2', title: 'Taiwan holds a drill' },
  ])
  await wirewatch.sources.add({ url: URL_B, bloc: 'US', kind: 'wire' })
  await refresh()
  const range = { kind: 'last', hours: 48 } as const
  const total = (filter: string) => wirewatch.dashboard.lead(range, filter).total.now.stories
  const card = (id: string, filter: string) =>
    wirewatch.dashboard.themes(range, filter).cards.find((one) => one.id === id)?.now.stories
  expect(['', 'bloc:US', '-kind:wire', 'theme:taiwan', 'theme:taiwan bloc:EU', 'drill'].map(total)).toEqual([
    5, 2, 3, 1, 0, 1,
  ])
  expect(card('russia-china', 'theme:taiwan')).toBe(2)
  expect(card('russia-china', 'theme:taiwan bloc:US')).toBe(1)
  expect(card('russia-china', 'drill')).toBe(0)
  const { blocs, rows, framed } = wirewatch.dashboard.blocs(range, 'bloc:US theme:taiwan')
  expect([blocs, framed]).toEqual([['EU', 'US'], 'US'])
  expect(rows.find(({ theme }) => theme.id === 'russia-china')?.cells.map(({ stories }) => stories)).toEqual([
    1, 1,
  ])
  // Of the voice on a theme, the framed bloc's share; without one, the theme's share of all.
  const share = (filter: string) =>
    wirewatch.dashboard.blocs(range, filter).rows.find(({ theme }) => theme.id === 'russia-china')
  expect(share('bloc:US')).toMatchObject({ share: 0.5, counted: { stories: 1 } })
  expect(share('bloc:US')?.weeks.slice(-2)).toEqual([null, 0.5])
  expect(share('')).toMatchObject({ share: 0.4, counted: { stories: 2 } })
  expect(share('bloc:(US OR EU)')).toMatchObject({ share: 0.4 })
  expect(wirewatch.dashboard.blocs(range).shares.map((bloc) => bloc.share)).toEqual([0.6, 0.4])
  expect(wirewatch.dashboard.latest(range, 'bloc:US').stories).toHaveLength(2)
  expect(() => wirewatch.dashboard.lead(range, '(drill')).toThrow('never closed')
})

test('who is named most is ranked over all stories, and so is with whom: not over the newest', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  const at = (minute: number) => new Date(Date.UTC(2025, 4, 9, 0, minute)).toUTCString()
  feeds.set(URL_B, [
    // Sixty stories on Iran and the United States are newer than eighty on Russia and the United States.
    ...Array.from({ length: 80 }, (_, i) => ({
      id: `r${i}`,
      title: `Russia and the United States, ${i}`,
      published: at(i),
    })),
    ...Array.from({ length: 60 }, (_, i) => ({
      id: `i${i}`,
      title: `Iran and the United States, ${i}`,
      published: at(300 + i),
    })),
  ])
  await wirewatch.sources.add({ url: URL_B, bloc: 'US', kind: 'wire' })
  await refresh()
  for (const query of ['', 'on:2025-05-09', 'bloc:US', 'bloc:US on:2025-05-09 -ice']) {
    const { entities, whole } = await wirewatch.entities.list({ query, limit: 3 })
    expect(whole).toBe(true)
    expect(entities.map(({ label }) => label)).toEqual(['United States', 'Russia', 'Iran'])
    expect(entities[0]?.with.slice(0, 2).map(({ label, stories }) => [label, stories.stories])).toEqual([
      ['Russia', 80],
      ['Iran', 60],
    ])
  }
})
