import { expect } from 'vitest'
import { test, URL_A, URL_B } from '../fixtures/desk.ts'
import { countedEventsIn, recountedEventsIn, rowsIn } from '../store/fixtures/recount.ts'

const MONKEYS = 'Monkeys escape from overturned truck on Mississippi highway'
const AGAIN = 'Mississippi truck crash: escaped monkeys are not diseased, university says'
const BANK = 'Central bank cuts interest rates for the third time'

test('events are listed by the stories that were asked for, and each number opens what it counts', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS, published: 'Fri, 09 May 2025 08:00:00 GMT' },
    { id: '2', title: BANK, published: 'Fri, 09 May 2025 08:30:00 GMT' },
  ])
  feeds.set(URL_B, [{ id: '3', title: AGAIN, published: 'Fri, 09 May 2025 09:00:00 GMT' }])
  await wirewatch.sources.add({ url: URL_A })
  await wirewatch.sources.add({ url: URL_B })
  const titles = (query: string): string[] =>
    wirewatch.stories
      .list({ query, limit: 9 })
      .rows.map(({ title }) => title)
      .sort()

  const { rows, next } = await wirewatch.events.list({ query: '', limit: 1 })
  expect(rows).toMatchObject([
    {
      id: 1,
      name: '',
      first: Date.UTC(2025, 4, 9, 8),
      last: Date.UTC(2025, 4, 9, 9),
      stories: { stories: 2, query: 'event:1' },
      sources: 2,
      languages: ['en'],
      copies: 0,
    },
  ])
  expect(titles('event:1')).toEqual([AGAIN, MONKEYS].sort())
  const second = await wirewatch.events.list({ query: '', limit: 1, cursor: next as string })
  expect(second.rows.map(({ headline }) => headline.title)).toEqual([BANK])
  expect(second.next).toBeNull()

  const range = { kind: 'custom', from: Date.UTC(2025, 4, 9, 8, 15), to: Date.UTC(2025, 4, 9, 12) } as const
  const narrowed = await wirewatch.events.list({ query: 'monkeys OR bank', range, limit: 9 })
  expect(narrowed.rows.map(({ stories, all }) => [stories.stories, all.stories])).toEqual([
    [1, 2],
    [1, 1],
  ])
  for (const { stories, all } of narrowed.rows) {
    expect(titles(stories.query)).toHaveLength(stories.stories)
    expect(titles(all.query)).toHaveLength(all.stories)
  }
  expect(titles('-event:1')).toEqual([BANK])
  // At noon: the last six hours begin after the first of these.
  feeds.set('https://c.example/feed.xml', [
    { id: '4', title: 'Heron colony returns to the marsh', published: 'Fri, 09 May 2025 05:00:00 GMT' },
    {
      id: '5',
      title: 'Returning heron colony settles in the marsh',
      published: 'Fri, 09 May 2025 05:10:00 GMT',
    },
    { id: '6', title: 'Heron colony is back in the marsh', published: 'Fri, 09 May 2025 05:20:00 GMT' },
  ])
  await wirewatch.sources.add({ url: 'https://c.example/feed.xml' })
  const herons = wirewatch.stories
    .list({ query: 'heron', limit: 3 })
    .rows.map(({ id, event }) => ({ id, event }))
  for (const { id, event } of herons)
    if (event?.id !== herons[0]?.event?.id) wirewatch.events.putIn(id, herons[0]?.event?.id ?? 0)
  const inOrder = async (sort: 'size' | 'newest' | 'growth') =>
    (await wirewatch.events.list({ query: '', limit: 9, sort })).rows
  expect((await inOrder('size')).map(({ stories }) => stories.stories)).toEqual([3, 2, 1])
  expect((await inOrder('newest')).map(({ last }) => last)).toEqual(
    (await inOrder('size')).map(({ last }) => last).sort((a, b) => b - a),
  )
  const growing = await inOrder('growth')
  expect(growing.map(({ grown }) => grown.stories)).toEqual([2, 1, 0])
  for (const { grown } of growing) expect(titles(grown.query)).toHaveLength(grown.stories)
  await expect(wirewatch.events.list({ query: 'oil AND (gas', limit: 9 })).rejects.toThrow('never closed')
})

