import { expect, vi } from 'vitest'
import { test, URL_A } from './fixtures/desk.ts'

test('changes tell of stories, hits and jobs', async ({ wirewatch, feeds, refresh }) => {
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

test('sources are polled and stories forgotten by the clock, for as long as the archive is open', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'Old', published: 'Fri, 02 May 2025 09:00:00 GMT' }])
  await wirewatch.sources.add({ url: URL_A })
  wirewatch.app.saveSettings({ keepDays: 3 })
  // Commits wait some milliseconds for more: those pass by themselves.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  /** The desk's clock and the timers go on together. */
  const pass = async (ms: number): Promise<void> => {
    desk.clock += ms
    await vi.advanceTimersByTimeAsync(ms)
  }
  try {
    await desk.reopen({ polling: true })
    desk.requests.length = 0
    for (let hour = 0; hour < 48 && desk.requests.length === 0; hour++) await pass(3_600_000)
    expect(desk.requests.map(({ manual }) => manual)).toEqual([false])
    expect(desk.titles()).toEqual([])
    await desk.wirewatch.close()
    await pass(24 * 3_600_000)
    expect(desk.requests).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
})
