import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

// The preload as built for the app, run in a context that has what a sandboxed preload has: a window, and of Electron
// what the sandbox lets through. A stand-in: not an Electron run.

const root = join(import.meta.dirname, '..', '..')
let built: string
let code: string

beforeAll(async () => {
  const cache = join(root, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  built = mkdtempSync(join(cache, 'wirewatch-preload-'))
  const { config } = await resolveConfig({ root, logLevel: 'error' }, 'build', 'production')
  const preload = config?.preload
  if (preload === undefined) throw new Error('electron.vite.config.ts has no preload')
  preload.build = { ...preload.build, outDir: built, emptyOutDir: true }
  await build(preload)
  code = readFileSync(join(built, 'index.cjs'), 'utf8')
})
afterAll(() => rmSync(built, { recursive: true, force: true }))

type Listener = (...args: unknown[]) => unknown
let exposed: Map<string, Record<string, unknown>>
let fromMain: Map<string, Listener>
let toMain: string[]
let posted: unknown[][]
let visited: string[]
let heard: string[]
let ask: (event: object) => void
let page: object

beforeEach(() => {
  exposed = new Map()
  fromMain = new Map()
  toMain = []
  posted = []
  visited = []
  heard = []
  const window = {
    addEventListener: (_type: string, listener: (event: object) => void): void => {
      ask = listener
    },
    postMessage: (...args: unknown[]): void => {
      posted.push(args)
    },
    history: { pushState: (_state: null, _title: string, path: string): number => visited.push(path) },
    dispatchEvent: (event: Event): number => heard.push(event.type),
  }
  page = window
  const electron = {
    ipcRenderer: {
      on: (channel: string, listener: Listener): unknown => fromMain.set(channel, listener),
      send: (channel: string): number => toMain.push(channel),
      invoke: (...args: unknown[]): Promise<unknown[]> => Promise.resolve(args),
    },
    contextBridge: {
      exposeInMainWorld: (name: string, api: Record<string, unknown>): unknown => exposed.set(name, api),
    },
  }
  runInNewContext(code, {
    window,
    PopStateEvent: class extends Event {},
    process: { platform: 'linux', versions: { electron: '45.4.1' } },
    require: (name: string): object => {
      // A sandboxed preload can load little else; ours needs nothing else.
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`)
      return electron
    },
  })
})

test('the page gets a few small things and no way to say anything else to the main process', () => {
  expect([...exposed.keys()]).toEqual(['wirewatchShell'])
  expect(exposed.get('wirewatchShell')).toEqual({
    platform: 'linux',
    version: '45.4.1',
    onClosing: expect.any(Function),
    choices: expect.any(Function),
    choose: expect.any(Function),
  })
})

test('a person’s choices are read and changed in the main process', async () => {
  const { choices, choose } = exposed.get('wirewatchShell') as Record<string, Listener>
  expect(await choices?.()).toEqual(['choices'])
  expect(await choose?.({ spelling: true })).toEqual(['choose', { spelling: true }])
})

test('the page’s own question, and nobody else’s, asks for a line; the port goes on to the page', () => {
  ask({ source: {}, data: 'wirewatch-ask-port' })
  ask({ source: page, data: 'something else' })
  expect(toMain).toEqual([])
  ask({ source: page, data: 'wirewatch-ask-port' })
  expect(toMain).toEqual(['ask-line'])
  const ports = [{}]
  fromMain.get('line')?.({ ports })
  expect(posted).toEqual([['wirewatch-port', '*', ports]])
})

test('the page is told when the engine ended', () => {
  fromMain.get('engine-lost')?.({}, 500)
  expect(posted).toEqual([['wirewatch-lost', '*']])
})

test('a link leads to an address of the page, which hears of it as of the back button', () => {
  fromMain.get('go')?.({}, '/stories?story=12')
  expect(visited).toEqual(['/stories?story=12'])
  expect(heard).toEqual(['popstate'])
})

test('the window closes after the page has finished, though it failed', async () => {
  const onClosing = exposed.get('wirewatchShell')?.onClosing as (callback: Listener) => void
  let finish: () => void = () => undefined
  onClosing(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve
      }),
  )
  onClosing(() => {
    throw new Error('a fault of the page')
  })
  fromMain.get('closing')?.({})
  await new Promise(setImmediate)
  expect(toMain).toEqual([])
  finish()
  await vi.waitFor(() => expect(toMain).toEqual(['farewell']))
})
