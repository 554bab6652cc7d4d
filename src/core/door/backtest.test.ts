import { expect } from 'vitest'
import { type Item, test, URL_A } from '../fixtures/desk.ts'

const HOUR = 3_600_000

/** A story every two hours, the newest at 13:00 of 9 May in Berlin: three match on the 8th, six on the 9th. */
const items: readonly Item[] = Array.from({ length: 12 }, (_, i) => ({
  id: `${i}`,
  title: i % 4 === 3 ? `Weather ${i}` : `Pipeline number ${i}`,
  published: new Date(Date.UTC(2025, 4, 9, 11) - i * 2 * HOUR).toUTCString(),
}))

test('a back-test tells each story when it was published, by the rules of the alert', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, items)
  await wirewatch.sources.add({ url: URL_A })
  const test = (settings: object) => wirewatch.alerts.backtest({ query: 'pipeline', settings })
  const each = await test({ collapse: 'none' })
  expect([each.stories, each.hits, each.notices]).toEqual([12, 9, 9])
  const range = { kind: 'last', hours: 12 } as const
  expect((await wirewatch.alerts.backtest({ query: 'pipeline', range })).stories).toBe(7)
  expect(each.days).toEqual([
    { day: '2025-05-08', hits: 3, notices: 3 },
    { day: '2025-05-09', hits: 6, notices: 6 },
  ])
  expect(each.newest[0]).toMatchObject({
    title: 'Pipeline number 0',
    evidence: [{ field: 'title', start: 0, end: 8 }],
    outcome: 'told',
  })
  expect((await test({ collapse: 'none', cooldownMs: 5 * HOUR })).notices).toBe(5)
  expect((await test({ trigger: { kind: 'digest', at: ['07:00'], on: [] } })).notices).toBe(1)
  await expect(wirewatch.alerts.backtest({ query: 'pipeline AND' })).rejects.toThrow()
})

test('why: not matched, too old, told; old matches become hits on request, and are not told', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [
    ...items.slice(0, 4),
    { id: 'old', title: 'Pipeline of old', published: 'Thu, 01 May 2025 09:00:00 GMT' },
  ])
  const { id: alert } = wirewatch.alerts.save({ name: 'Pipes', query: 'pipeline', enabled: true })
  await wirewatch.sources.add({ url: URL_A })
  const why = (title: string, of = alert) => {
    const [story] = wirewatch.stories.list({ query: `title:"${title}"`, limit: 1 }).rows
    return wirewatch.alerts.why({ alert: of, story: story?.id ?? 0 })
  }
  expect(why('Pipeline number 0')).toMatchObject({ fired: true, alert: 'Pipes' })
  const old = why('Pipeline of old')
  expect(old.fired).toBe(false)
  expect(old.steps.map(({ passed }) => passed)).toEqual([true, false, null, null, null, null, null])
  expect(why('Weather 3').steps[0]).toMatchObject({ step: 'query', passed: false })
  expect(() => wirewatch.alerts.why({ alert, story: 99 })).toThrow(/no story 99/)

  const [found] = wirewatch.stories.list({ query: 'title:"Pipeline number 1"', limit: 1 }).rows
  const tried = (query: string) => wirewatch.alerts.matches({ query, story: found?.id ?? 0 })
  expect(tried('number')).toEqual({ matches: true, evidence: [{ field: 'title', start: 9, end: 15 }] })
  expect(tried('number -pipeline')).toEqual({ matches: false, evidence: [] })
  expect(() => tried('number AND')).toThrow()

  const { id: later } = wirewatch.alerts.save({ name: 'Later', query: 'pipeline', enabled: true })
  expect(await wirewatch.alerts.backfill(later)).toEqual({ added: 4 })
  expect(await wirewatch.alerts.backfill(later)).toEqual({ added: 0 })
  expect(wirewatch.alerts.list().find(({ id }) => id === later)).toMatchObject({ hits: 4, unread: 0 })
  expect(why('Pipeline number 0', later)).toMatchObject({ fired: false })
})
