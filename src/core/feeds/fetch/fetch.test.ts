import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FeedError } from '../feed.ts'
import { isPrivateAddress, isPrivateName } from './address.ts'
import { createFetch, type FetchOptions } from './fetch.ts'
import type { FetchAnswer, FetchRequest } from './fetcher.ts'
import { readProxyList } from './proxy.ts'
import type { Resolve } from './request.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const feed = `<rss><channel><title>Fähre nach Ärö</title>${'<item/>'.repeat(500)}</channel></rss>`
let server: Server
let port: number
let handler: Handler
let seen: IncomingMessage[]
const closers: (() => Promise<void>)[] = []

beforeEach(async () => {
  seen = []
  handler = (_, response) => response.end(feed)
  server = createServer((request, response) => {
    seen.push(request)
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Names ending in .test lie at this server: those that begin with "home" privately, others as if in public. */
const resolve: Resolve = async (hostname) => [
  { address: '127.0.0.1', family: 4, isPrivate: hostname.startsWith('home') },
]

function fetcher(
  options: FetchOptions = {},
): (request: string | Partial<FetchRequest>) => Promise<FetchAnswer> {
  const { fetch, close } = createFetch({ resolve, ...options })
  closers.push(close)
  return (request) =>
    fetch({
      etag: '',
      lastModified: '',
      secret: '',
      url: '',
      ...(typeof request === 'string' ? { url: request } : request),
    })
}

const at = (host: string, path = '/'): string => `http://${host}:${port}${path}`

async function failure(answer: Promise<unknown>): Promise<FeedError> {
  const error = await answer.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof FeedError)) throw error
  return error
}

describe('an answer', () => {
  test('comes with its validators, type, freshness and size', async () => {
    handler = (_, response) => {
      response.setHeader('etag', '"v1"')
      response.setHeader('last-modified', 'Thu, 08 May 2025 10:00:00 GMT')
      response.setHeader('content-type', 'application/rss+xml')
      response.setHeader('content-language', 'fi')
      response.setHeader('content-location', '/feed.fi')
      response.setHeader('cache-control', 'public, max-age=900')
      response.setHeader('age', '100')
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync(feed))
    }
    const answer = await fetcher()(at('paper.test', '/feed?a=1#top'))
    expect(Buffer.from(answer.body).toString()).toBe(feed)
    expect(answer).toMatchObject({
      status: 200,
      url: at('paper.test', '/feed?a=1'),
      movedTo: null,
      etag: '"v1"',
      lastModified: 'Thu, 08 May 2025 10:00:00 GMT',
      contentType: 'application/rss+xml',
      contentLanguage: 'fi',
      contentLocation: '/feed.fi',
      maxAge: 800,
      bytes: gzipSync(feed).length,
    })
    expect(seen[0]?.headers).toMatchObject({
      'user-agent': 'Wirewatch/0.1 (+local feed reader)',
      host: `paper.test:${port}`,
    })
    expect(seen[0]?.headers).not.toHaveProperty('if-none-match')
    expect(seen[0]?.headers).not.toHaveProperty('cookie')
  })

  test('is fresh until Expires where there is no max-age, counted on the server’s own clock', async () => {
    handler = (_, response) => {
      response.setHeader('date', 'Thu, 08 May 2025 10:00:00 GMT')
      response.setHeader('expires', 'Thu, 08 May 2025 10:30:00 GMT')
      response.end(feed)
    }
    expect((await fetcher()(at('paper.test'))).maxAge).toBe(1800)
  })

  test('304 keeps the validators we sent', async () => {
    handler = (request, response) => {
      expect(request.headers['if-none-match']).toBe('"v1"')
      expect(request.headers['if-modified-since']).toBe('Thu, 08 May 2025 10:00:00 GMT')
      response.writeHead(304).end()
    }
    const validators = { etag: '"v1"', lastModified: 'Thu, 08 May 2025 10:00:00 GMT' }
    const answer = await fetcher()({ url: at('paper.test'), ...validators })
    expect(answer).toMatchObject({ status: 304, body: new Uint8Array(), bytes: 0, ...validators })
  })

  test('304 to a request without validators is a failure: there is no copy to keep', async () => {
    handler = (_, response) => response.writeHead(304).end()
    expect(await failure(fetcher()(at('paper.test')))).toMatchObject({ code: 'status-304' })
  })

  const packed: [string, Buffer][] = [
    ['gzip', gzipSync(feed)],
    ['x-gzip', gzipSync(feed)],
    ['br', brotliCompressSync(feed)],
    ['zstd', zstdCompressSync(feed)],
    ['deflate', deflateSync(feed)],
    ['deflate', deflateRawSync(feed)],
    ['GZIP, identity', gzipSync(feed)],
    ['br, gzip', gzipSync(brotliCompressSync(feed))],
    ['gzip', Buffer.from(feed)],
    ['', gzipSync(feed)],
    ['gzip', gzipSync(gzipSync(feed))],
  ]
  test.each(packed)('is unpacked: %s', async (encoding, bytes) => {
    handler = (_, response) => {
      if (encoding !== '') response.setHeader('content-encoding', encoding)
      response.end(bytes)
    }
    expect(Buffer.from((await fetcher()(at('paper.test'))).body).toString()).toBe(feed)
  })

  const whole = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * i * 31) % 251))
  test.each([
    ['gzip', gzipSync(whole)],
    ['br', brotliCompressSync(whole)],
    ['zstd', zstdCompressSync(whole)],
    ['deflate', deflateSync(whole)],
  ])(
    'whose compressed data breaks off gives what came, and no validators: it must come again whole (%s)',
    async (encoding, bytes) => {
      handler = (_, response) => {
        response.setHeader('content-encoding', encoding)
        response.setHeader('etag', '"half"')
        response.setHeader('last-modified', 'Thu, 08 May 2025 10:00:00 GMT')
        response.end(bytes.subarray(0, bytes.length - 6))
      }
      const answer = await fetcher()(at('paper.test'))
      expect(answer.body.length).toBeGreaterThan(100)
      expect(whole.subarray(0, answer.body.length).equals(answer.body)).toBe(true)
      expect(answer).toMatchObject({ etag: '', lastModified: '' })
    },
  )
})

