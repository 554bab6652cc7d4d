import { expect } from 'vitest'
import { FeedError } from '../feeds/feed.ts'
import { test, URL_A, URL_B } from '../fixtures/desk.ts'

test('the answer’s headers give address and language where the feed does not', async ({ desk, feeds }) => {
  desk.answer = { contentLocation: 'https://harbour-post.example/fr/', contentLanguage: 'fr' }
  const nameless = `<rss><channel><title>t</title><item><title>Un</title><link>a.html</link></item></channel></rss>`
  const body = new TextEncoder().encode(nameless)
  const wirewatch = await desk.reopen({
    fetch: async (request) => ({ ...(await desk.fetch(request)), body }),
  })
  feeds.set(URL_A, [])
  const { id } = await wirewatch.sources.add({ url: URL_A })
  expect(wirewatch.sources.get(id).language).toBe('fr')
  const [row] = wirewatch.stories.list({ query: '', limit: 1 }).rows
  expect(wirewatch.stories.get({ id: row?.id ?? 0 }).url).toBe('https://harbour-post.example/fr/a.html')
})

test('what an answer says of itself that its bytes contradict stands in the log', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  desk.answer = { notes: ['harbour-post.example says that its answer is compressed as “utf-8”; …'] }
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A })
  expect(wirewatch.sources.log(id, 1)[0]?.notes).toEqual(desk.answer.notes)
})

test('a refresh by hand is one, a poll of the background is none', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  const { id } = await wirewatch.sources.add({ url: URL_A })
  await refresh()
  await wirewatch.finished(wirewatch.sources.refresh(id).id)
  expect(desk.requests.map(({ manual }) => manual)).toEqual([true, true, true])
  desk.clock += 30 * 86_400_000
  desk.requests.length = 0
  await desk.reopen({ polling: true })
  await expect.poll(() => desk.requests.map(({ manual }) => manual)).toEqual([false])
})

test('a source that fails says why, keeps its stories and leaves the others alone', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
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

test('a feed that moved to an address another source has keeps its own, and a note in its log', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'One' }])
  feeds.set(URL_B, [{ id: '1', title: 'Two' }])
  const a = await wirewatch.sources.add({ url: URL_A })
  const b = await wirewatch.sources.add({ url: URL_B, title: 'Strait Review' })
  desk.answer = { movedTo: URL_B }
  feeds.set(URL_A, [{ id: '2', title: 'Three' }])
  await refresh()
  expect(wirewatch.sources.get(a.id).url).toBe(URL_A)
  expect(wirewatch.sources.log(a.id, 1)[0]?.notes).toEqual([
    'The feed has moved for good to https://strait-review.example/feed, which is among your sources already, as “Strait Review”; this one keeps its old address. Remove one of the two.',
  ])
  expect(wirewatch.sources.log(b.id, 1)[0]?.notes).toEqual([])
})

test('a feed that is gone ends its source, and a poll by hand that finds it takes it up again', async ({
  desk,
  wirewatch,
  feeds,
  refresh,
}) => {
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
  desk.requests.length = 0
  await refresh()
  expect(desk.requests).toEqual([])

  feeds.set(URL_A, [{ id: '2', title: 'Two' }])
  await wirewatch.finished(wirewatch.sources.refresh(id).id)
  expect(wirewatch.sources.get(id)).toMatchObject({ state: 'ok', stories: 2, error: null })
  expect(wirewatch.sources.get(id).nextPoll).toBeGreaterThan(desk.clock)
})

test('a channel link that is no web address is not kept, however its scheme is spelled', async ({
  desk,
  feeds,
  refresh,
}) => {
  let link = ''
  const wirewatch = await desk.reopen({
    fetch: async (request) => ({
      ...(await desk.fetch(request)),
      body: new TextEncoder().encode(
        `<rss><channel><title>t</title><link>${link}</link><item><title>One</title></item></channel></rss>`,
      ),
    }),
  })
  feeds.set(URL_A, [])
  link = 'https://harbour-post.example/'
  const { id } = await wirewatch.sources.add({ url: URL_A })
  expect(wirewatch.sources.get(id).link).toBe(link)
  for (link of [
    'javascript:alert(1)',
    'java&#10;script:alert(1)',
    'java&#x9;script:alert(1)',
    'java\tscript:alert(1)',
    'java\n\n\nscript:alert(1)',
    `j${'&#10;'.repeat(200)}avascript:alert(1)`,
    '&#1;javascript:alert(1)',
    'JaVaScRiPt&colon;alert(1)',
    'javascript&#58;alert(1)',
    'javascript&#0000058alert(1)',
    '&#106;avascript:alert(1)',
    'java&Tab;script:alert(1)',
    'javascript:https://harbour-post.example/',
    'view-source:javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:https://harbour-post.example/x',
    'intent://scan/#Intent;scheme=zxing;end',
  ]) {
    await refresh()
    const kept = wirewatch.sources.get(id).link
    expect(kept === '' || kept.startsWith('https://harbour-post.example/'), `${link} became ${kept}`).toBe(
      true,
    )
    expect(wirewatch.sources.exportOpml().opml).not.toMatch(/script|data:|file:|blob:|intent:/i)
  }
})
