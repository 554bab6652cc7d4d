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

/** The key of the page, as it gets it: from the address that the token leads to. */
async function session(): Promise<string> {
  const { head } = await get(`/?token=${server.token}`)
  return /location: [^\r]*#key=([\w-]+)\r/i.exec(head)?.[1] ?? ''
}

const call = (
  key: string,
  headers: Record<string, string> = {},
  path = '/rpc/double',
  body = '{"json":{"n":4}}',
) =>
  send(
    'POST',
    path,
    {
      ...(key === '' ? {} : { Authorization: `Bearer ${key}` }),
      Origin: `http://${own()}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    body,
  )

test('listens on 127.0.0.1 and nowhere else', () => {
  expect(server.server.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' })
})

test('the token in the URL becomes the key of the page, in the fragment of an address without the token', async () => {
  const answer = await get(`/stories?q=china&token=${server.token}`)
  expect(answer.status).toBe(303)
  expect(answer.head).toMatch(/\r\nlocation: \/stories\?q=china#key=[\w-]{43}\r\n/i)
  expect(answer.head).not.toContain(server.token)
})

test('the page is for whoever asks and holds no data; without the key of this launch no call is answered', async () => {
  for (const target of ['/', '/stories?q=china', '/stories/7', '/assets/index-abc.js'])
    expect((await get(target)).status, target).toBe(200)
  expect((await get('/stories?q=china')).body).toContain('<title>Wirewatch</title>')
  expect((await get('/?token=guess')).status).toBe(401)
  expect((await get(`/?token=${server.token}x`)).status).toBe(401)
  expect((await call('')).status).toBe(401)
  expect((await call('guess')).status).toBe(401)
  expect((await get('/rpc/double')).status).toBe(401)
  for (const target of ['/rpc/double', '/elsewhere'])
    expect((await send('POST', target, { Origin: `http://${own()}` }, '{}')).status, target).toBe(401)
})

test('no cookie is set and none opens data, whatever it holds: cookies go to every port of a machine', async () => {
  const key = await session()
  for (const target of [`/?token=${server.token}`, '/', '/assets/index-abc.js'])
    expect((await get(target)).head, target).not.toMatch(/set-cookie/i)
  expect((await call(key)).head).not.toMatch(/set-cookie/i)
  for (const secret of [key, server.token])
    for (const name of [`wirewatch-${server.port}`, 'wirewatch-key', 'Authorization'])
      expect((await call('', { Cookie: `${name}=${secret}` })).status, name).toBe(401)
})