describe('redirects', () => {
  const redirect =
    (map: Record<string, [number, string]>): Handler =>
    (request, response) => {
      const [status, location] = map[request.url ?? ''] ?? [200, '']
      if (status === 200) response.end(feed)
      else response.writeHead(status, { location, 'set-cookie': 'seen=1' }).end('moved')
    }

  test('permanent ones give the new address, up to the first that is not', async () => {
    handler = redirect({ '/a': [301, '/b'], '/b': [308, '/c'], '/c': [302, '/d'], '/d': [301, '/e'] })
    const answer = await fetcher()(at('paper.test', '/a'))
    expect(answer).toMatchObject({ url: at('paper.test', '/e'), movedTo: at('paper.test', '/c') })
    handler = redirect({ '/a': [307, '/b'], '/b': [301, '/c'] })
    expect((await fetcher()(at('paper.test', '/a'))).movedTo).toBeNull()
  })

  test('no cookie is kept from one to the next', async () => {
    handler = redirect({ '/a': [302, '/b'] })
    await fetcher()(at('paper.test', '/a'))
    expect(seen.map((request) => request.headers.cookie)).toEqual([undefined, undefined])
  })

  test('a circle is told, and so are more than ten', async () => {
    handler = redirect({ '/a': [302, '/b'], '/b': [302, '/a#x'] })
    expect(await failure(fetcher()(at('paper.test', '/a')))).toMatchObject({
      code: 'redirects',
      message: expect.stringContaining('in a circle'),
    })
    expect(seen).toHaveLength(2)
    handler = (request, response) =>
      response.writeHead(302, { location: `${Number(request.url?.slice(1)) + 1}` }).end()
    expect(await failure(fetcher()(at('paper.test', '/0')))).toMatchObject({
      code: 'redirects',
      message: expect.stringContaining('more than 10 times'),
    })
    expect(seen).toHaveLength(2 + 11)
  })

  test.each([['file:///etc/passwd'], ['javascript:alert(1)'], ['http://'], ['gopher://old.test/']])(
    'to %s are refused',
    async (location) => {
      handler = (_, response) => response.writeHead(302, { location }).end()
      expect(await failure(fetcher()(at('paper.test')))).toMatchObject({ code: 'redirects' })
    },
  )

  test('without a target are a failure of their own', async () => {
    handler = (_, response) => response.writeHead(302).end()
    expect(await failure(fetcher()(at('paper.test')))).toMatchObject({
      code: 'redirects',
      message: expect.stringContaining('without saying where to'),
    })
  })
})

