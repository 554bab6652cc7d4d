import { expect } from 'vitest'
import type { HitAct, HitFilter, HitGroup } from '../../api/contract/inbox.ts'
import { type Desk, test, URL_A, URL_B } from '../fixtures/desk.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ALL: HitFilter = { show: 'all', query: '' }

/** Events that have nothing to do with each other. */
const SHIP = 'Cargo ship runs aground off Lisbon harbour'
const BANK = 'Central bank of Norway raises its key rate'
const MINE = 'Copper mine in Zambia reopens after flood'

/** The groups of a filter as sentences: the lead's title, how many hits, where the lead stands. */
async function listed(
  { wirewatch }: Desk,
  filter: Partial<HitFilter> = {},
  grouped = true,
): Promise<string[]> {
  const { groups } = await wirewatch.inbox.list({ ...ALL, ...filter, grouped, limit: 50 })
  return groups.map(({ lead, hits }) => `${lead.story.title} (${hits}, ${lead.state})`)
}
const groupsOf = async ({ wirewatch }: Desk, filter: Partial<HitFilter> = {}): Promise<HitGroup[]> =>
  (await wirewatch.inbox.list({ ...ALL, ...filter, grouped: true, limit: 50 })).groups

/** Sources that are known, and what comes next as news of them. */
async function begun(desk: Desk): Promise<(id: string, title: string, url?: string) => Promise<void>> {
  const items = new Map([URL_A, URL_B].map((url) => [url, [] as { id: string; title: string }[]]))
  for (const url of items.keys()) {
    desk.feeds.set(url, [])
    await desk.wirewatch.sources.add({ url, title: url === URL_A ? 'Harbour Post' : 'Strait Review' })
  }
  desk.wirewatch.deliverNotices({})
  return async (id, title, url = URL_A) => {
    const list = items.get(url) as { id: string; title: string }[]
    list.unshift({ id, title })
    desk.feeds.set(
      url,
      list.map((item) => ({ ...item, published: new Date(desk.clock).toUTCString() })),
    )
    await desk.refresh()
    await desk.wirewatch.eventsGathered()
  }
}

/** Titles of what was told since it was last asked. */
function told({ wirewatch }: Desk): string[] {
  const taken = wirewatch.alerts.takeNotices()
  wirewatch.alerts.acknowledge(taken.map(({ id }) => id))
  return taken.map(({ story, more }) => `${story.title} +${more}`)
}

/** Lets the clock tell what is due by then, also over a restart. */
async function later(desk: Desk, ms: number): Promise<void> {
  desk.clock += ms
  const wirewatch = await desk.reopen()
  wirewatch.deliverNotices({})
}

test('one alert may have a folder, each view its hits, and each number of the overview lists what it counts', async ({
  desk,
}) => {
  const news = await begun(desk)
  const { wirewatch } = desk
  const ships = wirewatch.alerts.save({ name: 'Ships', query: 'ship', enabled: true, folder: 'Sea' })
  wirewatch.alerts.save({ name: 'Lisbon', query: 'lisbon', enabled: true })
  const banks = wirewatch.alerts.save({ name: 'Banks', query: 'bank', enabled: true })
  await news('1', SHIP)
  await news('2', BANK)
  await news('3', SHIP.replace('Cargo', 'Big cargo'), URL_B)

  expect(await listed(desk, { folder: 'Sea' })).toEqual([expect.stringContaining('(2, new)')])
  const groups = await groupsOf(desk)
  expect(groups.map(({ hits, unseen, event }) => [hits, unseen, event?.stories, event?.sources])).toEqual([
    [4, 4, 2, 2],
    [1, 1, 1, 1],
  ])
  expect(groups[0]?.alerts.map(({ name }) => name).sort()).toEqual(['Lisbon', 'Ships'])
  expect(groups[0]?.lead.evidence.length).toBeGreaterThan(0)
  // One hit a page: no event twice, none left out.
  const pages: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await wirewatch.inbox.list({
      ...ALL,
      grouped: true,
      limit: 1,
      ...(cursor === undefined ? {} : { cursor }),
    })
    pages.push(...page.groups.map(({ lead }) => lead.story.title))
    if (page.next === null) break
    cursor = page.next
  }
  expect(pages).toHaveLength(2)

  await wirewatch.inbox.mark({ filter: { ...ALL, alert: banks.id } }, { act: 'dismiss' })
  await wirewatch.inbox.mark({ filter: { ...ALL, query: 'big' } }, { act: 'seen' })
  await wirewatch.inbox.mark({ filter: { ...ALL, alert: ships.id, query: '-big' } }, { act: 'star' })
  const overview = wirewatch.inbox.overview()
  for (const alert of [undefined, ...overview.alerts]) {
    const counts = alert?.hits ?? overview.hits
    for (const show of ['new', 'all', 'starred', 'snoozed', 'dismissed'] as const) {
      const filter = { show, ...(alert === undefined ? {} : { alert: alert.id }) }
      expect(await listed(desk, filter, false), `${alert?.name} ${show}`).toHaveLength(counts[show])
    }
  }
  expect(overview.hits).toEqual({ new: 2, all: 4, starred: 1, snoozed: 0, dismissed: 1 })
  expect(wirewatch.app.info().unreadHits).toBe(2)
  expect(overview.alerts.map(({ days }) => [days.length, days.at(-1)])).toEqual([
    [14, 1],
    [14, 2],
    [14, 2],
  ])
  expect(await listed(desk, { query: 'norway' })).toEqual([])
  expect(await listed(desk, { query: 'norway', show: 'dismissed' })).toEqual([`${BANK} (1, dismissed)`])
})

