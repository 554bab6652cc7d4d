import { expect } from 'vitest'
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