describe('private addresses', () => {
  test('a person may type one, also one that redirects within the home', async () => {
    handler = (request, response) =>
      request.url === '/'
        ? response.writeHead(302, { location: at('home-two.test', '/feed') }).end()
        : response.end(feed)
    expect((await fetcher()(at('home.test'))).url).toBe(at('home-two.test', '/feed'))
    expect((await fetcher()(at('127.0.0.1', '/feed'))).status).toBe(200)
  })

  test.each([['home.test'], ['127.0.0.1'], ['localhost'], ['[::1]'], ['2130706433']])(
    'a public address must not lead to %s',
    async (target) => {
      handler = (_, response) => response.writeHead(302, { location: at(target, '/feed') }).end()
      expect(await failure(fetcher()(at('paper.test')))).toMatchObject({
        code: 'private',
        message: expect.stringMatching(/^A public address leads to .* not followed/),
      })
      expect(seen).toHaveLength(1)
    },
  )

  test('nor can a private one be reached through a public one', async () => {
    handler = (request, response) =>
      request.url === '/'
        ? response.writeHead(302, { location: at('paper.test', '/two') }).end()
        : response.writeHead(302, { location: at('home.test', '/three') }).end()
    expect(await failure(fetcher()(at('home.test')))).toMatchObject({ code: 'private' })
    expect(seen).toHaveLength(2)
  })

  test('a name that resolves to a private address the second time gains nothing', async () => {
    let lookups = 0
    const rebinding: Resolve = async () => [{ address: '127.0.0.1', family: 4, isPrivate: lookups++ > 0 }]
    handler = (_, response) => response.writeHead(302, { location: '/admin' }).end()
    expect(await failure(fetcher({ resolve: rebinding })(at('rebinding.test')))).toMatchObject({
      code: 'private',
    })
    expect(lookups).toBe(2)
    expect(seen).toHaveLength(1)
  })

  test('of several addresses only the public ones are used', async () => {
    const mixed: Resolve = async (hostname) =>
      hostname === 'paper.test'
        ? resolve(hostname)
        : [
            { address: '127.0.0.1', family: 4, isPrivate: false },
            { address: '::1', family: 6, isPrivate: true },
          ]
    handler = (request, response) =>
      request.headers.host?.startsWith('paper') === true
        ? response.writeHead(302, { location: at('mixed.test') }).end()
        : response.end(feed)
    expect((await fetcher({ resolve: mixed })(at('paper.test'))).status).toBe(200)
  })

  test('an address that no person typed must be public', async () => {
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
    expect(
      ['localhost', 'LOCALHOST.', 'app.localhost', '[::1]', '[::ffff:7f00:1]'].map(isPrivateName),
    ).toEqual([true, true, true, true, true])
    expect(['localhost.example', 'notlocalhost', '10.example'].map(isPrivateName)).toEqual([
      false,
      false,
      false,
    ])
  })

  test('the system’s own resolver is asked by default', async () => {
    const { fetch, close } = createFetch()
    closers.push(close)
    const answer = await fetch({ url: at('localhost'), etag: '', lastModified: '', secret: '' })
    expect(answer.status).toBe(200)
  })
})

