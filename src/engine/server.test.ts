import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { eventIterator, os } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { serve, type WebServer } from './server.ts'

let folder: string
let server: WebServer
let log: string[]
let streamEnded: Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-server-'))
  const page = join(folder, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Wirewatch</title>')
  writeFileSync(join(page, 'assets', 'index-abc.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'not for the page')
  symlinkSync(join(folder, 'secret.txt'), join(page, 'link.txt'))
  let ended: () => void
  streamEnded = new Promise((resolve) => {
    ended = resolve
  })
  const router = {
    double: os
      .input(z.strictObject({ n: z.int() }))
      .output(z.strictObject({ n: z.int() }))
      .handler(({ input }) => ({ n: input.n * 2 })),
    broken: os
      .output(z.strictObject({ inner: z.strictObject({ n: z.int() }) }))
      // biome-ignore lint/suspicious/noExplicitAny: an answer that breaks the contract is the point
      .handler((): any => ({ inner: { n: 'one' } })),
    changes: os.output(eventIterator(z.strictObject({ type: z.string() }))).handler(async function* ({
      signal,
    }) {
      try {
        yield { type: 'hello' }
        yield { type: 'second' }
        await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
      } finally {
        ended()
      }
    }),
  }
  log = []
  server = await serve({ router, page, port: 0, bodyLimit: 1024 * 1024, log: (line) => log.push(line) })
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  status: number
  head: string
  body: string
}

/** Sends exactly these bytes to the server and reads until it closes the connection. */
function raw(text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8')
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const cut = answer.indexOf('\r\n\r\n')
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
        head: answer.slice(0, cut),
        body: answer.slice(cut + 4),
      })
    })
  })
}

const own = (): string => `127.0.0.1:${server.port}`

function get(target: string, headers: Record<string, string> = {}): Promise<Answer> {
  return send('GET', target, headers)
}

