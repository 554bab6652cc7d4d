import fc from 'fast-check'
import { expect } from 'vitest'
import { type Item, test, URL_A, URL_B } from '../fixtures/desk.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'
import { countedIn, recountedIn, rowsIn } from '../store/fixtures/recount.ts'
import { openDatabase } from '../store/open.ts'

test('a story and all that follows from it commit together', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
  count,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  await wirewatch.sources.add({ url: URL_A })
  wirewatch.alerts.save({ name: 'All', query: 'pipeline OR russia', enabled: true })
  const rows = (sql: string): unknown[] => rowsIn(desk.folder, sql)
  const kept = (): unknown[] => [
    rows('SELECT count(*) FROM story'),
    rows('SELECT * FROM tag'),
    rows('SELECT * FROM hit'),
    rows('SELECT * FROM notice'),
    rows('SELECT * FROM outbox'),
    countedIn(desk.folder),
    count('pipeline'),
  ]
  const before = kept()
  feeds.set(URL_A, [{ id: '2', title: 'Russia and China: a pipeline', text: 'Putin and Xi Jinping' }])
  // The disk fails in the middle of a story's transaction: at its hit, or at the last that follows from it.
  for (const table of ['hit', 'outbox']) {
    const db = openDatabase(desk.folder)
    db.exec(`CREATE TRIGGER fail BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
    db.close()
    await refresh()
    expect(kept()).toEqual(before)
    expect(wirewatch.sources.list()[0]?.error?.message).toContain('disk full')
    const again = openDatabase(desk.folder)
    again.exec('DROP TRIGGER fail')
    again.close()
  }
  await refresh()
  expect([count('pipeline'), wirewatch.app.info().unreadHits]).toEqual([1, 1])
  expect(rows('SELECT alert_id, hits FROM notice')).toEqual([[1, 1]])
})

test('the daily counts are what a recount finds, whatever happened', async ({
  desk,
  feeds,
  refresh,
  idle,
}) => {
  const title = fc.constantFrom(
    'Russia and China sign gas deal',
    'EU sanctions on Russian oil',
    'Taiwan tariffs',
    'Ice cream',
    'Xi Jinping calls Trump over tariffs',
  )
  const day = fc.constantFrom(
    'Thu, 08 May 2025 21:59:00 GMT',
    'Thu, 08 May 2025 22:01:00 GMT',
    'Wed, 07 May 2025 10:00:00 GMT',
  )
  const step = fc.oneof(
    fc.record({
      do: fc.constant('feed' as const),
      id: fc.constantFrom('1', '2', '3', '4'),
      title,
      published: day,
    }),
    fc.record({
      do: fc.constant('correct' as const),
      nth: fc.nat({ max: 3 }),
      theme: fc.constantFrom('russia-china', 'taiwan', 'tariffs'),
      verdict: fc.constantFrom(-1 as const, 0 as const, 1 as const),
    }),
    fc.record({
      do: fc.constant('theme' as const),
      query: fc.constantFrom('gas', 'oil OR tariffs', '@china'),
    }),
    fc.record({ do: fc.constant('remove' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      const wirewatch = await desk.startOver()
      const items = new Map<string, Item>()
      for (const s of steps) {
        if (s.do === 'feed') {
          items.set(s.id, s)
          feeds.set(URL_A, [...items.values()])
          if (wirewatch.sources.list().length === 0) await wirewatch.sources.add({ url: URL_A })
          else await refresh()
        } else if (s.do === 'correct') {
          const story = wirewatch.stories.list({ query: '', limit: 9 }).rows[s.nth]
          if (story !== undefined) wirewatch.stories.correct(story.id, s.theme, s.verdict)
        } else if (s.do === 'theme') {
          const draft = themeDraft(wirewatch, 'russia-china')
          wirewatch.themes.save({ ...draft, query: s.query, threshold: 0 })
          await idle()
        } else
          for (const { id } of wirewatch.sources.list()) {
            await wirewatch.sources.remove(id)
            items.clear()
          }
      }
      // Berlin is two hours ahead of UTC in May.
      expect(countedIn(desk.folder)).toEqual(recountedIn(desk.folder, 7200))
      const rows = (sql: string): unknown[] => rowsIn(desk.folder, sql)
      expect(rows('SELECT * FROM total WHERE stories != 0 ORDER BY 1, 2')).toEqual(
        rows('SELECT theme_id, source_id, sum(stories) FROM daily GROUP BY 1, 2 ORDER BY 1, 2'),
      )
    }),
    { numRuns: 12 },
  )
}, 600_000)

const WIRE = `The port of Saltmouth reopened on Tuesday after a nine-day strike by crane drivers that had left forty ships
  waiting in the roads. The union and the harbour board agreed to a pay rise of six per cent over two years and to a joint
  review of night shifts. Shipping lines said that it would take about a week to clear the backlog.`

test('of two stories with one text the later is the copy, in whatever order a feed lists them', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  const first = { id: '1', title: 'Port reopens', text: WIRE, published: 'Fri, 09 May 2025 08:00:00 GMT' }
  const later = { ...first, id: '2', published: 'Fri, 09 May 2025 09:00:00 GMT' }
  for (const [url, items] of [
    [URL_A, [later, first]],
    [URL_B, [first, later]],
  ] as const) {
    feeds.set(url, items)
    const { id } = await wirewatch.sources.add({ url })
    await refresh()
    const { rows } = wirewatch.stories.list({ query: '', limit: 9 })
    expect(rows.map(({ published, copy, copies }) => [published, copy, copies])).toEqual([
      [Date.parse(later.published), true, 0],
      [Date.parse(first.published), false, 1],
    ])
    await wirewatch.sources.remove(id)
  }
})

test('a copy whose text changes is still a copy to the alerts that ask for copies', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  wirewatch.alerts.save({ name: 'Copied', query: 'walrus is:copy', enabled: true })
  wirewatch.alerts.save({ name: 'First of its text', query: 'walrus -is:copy', enabled: true })
  const hits = async () =>
    (await wirewatch.inbox.list({ show: 'all', query: '', grouped: false, limit: 9 })).groups.map(
      ({ lead }) => lead.alert.name,
    )
  feeds.set(URL_A, [
    { id: '1', title: 'Port reopens', text: WIRE, published: 'Fri, 09 May 2025 08:00:00 GMT' },
  ])
  const copy = { id: '2', title: 'Cranes move again', published: 'Fri, 09 May 2025 09:00:00 GMT' }
  feeds.set(URL_B, [{ ...copy, text: WIRE }])
  await wirewatch.sources.add({ url: URL_A })
  await wirewatch.sources.add({ url: URL_B })
  expect(await hits()).toEqual([])
  feeds.set(URL_B, [{ ...copy, text: `${WIRE} A walrus looked on.` }])
  await refresh()
  expect(await hits()).toEqual(['Copied'])
})
