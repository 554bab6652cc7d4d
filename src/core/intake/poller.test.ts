import { expect } from 'vitest'
import { test, URL_A, URL_B } from '../fixtures/desk.ts'

test('a source that is being fetched is not fetched a second time', async ({ desk, feeds }) => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  let isHeld = false
  const wirewatch = await desk.reopen({
    fetch: async (request) => {
      const fetched = await desk.fetch(request)
      if (isHeld && request.url === URL_A) {
        isHeld = false
        await answered
      }
      return fetched
    },
  })
  for (const url of [URL_A, URL_B]) {
    feeds.set(url, [{ id: '1', title: 'One' }])
    await wirewatch.sources.add({ url })
  }
  const { id } = wirewatch.sources.list().find(({ url }) => url === URL_A) ?? { id: 0 }
  desk.requests.length = 0
  isHeld = true
  const first = wirewatch.sources.refresh(id)
  const second = await wirewatch.finished(wirewatch.sources.refresh().id)
  expect(second).toMatchObject({ state: 'done', done: 2, total: 2 })
  answer()
  await wirewatch.finished(first.id)
  expect(desk.requests.map(({ url }) => url)).toEqual([URL_A, URL_B])
  // After that it may be fetched again.
  await wirewatch.finished(wirewatch.sources.refresh(id).id)
  expect(desk.requests).toHaveLength(3)
})
