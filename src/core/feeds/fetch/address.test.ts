import { expect } from 'vitest'
import { FEED, failure, resolve, test } from '../fixtures/feedServer.ts'
import { isPrivateAddress, isPrivateName } from './address.ts'
import { createFetch } from './fetch.ts'
import type { Resolve } from './request.ts'

test('a person may type one, also one that redirects within the home', async ({ server, at, fetcher }) => {
  server.handler = (request, response) =>
    request.url === '/'
      ? response.writeHead(302, { location: at('home-two.test', '/feed') }).end()
      : response.end(FEED)
  expect((await fetcher()(at('home.test'))).url).toBe(at('home-two.test', '/feed'))
  expect((await fetcher()(at('127.0.0.1', '/feed'))).status).toBe(200)
})

test.for(['home.test', '127.0.0.1', 'localhost', '[::1]', '2130706433'])(
  'a public address must not lead to %s',
  async (target, { server, at, fetcher }) => {
    server.handler = (_, response) => response.writeHead(302, { location: at(target, '/feed') }).end()
    expect(await failure(fetcher()(at('paper.test')))).toMatchObject({
      code: 'private',
      message: expect.stringMatching(/^A public address leads to .* not followed/),
    })
    expect(server.requests).toHaveLength(1)
  },
)

test('nor can a private one be reached through a public one', async ({ server, at, fetcher }) => {
  server.handler = (request, response) =>
    request.url === '/'
      ? response.writeHead(302, { location: at('paper.test', '/two') }).end()
      : response.writeHead(302, { location: at('home.test', '/three') }).end()
  expect(await failure(fetcher()(at('home.test')))).toMatchObject({ code: 'private' })
  expect(server.requests).toHaveLength(2)
})

test('a name that resolves to a private address the second time gains nothing', async ({
  server,
  at,
  fetcher,
}) => {
  let lookups = 0
  const rebinding: Resolve = async () => [{ address: '127.0.0.1', family: 4, isPrivate: lookups++ > 0 }]
  server.handler = (_, response) => response.writeHead(302, { location: '/admin' }).end()
  expect(await failure(fetcher({ resolve: rebinding })(at('rebinding.test')))).toMatchObject({
    code: 'private',
  })
  expect(lookups).toBe(2)
  expect(server.requests).toHaveLength(1)
})

test('of several addresses only the public ones are used', async ({ server, at, fetcher }) => {
  const mixed: Resolve = async (hostname) =>
    hostname === 'paper.test'
      ? resolve(hostname)
      : [
          { address: '127.0.0.1', family: 4, isPrivate: false },
          { address: '::1', family: 6, isPrivate: true },
        ]
  server.handler = (request, response) =>
    request.headers.host?.startsWith('paper') === true
      ? response.writeHead(302, { location: at('mixed.test') }).end()
      : response.end(FEED)
  expect((await fetcher({ resolve: mixed })(at('paper.test'))).status).toBe(200)
})

test('an address that no person typed must be public', async ({ at, fetcher }) => {
  const strict = fetcher({ allowPrivate: () => false })
  expect(await failure(strict(at('home.test')))).toMatchObject({ code: 'private' })
  expect(await failure(strict(at('127.0.0.1')))).toMatchObject({ code: 'private' })
  expect((await strict(at('paper.test'))).status).toBe(200)
  expect(await failure(fetcher()({ url: at('home.test'), publicOnly: true }))).toMatchObject({
    code: 'private',
  })
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1%eth0',
  'fd00::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::10.0.0.1',
  '2002:c0a8:0001::1',
])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true))

test.each([
  '1.1.1.1',
  '172.32.0.1',
  '192.169.0.1',
  '198.18.0.7',
  '2001:db8::1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:0808:0808::1',
])('%s is public', (address) => expect(isPrivateAddress(address)).toBe(false))

test('localhost is private by name, its lookalikes are not', () => {
  expect(['localhost', 'LOCALHOST.', 'app.localhost', '[::1]', '[::ffff:7f00:1]'].map(isPrivateName)).toEqual(
    [true, true, true, true, true],
  )
  expect(['localhost.example', 'notlocalhost', '10.example'].map(isPrivateName)).toEqual([
    false,
    false,
    false,
  ])
})

test('the system’s own resolver is used by default', async ({ at }) => {
  const { fetch, close } = createFetch()
  try {
    const answer = await fetch({ url: at('localhost'), etag: '', lastModified: '', secret: '' })
    expect(answer.status).toBe(200)
  } finally {
    await close()
  }
})