test('what the person says of events is kept, and each change can be taken back', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS },
    { id: '2', title: BANK },
  ])
  feeds.set(URL_B, [{ id: '3', title: AGAIN }])
  await wirewatch.sources.add({ url: URL_A })
  await wirewatch.sources.add({ url: URL_B })
  const shape = (): string =>
    rowsIn(
      desk.folder,
      'SELECT event, story.id FROM story JOIN story_event USING (docid) ORDER BY 1, 2',
    ).join(' ')
  const checked = (): string => {
    expect(countedEventsIn(desk.folder)).toEqual(recountedEventsIn(desk.folder, 7200))
    return shape()
  }
  const before = checked()
  expect(before).toBe('1,1 1,3 2,2')

  const out = wirewatch.events.takeOut(3)
  expect(checked()).toBe('1,1 2,2 3,3')
  expect(() => wirewatch.events.takeOut(3)).toThrow('alone')
  // The engine would merge the two by this.
  feeds.set(URL_B, [
    { id: '3', title: AGAIN },
    { id: '4', title: `${MONKEYS}: university says escaped monkeys are not diseased` },
  ])
  await refresh()
  expect(wirewatch.stories.list({ query: 'event:1', limit: 9 }).rows.map(({ id }) => id)).not.toContain(3)
  await desk.reopen()
  desk.wirewatch.events.undo(out.change)
  expect(wirewatch === desk.wirewatch).toBe(false)
  expect(checked()).toMatch(/^1,1 1,3/)
  expect(() => desk.wirewatch.events.undo(out.change)).toThrow('already')

  const { events } = desk.wirewatch
  const here = checked()
  for (const change of [() => events.putIn(2, 1), () => events.merge(1, 2), () => events.split(1, [3])]) {
    const { change: seq } = change()
    expect(checked()).not.toBe(here)
    events.undo(seq)
    expect(checked()).toBe(here)
  }
  events.undo(events.rename(1, 'Apes').change)
  expect((await events.get({ id: 1 })).name).toBe('')
  events.rename(1, 'The monkeys')
  const event = await events.get({ id: 1 })
  expect(event.name).toBe('The monkeys')
  expect(event.changes.map(({ kind, undone }) => [kind, undone]).slice(0, 3)).toEqual([
    ['rename', false],
    ['rename', true],
    ['split', true],
  ])
  expect(event.voices.map(({ source }) => source.id).sort()).toEqual([1, 2])
  expect(event.byBloc.reduce((sum, { stories }) => sum + stories.stories, 0)).toBe(event.all.stories)
  for (const { stories } of [...event.byBloc, ...event.byLanguage, ...event.byTheme])
    expect(desk.count(stories.query)).toBe(stories.stories)
  await expect(events.get({ id: 99 })).rejects.toThrow('no longer there')
})

test('a name goes along where its event goes into another, and the latest name is taken back first', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS },
    { id: '2', title: BANK },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const { events } = wirewatch
  const name = async (id: number): Promise<string> => (await events.get({ id })).name
  events.rename(2, 'Rates')
  const merge = events.merge(1, 2)
  expect(await name(1)).toBe('Rates')
  expect(wirewatch.stories.list({ query: '', limit: 1 }).rows[0]?.event?.name).toBe('Rates')
  events.undo(merge.change)
  expect([await name(1), await name(2)]).toEqual(['', 'Rates'])
  // A name of its own stays.
  const first = events.rename(1, 'Apes')
  const again = events.merge(1, 2)
  expect(await name(1)).toBe('Apes')
  events.undo(again.change)
  expect([await name(1), await name(2)]).toEqual(['Apes', 'Rates'])

  const second = events.rename(1, 'Monkeys')
  expect(() => events.undo(first.change)).toThrow('another name since')
  const undoable = async (): Promise<boolean[]> =>
    (await events.get({ id: 1 })).changes.flatMap(({ kind, undoable }) =>
      kind === 'rename' ? [undoable] : [],
    )
  expect(await undoable()).toEqual([true, false])
  events.undo(second.change)
  expect(await name(1)).toBe('Apes')
  expect(await undoable()).toEqual([false, true])
  events.undo(first.change)
  expect(await name(1)).toBe('')
})

