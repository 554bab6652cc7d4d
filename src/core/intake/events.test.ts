import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Desk, type Item, test, URL_A, URL_B } from '../fixtures/desk.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'
import { countedEventsIn, recountedEventsIn, rowsIn } from '../store/fixtures/recount.ts'
import { openDatabase } from '../store/open.ts'

const MONKEYS = 'Monkeys escape from overturned truck on Mississippi highway'
const AGAIN = 'Mississippi truck crash: escaped monkeys are not diseased, university says'

/** Titles by event, as a set of sets. */
function gathered({ wirewatch }: Desk): string[][] {
  const { rows } = wirewatch.stories.list({ query: '', limit: 500 })
  const events = Map.groupBy(rows, ({ event }) => event?.id)
  return [...events.values()].map((list) => list.map(({ title }) => title).sort()).sort()
}

test('stories of two sources on one happening are of one event, and say so', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS },
    { id: '2', title: 'Central bank cuts interest rates for the third time' },
  ])
  feeds.set(URL_B, [{ id: '3', title: AGAIN }])
  await wirewatch.sources.add({ url: URL_A })
  await wirewatch.sources.add({ url: URL_B })
  expect(gathered(desk)).toEqual([
    ['Central bank cuts interest rates for the third time'],
    [AGAIN, MONKEYS].sort(),
  ])
  const { rows } = wirewatch.stories.list({ query: 'monkeys', limit: 9 })
  expect(rows.map(({ event }) => [event?.stories, event?.sources])).toEqual([
    [2, 2],
    [2, 2],
  ])
})

test('a transaction that fails leaves no trace in what is known of events', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_A, [{ id: '1', title: MONKEYS }])
  await wirewatch.sources.add({ url: URL_A })
  const state = (): unknown[] => [
    rowsIn(desk.folder, 'SELECT * FROM story_event'),
    rowsIn(desk.folder, 'SELECT * FROM cluster_state'),
    rowsIn(desk.folder, 'SELECT seq, entry FROM cluster_journal'),
  ]
  const before = state()
  feeds.set(URL_A, [{ id: '2', title: 'Osk ferry strike ends after nine days' }])
  const db = openDatabase(desk.folder)
  db.exec(
    "CREATE TRIGGER fail BEFORE UPDATE ON source WHEN new.last_success > old.last_success BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  )
  db.close()
  await refresh()
  expect(state()).toEqual(before)
  const again = openDatabase(desk.folder)
  again.exec('DROP TRIGGER fail')
  again.close()
  feeds.set(URL_A, [{ id: '3', title: AGAIN }])
  await refresh()
  expect(rowsIn(desk.folder, 'SELECT event FROM story_event')).toEqual([[1], [1]])
  expect(rowsIn(desk.folder, 'SELECT seq FROM cluster_state')).toEqual([[2]])
})

test('stories that come too many at once get the events that they have where they come one by one', async ({
  desk,
}) => {
  const lines = Array.from({ length: 60 }, (_, i) => {
    const title = i % 20 === 0 ? MONKEYS : `Unheard${i} tale${i} of place${i}`
    return JSON.stringify({
      id: `${i}`,
      title,
      text: title,
      source: `S${Math.floor(i / 20)}`,
      published: '2025-05-09T08:00:00Z',
    })
  })
  const inPortions = async (size: number): Promise<unknown[]> => {
    const wirewatch = await desk.startOver()
    const file = join(desk.folder, 'stories.jsonl')
    for (let at = 0; at < lines.length; at += size) {
      writeFileSync(file, lines.slice(at, at + size).join('\n'))
      await wirewatch.finished(wirewatch.archive.import(file).job.id)
      if (size > 20) await wirewatch.eventsGathered()
    }
    expect(countedEventsIn(desk.folder)).toEqual(recountedEventsIn(desk.folder, 7200))
    return rowsIn(desk.folder, 'SELECT id, event FROM story JOIN story_event USING (docid) ORDER BY 1')
  }
  const once = await inPortions(20)
  expect(once).toHaveLength(60)
  expect(await inPortions(60)).toEqual(once)
})