describe('secrets', () => {
  const secret = 'anna:pass wörd'
  const sent = (): (string | undefined)[] => seen.map((request) => request.headers.authorization)
  const expected = `Basic ${Buffer.from(secret).toString('base64')}`

  test('name and password become basic authentication, a header line a header', async () => {
    await fetcher()({ url: at('paper.test'), secret })
    await fetcher()({ url: at('paper.test'), secret: 'X-Api-Key: 123:456' })
    await fetcher()(`http://anna:pass%20w%C3%B6rd@paper.test:${port}/`)
    expect(sent()).toEqual([expected, undefined, expected])
    expect(seen[1]?.headers['x-api-key']).toBe('123:456')
  })

  test('go to their own origin only', async () => {
    handler = (request, response) =>
      request.url === '/a'
        ? response.writeHead(301, { location: '/b' }).end()
        : request.url === '/b'
          ? response.writeHead(301, { location: at('other.test', '/c') }).end()
          : response.end(feed)
    const answer = await fetcher()({ url: `http://anna:pw@paper.test:${port}/a` })
    expect(sent()).toEqual([expect.stringContaining('Basic '), expect.stringContaining('Basic '), undefined])
    expect(answer).toMatchObject({ url: at('other.test', '/c'), movedTo: at('other.test', '/c') })
  })

  test('in the address stay with it when the feed moves within its origin', async () => {
    handler = (request, response) =>
      request.url === '/a' ? response.writeHead(301, { location: '/b' }).end() : response.end(feed)
    const answer = await fetcher()(`http://anna:pw@paper.test:${port}/a`)
    expect(answer).toMatchObject({
      url: at('paper.test', '/b'),
      movedTo: `http://anna:pw@paper.test:${port}/b`,
    })
  })

  test('are in no message', async () => {
    handler = (_, response) => response.writeHead(401).end()
    const url = `http://anna:topsecret@paper.test:${port}/private/topsecret?key=topsecret`
    for (const given of [
      'u:topsecret',
      'Host: topsecret',
      'topsecret',
      'X-Key: topsecret\r\nInjected: topsecret',
    ])
      expect((await failure(fetcher()({ url, secret: given }))).message).not.toContain('topsecret')
    expect(seen.every((request) => request.headers.injected === undefined)).toBe(true)
  })
})

describe('a host that asks to wait', () => {
  test('is left alone until then: other feeds of the host are refused without traffic', async () => {
    let now = Date.UTC(2025, 4, 8, 12)
    const fetch = fetcher({ now: () => now })
    handler = (_, response) => response.writeHead(429, { 'retry-after': '120' }).end()
    const first = await failure(fetch(at('paper.test', '/a')))
    expect(first).toMatchObject({ code: 'status-429', status: 429, retryAt: now + 120_000 })
    expect(first.message).toContain('It asks to wait 2 min.')

    handler = (_, response) => response.end(feed)
    now += 60_000
    expect(await failure(fetch(at('paper.test', '/b')))).toMatchObject({
      code: 'status-429',
      retryAt: now + 60_000,
    })
    expect(seen).toHaveLength(1)
    expect((await fetch(at('other.test'))).status).toBe(200)
    now += 60_000
    expect((await fetch(at('paper.test', '/b'))).status).toBe(200)
  })

  test('also for those that already stood in the queue', async () => {
    const fetch = fetcher({ limits: { perHost: 1 } })
    handler = (_, response) => response.writeHead(503, { 'retry-after': '60' }).end()
    const answers = await Promise.all(
      ['/a', '/b', '/c'].map((path) => failure(fetch(at('paper.test', path)))),
    )
    expect(answers.map((error) => error.code)).toEqual(['status-503', 'status-503', 'status-503'])
    expect(seen).toHaveLength(1)
  })

  test('is asked all the same when a person wants it', async () => {
    const fetch = fetcher()
    handler = (_, response) => response.writeHead(429, { 'retry-after': '120' }).end()
    await failure(fetch(at('paper.test')))
    handler = (_, response) => response.end(feed)
    expect((await fetch({ url: at('paper.test'), manual: true })).status).toBe(200)
    expect((await fetch(at('paper.test'))).status).toBe(200)
  })

  test('is left alone after a restart too, until then; what was kept and cannot be read is forgotten', async () => {
    let now = Date.UTC(2025, 4, 8, 12)
    let text: string | undefined
    const keptWaits = {
      read: () => text,
      write: (all: string) => {
        text = all
      },
    }
    const options = { now: () => now, keptWaits }
    handler = (_, response) => response.writeHead(429, { 'retry-after': '120' }).end()
    await failure(fetcher(options)(at('paper.test', '/a')))
    handler = (_, response) => response.end(feed)
    now += 60_000
    const again = fetcher(options)
    expect(await failure(again(at('paper.test', '/b')))).toMatchObject({ retryAt: now + 60_000 })
    now += 60_000
    expect((await again(at('paper.test', '/b'))).status).toBe(200)
    expect(text).toBe('[]')
    for (const damaged of [
      '',
      '{}',
      '[["paper.test"]]',
      '[["paper.test", {"until": 9e15, "status": 429}]]',
      'x',
    ]) {
      text = damaged
      expect((await fetcher(options)(at('paper.test', '/b'))).status).toBe(200)
    }
  })

  test('may give a date, read on its own clock, and is not believed for more than a day', async () => {
    const now = Date.UTC(2025, 4, 8, 12)
    const fetch = fetcher({ now: () => now })
    handler = (_, response) =>
      response
        .writeHead(503, {
          date: 'Mon, 01 Jan 2024 00:00:00 GMT',
          'retry-after': 'Mon, 01 Jan 2024 00:10:00 GMT',
        })
        .end()
    expect((await failure(fetch(at('one.test')))).retryAt).toBe(now + 600_000)
    handler = (_, response) => response.writeHead(503, { 'retry-after': '99999999' }).end()
    expect((await failure(fetch(at('two.test')))).retryAt).toBe(now + 24 * 3_600_000)
    handler = (_, response) => response.writeHead(429, { 'retry-after': 'soon' }).end()
    const vague = await failure(fetch(at('three.test')))
    expect(vague.retryAt).toBeNull()
    expect(vague.message).toContain('did not say when')
  })
})