test('a correction changes a headline only where the story of it leaves', async ({ wirewatch, feeds }) => {
  const titles = [
    MONKEYS,
    AGAIN,
    `${MONKEYS}, university says`,
    'Escaped monkeys on Mississippi highway',
    BANK,
  ]
  feeds.set(
    URL_A,
    titles.map((title, i) => ({ id: `${i + 1}`, title })),
  )
  await wirewatch.sources.add({ url: URL_A })
  const { events } = wirewatch
  const headline = async (): Promise<number> => (await events.get({ id: 1 })).headline.story
  const members = (): number[] =>
    wirewatch.stories
      .list({ query: 'event:1', limit: 9 })
      .rows.map(({ id }) => id)
      .sort((a, b) => a - b)
  for (const id of [2, 3, 4]) if (!members().includes(id)) events.putIn(id, 1)
  expect(members()).toEqual([1, 2, 3, 4])
  const before = await headline()
  for (const id of members().filter((one) => one !== before)) {
    const { change } = events.takeOut(id)
    expect(await headline(), `without ${id}`).toBe(before)
    events.undo(change)
    expect(await headline(), `with ${id} again`).toBe(before)
  }
  events.takeOut(before)
  expect(members()).toContain(await headline())
})

test('why two stories are of one event is told in words that both have', async ({ wirewatch, feeds }) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS },
    { id: '2', title: AGAIN },
    { id: '3', title: BANK },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const why = wirewatch.events.why(1, 2)
  expect(why.likely).toBeGreaterThan(0.5)
  expect(why.why.join(' ')).toMatch(/Mississippi/)
  expect(wirewatch.events.why(1, 3).likely).toBeLessThan(0.2)
  expect(() => wirewatch.events.why(1, 99)).toThrow('no longer there')
})

test('stories are counted with the events that they are of', async ({ wirewatch, feeds }) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS },
    { id: '2', title: AGAIN },
    { id: '3', title: BANK },
  ])
  await wirewatch.sources.add({ url: URL_A })
  for (const [query, stories, events] of [
    ['', 3, 2],
    ['monkeys', 2, 1],
    ['monkeys OR bank', 3, 2],
    ['title:(university OR third)', 2, 2],
    ['nothing', 0, 0],
  ] as const) {
    const expected = { stories, events, exact: true }
    // Not "about": that ends with a budget of time.
    expect(wirewatch.stories.count({ query, events: true, exact: true }), query).toEqual(expected)
    expect(await wirewatch.stories.countExactly({ query, events: true }), query).toEqual(expected)
    expect(wirewatch.stories.count({ query, exact: true })).toEqual({ stories, exact: true })
  }
})

test('the number of an event that went into another leads to that one', async ({ wirewatch, feeds }) => {
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS },
    { id: '2', title: BANK },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const { change } = wirewatch.events.merge(1, 2)
  const merged = await wirewatch.events.get({ id: 2 })
  expect(merged).toMatchObject({ id: 1, all: { stories: 2 } })
  expect(merged.changes[0]?.what).toBe(`“${BANK}” is one with this: 1 story came in.`)
  wirewatch.events.undo(change)
  expect(await wirewatch.events.get({ id: 2 })).toMatchObject({ id: 2, all: { stories: 1 } })
})

