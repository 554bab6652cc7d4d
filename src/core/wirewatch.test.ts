import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FeedError } from './feeds/feed.ts'
import type { Fetch, FetchAnswer, FetchRequest } from './feeds/fetch/fetcher.ts'
import { feedAnswer } from './fixtures/answer.ts'
import { countedIn, recountedIn, rowsIn } from './store/fixtures/recount.ts'
import { openDatabase } from './store/open.ts'
import { openWirewatch, type Wirewatch, type WirewatchOptions } from './wirewatch.ts'

interface Item {
  id: string
  title: string
  /** The address; made from the id where it is left out. */
  link?: string
  text?: string
  published?: string
}

/** A feed of these items, as a server would send it. */
function rss(items: readonly Item[], title = 'Harbour Post'): string {
  const item = ({ id, title, text, published, link }: Item): string => {
    const address = link ?? `https://harbour-post.example/${id}`
    return `<item><guid isPermaLink="false">${id}</guid>${address === '' ? '' : `<link>${address}</link>`}
     <title>${title}</title>${text === undefined ? '' : `<description>${text}</description>`}
     ${published === '' ? '' : `<pubDate>${published ?? 'Fri, 09 May 2025 09:00:00 GMT'}</pubDate>`}</item>`
  }
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://harbour-post.example/</link>
    <description>x</description><language>en</language>${items.map(item).join('')}</channel></rss>`
}

let folder: string
let wirewatch: Wirewatch
let clock: number
let feeds: Map<string, readonly Item[] | FeedError>
let log: string[]
let asked: FetchRequest[]
/** What the answers say beside the feed. */
let answering: Partial<FetchAnswer>

const URL_A = 'https://harbour-post.example/feed'
const URL_B = 'https://strait-review.example/feed'

const fetch: Fetch = async (request) => {
  const { url } = request
  asked.push(request)
  const items = feeds.get(url)
  if (items === undefined) throw new FeedError('status-404', `${url} answered 404: there is nothing there.`)
  if (items instanceof FeedError) throw items
  return { ...feedAnswer(url, rss(items)), ...answering }
}

function open(options: Partial<WirewatchOptions> = {}): Wirewatch {
  return openWirewatch({
    dataDir: folder,
    fetch,
    now: () => clock,
    log: (line) => log.push(line),
    timeZone: 'Europe/Berlin',
    random: () => 0.5,
    ...options,
  })
}

async function refresh(): Promise<void> {
  clock += 60_000
  const job = await wirewatch.finished(wirewatch.sources.refresh().id)
  expect(job.state).toBe('done')
}

const titles = (query = ''): string[] =>
  wirewatch.stories.list({ query, limit: 100 }).rows.map((row) => row.title)
const count = (query: string): number => wirewatch.stories.count({ query, exact: true }).stories

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-core-'))
  clock = Date.UTC(2025, 4, 9, 12)
  feeds = new Map()
  log = []
  asked = []
  answering = {}
  wirewatch = open()
})

afterEach(async () => {
  await wirewatch.close()
  rmSync(folder, { recursive: true, force: true })
  expect(log).toEqual([])
})

test('a feed added by its address becomes a source with its stories', async () => {
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

test('the same source twice is refused, and says as what it is there', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  await wirewatch.sources.add({ url: URL_A })
  await expect(wirewatch.sources.add({ url: `${URL_A}#latest` })).rejects.toThrow(
    'https://harbour-post.example/feed is among your sources already, as “Harbour Post”.',
  )
})

test('a feed that cannot be read is not kept', async () => {
  await expect(wirewatch.sources.add({ url: URL_B })).rejects.toThrow('answered 404')
  expect(wirewatch.sources.list()).toEqual([])
  await expect(wirewatch.sources.add({ url: 'ftp://a.example/x' })).rejects.toThrow('no web address')
})

test('the same item twice is one story; a changed one keeps its earlier version', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'Talks on oil', text: 'Moscow and Beijing talk.' }])
  await wirewatch.sources.add({ url: URL_A })
  await refresh()
  expect(count('')).toBe(1)
  feeds.set(URL_A, [{ id: '1', title: 'Talks on gas', text: 'Moscow and Beijing talk.' }])
  await refresh()
  const [row] = wirewatch.stories.list({ query: '', limit: 9 }).rows
  expect(row).toMatchObject({ title: 'Talks on gas', edited: true })
  expect(wirewatch.stories.get({ id: row?.id ?? 0 }).versions).toEqual([
    { at: clock, title: 'Talks on oil', summary: 'Moscow and Beijing talk.', text: '' },
  ])
  expect([count('oil'), count('gas')]).toEqual([0, 1])
})

