import { expect } from 'vitest'
import { FEED, failure, type Handler, test } from '../fixtures/feedServer.ts'

const redirect =
  (map: Record<string, [number, string]>): Handler =>
  (request, response) => {
    const [status, location] = map[request.url ?? ''] ?? [200, '']
    if (status === 200) response.end(FEED)
    else response.writeHead(status, { location, 'set-cookie': 'seen=1' }).end('moved')
  }

test('permanent ones give the new address, up to the first that is not', async ({ server, at, fetcher }) => {
  server.handler = redirect({ '/a': [301, '/b'], '/b': [308, '/c'], '/c': [302, '/d'], '/d': [301, '/e'] })
  const answer = await fetcher()(at('paper.test', '/a'))
  expect(answer).toMatchObject({ url: at('paper.test', '/e'), movedTo: at('paper.test', '/c') })
  server.handler = redirect({ '/a': [307, '/b'], '/b': [301, '/c'] })
  expect((await fetcher()(at('paper.test', '/a'))).movedTo).toBeNull()
})

test('no cookie is kept from one to the next', async ({ server, at, fetcher }) => {
  server.handler = redirect({ '/a': [302, '/b'] })
  await fetcher()(at('paper.test', '/a'))
  expect(server.requests.map((request) => request.headers.cookie)).toEqual([undefined, undefined])
})

test('a circle fails, and so do more than ten', async ({ server, at, fetcher }) => {
  server.handler = redirect({ '/a': [302, '/b'], '/b': [302, '/a#x'] })
  expect(await failure(fetcher()(at('paper.test', '/a')))).toMatchObject({
    code: 'redirects',
    message: expect.stringContaining('in a circle'),
  })
  expect(server.requests).toHaveLength(2)
  server.handler = (request, response) =>
    response.writeHead(302, { location: `${Number(request.url?.slice(1)) + 1}` }).end()
  expect(await failure(fetcher()(at('paper.test', '/0')))).toMatchObject({
    code: 'redirects',
    message: expect.stringContaining('more than 10 times'),
  })
  expect(server.requests).toHaveLength(2 + 11)
})

test.for(['file:///etc/passwd', 'javascript:alert(1)', 'http://', 'gopher://old.test/'])(
  'to %s are refused',
  async (location, { server, at, fetcher }) => {
    server.handler = (_, response) => response.writeHead(302, { location }).end()
    expect(await failure(fetcher()(at('paper.test')))).toMatchObject({ code: 'redirects' })
  },
)

test('without a target are a failure of their own', async ({ server, at, fetcher }) => {
  server.handler = (_, response) => response.writeHead(302).end()
  expect(await failure(fetcher()(at('paper.test')))).toMatchObject({
    code: 'redirects',
    message: expect.stringContaining('without saying where to'),
  })
})
