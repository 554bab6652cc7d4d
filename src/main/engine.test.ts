import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type RssItem, rssFeed } from '../core/fixtures/rss.ts'
import { acquire, holder } from '../core/lock.ts'
import { type CheckpointOrder, Order } from '../core/store/checkpointOrder.ts'
import type { FromEngine } from './messages.ts'

// The engine's bundle as built for the app, in the app's layout, on the real core; only the utility process around it is
// a plain Node process whose parent port this test holds. Not an Electron run.

const root = join(import.meta.dirname, '..', '..')
let built: string

beforeAll(async () => {
  const cache = join(root, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  built = mkdtempSync(join(cache, 'wirewatch-engine-'))
  const { config } = await resolveConfig({ root, logLevel: 'error' }, 'build', 'production')
  const main = config?.main
  if (main === undefined) throw new Error('electron.vite.config.ts has no main bundle')
  main.build = { ...main.build, outDir: join(built, 'out', 'main'), emptyOutDir: true }
  const input = {
    engine: 'src/main/engine.ts',
    reading: 'src/core/reading/worker.ts',
    checkpoint: 'src/core/store/checkpointThread.ts',
  }
  Object.assign(main.build, { rolldownOptions: { ...main.build.rolldownOptions, input } })
  await build(main)
  symlinkSync(join(root, 'resources'), join(built, 'resources'), 'junction')
  writeFileSync(join(built, 'package.json'), '{ "type": "module", "version": "0.0.7" }')
  copyFileSync(join(import.meta.dirname, 'fixtures', 'standInHost.js'), join(built, 'host.js'))
})
afterAll(() => rmSync(built, { recursive: true, force: true }))

test('the thread that reads feeds is bundled beside the engine', async () => {
  const thread = new Worker(join(built, 'out', 'main', 'reading.js'), {
    workerData: new Int32Array(new SharedArrayBuffer(4)),
  })
  try {
    const body = new TextEncoder().encode(rssFeed([{ title: 'Hello there' }]))
    const work = {
      source: { url: 'https://a.example/', language: 'en' },
      at: 0,
      body,
      contentType: '',
      url: '',
    }
    thread.postMessage({ type: 'read', id: 7, work })
    const [answer] = await once(thread, 'message')
    expect(answer).toMatchObject({ type: 'contents', id: 7, contents: { keys: [{ published: 0 }] } })
  } finally {
    await thread.terminate()
  }
})

test('the thread that copies the log is bundled beside the engine, and opens the archive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-log-'))
  const db = new Database(join(folder, 'wirewatch.sqlite'))
  db.pragma('journal_mode = WAL')
  db.prepare('CREATE TABLE story (id INTEGER PRIMARY KEY)').run()
  const state = new Int32Array(new SharedArrayBuffer(4))
  state[0] = Order.given
  const thread = new Worker(join(built, 'out', 'main', 'checkpoint.js'), {
    workerData: { file: db.name, state } satisfies CheckpointOrder,
  })
  try {
    thread.postMessage(null)
    expect(await once(thread, 'message')).toEqual([true])
    const [log] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
    expect(log?.checkpointed).toBe(log?.log)
    expect(log?.log).toBeGreaterThan(0)
  } finally {
    await thread.terminate()
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

let dataDir: string
let child: ChildProcess | undefined
let feed: Server | undefined
/** What the engine has sent to the main process. */
let sent: FromEngine[]
let calls: number

beforeEach(() => {
  dataDir = mkdtempSync(join(built, 'data-'))
  sent = []
  calls = 0
})
afterEach(() => {
  child?.kill('SIGKILL')
  child = undefined
  feed?.close()
  feed?.closeAllConnections()
})

type FromHost = { sent?: FromEngine; call?: number; answer?: unknown }

function startEngine(): ChildProcess {
  const engine = fork(join(built, 'host.js'), [`--data-dir=${dataDir}`], { stdio: 'pipe' })
  engine.on('message', ({ sent: message }: FromHost) => {
    if (message !== undefined) sent.push(message)
  })
  child = engine
  return engine
}

/** The first message of the host that `pick` makes something of. Rejects with what the engine wrote, where it ends before. */
function next<T>(engine: ChildProcess, pick: (message: FromHost) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    let written = ''
    const write = (chunk: Buffer): void => {
      written += chunk
    }
    const stop = (): void => {
      engine.off('message', read).off('exit', fail)
      for (const stream of [engine.stdout, engine.stderr]) stream?.off('data', write)
    }
    const read = (message: FromHost): void => {
      const picked = pick(message)
      if (picked === undefined) return
      stop()
      resolve(picked)
    }
    const fail = (): void => {
      stop()
      reject(new Error(`The engine ended: ${written}`))
    }
    engine.on('message', read).on('exit', fail)
    for (const stream of [engine.stdout, engine.stderr]) stream?.on('data', write)
  })
}