test('who is silent, what was repeated and what is doubtful is said of an event', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  const text =
    'Two dozen monkeys escaped when a truck overturned near Heidelberg, the sheriff of the county said.'
  feeds.set(URL_A, [{ id: '1', title: MONKEYS, text, published: 'Fri, 09 May 2025 08:00:00 GMT' }])
  feeds.set(URL_B, [{ id: '2', title: MONKEYS, text, published: 'Fri, 09 May 2025 09:00:00 GMT' }])
  const URL_C = 'https://c.example/feed.xml'
  feeds.set(URL_C, [{ id: '3', title: BANK }])
  await wirewatch.sources.add({ url: URL_A, bloc: 'US', title: 'First' })
  const second = await wirewatch.sources.add({ url: URL_B, bloc: 'US', title: 'Second' })
  const third = await wirewatch.sources.add({ url: URL_C, bloc: 'EU', title: 'Third' })
  const event = await wirewatch.events.get({ id: 1 })
  expect(event.copied).toMatchObject([
    { original: { story: 1, source: { title: 'First' } }, copies: 1, sources: ['Second'] },
  ])
  expect(event.byBloc).toMatchObject([{ bloc: 'US', copies: 1, stories: { stories: 2 } }])
  expect(event.doubtful).toEqual([])
  expect(event.open).toBe(true)
  // One bloc alone makes nobody silent.
  expect(event.silent).toEqual([])
  wirewatch.sources.edit([second.id], { bloc: 'UK' })
  expect((await wirewatch.events.get({ id: 1 })).silent).toEqual([{ bloc: 'EU', sources: 1 }])
  wirewatch.sources.edit([third.id], { paused: true })
  expect((await wirewatch.events.get({ id: 1 })).silent).toEqual([])

  wirewatch.events.merge(1, 2)
  const { doubtful } = await wirewatch.events.get({ id: 1 })
  expect(doubtful.map(({ story }) => story).sort()).toEqual([1, 3])
  for (const { likely } of doubtful) expect(likely).toBeLessThan(0.2)
  expect(desk.count('event:1 is:copy')).toBe(1)
})

test('an event is named in the language that the person chose, also in the list of stories and of changes', async ({
  wirewatch,
  feeds,
}) => {
  const CHINESE = '密西西比州公路卡车翻覆,猴子逃脱'
  feeds.set(URL_A, [
    { id: '1', title: MONKEYS, published: 'Fri, 09 May 2025 08:00:00 GMT' },
    { id: '2', title: BANK, published: 'Fri, 09 May 2025 08:30:00 GMT' },
  ])
  feeds.set(URL_B, [{ id: '3', title: CHINESE, language: 'zh', published: 'Fri, 09 May 2025 09:00:00 GMT' }])
  await wirewatch.sources.add({ url: URL_A })
  await wirewatch.sources.add({ url: URL_B })
  const chinese = wirewatch.stories.list({ query: 'lang:zh', limit: 1 }).rows[0]
  if ((await wirewatch.events.get({ id: chinese?.event?.id ?? 0 })).all.stories < 2)
    wirewatch.events.putIn(chinese?.id ?? 0, 1)
  const headline = async (): Promise<string> => (await wirewatch.events.get({ id: 1 })).headline.title
  const inList = (): (number | null | undefined)[] =>
    wirewatch.stories.list({ query: 'event:1', limit: 9 }).rows.map(({ event }) => event?.headline)
  expect(wirewatch.app.settings().headlineLanguage).toBeNull()
  expect(await headline()).toBe(MONKEYS)
  expect(inList()).toEqual([1, 1])
  expect(wirewatch.app.saveSettings({ headlineLanguage: 'zh-TW' })).toMatchObject({
    headlineLanguage: 'zh-TW',
  })
  expect(await headline()).toBe(CHINESE)
  expect(inList()).toEqual([chinese?.id, chinese?.id])
  expect((await wirewatch.events.list({ query: '', limit: 1 })).rows[0]?.headline.title).toBe(CHINESE)
  // Asked for, or where it has none in it.
  expect((await wirewatch.events.get({ id: 1, language: 'en' })).headline.title).toBe(MONKEYS)
  wirewatch.app.saveSettings({ headlineLanguage: 'fr' })
  expect(await headline()).not.toBe('')
  wirewatch.app.saveSettings({ headlineLanguage: 'zh' })
  wirewatch.events.merge(1, 2)
  expect((await wirewatch.events.get({ id: 1 })).changes[0]?.what).toContain(`“${BANK}”`)
})
