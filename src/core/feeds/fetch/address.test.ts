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

test.for([
  'home.test',
  '127.0.0.1',
  'localhost',
  'LocalHost.',
  '[::1]',
  '[0:0::1]',
  '2130706433',
  '0x7f000001',
  '017700000001',
  '0x7f.0.0.1',
  '0177.1',
  '127.1',
  '0',
  '127.0.0.1.',
  '%E2%91%A0%E2%91%A1%E2%91%A6.0.0.1',
  '%31%32%37.0.0.1',
  '[::ffff:7f00:1]',
  '[::ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::127.0.0.1]',
  '[2002:7f00:1::]',
])('a public address must not lead to %s', async (target, { server, at, fetcher }) => {
  server.handler = (_, response) => response.writeHead(302, { location: at(target, '/feed') }).end()
  expect(await failure(fetcher()(at('paper.test')))).toMatchObject({
    code: 'private',
    message: expect.stringMatching(/^A public address leads to .* not followed/),
  })
  expect(server.requests).toHaveLength(1)
})

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
  '::FFFF:0A00:0001',
  '0:0:0:0:0:ffff:a00:1',
  '::127.0.0.1',
  '::10.0.0.1',
  '::c0a8:1',
  '::2',
  '::ffff:0:127.0.0.1',
  '::ffff:0:a00:1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '64:ff9b:1::10.0.0.1',
  '64:ff9b:1:fffe:8:808:808:0',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  // Teredo: a private server; a private client with its bits turned over.
  '2001:0:a00:1::',
  '2001::c0a8:1:0:0:0:0',
  '2001:0:808:808:0:0:3f57:fefe',
  '2001:0:808:808:0:0:f5ff:fffe',
  // ISATAP under a public prefix.
  '2606:4700::5efe:10.0.0.1',
  '2606:4700::200:5efe:10.0.0.1',
  'fe80::1%25eth0',
  '::ffff:127.0.0.1%lo',
  'fec0::1',
  '100::1',
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
  '::8.8.8.8',
  '::ffff:0:8.8.8.8',
  '64:ff9b:2::10.0.0.1',
  '2001:0:808:808:0:0:f7f7:f7f7',
  '2606:4700::5efe:8.8.8.8',
  '2606:4700::10.0.0.1',
  '2607:f8b0:4004::a00:1',
  '64:ff9b::8.8.8.8',
  '2002:0808:0808::1',
])('%s is public', (address) => expect(isPrivateAddress(address)).toBe(false))

test('every private IPv4 address is private however an IPv6 address holds it, and no other is', () => {
  const hex = (a: number, b: number): string => (a * 256 + b).toString(16)
  for (const inner of [
    '10.0.0.1',
    '127.0.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '8.8.8.8',
    '172.32.0.1',
  ]) {
    const [a = 0, b = 0, c = 0, d = 0] = inner.split('.').map(Number)
    const [high, low] = [hex(a, b), hex(c, d)]
    const [notHigh, notLow] = [hex(255 - a, 255 - b), hex(255 - c, 255 - d)]
    for (const outer of [
      `::${inner}`,
      `::ffff:${inner}`,
      `::ffff:0:${inner}`,
      `64:ff9b::${inner}`,
      `2002:${high}:${low}::1`,
      `2001:0:${high}:${low}::f7f7:f7f7`,
      `2001:0:808:808::${notHigh}:${notLow}`,
      `2606:4700::5efe:${inner}`,
    ])
      expect(isPrivateAddress(outer), outer).toBe(isPrivateAddress(inner))
  }
})

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