test('what a filter finds does not hang on how deep it lies, a page after another', async ({ desk }) => {
  const { wirewatch } = desk
  const alerts = 25
  for (let n = 0; n < alerts; n++) wirewatch.alerts.save({ name: `${n}`, query: 'ship', enabled: true })
  desk.feeds.set(URL_A, [])
  await wirewatch.sources.add({ url: URL_A })
  // The first of a list is the newest.
  const names = Array.from({ length: 200 }, (_, n) => (n === 3 || n > 197 ? 'yacht' : `boat${n}`))
  desk.feeds.set(
    URL_A,
    names.map((name, n) => ({
      id: `${n}`,
      title: `${name} and ship`,
      published: new Date(desk.clock - n * MINUTE).toUTCString(),
    })),
  )
  await desk.refresh()
  const found = async (query: string, more: Partial<HitFilter> = {}, below?: number): Promise<string[]> => {
    const lines: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await wirewatch.inbox.list({
        ...{ ...ALL, ...more, query },
        grouped: false,
        limit: below ?? 500,
        ...(cursor === undefined ? {} : { cursor }),
      })
      lines.push(...page.groups.map(({ lead }) => `${lead.alert.name} ${lead.story.id}`))
      if (page.next === null) return lines
      cursor = page.next
    }
  }
  const all = await found('')
  expect(all).toHaveLength(alerts * names.length)
  const yachts = await found('yacht', {}, 20)
  const ids = new Set(wirewatch.stories.list({ query: 'yacht', limit: 9 }).rows.map(({ id }) => id))
  expect(ids.size).toBe(3)
  expect(yachts).toEqual(all.filter((line) => ids.has(Number(line.split(' ')[1]))))
  expect(yachts).toHaveLength(3 * alerts)
  expect(await found('-yacht')).toEqual(all.filter((line) => !yachts.includes(line)))
  expect(await found('zebra')).toEqual([])
  const alert = wirewatch.alerts.list().find(({ name }) => name === '7')?.id ?? 0
  expect(await found('yacht', { alert })).toEqual(yachts.filter((line) => line.startsWith('7 ')))
  await wirewatch.inbox.mark({ filter: { ...ALL, query: 'yacht' } }, { act: 'dismiss' })
  expect(await found('yacht')).toEqual([])
  expect(await found('yacht', { show: 'dismissed' })).toEqual(yachts)
})

const ACTS: readonly HitAct[] = [
  { act: 'seen' },
  { act: 'dismiss' },
  { act: 'star' },
  { act: 'snooze', for: 'hour' },
  { act: 'snooze', for: 'growth' },
]

test('whatever is done to hits, undo puts each back where it stood, and nothing else', async ({ desk }) => {
  const news = await begun(desk)
  const { wirewatch } = desk
  wirewatch.alerts.save({ name: 'Ships', query: 'ship', enabled: true })
  wirewatch.alerts.save({ name: 'All', query: 'ship OR bank OR mine', enabled: true })
  for (const [i, title] of [SHIP, BANK, MINE].entries()) await news(`${i}`, title)
  await wirewatch.inbox.mark({ filter: { ...ALL, query: 'bank' } }, { act: 'seen' })
  await wirewatch.inbox.mark({ filter: { ...ALL, query: 'mine' } }, { act: 'snooze', for: 'day' })
  const standing = async (): Promise<unknown> =>
    (await wirewatch.inbox.list({ ...ALL, grouped: false, limit: 50 })).groups.map(({ lead }) => [
      lead.alert.name,
      lead.story.id,
      lead.state,
      lead.until,
      lead.starred,
    ])
  const before = await standing()
  for (const act of ACTS) {
    const { hits, undo } = await wirewatch.inbox.mark({ filter: ALL }, act)
    expect(hits, act.act).toBeGreaterThan(1)
    expect(await wirewatch.inbox.undo(undo), act.act).toEqual({ hits })
    expect(await standing(), JSON.stringify(act)).toEqual(before)
  }
  // What was changed again since stays.
  const { undo } = await wirewatch.inbox.mark({ filter: ALL }, { act: 'seen' })
  await wirewatch.inbox.mark({ filter: { ...ALL, query: 'ship' } }, { act: 'dismiss' })
  expect(await wirewatch.inbox.undo(undo)).toEqual({ hits: 1 })
  expect(await listed(desk, { show: 'dismissed' })).toEqual([`${SHIP} (2, dismissed)`])
})