describe('an item whose identity changes', () => {
  const storm = { title: 'Storm over the harbour', text: 'The ferry stays.', link: 'https://a.example/storm' }
  const fish = { title: 'Fish are back', text: 'And so are the gulls.', link: 'https://a.example/fish' }
  const stories = (): number => count('')

  test('at every fetch stays one story, with its star, and is not called new', async () => {
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
    expect(stories()).toBe(2)
    expect(wirewatch.sources.log(id, 1)[0]).toMatchObject({ added: 0, updated: 0 })
    expect(wirewatch.stories.list({ query: 'storm', limit: 9 }).rows).toMatchObject([
      { id: kept, starred: true, edited: false },
    ])
  })

  test('together with its text is a changed story', async () => {
    feeds.set(URL_A, [{ id: 'old', ...storm }])
    await wirewatch.sources.add({ url: URL_A })
    feeds.set(URL_A, [{ id: 'new', ...storm, text: 'The ferry sails.' }])
    await refresh()
    expect([stories(), count('sails'), count('stays')]).toEqual([1, 1, 0])
    const [row] = wirewatch.stories.list({ query: '', limit: 1 }).rows
    expect(wirewatch.stories.get({ id: row?.id ?? 0 }).versions).toHaveLength(1)
  })

  test('and which has no link is known by its text and date', async () => {
    feeds.set(URL_A, [{ id: 'a', ...storm, link: '' }])
    await wirewatch.sources.add({ url: URL_A })
    feeds.set(URL_A, [{ id: 'b', ...storm, link: '' }])
    await refresh()
    expect(stories()).toBe(1)
    feeds.set(URL_A, [{ id: 'c', ...storm, link: '', published: 'Fri, 09 May 2025 10:00:00 GMT' }])
    await refresh()
    expect(stories()).toBe(2)
  })

  test('does not come back after retention removed it', async () => {
    const old = { ...storm, published: 'Wed, 01 Jan 2025 10:00:00 GMT' }
    feeds.set(URL_A, [{ id: 'a', ...old }])
    await wirewatch.sources.add({ url: URL_A })
    wirewatch.app.saveSettings({ keepDays: 30 })
    await wirewatch.app.tidy()
    feeds.set(URL_A, [{ id: 'b', ...old }])
    await refresh()
    expect(stories()).toBe(0)
    feeds.set(URL_A, [{ id: 'c', ...old, text: 'The ferry sails.' }])
    await refresh()
    expect(stories()).toBe(1)
  })

  test.each([
    ['another title', { title: 'Sun over the harbour', text: 'The ferry sails.' }],
    ['the title, at another hour', { text: 'The ferry sails.', published: 'Fri, 09 May 2025 10:00:00 GMT' }],
  ])('is another story where the page has %s', async (_, change) => {
    feeds.set(URL_A, [{ id: 'a', ...storm }])
    await wirewatch.sources.add({ url: URL_A })
    feeds.set(URL_A, [{ id: 'b', ...storm, ...change }])
    await refresh()
    expect(stories()).toBe(2)
  })

  test('items that share one link and title are as many stories, also when the earlier ones have left', async () => {
    const update = (n: number): Item => ({ ...storm, id: `u${n}`, title: 'Update', text: `Update no. ${n}` })
    feeds.set(URL_A, [update(1), update(2)])
    await wirewatch.sources.add({ url: URL_A })
    feeds.set(URL_A, [update(2), update(3)])
    await refresh()
    feeds.set(URL_A, [update(4)])
    await refresh()
    expect(stories()).toBe(4)
    feeds.set(URL_A, [{ ...update(4), id: 'again' }])
    await refresh()
    expect(stories()).toBe(4)
  })
})

test('a feed that moved to an address another source has keeps its own, and its log tells', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  feeds.set(URL_B, [{ id: '1', title: 'Two' }])
  const a = await wirewatch.sources.add({ url: URL_A })
  const b = await wirewatch.sources.add({ url: URL_B, title: 'Strait Review' })
  answering = { movedTo: URL_B }
  feeds.set(URL_A, [{ id: '2', title: 'Three' }])
  await refresh()
  expect(wirewatch.sources.get(a.id).url).toBe(URL_A)
  expect(wirewatch.sources.log(a.id, 1)[0]?.notes).toEqual([
    'The feed has moved for good to https://strait-review.example/feed, which is among your sources already, as “Strait Review”; this one keeps its old address. Remove one of the two.',
  ])
  expect(wirewatch.sources.log(b.id, 1)[0]?.notes).toEqual([])
})