test('the redirect after the token stays on this server', async () => {
  for (const target of [
    '/.//evil.example/',
    '/..//evil.example/',
    '/x/..//evil.example/',
    '/%2e//evil.example/',
    '/.%2e//evil.example/',
    '/\\evil.example/',
    '/./\\evil.example/',
    '/.\\/evil.example/',
    '/\\\\evil.example/',
    '///evil.example/',
    '/.///evil.example/',
  ]) {
    const { status, head } = await get(`${target}?token=${server.token}`)
    expect(status, target).toBe(400)
    expect(head, target).not.toMatch(/location:/i)
  }
  const { head } = await get(`/%2f/evil.example?q=//evil.example&token=${server.token}`)
  const location = /location: (\S+)/i.exec(head)?.[1] ?? ''
  expect(new URL(location, `http://${own()}`).host).toBe(own())
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

test('a foreign, null or missing Origin on a call is refused, though the key is right', async () => {
  const key = await session()
  for (const origin of ['http://evil.example', 'null', `https://${own()}`, `http://localhost:${server.port}`])
    expect((await call(key, { Origin: origin })).status, origin).toBe(403)
  const { status } = await send(
    'POST',
    '/rpc/double',
    { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    '{}',
  )
  expect(status).toBe(403)
  expect((await get('/', { Authorization: `Bearer ${key}`, Origin: 'http://evil.example' })).status).toBe(403)
})

test('a call answers over the key of the page, and over the token of the command line', async () => {
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
  const key = await session()
  expect(
    (await get('/rpc/double?data=%7B%22json%22%3A%7B%22n%22%3A4%7D%7D', { Authorization: `Bearer ${key}` }))
      .status,
  ).toBe(405)
  expect((await call(key, { 'Content-Type': 'text/plain' })).status).toBe(415)
  expect((await call(key, { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(415)
  expect((await call(key, {}, '/rpc/double', '{"json":')).status).toBe(400)
  expect((await call(key, {}, '/rpc/nothing')).status).toBe(404)
  expect((await send('PUT', '/', { Authorization: `Bearer ${key}` })).status).toBe(405)
  expect((await send('OPTIONS', '/rpc/double', { Origin: `http://${own()}` })).status).toBe(405)
})

test('a body over the limit is refused, declared or not', async () => {
  const key = await session()
  const head = `POST /rpc/double HTTP/1.1\r\nHost: ${own()}\r\nAuthorization: Bearer ${key}\r\nOrigin: http://${own()}\r\nContent-Type: application/json\r\n`
  expect((await raw(`${head}Content-Length: 999999999\r\n\r\n{`)).status).toBe(413)
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
  const undeclared = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}`)
  expect(undeclared.status).toBe(413)
})

test.each([
  ['no byte', ''],
  ['half a line', 'POST /rpc/dou'],
  ['half a head', 'POST /rpc/double HTTP/1.1\r\nHost: OWN\r\n'],
  [
    'half a body',
    'POST /rpc/double HTTP/1.1\r\nHost: OWN\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"js',
  ],
  [
    'half a chunk',
    'POST /rpc/double HTTP/1.1\r\nHost: OWN\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"js',
  ],
  ['half a body of a stranger', 'POST /rpc/double HTTP/1.1\r\nHost: OWN\r\nContent-Length: 99\r\n\r\n{"js'],
])('a request of which %s comes, then a byte now and then, ends', async (_, start) => {
  await server.close()
  server = await serve({
    router: {},
    page: join(folder, 'page'),
    port: 0,
    patience: { head: 60, whole: 120, look: 20 },
  })
  const head = start.replace('OWN', own()).replace('TOKEN', server.token)
  const socket = connect(server.port, '127.0.0.1', () => socket.write(head))
  const drip = setInterval(() => socket.write(' '), 10)
  try {
    await new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume())
  } finally {
    clearInterval(drip)
    socket.destroy()
  }
})

test('the page answers with the policy and the usual headers, and so does a refusal', async () => {
  const key = await session()
  for (const answer of [
    await get('/', { Authorization: `Bearer ${key}` }),
    await get('/', { Host: 'evil.example' }),
  ]) {
    expect(answer.head).toMatch(/content-security-policy: default-src 'none'; script-src 'self';/i)
    expect(answer.head).toMatch(/frame-ancestors 'none'/i)
    expect(answer.head).toMatch(/x-content-type-options: nosniff/i)
    expect(answer.head).toMatch(/referrer-policy: no-referrer/i)
    expect(answer.head).toMatch(/cross-origin-resource-policy: same-origin/i)
    expect(answer.head).not.toMatch(/access-control-allow/i)
  }
})

test('built assets may be kept, the page and its views may not', async () => {
  const key = await session()
  const script = await get('/assets/index-abc.js', { Authorization: `Bearer ${key}` })
  expect(script.head).toMatch(/content-type: text\/javascript/i)
  expect(script.head).toMatch(/cache-control: private, max-age=31536000, immutable/i)
  expect((await get('/alerts/3', { Authorization: `Bearer ${key}` })).head).toMatch(
    /cache-control: no-store/i,
  )
  expect((await send('HEAD', '/', { Authorization: `Bearer ${key}` })).body).toBe('')
})

test('no address leads out of the page folder', async () => {
  const key = await session()
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
    const answer = await get(target, { Authorization: `Bearer ${key}` })
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
