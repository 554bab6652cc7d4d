import { expect } from 'vitest'
import { test, URL_A } from '../fixtures/desk.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'

test('a person’s word on a theme is kept, also when the story changes or the theme does', async ({
  wirewatch,
  feeds,
  refresh,
  count,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'Russia and China discuss gas', text: 'Putin and Xi Jinping.' }])
  await wirewatch.sources.add({ url: URL_A })
  const id = wirewatch.stories.list({ query: '', limit: 1 }).rows[0]?.id ?? 0
  wirewatch.stories.correct(id, 'russia-china', -1)
  wirewatch.stories.correct(id, 'taiwan', 1)
  expect([count('theme:russia-china'), count('theme:taiwan')]).toEqual([0, 1])
  feeds.set(URL_A, [{ id: '1', title: 'Russia and China discuss oil', text: 'Putin and Xi Jinping.' }])
  await refresh()
  const { job } = wirewatch.themes.save({
    ...themeDraft(wirewatch, 'russia-china'),
    query: '(@russia @china) OR oil',
  })
  await wirewatch.finished(job?.id ?? 0)
  expect([count('theme:russia-china'), count('theme:taiwan')]).toEqual([0, 1])
  wirewatch.stories.correct(id, 'russia-china', 0)
  expect(count('theme:russia-china')).toBe(1)
})

test('evidence is of the query as it listed the story, whatever the reader did since', async ({
  desk,
  wirewatch,
  feeds,
}) => {
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
  desk.clock += 20 * 86_400_000
  expect(evidence('is:unread -has:note within:1h gas')).toEqual(gas)
  expect(evidence('entity:"Xi Jinping" -theme:taiwan')).toContainEqual({
    field: 'summary',
    start: 10,
    end: 20,
  })
  expect(evidence('theme:taiwan gas')).toEqual([])
  expect(evidence('oil')).toEqual([])
})

test('a theme that a person rejected is named with the story until it is taken back', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'Russia and China discuss gas', text: 'Putin and Xi Jinping.' }])
  await wirewatch.sources.add({ url: URL_A })
  const id = wirewatch.stories.list({ query: '', limit: 1 }).rows[0]?.id ?? 0
  wirewatch.stories.correct(id, 'russia-china', -1)
  wirewatch.stories.correct(id, 'taiwan', 1)
  expect(wirewatch.stories.get({ id }).rejected).toEqual(['russia-china'])
  wirewatch.stories.correct(id, 'russia-china', 0)
  const { rejected, tags } = wirewatch.stories.get({ id })
  expect(rejected).toEqual([])
  // The two presidents discuss: that is a summit too.
  expect(tags.map(({ theme }) => theme).sort()).toEqual(['russia-china', 'summits', 'taiwan'])
})

test('a search that takes too many steps ends, says so, and goes on where it ended', async ({
  wirewatch,
  feeds,
}) => {
  const text = `rep ${'unrelated word '.repeat(12_000)} rep`
  const titles = ['first', 'second', 'third']
  feeds.set(
    URL_A,
    titles.map((title) => ({ id: title, title, text })),
  )
  await wirewatch.sources.add({ url: URL_A })
  // No text has the word often enough; each must be read to know that.
  const query = Array(1_000).fill('rep').join(' NEAR/5 ')
  let cursor: string | undefined
  let pages = 0
  for (; ; pages++) {
    const page = wirewatch.stories.list({ query, limit: 10, cursor })
    expect(page.rows).toEqual([])
    if (page.next === null) break
    expect(page.incomplete).toMatch(
      /^The search was ended after [\d,]+ steps: older stories were not looked at yet/,
    )
    cursor = page.next
  }
  expect(pages).toBeGreaterThan(0)
  expect(wirewatch.stories.list({ query: 'rep', limit: 10 })).not.toHaveProperty('incomplete')
})

test('a count and a histogram that nobody waits for any more end', async ({ wirewatch, feeds }) => {
  feeds.set(URL_A, [{ id: '1', title: 'Oil, oil', text: '' }])
  await wirewatch.sources.add({ url: URL_A })
  const gone = AbortSignal.abort(new Error('gone'))
  await expect(wirewatch.stories.countExactly({ query: 'oil{2}' }, gone)).rejects.toThrow('gone')
  await expect(wirewatch.stories.histogramInSlices({ query: 'oil{2}' }, gone)).rejects.toThrow('gone')
  expect(await wirewatch.stories.countExactly({ query: 'oil{2}' })).toEqual({ stories: 1, exact: true })
})