test('what the answer says of place and language counts where the feed says nothing', async () => {
  answering = { contentLocation: 'https://harbour-post.example/fr/', contentLanguage: 'fr' }
  const nameless = `<rss><channel><title>t</title><item><title>Un</title><link>a.html</link></item></channel></rss>`
  const body = new TextEncoder().encode(nameless)
  const { id } = await wirewatch
    .close()
    .then(() => {
      wirewatch = open({ fetch: async (request) => ({ ...(await fetch(request)), body }) })
      feeds.set(URL_A, [])
    })
    .then(() => wirewatch.sources.add({ url: URL_A }))
  expect(wirewatch.sources.get(id).language).toBe('fr')
  const [row] = wirewatch.stories.list({ query: '', limit: 1 }).rows
  expect(wirewatch.stories.get({ id: row?.id ?? 0 }).url).toBe('https://harbour-post.example/fr/a.html')
})

test('a refresh by hand is one, a poll of the background is none', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A })
  await refresh()
  await wirewatch.finished(wirewatch.sources.refresh(id).id)
  expect(asked.map(({ manual }) => manual)).toEqual([true, true, true])
  await wirewatch.close()
  clock += 30 * 86_400_000
  asked = []
  wirewatch = open({ polling: true })
  await expect.poll(() => asked.map(({ manual }) => manual)).toEqual([false])
})

test('a source that fails says why, keeps its stories and leaves the others alone', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  feeds.set(URL_B, [{ id: '1', title: 'Two' }])
  const a = await wirewatch.sources.add({ url: URL_A })
  const b = await wirewatch.sources.add({ url: URL_B })
  feeds.set(URL_A, new FeedError('timeout', 'The server did not answer within 30 s.'))
  feeds.set(URL_B, [
    { id: '1', title: 'Two' },
    { id: '2', title: 'Three' },
  ])
  await refresh()
  expect(wirewatch.sources.get(a.id)).toMatchObject({
    state: 'failing',
    failures: 1,
    stories: 1,
    error: { code: 'timeout', message: 'The server did not answer within 30 s.' },
  })
  expect(wirewatch.sources.get(b.id)).toMatchObject({ state: 'ok', stories: 2 })
  expect(wirewatch.sources.log(a.id, 10)[0]?.error?.code).toBe('timeout')
  expect(wirewatch.app.info()).toMatchObject({ failingSources: 1, sources: 2 })
})

test('an alert hits a story once, whatever happens to the story after', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'Old pipeline' }])
  await wirewatch.sources.add({ url: URL_A })
  const alert = wirewatch.alerts.save({ name: 'Pipelines', query: 'pipeline*', enabled: true })
  feeds.set(URL_A, [
    { id: '1', title: 'Old pipeline' },
    { id: '2', title: 'New pipeline agreed' },
  ])
  await refresh()
  expect(wirewatch.app.info().unreadHits).toBe(1)
  const [hit] = wirewatch.alerts.hits({ limit: 10 }).hits
  expect(hit).toMatchObject({
    alert: { name: 'Pipelines' },
    seen: false,
    story: { title: 'New pipeline agreed' },
  })
  expect(hit?.evidence).toEqual([{ field: 'title', start: 4, end: 12 }])
  wirewatch.alerts.markSeen({ alert: alert.id })
  feeds.set(URL_A, [{ id: '2', title: 'New pipeline agreed, at last' }])
  await refresh()
  expect(wirewatch.app.info().unreadHits).toBe(0)
  expect(wirewatch.alerts.hits({ limit: 10 }).hits).toHaveLength(1)
})