async function call(engine: ChildProcess, path: string, input: object = {}): Promise<unknown> {
  const id = ++calls
  const answer = next(engine, (message) => (message.call === id ? { answer: message.answer } : undefined))
  engine.send({ call: id, path: path.split('.'), input })
  return (await answer).answer
}

/** A message of this type that the main process got, or gets. */
function received<T extends FromEngine['type']>(
  engine: ChildProcess,
  type: T,
  fits: (message: Extract<FromEngine, { type: T }>) => boolean = () => true,
): Promise<Extract<FromEngine, { type: T }>> {
  const pick = (message: FromEngine | undefined) =>
    message?.type === type && fits(message as Extract<FromEngine, { type: T }>)
      ? (message as Extract<FromEngine, { type: T }>)
      : undefined
  const there = sent.map(pick).findLast((message) => message !== undefined)
  return there === undefined ? next(engine, ({ sent: message }) => pick(message)) : Promise.resolve(there)
}

/** A busy machine takes its time; what is waited for here is no matter of time. */
const WAITS_MS = 120_000

test('the engine answers the page on its line, and the command line at the address in the lock', async () => {
  const engine = startEngine()
  // The page may ask before the archive is open.
  engine.send({ type: 'port' })
  expect(await call(engine, 'app.info')).toMatchObject({ version: '0.0.7', dataDir, sample: false })
  expect(await call(engine, 'changes')).toEqual({ type: 'hello' })
  expect(await received(engine, 'open')).toBeDefined()
  expect(await received(engine, 'unread')).toEqual({ type: 'unread', unread: 0 })

  const by = holder(dataDir)
  expect(by).toMatchObject({ pid: engine.pid, shell: 'the desktop app' })
  const info = await fetch(`${by?.address}/rpc/app/info`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${by?.token}` },
    body: '{"json":{}}',
  })
  expect(((await info.json()) as { json: { dataDir: string } }).json.dataDir).toBe(dataDir)
  const page = await fetch(`${by?.address}/`, { headers: { Authorization: `Bearer ${by?.token}` } })
  expect(page.status).toBe(404)

  const ended = once(engine, 'exit')
  engine.send({ type: 'close' })
  expect(await ended).toEqual([0, null])
  expect(holder(dataDir)).toBeUndefined()
  expect(existsSync(join(dataDir, 'wirewatch.sqlite-wal'))).toBe(false)
})

test('a story that an alert waits for becomes news for the desktop, and counts as unread', async () => {
  const items: RssItem[] = []
  feed = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/rss+xml')
    response.end(rssFeed(items, { title: 'Harbour Post' }))
  }).listen(0, '127.0.0.1')
  await once(feed, 'listening')
  const url = `http://127.0.0.1:${(feed.address() as AddressInfo).port}/feed.xml`

  const engine = startEngine()
  engine.send({ type: 'port' })
  items.push({ id: '1', title: 'Fish market reopens', link: 'http://a.example/1' })
  expect(await call(engine, 'sources.add', { url })).not.toHaveProperty('failed')
  const alert = (await call(engine, 'alerts.save', {
    name: 'Lighthouses',
    query: 'lighthouse',
    enabled: true,
  })) as { id: number }
  items.push({ id: '2', title: 'Old lighthouse to shine again', link: 'http://a.example/2' })
  await call(engine, 'sources.refresh', {})
  const told = await received(engine, 'news')
  expect(told).toMatchObject({
    news: { tag: `alert-${alert.id}`, title: 'Lighthouses', body: 'Old lighthouse to shine again' },
  })
  expect(await received(engine, 'unread', ({ unread }) => unread > 0)).toEqual({ type: 'unread', unread: 1 })

  // Killed before the desktop has shown it, the next engine sends it again.
  const killed = once(engine, 'exit')
  engine.kill('SIGKILL')
  await killed
  sent = []
  const second = startEngine()
  expect(await received(second, 'news')).toEqual(told)
  second.send({ type: 'shown', id: told.id, failure: 'The desktop is busy.' })
  expect(await next(second, ({ sent: message }) => (message?.type === 'news' ? message : undefined))).toEqual(
    told,
  )
  second.send({ type: 'shown', id: told.id, failure: null })
  const ended = once(second, 'exit')
  second.send({ type: 'close' })
  expect(await ended).toEqual([0, null])

  sent = []
  const third = startEngine()
  third.send({ type: 'port' })
  await call(third, 'app.info')
  expect(sent.filter(({ type }) => type === 'news')).toEqual([])
})

test(
  'what the person chose on a notification is done, and a channel’s address is sealed by the main process',
  async () => {
    const engine = startEngine()
    engine.on('message', ({ sent: message }: FromHost) => {
      if (message?.type === 'seal' || message?.type === 'unseal')
        engine.send({
          type: 'secret',
          question: message.question,
          text: [...message.text].reverse().join(''),
        })
    })
    engine.send({ type: 'port' })
    const { id } = (await call(engine, 'alerts.save', { name: 'Ports', query: 'port', enabled: true })) as {
      id: number
    }
    feed = createServer((_request, response) => {
      response.setHeader('Content-Type', 'application/rss+xml')
      response.end(
        rssFeed([{ id: '1', title: 'A port', link: 'http://a.example/1' }], { title: 'Harbour Post' }),
      )
    }).listen(0, '127.0.0.1')
    await once(feed, 'listening')
    await call(engine, 'sources.add', {
      url: `http://127.0.0.1:${(feed.address() as AddressInfo).port}/feed.xml`,
    })
    const { news } = await received(engine, 'news')
    engine.send({ type: 'acted', act: 'snooze', news })
    const snoozed = async () =>
      ((await call(engine, 'inbox.overview', {})) as { hits: { snoozed: number } }).hits.snoozed
    await vi.waitFor(async () => expect(await snoozed()).toBe(1), WAITS_MS)
    engine.send({ type: 'acted', act: 'seen', news })
    expect(await received(engine, 'unread', ({ unread }) => unread === 0)).toEqual({
      type: 'unread',
      unread: 0,
    })

    const added = await call(engine, 'channels.add', {
      alert: id,
      kind: 'slack',
      address: 'https://hooks.invalid/s3cret',
    })
    expect(added).toMatchObject({ channel: { place: 'hooks.invalid' }, secret: null })
    const kept = readFileSync(join(dataDir, 'channel-secrets.json'), 'utf8')
    expect(kept).not.toContain('s3cret')
    expect(kept).toContain('terc3s')
    expect(
      await call(engine, 'channels.test', { id: (added as { channel: { id: string } }).channel.id }),
    ).toMatchObject({
      delivered: false,
      message: expect.stringMatching(/hooks\.invalid/),
    })
  },
  WAITS_MS,
)

test('feeds go through the system’s proxies, which the main process knows', async () => {
  const through: (string | undefined)[] = []
  feed = createServer((request, response) => {
    through.push(request.url)
    response.end(rssFeed([], { title: 'Harbour Post' }))
  }).listen(0, '127.0.0.1')
  await once(feed, 'listening')
  const { port } = feed.address() as AddressInfo
  const engine = startEngine()
  engine.on('message', ({ sent: message }: FromHost) => {
    if (message?.type === 'ask-proxies')
      engine.send({ type: 'proxies', question: message.question, list: `PROXY 127.0.0.1:${port}` })
  })
  engine.send({ type: 'port' })
  const added = await call(engine, 'sources.add', { url: 'http://harbour.example/feed.xml' })
  expect(added).toMatchObject({ title: 'Harbour Post' })
  expect(through[0]).toBe('http://harbour.example/feed.xml')
  expect(sent.some(({ type }) => type === 'ask-proxies')).toBe(true)
})

test('an engine whose folder is held says so in a sentence and ends; it does not wait or try again', async () => {
  const lock = acquire(dataDir, { shell: 'the browser shell' })
  try {
    const engine = startEngine()
    const [code] = await once(engine, 'exit')
    expect(code).toBe(1)
    expect(sent).toEqual([
      {
        type: 'refused',
        message:
          `The data folder ${dataDir} is in use by the browser shell (process ${process.pid}). ` +
          'Close that one first, or choose another folder with --data-dir.',
      },
    ])
  } finally {
    lock.release()
  }
})

test('a damaged archive is refused with a sentence, not met again and again', async () => {
  writeFileSync(join(dataDir, 'wirewatch.sqlite'), 'this is no database, though long enough to look like one')
  const engine = startEngine()
  const [code] = await once(engine, 'exit')
  expect(code).toBe(1)
  expect(sent).toEqual([
    { type: 'refused', message: expect.stringMatching(/^The archive .*wirewatch\.sqlite cannot be opened/) },
  ])
  expect(holder(dataDir)).toBeUndefined()
})

test('what the engine fails of stands in the log, to the last word', async () => {
  const lock = acquire(dataDir, { shell: 'the browser shell' })
  const engine = startEngine()
  await once(engine, 'exit')
  lock.release()
  expect(readFileSync(join(dataDir, 'wirewatch.log'), 'utf8')).toMatch(/in use by the browser shell/)
  // An error that nobody catches, as a fault of ours would be.
  const second = startEngine()
  second.send({ type: 'port' })
  await call(second, 'app.info')
  const ended = once(second, 'exit')
  second.send({ type: 'fault', message: 'out of order' })
  expect(await ended).toEqual([1, null])
  const log = readFileSync(join(dataDir, 'wirewatch.log'), 'utf8')
  expect(log).toMatch(/The engine fails: Error: out of order\n +at /)
})