function send(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  const all: Record<string, string> = { Host: own(), Connection: 'close', ...headers }
  if (body !== '') all['Content-Length'] = String(Buffer.byteLength(body))
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return raw(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

async function session(): Promise<string> {
  const { head } = await get(`/?token=${server.token}`)
  return /set-cookie: ([^;]+)/i.exec(head)?.[1] ?? ''
}

const call = (
  cookie: string,
  headers: Record<string, string> = {},
  path = '/rpc/double',
  body = '{"json":{"n":4}}',
) =>
  send(
    'POST',
    path,
    { Cookie: cookie, Origin: `http://${own()}`, 'Content-Type': 'application/json', ...headers },
    body,
  )

test('listens on 127.0.0.1 and nowhere else', () => {
  expect(server.server.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' })
})

test('the token in the URL becomes an HttpOnly, SameSite=Strict cookie and leaves the address', async () => {
  const answer = await get(`/stories?q=china&token=${server.token}`)
  expect(answer.status).toBe(303)
  expect(answer.head).toMatch(/\r\nlocation: \/stories\?q=china\r\n/i)
  expect(answer.head).toMatch(/set-cookie: wirewatch-\d+=[\w-]+; Path=\/; HttpOnly; SameSite=Strict/i)
  expect(answer.head).not.toContain(server.token)
  const page = await get('/stories?q=china', { Cookie: await session() })
  expect(page.status).toBe(200)
  expect(page.body).toContain('<title>Wirewatch</title>')
})

test('without the cookie, or with a wrong token or cookie, there is no page and no call', async () => {
  expect((await get('/')).status).toBe(401)
  expect((await get('/assets/index-abc.js')).status).toBe(401)
  expect((await get('/?token=guess')).status).toBe(401)
  expect((await get(`/?token=${server.token}x`)).status).toBe(401)
  expect((await get('/', { Cookie: `wirewatch-${server.port}=guess` })).status).toBe(401)
  // The URL's token is no session: a cookie made of it opens nothing.
  expect((await get('/', { Cookie: `wirewatch-${server.port}=${server.token}` })).status).toBe(401)
  expect((await call('')).status).toBe(401)
})

test('a foreign or missing Host gets 403, even with the right token', async () => {
  for (const host of [
    'wirewatch.example',
    `evil.example:${server.port}`,
    '127.0.0.1',
    `127.0.0.1:${server.port + 1}`,
    `127.0.0.1.evil.example:${server.port}`,
  ])
    expect((await get(`/?token=${server.token}`, { Host: host })).status, host).toBe(403)
  expect((await raw(`GET /?token=${server.token} HTTP/1.0\r\n\r\n`)).status).toBe(403)
  expect((await raw(`GET / HTTP/1.1\r\nConnection: close\r\n\r\n`)).status).toBe(400)
  expect((await get(`/?token=${server.token}`, { Host: `localhost:${server.port}` })).status).toBe(303)
})

test('an absolute request target cannot smuggle another host', async () => {
  expect((await get(`http://evil.example/?token=${server.token}`)).status).toBe(400)
  expect((await get(`//evil.example/?token=${server.token}`)).status).toBe(400)
})

test('a foreign, null or missing Origin on a call is refused, though the cookie is right', async () => {
  const cookie = await session()
  for (const origin of ['http://evil.example', 'null', `https://${own()}`, `http://localhost:${server.port}`])
    expect((await call(cookie, { Origin: origin })).status, origin).toBe(403)
  const { status } = await send(
    'POST',
    '/rpc/double',
    { Cookie: cookie, 'Content-Type': 'application/json' },
    '{}',
  )
  expect(status).toBe(403)
  expect((await get('/', { Cookie: cookie, Origin: 'http://evil.example' })).status).toBe(403)
})

test('a call answers over the cookie from the page, and over the bearer token from the command line', async () => {
  const answer = await call(await session())
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('"n":8')
  const line = await send(
    'POST',
    '/rpc/double',
    { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/json' },
    '{"json":{"n":5}}',
  )
  expect(line.body).toContain('"n":10')
  const wrong = await send(
    'POST',
    '/rpc/double',
    { Authorization: 'Bearer guess', 'Content-Type': 'application/json' },
    '{"json":{"n":5}}',
  )
  expect(wrong.status).toBe(401)
})

test('a call is a POST of JSON: GET, forms, text and broken JSON are refused', async () => {
  const cookie = await session()
  expect(
    (await get('/rpc/double?data=%7B%22json%22%3A%7B%22n%22%3A4%7D%7D', { Cookie: cookie })).status,
  ).toBe(405)
  expect((await call(cookie, { 'Content-Type': 'text/plain' })).status).toBe(415)
  expect((await call(cookie, { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(415)
  expect((await call(cookie, {}, '/rpc/double', '{"json":')).status).toBe(400)
  expect((await call(cookie, {}, '/rpc/nothing')).status).toBe(404)
  expect((await send('PUT', '/', { Cookie: cookie })).status).toBe(405)
  expect((await send('OPTIONS', '/rpc/double', { Origin: `http://${own()}` })).status).toBe(405)
})

test('a body over the limit is refused, declared or not', async () => {
  const cookie = await session()
  const head = `POST /rpc/double HTTP/1.1\r\nHost: ${own()}\r\nCookie: ${cookie}\r\nOrigin: http://${own()}\r\nContent-Type: application/json\r\n`
  expect((await raw(`${head}Content-Length: 999999999\r\n\r\n{`)).status).toBe(413)
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
  const undeclared = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}`)
  expect(undeclared.status).toBe(413)
})

test('the page answers with the policy and the usual headers, and so does a refusal', async () => {
  const cookie = await session()
  for (const answer of [await get('/', { Cookie: cookie }), await get('/', { Host: 'evil.example' })]) {
    expect(answer.head).toMatch(/content-security-policy: default-src 'none'; script-src 'self';/i)
    expect(answer.head).toMatch(/frame-ancestors 'none'/i)
    expect(answer.head).toMatch(/x-content-type-options: nosniff/i)
    expect(answer.head).toMatch(/referrer-policy: no-referrer/i)
    expect(answer.head).toMatch(/cross-origin-resource-policy: same-origin/i)
    expect(answer.head).not.toMatch(/access-control-allow/i)
  }
})

test('built assets may be kept, the page and its views may not', async () => {
  const cookie = await session()
  const script = await get('/assets/index-abc.js', { Cookie: cookie })
  expect(script.head).toMatch(/content-type: text\/javascript/i)
  expect(script.head).toMatch(/cache-control: private, max-age=31536000, immutable/i)
  expect((await get('/alerts/3', { Cookie: cookie })).head).toMatch(/cache-control: no-store/i)
  expect((await send('HEAD', '/', { Cookie: cookie })).body).toBe('')
})

test('no address leads out of the page folder', async () => {
  const cookie = await session()
  for (const target of [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '/%00/secret.txt',
    '/%ff.txt',
  ]) {
    const answer = await get(target, { Cookie: cookie })
    expect(answer.status, target).toBe(404)
    expect(answer.body, target).not.toContain('not for the page')
  }
})

test('the event stream comes as it happens and ends in the engine when the page leaves', async () => {
  const link = new RPCLink({
    url: `http://${own()}/rpc`,
    headers: { Authorization: `Bearer ${server.token}` },
  })
  const client = createORPCClient(link) as {
    changes: (input: object, options: { signal: AbortSignal }) => Promise<AsyncIterable<{ type: string }>>
  }
  const leaving = new AbortController()
  const seen: string[] = []
  try {
    for await (const change of await client.changes({}, { signal: leaving.signal })) {
      seen.push(change.type)
      if (seen.length === 2) leaving.abort()
    }
  } catch (error) {
    expect((error as Error).name).toBe('AbortError')
  }
  expect(seen).toEqual(['hello', 'second'])
  await streamEnded
})

test('an answer that breaks the contract is a 500, and the log names the call and the place', async () => {
  const answer = await call(await session(), {}, '/rpc/broken', '{}')
  expect(answer.status).toBe(500)
  expect(answer.body).not.toContain('one')
  expect(log.join('\n')).toMatch(/broken failed: .*\n.*inner\.n: /)
})

test('closing ends open event streams', async () => {
  const link = new RPCLink({
    url: `http://${own()}/rpc`,
    headers: { Authorization: `Bearer ${server.token}` },
  })
  const client = createORPCClient(link) as {
    changes: (input: object) => Promise<AsyncIterator<{ type: string }>>
  }
  const stream = await client.changes({})
  expect((await stream.next()).value).toEqual({ type: 'hello' })
  await server.close()
  await streamEnded
  await stream.return?.().catch(() => undefined)
})

test('a taken port is a plain sentence', async () => {
  await expect(serve({ router: {}, page: join(folder, 'page'), port: server.port })).rejects.toThrow(
    `Port ${server.port} is taken: choose another with --port, or leave it out.`,
  )
})