test('an alert may ask for themes, and sees the tags of the story it is shown', async () => {
  wirewatch.alerts.save({ name: 'RC', query: 'theme:russia-china gas', enabled: true })
  feeds.set(URL_A, [
    { id: '1', title: 'Russia and China discuss gas', text: 'Putin and Xi Jinping spoke of gas.' },
    { id: '2', title: 'Gas bills in Norway' },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const { hits } = wirewatch.alerts.hits({ limit: 10 })
  expect(hits.map((hit) => hit.story.title)).toEqual(['Russia and China discuss gas'])
  expect(hits[0]?.evidence.length).toBeGreaterThan(0)
})

test('a person’s word on a theme is kept, also when the story changes or the theme does', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'Russia and China discuss gas', text: 'Putin and Xi Jinping.' }])
  await wirewatch.sources.add({ url: URL_A })
  const id = wirewatch.stories.list({ query: '', limit: 1 }).rows[0]?.id ?? 0
  wirewatch.stories.correct(id, 'russia-china', -1)
  wirewatch.stories.correct(id, 'taiwan', 1)
  expect([count('theme:russia-china'), count('theme:taiwan')]).toEqual([0, 1])
  feeds.set(URL_A, [{ id: '1', title: 'Russia and China discuss oil', text: 'Putin and Xi Jinping.' }])
  await refresh()
  const theme = wirewatch.themes.list().themes.find((t) => t.id === 'russia-china')
  const { job } = wirewatch.themes.save({ ...draft(theme), query: '(@russia @china) OR oil' })
  await wirewatch.finished(job?.id ?? 0)
  expect([count('theme:russia-china'), count('theme:taiwan')]).toEqual([0, 1])
  wirewatch.stories.correct(id, 'russia-china', 0)
  expect(count('theme:russia-china')).toBe(1)
})

test('evidence is of the query as it listed the story, whatever the reader did since', async () => {
  wirewatch.alerts.save({ name: 'Gas deals', query: 'gas', enabled: true })
  feeds.set(URL_A, [{ id: '1', title: 'Russia and China discuss gas', text: 'Putin and Xi Jinping.' }])
  await wirewatch.sources.add({ url: URL_A, bloc: 'EU' })
  const id = wirewatch.stories.list({ query: '', limit: 1 }).rows[0]?.id ?? 0
  const gas = [{ field: 'title', start: 25, end: 28 }]
  const evidence = (query: string) => wirewatch.stories.get({ id, query }).queryEvidence
  for (const query of [
    'theme:russia-china gas',
    'theme:relations gas',
    'theme:"Russia–China" gas',
    'alert:"gas deals" bloc:EU gas',
    '(theme:taiwan OR theme:russia-china) is:unread -has:note gas',
    'within:1h gas',
  ])
    expect(evidence(query), query).toEqual(gas)
  wirewatch.stories.setRead([id], true)
  wirewatch.stories.setNote(id, 'mine')
  clock += 20 * 86_400_000
  expect(evidence('is:unread -has:note within:1h gas')).toEqual(gas)
  expect(evidence('entity:"Xi Jinping" -theme:taiwan')).toContainEqual({
    field: 'summary',
    start: 10,
    end: 20,
  })
  expect(evidence('theme:taiwan gas')).toEqual([])
  expect(evidence('oil')).toEqual([])
})

test('a theme that a person rejected is named with the story until it is taken back', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'Russia and China discuss gas', text: 'Putin and Xi Jinping.' }])
  await wirewatch.sources.add({ url: URL_A })
  const id = wirewatch.stories.list({ query: '', limit: 1 }).rows[0]?.id ?? 0
  wirewatch.stories.correct(id, 'russia-china', -1)
  wirewatch.stories.correct(id, 'taiwan', 1)
  expect(wirewatch.stories.get({ id }).rejected).toEqual(['russia-china'])
  wirewatch.stories.correct(id, 'russia-china', 0)
  expect(wirewatch.stories.get({ id })).toMatchObject({ rejected: [], tags: [{}, {}] })
})

test('a source tells its retention and whether a secret is kept, never the secret', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id, ...source } = await wirewatch.sources.add({ url: URL_A })
  expect(source).toMatchObject({ keepDays: null, hasSecret: false })
  const [edited] = wirewatch.sources.edit([id], { keepDays: 30, secret: 'me:hunter2' })
  expect(edited).toMatchObject({ keepDays: 30, hasSecret: true })
  expect(JSON.stringify(wirewatch.sources.list())).not.toContain('hunter2')
  wirewatch.sources.edit([id], { secret: '' })
  expect(wirewatch.sources.get(id)).toMatchObject({ keepDays: 30, hasSecret: false })
})

