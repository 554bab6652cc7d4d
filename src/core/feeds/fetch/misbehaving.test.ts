import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer, setDefaultCACertificates } from 'node:tls'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FeedError } from '../feed.ts'
import { readFeed } from '../read/parse.ts'
import { createFetch, type FetchOptions } from './fetch.ts'
import type { FetchAnswer } from './fetcher.ts'
import type { Resolve } from './request.ts'

/** What a server does after a request; the socket ends with the test. */
type Behaviour = (socket: Socket, host: string) => void

const send = (head: string, body: string | Uint8Array = ''): Behaviour => {
  return (socket) => {
    socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`)
    socket.end(body)
  }
}
const ok = (body: string | Uint8Array, more = ''): Behaviour =>
  send(`HTTP/1.1 200 OK\nContent-Length: ${Buffer.byteLength(body)}${more}`, body)

const feed = '<rss version="2.0"><channel><title>Good</title><item><title>One</title></item></channel></rss>'
const million = 1_000_000
/** A gigabyte and more of zeros in a megabyte: as many gzip members one after another. */
const gzipBomb = repeated(gzipSync(new Uint8Array(10 * million), { level: 9 }), 120)
const zstdBomb = zstdCompressSync(new Uint8Array(200 * million))

function repeated(bytes: Uint8Array, times: number): Uint8Array {
  return Buffer.concat(Array.from({ length: times }, () => bytes))
}

/** Writes as fast as the reader takes it, without end. */
const endless: Behaviour = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\n\r\n')
  const chunk = Buffer.alloc(64 * 1024, '<item/>')
  const pour = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', pour)
  pour()
}

/** A few bytes now and then, for ever. */
const drip =
  (head: string, drop: string): Behaviour =>
  (socket) => {
    socket.write(head)
    const timer = setInterval(() => socket.write(drop), 5)
    socket.on('close', () => clearInterval(timer))
  }

interface Case {
  readonly name: string
  readonly behaviour: Behaviour
  readonly code: string
  readonly message: RegExp
}

const failures: readonly Case[] = [
  { name: 'silent', behaviour: () => {}, code: 'timeout', message: /gave no answer within/ },
  {
    name: 'slow-head',
    behaviour: drip('HTTP/1.1 200 OK\r\n', 'X: y\r\n'),
    code: 'timeout',
    message: /gave no answer within/,
  },
  {
    name: 'slow-bytes',
    behaviour: drip('HTTP/1.1 200 OK\r\nContent-Length: 1999999\r\n\r\n', 'a'),
    code: 'timeout',
    message: /was too slow: its answer was not complete/,
  },
  { name: 'endless', behaviour: endless, code: 'too-large', message: /sent more than 2 MB/ },
  {
    name: 'announced-too-large',
    behaviour: send('HTTP/1.1 200 OK\nContent-Length: 99999999999'),
    code: 'too-large',
    message: /sent more than 2 MB/,
  },
  {
    name: 'too-short',
    behaviour: send('HTTP/1.1 200 OK\nContent-Length: 5000', feed),
    code: 'cut-off',
    message: /broke off in the middle|another length than it announced/,
  },
  {
    name: 'broken-chunks-end',
    behaviour: send('HTTP/1.1 200 OK\nTransfer-Encoding: chunked', '400\r\n<rss>'),
    code: 'cut-off',
    message: /broke off in the middle/,
  },
  {
    name: 'chunk-garbage',
    behaviour: send('HTTP/1.1 200 OK\nTransfer-Encoding: chunked', '5\r\n<rss>\r\nnonsense\r\n'),
    code: 'protocol',
    message: /not in proper HTTP/,
  },
  {
    name: 'not-http',
    behaviour: (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    code: 'protocol',
    message: /not in proper HTTP/,
  },
  {
    name: 'endless-head',
    behaviour: (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${'X-Header: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(5000)}`)
    },
    code: 'protocol',
    message: /more header lines than can be read/,
  },
  {
    name: 'hangs-up',
    behaviour: (socket) => socket.end(),
    code: 'reset',
    message: /closed the connection without an answer/,
  },
  {
    name: 'resets',
    behaviour: (socket) => socket.resetAndDestroy(),
    code: 'reset',
    message: /closed the connection without an answer/,
  },
  {
    name: 'resets-midway',
    behaviour: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n<rss>', () => socket.resetAndDestroy())
    },
    code: 'cut-off',
    message: /broke off in the middle/,
  },
  {
    name: 'redirect-loop',
    behaviour: send('HTTP/1.1 302 Found\nLocation: /'),
    code: 'redirects',
    message: /redirects in a circle/,
  },
  {
    name: 'gzip-bomb',
    behaviour: ok(gzipBomb, '\nContent-Encoding: gzip'),
    code: 'too-large',
    message: /sent more than 2 MB/,
  },
  {
    name: 'zstd-bomb',
    behaviour: ok(zstdBomb, '\nContent-Encoding: zstd'),
    code: 'too-large',
    message: /sent more than 2 MB/,
  },
  {
    name: 'bomb-in-a-bomb',
    behaviour: ok(gzipSync(gzipBomb), '\nContent-Encoding: gzip, gzip'),
    code: 'too-large',
    message: /sent more than 2 MB/,
  },
  {
    name: 'codings-without-end',
    behaviour: ok(gzipSync(feed), `\nContent-Encoding: ${'gzip, '.repeat(50)}gzip`),
    code: 'encoding',
    message: /compressed its answer 51 times over/,
  },
  {
    name: 'damaged-gzip',
    behaviour: (socket, host) => {
      const bytes = gzipSync(feed.repeat(50))
      bytes.fill(0xff, 20, 60)
      ok(bytes, '\nContent-Encoding: gzip')(socket, host)
    },
    code: 'encoding',
    message: /compressed data \(gzip\) that is damaged/,
  },
  {
    name: 'deflate-that-is-none',
    behaviour: ok(deflateSync(feed).subarray(0, 1), '\nContent-Encoding: deflate'),
    code: 'encoding',
    message: /compressed data \(deflate\) that is damaged/,
  },
  {
    name: 'unknown-coding',
    behaviour: ok(Buffer.from([0x80, 1, 2, 3, 0xff, 0, 7]), '\nContent-Encoding: sdch'),
    code: 'encoding',
    message: /compressed its answer as “sdch”/,
  },
  {
    name: 'status-400',
    behaviour: send('HTTP/1.1 400 No'),
    code: 'status-400',
    message: /does not understand/,
  },
  {
    name: 'status-401',
    behaviour: send('HTTP/1.1 401 No'),
    code: 'status-401',
    message: /wants a name and password/,
  },
  { name: 'status-403', behaviour: send('HTTP/1.1 403 No'), code: 'status-403', message: /refuses access/ },
  {
    name: 'status-404',
    behaviour: send('HTTP/1.1 404 No'),
    code: 'status-404',
    message: /nothing at this address/,
  },
  {
    name: 'status-410',
    behaviour: send('HTTP/1.1 410 Gone'),
    code: 'gone',
    message: /gone for good \(410\)/,
  },
  {
    name: 'status-418',
    behaviour: send('HTTP/1.1 418 No'),
    code: 'status-418',
    message: /refuses the request \(418\)/,
  },
  {
    name: 'status-429',
    behaviour: send('HTTP/1.1 429 Slow\nRetry-After: 600'),
    code: 'status-429',
    message: /asked too often \(429\)\. It asks to wait 10 min/,
  },
  { name: 'status-451', behaviour: send('HTTP/1.1 451 No'), code: 'status-451', message: /legal reasons/ },
  {
    name: 'status-500',
    behaviour: send('HTTP/1.1 500 Oops'),
    code: 'status-500',
    message: /a fault of its own \(500\)/,
  },
  {
    name: 'status-503',
    behaviour: send('HTTP/1.1 503 Busy\nRetry-After: 60'),
    code: 'status-503',
    message: /under repair \(503\)\. It asks to wait 1 min/,
  },
  {
    name: 'status-600',
    behaviour: send('HTTP/1.1 600 What'),
    code: 'status-600',
    message: /a fault of its own \(600\)/,
  },
  {
    name: 'status-300',
    behaviour: send('HTTP/1.1 300 Choose'),
    code: 'status-300',
    message: /not a feed \(300\)/,
  },
  {
    name: 'self-signed',
    behaviour: ok(feed),
    code: 'tls',
    message: /self-signed/,
  },
  { name: 'expired', behaviour: ok(feed), code: 'tls', message: /has expired/ },
  { name: 'wrong-name', behaviour: ok(feed), code: 'tls', message: /is for another name/ },
  { name: 'plain-on-tls', behaviour: ok(feed), code: 'tls', message: /could not be agreed on/ },
  { name: 'nobody-listens', behaviour: ok(feed), code: 'refused', message: /accepts no connection/ },
  { name: 'no-such-name', behaviour: ok(feed), code: 'dns', message: /No server is called/ },
  { name: 'dns-is-down', behaviour: ok(feed), code: 'dns', message: /could not be looked up/ },
  { name: 'no-route', behaviour: ok(feed), code: 'network', message: /no way to/ },
  {
    name: 'never-connects',
    behaviour: ok(feed),
    code: 'timeout',
    message: /did not accept a connection within/,
  },
]