describe('politeness', () => {
  /** Holds every request until it is let go; counts what is open at a time, in all and per host. */
  function gate(): { most: { all: number; host: number }; open: () => number; letGo: () => void } {
    const held: ServerResponse[] = []
    const most = { all: 0, host: 0 }
    handler = (request, response) => {
      held.push(response)
      const sameHost = held.filter((r) => r.req.headers.host === request.headers.host).length
      most.all = Math.max(most.all, held.length)
      most.host = Math.max(most.host, sameHost)
    }
    const letGo = (): void => {
      for (const response of held.splice(0)) response.end(feed)
    }
    return { most, open: () => held.length, letGo }
  }
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
  }

  test('at most two connections to a host and eight in all, and every request is served', async () => {
    const { most, open, letGo } = gate()
    const fetch = fetcher()
    const urls = Array.from({ length: 60 }, (_, i) => at(`host${i % 6}.test`, `/${i}`))
    let done = 0
    const all = Promise.all(urls.map((url) => fetch(url).finally(() => done++)))
    while (done < urls.length) {
      await until(() => open() >= Math.min(8, urls.length - done) || done === urls.length)
      letGo()
    }
    await all
    expect(most).toEqual({ all: 8, host: 2 })
    expect(seen).toHaveLength(60)
  })

  test('a busy host keeps nobody else waiting', async () => {
    const { open, letGo } = gate()
    const fetch = fetcher()
    const busy = Array.from({ length: 20 }, (_, i) => fetch(at('busy.test', `/${i}`)))
    await until(() => open() === 2)
    const free = fetch(at('free.test'))
    await until(() => open() === 3)
    let done = false
    const all = Promise.all([free, ...busy]).finally(() => {
      done = true
    })
    while (!done) {
      letGo()
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await all
  })

  test('who gives up leaves, from the queue and from the line, and the others go on', async () => {
    const { open, letGo } = gate()
    const { fetch, close } = createFetch({ resolve, limits: { perHost: 1 } })
    closers.push(close)
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
    await until(() => open() === 1)
    impatient.abort(new Error('enough'))
    await expect(underWay).rejects.toThrow('enough')
    await expect(queued).rejects.toThrow('enough')
    await until(() => open() === 2)
    letGo()
    expect((await patient).status).toBe(200)
    expect(seen.map((r) => r.url)).toEqual(['/a', '/c'])
    await expect(fetch(request('/d'), AbortSignal.abort(new Error('before')))).rejects.toThrow('before')
  })

  test('closing ends what is under way and what waits', async () => {
    const { open } = gate()
    const { fetch, close } = createFetch({ resolve })
    const answers = Array.from({ length: 5 }, () =>
      fetch({ url: at('paper.test'), etag: '', lastModified: '', secret: '' }).catch((e: Error) => e.name),
    )
    await until(() => open() === 2)
    await close()
    expect(await Promise.all(answers)).toEqual(Array(5).fill('AbortError'))
  })
})

