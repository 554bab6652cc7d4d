import { expect, vi } from 'vitest'
import { type Item, test, URL_A } from '../fixtures/desk.ts'

// On a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 120_000 })

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

test('an edit: what the new query adds and takes out; the first answer has the days of the whole one', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, items)
  await wirewatch.sources.add({ url: URL_A })
  const { id: against } = wirewatch.alerts.save({ name: 'Pipes', query: 'pipeline', enabled: true })
  const query = 'weather OR "number 0"'
  const whole = await wirewatch.alerts.backtest({ query, against })
  expect(whole.edit).toMatchObject({ saved: 9, added: 3, removed: 8 })
  expect(whole.edit?.newestAdded.map(({ title }) => title)).toEqual(['Weather 3', 'Weather 7', 'Weather 11'])
  expect(whole.edit?.newestRemoved.map(({ title }) => title)).toEqual([
    'Pipeline number 1',
    'Pipeline number 2',
    'Pipeline number 4',
  ])
  expect(whole.edit?.newestAdded[0]).toMatchObject({ words: ['Weather'], excluded: false, part: 'pipeline' })
  expect(whole.edit?.newestRemoved[0]).toMatchObject({ words: ['Pipeline'], part: 'weather OR "number 0"' })
  const narrowed = await wirewatch.alerts.backtest({ query: 'pipeline -number', against })
  expect(narrowed.edit?.newestRemoved[0]).toMatchObject({ words: ['number'], excluded: true, part: null })
  for (const range of [undefined, { kind: 'last' as const, hours: 12 }]) {
    const input = range === undefined ? { query } : { query, range }
    const { hits, days } = await wirewatch.alerts.backtest(input)
    expect(await wirewatch.alerts.hitDays(input)).toEqual({
      hits,
      days: days.filter((one) => one.hits > 0).map(({ day, hits }) => ({ day, hits })),
      incomplete: null,
    })
  }
  await expect(
    wirewatch.alerts.backtest({ query }, AbortSignal.abort(new Error('The next key.'))),
  ).rejects.toThrow('The next key.')
})

test('a noisy query is narrowed, the least loss first; one that is not noisy is left alone', async ({
  wirewatch,
  feeds,
  desk,
}) => {
  const published = (n: number): string => new Date(desk.clock - (1 + (n % 40)) * HOUR).toUTCString()
  feeds.set(
    URL_A,
    Array.from({ length: 90 }, (_, n) => ({
      id: `${n}`,
      title: n % 10 === 0 ? 'Gas in the pipeline' : `Gas ${n}`,
      text: n % 10 === 0 ? '' : `${'word '.repeat(20)} and the pipeline`,
      published: published(n),
    })),
  )
  await wirewatch.sources.add({ url: URL_A })
  const [best, ...rest] = await wirewatch.alerts.narrow({ query: 'gas pipeline', days: 2 })
  expect(best).toMatchObject({ query: 'gas NEAR/10 pipeline', before: 45, after: 4.5, lost: 81 })
  expect(best?.examples).toHaveLength(3)
  expect(rest.map(({ lost }) => lost).every((lost) => lost <= 81)).toBe(true)
  expect(await wirewatch.alerts.narrow({ query: 'gas pipeline', days: 30 })).toEqual([])
})