/** Odd answers that are fetched all the same: the parser judges them. */
const oddities: readonly { name: string; behaviour: Behaviour; body: string | Uint8Array }[] = [
  { name: 'empty', behaviour: ok(''), body: '' },
  { name: 'no-content', behaviour: send('HTTP/1.1 204 No Content'), body: '' },
  { name: 'wrong-type', behaviour: ok(feed, '\nContent-Type: image/png'), body: feed },
  {
    name: 'html-with-200',
    behaviour: ok('<html>Sorry</html>', '\nContent-Type: text/html'),
    body: '<html>Sorry</html>',
  },
  { name: 'until-close', behaviour: send('HTTP/1.0 200 OK', feed), body: feed },
  {
    name: 'early-hints',
    behaviour: send(`HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nContent-Length: ${feed.length}`, feed),
    body: feed,
  },
  {
    name: 'bare-newlines',
    behaviour: (socket) => socket.end(`HTTP/1.1 200 OK\r\nA: b\r\n\r\n${feed}`),
    body: feed,
  },
  { name: 'empty-gzip', behaviour: ok('', '\nContent-Encoding: gzip'), body: '' },
]

const byHost = new Map<string, Behaviour>(
  [...failures, ...oddities].map(({ name, behaviour }) => [`${name}.test`, behaviour]),
)
byHost.set('good.test', ok(feed))
byHost.set('trusted.test', ok(feed))

