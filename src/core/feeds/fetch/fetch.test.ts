import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect } from 'vitest'
import { FEED, type FeedServer, failure, test } from '../fixtures/feedServer.ts'

describe('an answer', () => {
  test('comes with its validators, type, freshness and size', async ({ server, at, fetcher }) => {
    server.handler = (_, response) => {
      response.setHeader('etag', '"v1"')
      response.setHeader('last-modified', 'Thu, 08 May 2025 10:00:00 GMT')
      response.setHeader('content-type', 'application/rss+xml')
      response.setHeader('content-language', 'fi')
      response.setHeader('content-location', '/feed.fi')
      response.setHeader('cache-control', 'public, max-age=900')
      response.setHeader('age', '100')
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync(FEED))
    }
    const answer = await fetcher()(at('paper.test', '/feed?a=1#top'))
    expect(Buffer.from(answer.body).toString()).toBe(FEED)
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
      bytes: gzipSync(FEED).length,
    })
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'Wirewatch/0.1 (+local feed reader)',
      host: `paper.test:${server.port}`,
    })
    expect(server.requests[0]?.headers).not.toHaveProperty('if-none-match')
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie')
  })

  test('is fresh until Expires where there is no max-age, counted on the server’s own clock', async ({
    server,
    at,
    fetcher,
  }) => {
    server.handler = (_, response) => {
      response.setHeader('date', 'Thu, 08 May 2025 10:00:00 GMT')
      response.setHeader('expires', 'Thu, 08 May 2025 10:30:00 GMT')
      response.end(FEED)
    }
    expect((await fetcher()(at('paper.test'))).maxAge).toBe(1800)
  })

  test('304 keeps the validators we sent', async ({ server, at, fetcher }) => {
    server.handler = (request, response) => {
      expect(request.headers['if-none-match']).toBe('"v1"')
      expect(request.headers['if-modified-since']).toBe('Thu, 08 May 2025 10:00:00 GMT')
      response.writeHead(304).end()
    }
    const validators = { etag: '"v1"', lastModified: 'Thu, 08 May 2025 10:00:00 GMT' }
    const answer = await fetcher()({ url: at('paper.test'), ...validators })
    expect(answer).toMatchObject({ status: 304, body: new Uint8Array(), bytes: 0, ...validators })
  })

  test('304 to a request without validators is a failure: there is no copy to keep', async ({
    server,
    at,
    fetcher,
  }) => {
    server.handler = (_, response) => response.writeHead(304).end()
    expect(await failure(fetcher()(at('paper.test')))).toMatchObject({ code: 'status-304' })
  })

  const packed: [string, Buffer][] = [
    ['gzip', gzipSync(FEED)],
    ['x-gzip', gzipSync(FEED)],
    ['br', brotliCompressSync(FEED)],
    ['zstd', zstdCompressSync(FEED)],
    ['deflate', deflateSync(FEED)],
    ['deflate', deflateRawSync(FEED)],
    ['GZIP, identity', gzipSync(FEED)],
    ['br, gzip', gzipSync(brotliCompressSync(FEED))],
    ['gzip', Buffer.from(FEED)],
    ['', gzipSync(FEED)],
    ['gzip', gzipSync(gzipSync(FEED))],
    ['gzip,gzip,gzip,gzip', gzipSync(FEED)],
    ['gzip', Buffer.concat([Buffer.from('<br />\n<b>Warning</b>: x in <b>/a.php</b>\n'), gzipSync(FEED)])],
    ['br', Buffer.concat([Buffer.from('\r\n'), brotliCompressSync(FEED)])],
    ['zstd', Buffer.concat([zstdCompressSync(FEED.slice(0, 40)), zstdCompressSync(FEED.slice(40))])],
  ]
  test.for(packed)('is unpacked: %s', async ([encoding, bytes], { server, at, fetcher }) => {
    server.handler = (_, response) => {
      if (encoding !== '') response.setHeader('content-encoding', encoding)
      response.end(bytes)
    }
    expect(Buffer.from((await fetcher()(at('paper.test'))).body).toString()).toBe(FEED)
  })

  const feeds = {
    rss: FEED,
    'with a byte order mark': `\ufeff<?xml version="1.0"?>${FEED}`,
    'after blank lines': `\r\n\n  <?xml version="1.0"?>${FEED}`,
    json: '{"version":"https://jsonfeed.org/version/1.1","title":"Fähre","items":[]}',
  }
  const plain = Object.entries(feeds).map(([name, feed]) => [name, Buffer.from(feed)] as const)
  const misleading: [string, string, Buffer][] = [
    ...['none', 'utf-8', 'UTF8', 'text/xml', 'binary', '8bit', 'chunked', 'ISO-8859-1', 'null'].map(
      (coding): [string, string, Buffer] => [coding, FEED, Buffer.from(FEED)],
    ),
    ...[
      'gzip',
      'br',
      'deflate',
      'zstd',
      'sdch',
      'compress',
      'aws-chunked',
      'gzip, gzip',
      'gzip, deflate, br, zstd',
    ].flatMap((coding) =>
      plain.map(([, bytes]): [string, string, Buffer] => [coding, bytes.toString(), bytes]),
    ),
    ['gzip, gzip', FEED, gzipSync(FEED)],
    ['utf-8', FEED, gzipSync(FEED)],
    ['none, gzip', FEED, gzipSync(FEED)],
    ['br', FEED, gzipSync(FEED)],
    ['zstd', FEED, gzipSync(FEED)],
    ['deflate', FEED, gzipSync(FEED)],
    ['gzip', FEED, brotliCompressSync(FEED)],
    ['gzip', FEED, deflateSync(FEED)],
    ['gzip', FEED, zstdCompressSync(FEED)],
    ['deflate', FEED, brotliCompressSync(FEED)],
    ['sdch', FEED, gzipSync(FEED)],
    ['compress', FEED, zstdCompressSync(FEED)],
    ['gzip, deflate, br', FEED, gzipSync(FEED)],
    ['gzip, deflate, br, zstd', FEED, brotliCompressSync(FEED)],
    ['deflate', FEED, gzipSync(gzipSync(FEED))],
    ['gzip', FEED, gzipSync(brotliCompressSync(FEED))],
    ['gzip', FEED, gzipSync(gzipSync(gzipSync(FEED)))],
    ['gzip', FEED, deflateRawSync(FEED)],
    ['br', FEED, Buffer.concat([Buffer.from('\r\n'), gzipSync(FEED)])],
    ['utf-8', FEED, brotliCompressSync(FEED)],
    ['gzip;q=1', FEED, gzipSync(FEED)],
    ['br', ` ${' '.repeat(500)}${FEED}`, Buffer.from(` ${' '.repeat(500)}${FEED}`)],
    ['zstd', `PHP Notice: x\n${FEED}`, Buffer.from(`PHP Notice: x\n${FEED}`)],
  ]
  test.for(misleading)(
    'whose Content-Encoding (%s) misleads is read where a feed comes out, with a note',
    async ([encoding, feed, bytes], { server, at, fetcher }) => {
      server.handler = (_, response) => {
        response.setHeader('content-encoding', encoding)
        response.end(bytes)
      }
      const answer = await fetcher()(at('paper.test'))
      expect(Buffer.from(answer.body).toString()).toBe(feed)
      expect(answer.notes?.join(' ')).toMatch(
        /^paper\.test:\d+ (says that|does not say how) its answer is compressed/,
      )
    },
  )

  test.for([
    ['with something appended', Buffer.concat([gzipSync(FEED), Buffer.from('\n<!-- cached -->')])],
    [
      'with a wrong checksum',
      Buffer.from(gzipSync(FEED).map((byte, at, all) => (at === all.length - 6 ? byte ^ 1 : byte))),
    ],
    ['twice, which nobody says', gzipSync(gzipSync(FEED))],
    ['by brotli, which nobody says', brotliCompressSync(FEED)],
  ] as const)('compressed %s is read', async ([name, bytes], { server, at, fetcher }) => {
    server.handler = (_, response) => {
      if (!name.includes('nobody')) response.setHeader('content-encoding', 'gzip')
      response.end(bytes)
    }
    expect(Buffer.from((await fetcher()(at('paper.test'))).body).toString()).toBe(FEED)
  })

  test.for(packed.slice(0, 8))(
    'whose Content-Encoding is right has no note: %s',
    async ([encoding, bytes], { server, at, fetcher }) => {
      server.handler = (_, response) => {
        response.setHeader('content-encoding', encoding)
        response.end(bytes)
      }
      expect((await fetcher()(at('paper.test'))).notes).toEqual([])
    },
  )

  const whole = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * i * 31) % 251))
  const broken: [string, Buffer][] = [
    ['gzip', gzipSync(whole)],
    ['br', brotliCompressSync(whole)],
    ['zstd', zstdCompressSync(whole)],
    ['deflate', deflateSync(whole)],
  ]
  test.for(broken)(
    'whose compressed data breaks off gives what came, and no validators: it must come again whole (%s)',
    async ([encoding, bytes], { server, at, fetcher }) => {
      server.handler = (_, response) => {
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

describe('secrets', () => {
  const secret = 'anna:pass wörd'
  const sent = (server: FeedServer) => server.requests.map((request) => request.headers.authorization)
  const expected = `Basic ${Buffer.from(secret).toString('base64')}`

  test('name and password become basic authentication, a header line a header', async ({
    server,
    at,
    fetcher,
  }) => {
    await fetcher()({ url: at('paper.test'), secret })
    await fetcher()({ url: at('paper.test'), secret: 'X-Api-Key: 123:456' })
    await fetcher()(`http://anna:pass%20w%C3%B6rd@paper.test:${server.port}/`)
    expect(sent(server)).toEqual([expected, undefined, expected])
    expect(server.requests[1]?.headers['x-api-key']).toBe('123:456')
  })

  test('go to their own origin only', async ({ server, at, fetcher }) => {
    server.handler = (request, response) =>
      request.url === '/a'
        ? response.writeHead(301, { location: '/b' }).end()
        : request.url === '/b'
          ? response.writeHead(301, { location: at('other.test', '/c') }).end()
          : response.end(FEED)
    const answer = await fetcher()({ url: `http://anna:pw@paper.test:${server.port}/a` })
    expect(sent(server)).toEqual([
      expect.stringContaining('Basic '),
      expect.stringContaining('Basic '),
      undefined,
    ])
    expect(answer).toMatchObject({ url: at('other.test', '/c'), movedTo: at('other.test', '/c') })
  })

  test('in the address stay with it when the feed moves within its origin', async ({
    server,
    at,
    fetcher,
  }) => {
    server.handler = (request, response) =>
      request.url === '/a' ? response.writeHead(301, { location: '/b' }).end() : response.end(FEED)
    const answer = await fetcher()(`http://anna:pw@paper.test:${server.port}/a`)
    expect(answer).toMatchObject({
      url: at('paper.test', '/b'),
      movedTo: `http://anna:pw@paper.test:${server.port}/b`,
    })
  })

  test('are in no message', async ({ server, fetcher }) => {
    server.handler = (_, response) => response.writeHead(401).end()
    const url = `http://anna:topsecret@paper.test:${server.port}/private/topsecret?key=topsecret`
    for (const given of [
      'u:topsecret',
      'Host: topsecret',
      'topsecret',
      'X-Key: topsecret\r\nInjected: topsecret',
    ])
      expect((await failure(fetcher()({ url, secret: given }))).message).not.toContain('topsecret')
    expect(server.requests.every((request) => request.headers.injected === undefined)).toBe(true)
  })
})

test.for(['paper.test/feed', 'ftp://paper.test/', '', 'feed:x', 'http://'])(
  '“%s” is not a web address',
  async (url, { fetcher }) => expect(await failure(fetcher()(url))).toMatchObject({ code: 'bad-address' }),
)
