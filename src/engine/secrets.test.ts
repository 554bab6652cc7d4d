/** Passwords that a person gave are in no answer, no log, no export and no file but the archive, or that of channels. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { contract } from '../api/contract/index.ts'
import { SECRETS_FILE } from '../core/delivery/secrets.ts'
import { openLog } from './log.ts'
import { type OpenEngine, openEngine } from './openEngine.ts'

// Some hundred calls, on a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 180_000 })

const PASSWORD = 'hunter2secret'
const USER = 'someuser'

let dataDir: string
let site: Server
let engine: OpenEngine
let answers: { path: string; status: number; body: string }[]

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-secrets-'))
  answers = []
  site = createServer((request, response) => {
    const { port } = site.address() as AddressInfo
    if (request.url?.startsWith('/moved') === true)
      return response.writeHead(301, { Location: `http://other:${PASSWORD}@127.0.0.1:${port}/feed` }).end()
    if (request.url?.startsWith('/feed') === true)
      return response
        .writeHead(200, { 'Content-Type': 'application/rss+xml' })
        .end('<rss><channel><title>Harbour</title><item><title>One</title></item></channel></rss>')
    if (request.url?.startsWith('/page') === true)
      return response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end('<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>')
    return response.writeHead(404).end('nothing')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  engine = await openEngine({
    dataDir,
    sample: false,
    shell: 'the browser shell',
    page: () => false,
    port: 0,
    log: openLog(dataDir),
  })
})

afterEach(async () => {
  await engine.close()
  site.closeAllConnections()
  site.close()
  rmSync(dataDir, { recursive: true, force: true })
})

// biome-ignore lint/suspicious/noExplicitAny: an answer of any procedure
async function call(path: string, input: object = {}): Promise<any> {
  const { origin, searchParams } = new URL(engine.url)
  const answer = await fetch(`${origin}/rpc/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${searchParams.get('token')}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ json: input }),
  })
  if (path === 'changes') {
    await answer.body?.cancel()
    return undefined
  }
  const body = await answer.text()
  answers.push({ path, status: answer.status, body })
  return JSON.parse(body).json
}

const logged = (): string => readFileSync(join(dataDir, 'wirewatch.log'), 'utf8')

test('no password is in an answer, a log, an export or a file beside the archive', async () => {
  const { port } = site.address() as AddressInfo
  const secret = `${USER}:${PASSWORD}`
  const typed = [
    // Read, and kept without its password.
    `http://${secret}@127.0.0.1:${port}/feed`,
    `http://${secret}@127.0.0.1:${port}/moved?1`,
    `feed:http://${secret}@127.0.0.1:${port}/feed?2`,
    `http:${secret}@127.0.0.1:${port}/feed?3`,
    `http:\\\\${secret}@127.0.0.1:${port}/feed?4`,
    // Cannot be read.
    `http://${secret}@127.0.0.1:${port}/nothing`,
    `http://${secret}@127.0.0.1:${port}/page`,
    `http://${secret}@127.0.0.1:1/feed`,
    `http://${secret}@nowhere.invalid/feed`,
    // No addresses.
    `https://${secret}@harbour post.example/feed`,
    `https://${secret}@`,
    `https://${secret}`,
    `https://${secret}%40harbour.example/feed`,
    `https://${USER}:pa/${PASSWORD}@harbour.example:port/feed`,
    `https://${USER}:${PASSWORD}@harbour.example:99999/feed`,
    `https://${PASSWORD}@harbour post.example/`,
    `${secret}@harbour post.example/feed`,
    `ftp://${secret}@harbour.example/feed`,
    `htps:/${secret}@harbour.example/feed`,
    `gopher:${secret}@harbour.example`,
  ]
  for (const url of typed) {
    await call('sources/discover', { address: url })
    await call('sources/add', { url })
  }
  const outlines = typed
    .map((url) => `<outline type="rss" text="a" xmlUrl="${url.replaceAll('&', '&amp;')}"/>`)
    .join('\n')
  await call('sources/importOpml', { opml: `<opml><body>${outlines}</body></opml>` })

  const [source] = await call('sources/list')
  expect(source).toMatchObject({ hasSecret: true, title: 'Harbour' })
  for (const url of typed) await call('sources/edit', { ids: [source.id], edit: { url } })
  for (const wrong of [PASSWORD, `X-${PASSWORD}:`, `Host: ${PASSWORD}`, `X-Key: ${PASSWORD}\u{1f600}`]) {
    await call('sources/edit', { ids: [source.id], edit: { secret: wrong } })
    await call('sources/refresh', { id: source.id })
    await expect.poll(async () => (await call('app/info')).jobs, { timeout: 60_000 }).toEqual([])
  }
  await call('sources/edit', { ids: [source.id], edit: { secret } })
  await call('sources/refresh', {})
  await expect.poll(async () => (await call('app/info')).jobs, { timeout: 60_000 }).toEqual([])

  // Channels of an alert: their addresses and keys are secrets as well.
  const { id: alert } = await call('alerts/save', { name: 'Harbour', query: 'port', enabled: true })
  const hook = `http://${secret}@127.0.0.1:${port}/hook/${PASSWORD}?key=${PASSWORD}`
  const key = `whsec_${Buffer.from(`${PASSWORD} and some more bytes`).toString('base64')}`
  for (const kind of ['webhook', 'ntfy', 'slack', 'teams', 'discord', 'telegram', 'mattermost', 'atom']) {
    for (const address of [
      hook,
      `${PASSWORD}/not/an/address`,
      `ftp://${secret}@127.0.0.1/`,
      `/nowhere/${PASSWORD}`,
    ])
      await call('channels/add', { alert, kind, address })
    await call('channels/add', {
      alert,
      kind,
      address: `http://${secret}@127.0.0.1:${port}/bot${PASSWORD}?chat_id=1`,
    })
    await call('channels/add', {
      alert,
      kind,
      address: `http://${secret}@127.0.0.1:1/${PASSWORD}`,
      secret: key,
    })
    await call('channels/add', { alert, kind, address: `http://127.0.0.1:${port}/topic`, secret: PASSWORD })
  }
  const { channels } = await call('channels/list', { alert })
  expect(channels.length).toBeGreaterThan(10)
  for (const { id } of channels) {
    await call('channels/test', { id })
    await call('channels/edit', { id, enabled: true })
  }
  await call('channels/deliveries', { limit: 100 })

  // Every procedure, once with nothing and once as it is meant.
  const list = await call('sources/list')
  for (const path of Object.entries(contract).flatMap(([noun, part]) =>
    '~orpc' in part ? [noun] : Object.keys(part).map((name) => `${noun}/${name}`),
  )) {
    await call(path)
    await call(path, { id: list[0]?.id ?? 1, limit: 100 })
  }
  for (const { id } of list) await call('sources/log', { id, limit: 100 })
  await call('sources/exportOpml')

  const leaks = answers
    .filter(({ body }) => [PASSWORD, encodeURIComponent(secret), key].some((hidden) => body.includes(hidden)))
    .map(({ path, body }) => `${path}: ${body.slice(0, 300)}`)
  expect(leaks).toEqual([])
  for (const name of readdirSync(dataDir))
    if (!name.startsWith('wirewatch.sqlite') && name !== SECRETS_FILE)
      expect(readFileSync(join(dataDir, name), 'utf8'), name).not.toContain(PASSWORD)
  // The passwords of sources are in the archive; addresses of channels are not.
  for (const name of readdirSync(dataDir).filter((file) => file.startsWith('wirewatch.sqlite')))
    for (const hidden of [`/hook/${PASSWORD}`, `bot${PASSWORD}`, key])
      expect(readFileSync(join(dataDir, name)).includes(hidden), `${name}: ${hidden}`).toBe(false)
  if (process.platform !== 'win32') expect(statSync(join(dataDir, SECRETS_FILE)).mode & 0o777).toBe(0o600)
})

test('what a person mistyped is no fault: the log has a line for what the engine did wrong', async () => {
  const before = logged()
  for (const query of ['oil AND (gas', 'theme:', '"open', 'a NEAR/x b', '@nobody', ')', 'NOT']) {
    await call('stories/list', { query, limit: 10 })
    await call('stories/count', { query })
    await call('alerts/save', { name: 'Oil', query, enabled: true })
  }
  await call('stories/get', { id: 99 })
  await call('sources/add', { url: 'no address' })
  await call('sources/add', { url: 'http://127.0.0.1:1/feed' })
  expect(answers.filter(({ status }) => status >= 500 && status !== 502)).toEqual([])
  expect(answers.filter(({ status }) => status >= 400).length).toBeGreaterThan(10)
  expect(logged()).toBe(before)
})