test('an imported list says of each feed what became of it, and its job is named in right words', async () => {
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

function draft(theme: ReturnType<Wirewatch['themes']['list']>['themes'][number] | undefined) {
  if (theme === undefined) throw new Error('no such theme')
  const { stories: _, order: __, ...rest } = theme
  return rest
}

test('an edited theme re-tags the archive, and a removed one takes its tags along until it is restored', async () => {
  feeds.set(URL_A, [
    { id: '1', title: 'Walrus seen in harbour' },
    { id: '2', title: 'Taiwan president speaks to China' },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const preview = await wirewatch.themes.preview({
    name: 'Walruses',
    description: '',
    group: 'conflict',
    query: 'walrus*',
    threshold: 0,
    colour: 3,
    enabled: true,
  })
  expect(preview).toMatchObject({ matches: 1, whole: true, looked: 2 })
  const { theme, job } = wirewatch.themes.save({
    name: 'Walruses',
    description: '',
    group: 'conflict',
    query: 'walrus*',
    threshold: 0,
    colour: 3,
    enabled: true,
  })
  await wirewatch.finished(job?.id ?? 0)
  expect(titles(`theme:${theme.id}`)).toEqual(['Walrus seen in harbour'])
  wirewatch.themes.remove(theme.id)
  await idle()
  expect(count(`theme:${theme.id}`)).toBe(0)
  await wirewatch.finished(wirewatch.themes.restore(theme.id).job?.id ?? 0)
  expect(count(`theme:${theme.id}`)).toBe(1)
})

/** Until no job runs. */
async function idle(): Promise<void> {
  for (let jobs = wirewatch.app.info().jobs; jobs.length > 0; jobs = wirewatch.app.info().jobs)
    await Promise.all(jobs.map(({ id }) => wirewatch.finished(id)))
}

test('editing a source’s bloc re-tags its stories and moves them in every filter', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A, bloc: 'EU' })
  wirewatch.sources.edit([id], { bloc: 'ru', customTitle: 'Mine' })
  await idle()
  expect([count('bloc:EU'), count('bloc:RU'), count('source:mine')]).toEqual([0, 1, 1])
})

test('a removed source takes its stories along', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A })
  expect(await wirewatch.sources.remove(id)).toEqual({ stories: 1 })
  expect(count('')).toBe(0)
  expect(count('one')).toBe(0)
  await expect(wirewatch.sources.remove(id)).rejects.toThrow('no longer there')
})

describe('the dashboard', () => {
  beforeEach(async () => {
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

  test('every number lists exactly what it counted', async () => {
    wirewatch.app.markVisit()
    clock += 3_600_000
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
    await refresh()
    const ranges = [
      { kind: 'visit' },
      { kind: 'last', hours: 24 },
      { kind: 'last', hours: 24 * 30 },
      { kind: 'custom', from: clock - 5 * 86_400_000 - 12_345, to: clock - 4_000_000 },
    ] as const
    for (const range of ranges) {
      const board = wirewatch.dashboard.get(range)
      const doors = [
        board.total.now,
        board.total.unread,
        ...(board.total.before === null ? [] : [board.total.before]),
        ...board.cards.flatMap((card) => [card.now, ...(card.before === null ? [] : [card.before])]),
        ...board.cards.flatMap(({ expected }) =>
          expected === null ? [] : [{ stories: expected.observed, query: expected.query }],
        ),
        ...board.blocs.rows.flatMap(({ cells }) => cells),
        ...board.volume.series.flatMap(({ theme, stories }) =>
          stories.map((n, i) => ({ stories: n, query: `theme:${theme} ${board.volume.queries[i]}` })),
        ),
      ]
      for (const { stories, query } of doors) expect(count(query), `${range.kind}: ${query}`).toBe(stories)
    }
    const { cards, total } = wirewatch.dashboard.get({ kind: 'visit' })
    expect(total.now.stories).toBe(7)
    expect(cards.find(({ id }) => id === 'russia-china')?.expected?.observed).toBe(1)
  })

  test('who is in the stories of a query: each number lists exactly what it counted, each trend looks past its dates', async () => {
    for (const query of ['', 'on:2025-05-09', 'theme:russia-china OR theme:eu-china', 'is:unread -ice']) {
      const { entities, looked, whole } = await wirewatch.entities.list({ query, limit: 20 })
      expect([looked, whole]).toEqual([count(query), true])
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

  test('before the first visit it shows all there is', () => {
    const board = wirewatch.dashboard.get({ kind: 'visit' })
    expect(board.range).toMatchObject({ hasVisit: false, query: '' })
    expect(board.total.now).toEqual({ stories: 3, query: '' })
  })

  test('a group counts a story once', async () => {
    feeds.set(URL_A, [
      {
        id: '9',
        title: 'EU, China and the United States: Brussels between Beijing and Washington',
        text: 'Ursula von der Leyen spoke with Xi Jinping and with Donald Trump about EU tariffs on China.',
      },
    ])
    await refresh()
    const board = wirewatch.dashboard.get({ kind: 'last', hours: 48 })
    const group = board.cards.find(({ id }) => id === 'eu-relations')
    const members = board.cards.filter((card) => card.group === 'eu-relations' && card.kind === 'theme')
    const sum = members.reduce((all, card) => all + card.now.stories, 0)
    expect(sum).toBeGreaterThan(group?.now.stories ?? 0)
    expect(count(group?.now.query ?? '')).toBe(group?.now.stories)
  })
})

test('the daily counts are what a recount finds, whatever happened', async () => {
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
      await wirewatch.close()
      rmSync(folder, { recursive: true, force: true })
      wirewatch = open()
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
          const theme = wirewatch.themes.list().themes.find((t) => t.id === 'russia-china')
          wirewatch.themes.save({ ...draft(theme), query: s.query, threshold: 0 })
          await idle()
        } else
          for (const { id } of wirewatch.sources.list()) {
            await wirewatch.sources.remove(id)
            items.clear()
          }
      }
      expect(kept()).toEqual(recounted())
      expect(ask('SELECT * FROM total WHERE stories != 0 ORDER BY 1, 2')).toEqual(
        ask('SELECT theme_id, source_id, sum(stories) FROM daily GROUP BY 1, 2 ORDER BY 1, 2'),
      )
    }),
    { numRuns: 12 },
  )
})