test('what was seen or dismissed while it was held is not told at its end, also after a restart; undone, it is', async ({
  desk,
}) => {
  const news = await begun(desk)
  // 14:00 in Berlin.
  const settings = { quiet: { from: '13:00', to: '16:00' } } as const
  desk.wirewatch.alerts.save({ name: 'A', query: 'ship OR bank OR mine', enabled: true, settings })
  for (const [i, title] of [SHIP, BANK, MINE].entries()) await news(`${i}`, title)
  expect(told(desk)).toEqual([])
  const [held] = await groupsOf(desk, { query: 'ship' })
  expect([held?.lead.outcome, held?.lead.held]).toEqual(['held', Date.UTC(2025, 4, 9, 14)])
  await desk.wirewatch.inbox.mark({ filter: { ...ALL, query: 'ship' } }, { act: 'seen' })
  const dismissed = await desk.wirewatch.inbox.mark({ filter: { ...ALL, query: 'bank' } }, { act: 'dismiss' })
  const mine = await desk.wirewatch.inbox.mark({ filter: { ...ALL, query: 'mine' } }, { act: 'dismiss' })
  await later(desk, MINUTE)
  await desk.wirewatch.inbox.undo(mine.undo)
  await later(desk, 2 * HOUR)
  expect(told(desk)).toEqual([`${MINE} +0`])
  // Taken back only then: it is told now, since nothing has told of it.
  await desk.wirewatch.inbox.undo(dismissed.undo)
  expect(told(desk)).toEqual([`${BANK} +0`])
  await later(desk, 24 * HOUR)
  expect(told(desk)).toEqual([])
})

test('a snoozed event is told of when the snooze ends; until it grows; taken back it is told at once', async ({
  desk,
}) => {
  const news = await begun(desk)
  desk.wirewatch.alerts.save({ name: 'A', query: 'ship OR bank', enabled: true })
  await news('1', SHIP)
  await news('2', BANK)
  expect(told(desk)).toEqual([`${BANK} +1`])
  await desk.wirewatch.inbox.mark({ filter: { ...ALL, query: 'ship' } }, { act: 'snooze', for: 'hour' })
  const bank = await desk.wirewatch.inbox.mark(
    { filter: { ...ALL, query: 'bank' } },
    { act: 'snooze', for: 'growth' },
  )
  await news('3', `${SHIP}, owner says`, URL_B)
  await news('4', `${BANK}, markets fall`, URL_B)
  expect(told(desk)).toEqual([])
  expect(await listed(desk, { show: 'new' })).toEqual([])
  expect((await groupsOf(desk, { show: 'snoozed' })).map(({ hits }) => hits)).toEqual([2, 2])
  await desk.wirewatch.inbox.undo(bank.undo)
  expect(told(desk)).toEqual([`${BANK}, markets fall +0`])
  expect(await listed(desk, { show: 'new' })).toEqual([expect.stringMatching(/bank.*\(2, new\)/)])
  await later(desk, HOUR)
  expect(told(desk)).toEqual([`${SHIP}, owner says +0`])
  expect(desk.wirewatch.app.info().unreadHits).toBe(4)
})

test('alerts are switched off and put into folders together; what they found stays, with its evidence', async ({
  desk,
}) => {
  const news = await begun(desk)
  const { wirewatch } = desk
  const ids = ['A', 'B'].map((name) => wirewatch.alerts.save({ name, query: 'ship', enabled: true }).id)
  await news('1', SHIP)
  wirewatch.alerts.arrange({ ids, enabled: false, folder: ' Sea ' })
  await news('2', `Another ship: ${MINE}`)
  expect(
    wirewatch.inbox.overview().alerts.map(({ enabled, folder, hits }) => [enabled, folder, hits.all]),
  ).toEqual([
    [false, 'Sea', 1],
    [false, 'Sea', 1],
  ])
  const [group] = await groupsOf(desk)
  expect(group?.lead.evidence).toEqual([{ field: 'title', start: 6, end: 10 }])
  wirewatch.alerts.arrange({ ids: ids.slice(1), folder: '' })
  expect(wirewatch.alerts.list().map(({ folder, enabled }) => [folder, enabled])).toEqual([
    ['Sea', false],
    ['', false],
  ])
})