test('what is removed changes no event of the stories that come later', async ({ desk }) => {
  const eventsOf = async (isRemoving: boolean): Promise<unknown[]> => {
    const wirewatch = await desk.startOver()
    const file = join(desk.folder, 'stories.jsonl')
    for (const half of [0, 1]) {
      const lines = Array.from({ length: 12 }, (_, i) => {
        const title = i % 4 === 0 ? `${MONKEYS}, part ${half}${i}` : `Unheard${half}${i} tale of place${i}`
        return JSON.stringify({ title, text: title, source: `S${half}`, published: '2025-05-09T08:00:00Z' })
      })
      writeFileSync(file, lines.join('\n'))
      await wirewatch.finished(wirewatch.archive.import(file).job.id)
      await wirewatch.eventsGathered()
      if (half === 0 && isRemoving)
        for (const { id } of wirewatch.sources.list()) await wirewatch.sources.remove(id)
    }
    return rowsIn(
      desk.folder,
      `SELECT story.id, event FROM story JOIN story_event USING (docid) JOIN source ON source.id = story.source_id
       WHERE custom_title = 'S1' ORDER BY 1`,
    )
  }
  const all = await eventsOf(false)
  expect(all.length).toBeGreaterThan(8)
  expect(await eventsOf(true)).toEqual(all)
})

const title = fc.constantFrom(
  'Russia and China sign gas deal in Saltmouth',
  'Saltmouth gas deal: Russia, China sign',
  'EU sanctions on Russian oil',
  'Brussels: EU sanctions on Russian oil hit Osk',
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
    url: fc.constantFrom(URL_A, URL_B),
    id: fc.constantFrom('1', '2', '3', '4'),
    title,
    published: day,
  }),
  fc.record({
    do: fc.constant('correct' as const),
    nth: fc.nat({ max: 3 }),
    theme: fc.constantFrom('russia-china', 'taiwan'),
    verdict: fc.constantFrom(-1 as const, 0 as const, 1 as const),
  }),
  fc.record({ do: fc.constant('theme' as const), query: fc.constantFrom('gas', 'oil OR tariffs') }),
  fc.record({ do: fc.constant('remove' as const), nth: fc.nat({ max: 1 }) }),
  fc.record({ do: fc.constant('keep' as const) }),
  fc.record({ do: fc.constant('reopen' as const) }),
)

test('the counts by event are what a recount finds, whatever happened', async ({ desk }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      let wirewatch = await desk.startOver()
      desk.feeds.clear()
      const items = new Map<string, Map<string, Item>>()
      for (const s of steps) {
        if (s.do === 'feed') {
          const mine = items.get(s.url) ?? new Map<string, Item>()
          mine.set(s.id, s)
          items.set(s.url, mine)
          desk.feeds.set(s.url, [...mine.values()])
          if (wirewatch.sources.list().some(({ url }) => url === s.url)) await desk.refresh()
          else await wirewatch.sources.add({ url: s.url })
        } else if (s.do === 'correct') {
          const story = wirewatch.stories.list({ query: '', limit: 9 }).rows[s.nth]
          if (story !== undefined) wirewatch.stories.correct(story.id, s.theme, s.verdict)
        } else if (s.do === 'theme') {
          wirewatch.themes.save({ ...themeDraft(wirewatch, 'russia-china'), query: s.query, threshold: 0 })
          await desk.idle()
        } else if (s.do === 'keep') {
          const [newest] = wirewatch.stories.list({ query: '', limit: 1 }).rows
          if (newest !== undefined) wirewatch.stories.setStarred(newest.id, true)
          wirewatch.app.saveSettings({ keepStories: 2 })
          await desk.idle()
        } else if (s.do === 'reopen') wirewatch = await desk.reopen()
        else {
          const source = wirewatch.sources.list()[s.nth]
          if (source === undefined) continue
          await wirewatch.sources.remove(source.id)
          items.delete(source.url)
        }
      }
      // Berlin is two hours ahead of UTC in May.
      expect(countedEventsIn(desk.folder)).toEqual(recountedEventsIn(desk.folder, 7200))
      expect(rowsIn(desk.folder, 'SELECT id, stories FROM event ORDER BY 1')).toEqual(
        rowsIn(
          desk.folder,
          'SELECT event, count(*) FROM story_event GROUP BY 1 HAVING count(*) > 1 ORDER BY 1',
        ),
      )
      expect(rowsIn(desk.folder, 'SELECT docid FROM story_event ORDER BY 1')).toEqual(
        rowsIn(desk.folder, 'SELECT docid FROM story ORDER BY 1'),
      )
    }),
    { numRuns: 12 },
  )
})
