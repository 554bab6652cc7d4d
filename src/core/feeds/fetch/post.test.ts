import { expect, onTestFinished } from 'vitest'
import { failure, resolve, test } from '../fixtures/feedServer.ts'
import { createPoster, type Poster, type PosterOptions } from './post.ts'
import type { Resolve } from './request.ts'

const NOW = Date.UTC(2026, 10, 29, 12)

function poster(options: Partial<PosterOptions> = {}): Poster {
  const one = createPoster({ now: () => NOW, resolve, ...options })
  onTestFinished(() => one.close())
  return one
}
const request = (url: string, mayBePrivate = false) => ({
  url,
  headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' },
  body: '{"a":"ä"}',
  mayBePrivate,
})

test('what is sent comes as it is, with its length and its sender', async ({ server, at }) => {
  const came = new Promise<{ body: string; method: string | undefined }>((done) => {
    server.handler = (incoming, response) => {
      let body = ''
      incoming.setEncoding('utf8').on('data', (chunk) => (body += chunk))
      incoming.on('end', () => {
        done({ body, method: incoming.method })
        response.writeHead(204).end()
      })
    }
  })
  expect(await poster().post(request(at('paper.test', '/hook?key=1')))).toEqual({
    status: 204,
    retryAt: null,
  })
  expect(await came).toEqual({ body: '{"a":"ä"}', method: 'POST' })
  expect(server.requests[0]?.url).toBe('/hook?key=1')
  expect(server.requests[0]?.headers).toMatchObject({
    'content-length': '10',
    'content-type': 'application/json',
    'user-agent': 'Wirewatch/0.1 (+local alerts)',
    'webhook-id': 'msg_1',
  })
  expect(server.requests[0]?.headers).not.toHaveProperty('accept-encoding')
})

test('a redirect is an answer, and is not followed', async ({ server, at }) => {
  server.handler = (_, response) => response.writeHead(307, { location: at('other.test', '/') }).end()
  expect(await poster().post(request(at('paper.test')))).toMatchObject({ status: 307 })
  expect(server.requests).toHaveLength(1)
})

test('an answer without end is not waited for', async ({ server, at }) => {
  server.handler = (_, response) => {
    response.writeHead(200)
    response.write('x'.repeat(200_000))
  }
  expect(await poster().post(request(at('paper.test')))).toMatchObject({ status: 200 })
})

test('the time that a server asks for is told, a day at most', async ({ server, at }) => {
  server.handler = (_, response) => response.writeHead(429, { 'retry-after': '90' }).end()
  expect(await poster().post(request(at('paper.test')))).toEqual({ status: 429, retryAt: NOW + 90_000 })
  server.handler = (_, response) => response.writeHead(503, { 'retry-after': '99999999' }).end()
  expect((await poster().post(request(at('paper.test')))).retryAt).toBe(NOW + 86_400_000)
})

test('one that never answers is a failure after its time', async ({ server, at }) => {
  server.handler = () => undefined
  const slow = poster({ limits: { totalMs: 50 } })
  expect(await failure(slow.post(request(at('paper.test'))))).toMatchObject({
    code: 'timeout',
    message: expect.stringMatching(/^paper\.test:\d+ gave no answer within/),
  })
})

test('a private address is refused where it is not meant, by the address that the connection is made to', async ({
  server,
  at,
}) => {
  const { post } = poster()
  for (const host of ['home.test', '127.0.0.1', 'localhost', '[::1]'])
    expect(await failure(post(request(at(host))))).toMatchObject({ code: 'private' })
  expect(server.requests).toHaveLength(0)
  server.handler = (_, response) => response.end()
  expect(await post(request(at('home.test'), true))).toMatchObject({ status: 200 })
})

test('a name that was public when it was typed and leads home later gains nothing', async ({
  server,
  at,
}) => {
  let lookups = 0
  const rebinding: Resolve = async () => [{ address: '127.0.0.1', family: 4, isPrivate: lookups++ > 0 }]
  const { isPrivate, post } = poster({ resolve: rebinding })
  expect(await isPrivate(at('rebinding.test'))).toBe(false)
  expect(await failure(post(request(at('rebinding.test'))))).toMatchObject({ code: 'private' })
  expect(server.requests).toHaveLength(0)
})

test('private is what is so by its name, or by any of its addresses', async ({ at }) => {
  const { isPrivate } = poster()
  expect(await isPrivate(at('home.test'))).toBe(true)
  expect(await isPrivate(at('localhost'))).toBe(true)
  expect(await isPrivate(at('[::1]'))).toBe(true)
  expect(await isPrivate(at('paper.test'))).toBe(false)
  const unknown = poster({ resolve: () => Promise.reject(new Error('no such name')) })
  expect(await unknown.isPrivate('https://nowhere.invalid/')).toBeNull()
})

test('closing ends what is being sent', async ({ server, at }) => {
  const asked = new Promise<void>((done) => {
    server.handler = () => done()
  })
  const { post, close } = poster()
  const answer = post(request(at('paper.test'))).then(
    () => 'answered',
    (error: Error) => error.name,
  )
  await asked
  await close()
  expect(await answer).toBe('AbortError')
})