let plain: Server
let secure: Server
let secureExpired: Server
let secureTrusted: Server
const sockets = new Set<Socket>()

beforeAll(async () => {
  const serveSocket = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let head = ''
    const read = (chunk: Buffer): void => {
      // A TLS greeting on a plain port: what nginx answers.
      if (head === '' && chunk[0] === 0x16) return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      socket.off('data', read)
      const host = /^host: ([^:\r]+)/im.exec(head)?.[1] ?? ''
      byHost.get(host)?.(socket, host)
    }
    socket.on('data', read)
  }
  const pem = (name: string): string =>
    readFileSync(join(import.meta.dirname, '..', 'fixtures', 'tls', name), 'utf8')
  plain = createServer(serveSocket)
  secure = createTlsServer({ key: pem('key.pem'), cert: pem('self-signed.pem') }, serveSocket)
  secureExpired = createTlsServer({ key: pem('key.pem'), cert: pem('expired.pem') }, serveSocket)
  secureTrusted = createTlsServer({ key: pem('key.pem'), cert: pem('trusted.pem') }, serveSocket)
  setDefaultCACertificates([pem('expired.pem'), pem('trusted.pem')])
  for (const server of [plain, secure, secureExpired, secureTrusted])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of [plain, secure, secureExpired, secureTrusted]) server.close()
})

const port = (server: Server): number => (server.address() as AddressInfo).port

function address(name: string): string {
  switch (name) {
    case 'self-signed':
      return `https://${name}.test:${port(secure)}/`
    case 'expired':
      return `https://${name}.test:${port(secureExpired)}/`
    case 'trusted':
    case 'wrong-name':
      return `https://${name}.test:${port(secureTrusted)}/`
    case 'plain-on-tls':
      return `https://${name}.test:${port(plain)}/`
    default:
      return `http://${name}.test:${port(plain)}/`
  }
}

const fails = (code: string): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }))
const resolve: Resolve = async (hostname) => {
  if (hostname === 'no-such-name.test') return fails('ENOTFOUND')
  if (hostname === 'dns-is-down.test') return fails('EAI_AGAIN')
  if (hostname === 'no-route.test') return fails('ENETUNREACH')
  if (hostname === 'never-connects.test') return new Promise(() => {})
  return [
    { address: hostname === 'nobody-listens.test' ? '127.0.0.9' : '127.0.0.1', family: 4, isPrivate: true },
  ]
}

const maxBytes = 2 * million

async function withFetch<T>(
  options: FetchOptions,
  use: (get: (name: string) => Promise<FetchAnswer>) => Promise<T>,
): Promise<T> {
  const { fetch, close } = createFetch({ resolve, ...options })
  try {
    return await use((name) => fetch({ url: address(name), etag: '', lastModified: '', secret: '' }))
  } finally {
    await close()
  }
}

