import type { ServerResponse } from 'node:http'
import { expect } from 'vitest'
import { FEED, type FeedServer, test } from '../fixtures/feedServer.ts'
import type { FetchRequest } from './fetcher.ts'

/** Holds every request until it is let go; counts what is open at a time, in all and per host. */
function gate(server: FeedServer): {
  most: { all: number; host: number }
  open: () => number
  letGo: () => void
} {
  const held: ServerResponse[] = []
  const most = { all: 0, host: 0 }
  server.handler = (request, response) => {
    held.push(response)
    const sameHost = held.filter((r) => r.req.headers.host === request.headers.host).length
    most.all = Math.max(most.all, held.length)
    most.host = Math.max(most.host, sameHost)
  }
  const letGo = (): void => {
    for (const response of held.splice(0)) response.end(FEED)
  }
  return { most, open: () => held.length, letGo }
}
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}

test('at most two connections to a host and eight in all, and every request is served', async ({
  server,
  at,
  fetcher,
}) => {
  const gated = gate(server)
  const fetch = fetcher()
  const urls = Array.from({ length: 60 }, (_, i) => at(`host${i % 6}.test`, `/${i}`))
  let done = 0
  const all = Promise.all(urls.map((url) => fetch(url).finally(() => done++)))
  while (done < urls.length) {
    await until(() => gated.open() >= Math.min(8, urls.length - done) || done === urls.length)
    gated.letGo()
  }
  await all
  expect(gated.most).toEqual({ all: 8, host: 2 })
  expect(server.requests).toHaveLength(60)
})

test('a busy host keeps nobody else waiting', async ({ server, at, fetcher }) => {
  const gated = gate(server)
  const fetch = fetcher()
  const busy = Array.from({ length: 20 }, (_, i) => fetch(at('busy.test', `/${i}`)))
  await until(() => gated.open() === 2)
  const free = fetch(at('free.test'))
  await until(() => gated.open() === 3)
  let done = false
  const all = Promise.all([free, ...busy]).finally(() => {
    done = true
  })
  while (!done) {
    gated.letGo()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await all
})

test('who gives up leaves, from the queue and from the line, and the others go on', async ({
  server,
  at,
  open,
}) => {
  const gated = gate(server)
  const { fetch } = open({ limits: { perHost: 1 } })
  const request = (path: string): FetchRequest => ({
    url: at('paper.test', path),
    etag: '',
    lastModified: '',
    secret: '',
  })
  const impatient = new AbortController()
  const underWay = fetch(request('/a'), impatient.signal)
  const queued = fetch(request('/b'), impatient.signal)
  const patient = fetch(request('/c'))
  await until(() => gated.open() === 1)
  impatient.abort(new Error('enough'))
  await expect(underWay).rejects.toThrow('enough')
  await expect(queued).rejects.toThrow('enough')
  await until(() => gated.open() === 2)
  gated.letGo()
  expect((await patient).status).toBe(200)
  expect(server.requests.map((r) => r.url)).toEqual(['/a', '/c'])
  await expect(fetch(request('/d'), AbortSignal.abort(new Error('before')))).rejects.toThrow('before')
})

test('closing ends what is under way and what waits', async ({ server, at, open }) => {
  const gated = gate(server)
  const { fetch, close } = open()
  const answers = Array.from({ length: 5 }, () =>
    fetch({ url: at('paper.test'), etag: '', lastModified: '', secret: '' }).catch((e: Error) => e.name),
  )
  await until(() => gated.open() === 2)
  await close()
  expect(await Promise.all(answers)).toEqual(Array(5).fill('AbortError'))
})