describe('a proxy of the environment', () => {
  test('gets the request, and names are not looked up here', async () => {
    process.env.http_proxy = `http://127.0.0.1:${port}`
    try {
      const nobody: Resolve = async () => {
        throw new Error('looked up')
      }
      const answer = await fetcher({ resolve: nobody })('http://paper.example/feed')
      expect(answer.url).toBe('http://paper.example/feed')
      expect(seen[0]?.url).toBe('http://paper.example/feed')
      handler = (_, response) => response.writeHead(302, { location: 'http://192.168.1.1/' }).end()
      expect(await failure(fetcher({ resolve: nobody })('http://paper.example/'))).toMatchObject({
        code: 'private',
      })
      process.env.http_proxy = 'not an address'
      expect(await failure(fetcher()('http://paper.example/'))).toMatchObject({ code: 'proxy' })
    } finally {
      delete process.env.http_proxy
    }
  })
})

describe('a proxy of the system', () => {
  const nobody: Resolve = async () => {
    throw new Error('looked up')
  }
  const through = (list: string, asked: string[] = []) =>
    fetcher({
      resolve: nobody,
      systemProxies: async (url) => {
        asked.push(url)
        return list
      },
    })

  test('is asked for each address, a redirect’s too, and gets the request', async () => {
    const asked: string[] = []
    handler = (request, response) =>
      request.url === 'http://paper.example/old'
        ? response.writeHead(302, { location: 'http://other.example/new' }).end()
        : response.end('<rss/>')
    const answer = await through(`PROXY 127.0.0.1:${port}; DIRECT`, asked)('http://paper.example/old')
    expect(answer.url).toBe('http://other.example/new')
    expect(asked).toEqual(['http://paper.example/old', 'http://other.example/new'])
    expect(seen.map(({ url }) => url)).toEqual(asked)
  })

  test('may be none, for this address or because the system cannot say', async () => {
    const url = at('paper.test')
    const direct = fetcher({ resolve, systemProxies: async () => 'DIRECT' })
    expect((await direct(url)).status).toBe(200)
    const silent = fetcher({ resolve, systemProxies: () => Promise.reject(new Error('no script')) })
    expect((await silent(url)).status).toBe(200)
    expect(seen.map(({ url }) => url?.startsWith('http'))).toEqual([false, false])
  })

  test('is not asked for what runs on this machine', async () => {
    const asked: string[] = []
    expect((await through('PROXY 127.0.0.1:1', asked)(`http://127.0.0.1:${port}/feed`)).status).toBe(200)
    expect(asked).toEqual([])
  })

  test('gives way to the environment’s', async () => {
    process.env.http_proxy = `http://127.0.0.1:${port}`
    try {
      const asked: string[] = []
      const answer = await through('PROXY 127.0.0.1:1', asked)('http://paper.example/feed')
      expect([answer.status, asked]).toEqual([200, []])
    } finally {
      delete process.env.http_proxy
    }
  })

  test('that cannot be reached is named, not the server behind it', async () => {
    expect(await failure(through('PROXY 127.0.0.1:1')('http://paper.example/'))).toMatchObject({
      code: 'proxy',
      message: "The system's proxy (127.0.0.1:1) could not be used. Check the system's network settings.",
    })
  })

  test('that the system is slow to name costs the request’s own time, not more', async () => {
    const stuck = fetcher({ resolve, systemProxies: () => new Promise(() => {}), limits: { totalMs: 50 } })
    expect(await failure(stuck(at('paper.test')))).toMatchObject({ code: 'timeout' })
  })

  test.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.corp:8080; DIRECT', 'http://proxy.corp:8080'],
    ['HTTPS secure.corp:443', 'https://secure.corp:443'],
    ['SOCKS4 old.corp:1080; SOCKS5 new.corp:1080', 'socks5://new.corp:1080'],
    ['proxy [::1]:3128', 'http://[::1]:3128'],
    ['PROXY ; QUIC q.corp:443; DIRECT; PROXY later.corp:1', null],
  ])('a list is read: %s', (list, proxy) => expect(readProxyList(list)).toBe(proxy))
})

test.each([['paper.test/feed'], ['ftp://paper.test/'], [''], ['feed:x'], ['http://']])(
  '“%s” is not a web address',
  async (url) => expect(await failure(fetcher()(url))).toMatchObject({ code: 'bad-address' }),
)