const slow = failures.filter(({ code }) => code === 'timeout')
const quick = failures.filter(({ code }) => code !== 'timeout')

test('every failure class has its own code and sentence, and none waits for a slow one', async () => {
  await withFetch({ limits: { maxBytes, total: 100 } }, async (get) => {
    const pending = Promise.race(slow.map(({ name }) => get(name).catch(() => 'ended by closing')))
    const answers = await Promise.all(
      [...quick.map(({ name }) => name), 'good', 'trusted'].map((name) => get(name).catch((e: unknown) => e)),
    )
    for (const [i, { name, code, message }] of quick.entries()) {
      expect(answers[i], name).toBeInstanceOf(FeedError)
      expect(answers[i], name).toMatchObject({ code, message: expect.stringMatching(message) })
      expect(answers[i], name).toMatchObject({ message: expect.stringMatching(/^[A-Z“a-z].*\.test.*[.?]$/) })
    }
    expect(answers.slice(quick.length)).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(await Promise.race([pending, Promise.resolve('under way')])).toBe('under way')
  })
})

test('slow servers are given up in the end, each with its own sentence', async () => {
  await withFetch({ limits: { connectMs: 300, totalMs: 1200, maxBytes, total: 100 } }, async (get) => {
    const answers = await Promise.all(slow.map(({ name }) => get(name).catch((e: unknown) => e)))
    for (const [i, { name, message }] of slow.entries())
      expect(answers[i], name).toMatchObject({ code: 'timeout', message: expect.stringMatching(message) })
  })
})

test('a connection that is still being made is given up at once', async () => {
  const { fetch, close } = createFetch({
    resolve,
    limits: { connectMs: 3_600_000, totalMs: 3_600_000, perHost: 1 },
  })
  const request = { url: address('never-connects'), etag: '', lastModified: '', secret: '' }
  const impatient = new AbortController()
  const first = fetch(request, impatient.signal)
  const second = fetch(request)
  setImmediate(() => impatient.abort(new Error('enough')))
  await expect(first).rejects.toThrow('enough')
  setImmediate(() => void close())
  await expect(second).rejects.toThrow('closing')
})

test('what is odd but whole is handed on for the parser to judge', async () => {
  await withFetch({}, async (get) => {
    for (const { name, body } of oddities)
      expect(Buffer.from((await get(name)).body).toString(), name).toBe(Buffer.from(body).toString())
  })
})

test('the parser refuses a page, an image and nothing, each with its own sentence', async () => {
  byHost.set('image.test', ok(Buffer.from('iVBORw0KGgoAAAANSUhEUg==', 'base64'), '\nContent-Type: image/png'))
  await withFetch({}, async (get) => {
    const messages = new Map<string, string>()
    for (const name of ['empty', 'html-with-200', 'image']) {
      const { body, contentType, url } = await get(name)
      try {
        readFeed(body, { contentType, base: url })
      } catch (error) {
        expect(error, name).toBeInstanceOf(FeedError)
        messages.set((error as FeedError).message, name)
      }
    }
    expect([...messages.values()]).toEqual(['empty', 'html-with-200', 'image'])
    const wrongType = await get('wrong-type')
    expect(readFeed(wrongType.body, { contentType: wrongType.contentType, base: '' }).title).toBe('Good')
  })
})

test('with the usual limits, slow servers hold up no more than their own places', async () => {
  await withFetch({}, async (get) => {
    const stuck = ['silent', 'slow-bytes', 'slow-head'].flatMap((name) =>
      [get(name), get(name), get(name)].map((answer) => answer.catch(() => 'ended by closing')),
    )
    for (let i = 0; i < 20; i++) expect((await get('good')).status).toBe(200)
    expect(await Promise.race([Promise.all(stuck), Promise.resolve('still under way')])).toBe(
      'still under way',
    )
  })
})

test('a bomb of ten gigabytes costs no memory', async () => {
  const member = gzipSync(new Uint8Array(100 * million), { level: 9 })
  byHost.set(
    'big-bomb.test',
    ok(Buffer.concat(Array.from({ length: 100 }, () => member)), '\nContent-Encoding: gzip'),
  )
  const before = process.resourceUsage().maxRSS
  await withFetch({}, async (get) => {
    await expect(get('big-bomb')).rejects.toMatchObject({ code: 'too-large' })
  })
  const grownKb = process.resourceUsage().maxRSS - before
  expect(grownKb).toBeLessThan(300_000)
})
