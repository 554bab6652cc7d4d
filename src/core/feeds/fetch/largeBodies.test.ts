/** Large bodies are held one after the other: however many servers send some at once, few are in memory. */
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { test } from '../fixtures/feedServer.ts'
import type { FetchAnswer } from './fetcher.ts'

const MB = 1_000_000
const large = Buffer.alloc(15 * MB, '<rss>The ferry stays in the harbour. ')
/** Bodies of this size take a while on a busy machine. */
const WAIT = { timeout: 20_000 }

test.for([
  ['sent as they are', {}, large],
  ['compressed', { 'content-encoding': 'gzip' }, gzipSync(large)],
] as const)(
  'bodies of 15 MB, %s, wait for one another; a small one passes them',
  async ([, headers, body], { server, at, fetcher }) => {
    server.handler = (request, response) => {
      if (request.url === '/small') return response.end('<rss/>')
      response.writeHead(200, headers).end(body)
    }
    const fetch = fetcher({ limits: { totalMs: 20_000 } })
    const arrived: FetchAnswer[] = []
    const all = ['a.test', 'b.test', 'c.test'].map(async (host) => {
      const answer = await fetch(at(host, '/large'))
      arrived.push(answer)
    })
    await expect.poll(() => arrived.length, WAIT).toBe(1)
    expect((await fetch(at('d.test', '/small'))).body).toHaveLength(6)
    for (const number of [1, 2, 3]) {
      await expect.poll(() => arrived.length, WAIT).toBe(number)
      expect(arrived[number - 1]?.body).toHaveLength(15 * MB)
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(arrived).toHaveLength(number)
      arrived[number - 1]?.release?.()
      expect(arrived[number - 1]?.body).toHaveLength(0)
    }
    await Promise.all(all)
  },
)

test('the time that a large body waits is not the server’s', async ({ server, at, fetcher }) => {
  server.handler = (_, response) => response.end(large)
  const fetch = fetcher({ limits: { totalMs: 1500 } })
  const first = await fetch(at('a.test'))
  const second = fetch(at('b.test'))
  await new Promise((resolve) => setTimeout(resolve, 2000))
  first.release?.()
  expect((await second).body).toHaveLength(15 * MB)
})