/** The daily counts as kept, and as stories and tags say. Berlin is two hours ahead of UTC in May. */
const kept = (): unknown[] => countedIn(folder)
const recounted = (): unknown[] => recountedIn(folder, 7200)
function ask(sql: string): unknown[] {
  return rowsIn(folder, sql)
}

test('a story and all that follows from it commit together', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  await wirewatch.sources.add({ url: URL_A })
  wirewatch.alerts.save({ name: 'All', query: 'pipeline OR russia', enabled: true })
  // The disk fails in the middle of a story's transaction: at its hit, after words, tags and counts went in.
  const db = openDatabase(folder)
  db.exec(`CREATE TRIGGER fail BEFORE INSERT ON hit BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
  db.close()
  const before = [ask('SELECT count(*) FROM story'), ask('SELECT * FROM tag'), kept(), count('pipeline')]
  feeds.set(URL_A, [{ id: '2', title: 'Russia and China: a pipeline', text: 'Putin and Xi Jinping' }])
  await refresh()
  expect([ask('SELECT count(*) FROM story'), ask('SELECT * FROM tag'), kept(), count('pipeline')]).toEqual(
    before,
  )
  expect(wirewatch.sources.list()[0]?.error?.message).toContain('disk full')
  const again = openDatabase(folder)
  again.exec('DROP TRIGGER fail')
  again.close()
  await refresh()
  expect([count('pipeline'), wirewatch.app.info().unreadHits]).toEqual([1, 1])
})

test('what retention removed does not come back; what matters to a person stays', async () => {
  feeds.set(URL_A, [
    { id: '1', title: 'Old and forgotten', published: 'Wed, 01 Jan 2025 10:00:00 GMT' },
    { id: '2', title: 'Old and starred', published: 'Wed, 01 Jan 2025 10:00:00 GMT' },
    { id: '3', title: 'New', published: 'Fri, 09 May 2025 10:00:00 GMT' },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const starred = wirewatch.stories.list({ query: 'starred', limit: 1 }).rows[0]
  wirewatch.stories.setStarred(starred?.id ?? 0, true)
  wirewatch.app.saveSettings({ keepDays: 30 })
  await wirewatch.app.tidy()
  expect(titles().sort()).toEqual(['New', 'Old and starred'])
  feeds.set(URL_A, [{ id: '1', title: 'Old and forgotten', published: 'Wed, 01 Jan 2025 10:00:00 GMT' }])
  await refresh()
  expect(titles().sort()).toEqual(['New', 'Old and starred'])
})

test('retention by number: a source keeps its newest so many, what is general counts for the others', async () => {
  const items = (source: string): Item[] =>
    [1, 2, 3, 4].map((n) => ({
      id: `${source}${n}`,
      title: `${source} ${n}`,
      published: `Sat, 0${n} Feb 2025 10:00:00 GMT`,
    }))
  feeds.set(URL_A, items('Harbour'))
  feeds.set(URL_B, items('Strait'))
  const a = await wirewatch.sources.add({ url: URL_A })
  const b = await wirewatch.sources.add({ url: URL_B })
  wirewatch.stories.setStarred(
    wirewatch.stories.list({ query: '"harbour 1"', limit: 1 }).rows[0]?.id ?? 0,
    true,
  )
  expect(wirewatch.sources.edit([a.id], { keepStories: 3 })[0]).toMatchObject({
    keepStories: 3,
    keepDays: null,
  })
  wirewatch.app.saveSettings({ keepDays: 97 })
  await wirewatch.app.tidy()
  // 9 May less 97 days is 1 February, noon.
  expect(titles().sort()).toEqual(['Harbour 1', 'Harbour 3', 'Harbour 4', 'Strait 2', 'Strait 3', 'Strait 4'])
  await refresh()
  expect(wirewatch.sources.get(a.id).stories).toBe(3)
  wirewatch.sources.edit([b.id], { keepStories: 1, keepDays: 96 })
  await wirewatch.app.tidy()
  expect(titles('strait')).toEqual(['Strait 4'])
})

test('a feed that is gone ends its source, and one that a person asks again is there again', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A })
  feeds.set(
    URL_A,
    new FeedError('gone', 'harbour-post.example says that this feed is gone for good (410).', {
      status: 410,
    }),
  )
  await refresh()
  expect(wirewatch.sources.get(id)).toMatchObject({
    state: 'ended',
    nextPoll: null,
    nextPollWhy: 'never: the server says the feed is gone',
    error: { code: 'gone' },
  })
  asked = []
  await refresh()
  expect(asked).toEqual([])

  feeds.set(URL_A, [{ id: '2', title: 'Two' }])
  await wirewatch.finished(wirewatch.sources.refresh(id).id)
  expect(wirewatch.sources.get(id)).toMatchObject({ state: 'ok', stories: 2, error: null })
  expect(wirewatch.sources.get(id).nextPoll).toBeGreaterThan(clock)
})

test('a name and password in an address are kept as the secret, and shown, logged and exported nowhere', async () => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const typed = (url: string): string => url.replace('https://', 'https://me:hunter%202@')
  const { id, url, hasSecret } = await wirewatch.sources.add({ url: typed(URL_A) })
  expect([url, hasSecret]).toEqual([URL_A, true])
  expect(asked.at(-1)).toMatchObject({ url: URL_A, secret: 'me:hunter 2' })
  await expect(wirewatch.sources.add({ url: typed(URL_A) })).rejects.toThrow('among your sources already')

  const opml = `<opml><body><outline xmlUrl="${typed(URL_B)}"/></body></opml>`
  const { rows, job } = wirewatch.sources.importOpml(opml)
  expect(rows.map(({ result }) => result)).toEqual(['added'])
  await wirewatch.finished(job?.id ?? 0)
  expect(asked.at(-1)).toMatchObject({ url: URL_B, secret: 'me:hunter 2' })
  wirewatch.sources.edit([id], { url: 'https://other:pass@harbour-post.example/new' })
  const [one] = wirewatch.sources.list()
  expect(one).toMatchObject({ url: 'https://harbour-post.example/new', hasSecret: true })
  expect(JSON.stringify([wirewatch.sources.list(), wirewatch.sources.exportOpml()])).not.toMatch(
    /hunter|pass@/,
  )
})

test('changes tell of stories, hits and jobs', async () => {
  const seen: string[] = []
  const stop = new AbortController()
  const listening = (async () => {
    for await (const change of wirewatch.changes(stop.signal)) {
      seen.push(change.type)
      if (change.type === 'job' && change.job.state === 'done') stop.abort()
    }
  })()
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  await wirewatch.sources.add({ url: URL_A })
  feeds.set(URL_A, [{ id: '2', title: 'Two' }])
  await refresh()
  await listening
  expect(seen[0]).toBe('hello')
  expect(seen.indexOf('stories')).toBeGreaterThan(0)
  expect(seen.indexOf('stories')).toBeLessThan(seen.length - 1)
})
