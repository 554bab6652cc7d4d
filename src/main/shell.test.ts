import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { CONTENT_SECURITY_POLICY, DEVELOPMENT_POLICY } from '../engine/pagePolicy.ts'
import type { ToEngine } from './messages.ts'

// These tests run the main bundle, built as for the app, against a recording stand-in of Electron. They hold what the
// shell asks of Electron. Whether Electron does it is for the end-to-end tests where its binary exists.

type StandIn = typeof import('./fixtures/standIn.ts')

const root = join(import.meta.dirname, '..', '..')
let built: string
let dataDir: string
let electron: StandIn
let launches = 0

beforeAll(async () => {
  const cache = join(root, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  built = mkdtempSync(join(cache, 'wirewatch-shell-'))
  const { config } = await resolveConfig({ root, logLevel: 'error' }, 'build', 'production')
  const main = config?.main
  if (main === undefined) throw new Error('electron.vite.config.ts has no main bundle')
  // The engine has a test of its own, on the real core.
  main.build = { ...main.build, outDir: join(built, 'out', 'main'), emptyOutDir: true }
  Object.assign(main.build, {
    rolldownOptions: { ...main.build.rolldownOptions, input: { index: 'src/main/index.ts' } },
  })
  await build(main)
  mkdirSync(join(built, 'out', 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(built, 'out', 'renderer', 'index.html'), '<!doctype html><title>Wirewatch</title>')
  writeFileSync(join(built, 'out', 'renderer', 'assets', 'index-abc.js'), 'export {}')
  writeFileSync(join(built, 'secret.txt'), 'not for the page')
  // As JavaScript beside the bundle, so that the test and the bundle load the very same module.
  const standIn = readFileSync(join(import.meta.dirname, 'fixtures', 'standIn.ts'), 'utf8')
  writeFileSync(join(built, 'standIn.js'), stripTypeScriptTypes(standIn))
  writeFileSync(join(built, 'package.json'), '{ "type": "module" }')

  // Each launch has its own copy of the bundle's modules and of the stand-in.
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const replaced = specifier === 'electron' || specifier === 'node:child_process'
      if (!replaced || !context.parentURL?.includes('?launch=')) return next(specifier, context)
      const launch = new URL(context.parentURL).search
      return { url: pathToFileURL(join(built, 'standIn.js')).href + launch, shortCircuit: true }
    },
  })
  return () => hooks.deregister()
})
afterAll(() => rmSync(built, { recursive: true, force: true }))

beforeEach(() => {
  dataDir = mkdtempSync(join(built, 'data-'))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
const { platform: here } = process
/** What the bundle listens to on the process, which is the test's own. */
const added: [string, (...args: unknown[]) => void][] = []
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: here })
  for (const [event, listener] of added.splice(0)) process.off(event, listener)
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

interface Launch extends Partial<StandIn['setting']> {
  args?: string[]
  /** Without `--data-dir`: HOME has the folder. */
  usualFolder?: boolean
  /** Electron becomes ready only when the test says so. */
  waits?: boolean
}

/** Starts the bundle as Electron would. */
async function launch({
  args = [],
  waits = false,
  usualFolder = false,
  ...setting
}: Launch = {}): Promise<StandIn> {
  launches += 1
  vi.stubGlobal('standInSetting', {
    packaged: true,
    platform: 'linux',
    first: true,
    tray: true,
    capabilities: "(['body', 'body-markup'],)",
    switches: [],
    languages: ['de-CH', 'en-GB'],
    displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1050 } }],
    appData: join(built, 'config'),
    login: 'off',
    openedAtLogin: false,
    keyring: 'gnome_libsecret',
    ...setting,
  } satisfies StandIn['setting'])
  Object.defineProperty(process, 'platform', { value: here })
  vi.spyOn(process, 'on').mockImplementation((event, listener) => {
    added.push([String(event), listener])
    return process.addListener(event as 'message', listener)
  })
  const send = vi.fn()
  vi.spyOn(process, 'argv', 'get').mockReturnValue([
    'wirewatch',
    ...(usualFolder ? [] : [`--data-dir=${dataDir}`]),
    ...args,
  ])
  Object.defineProperty(process, 'send', { value: send, configurable: true, writable: true })
  const url = (file: string): string => `${pathToFileURL(file).href}?launch=${launches}`
  electron = (await import(/* @vite-ignore */ url(join(built, 'standIn.js')))) as StandIn
  await import(/* @vite-ignore */ url(join(built, 'out', 'main', 'index.js')))
  if (waits) return electron
  electron.app.becomeReady()
  await settle()
  return electron
}

/** Lets promises that are already decided run. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 30; i++) await Promise.resolve()
}
const window = () => electron.windows.at(-1) as StandIn['windows'][number]
const page = () => window().page
const engine = () => electron.engines.at(-1) as StandIn['engines'][number]
const logged = (): string => readFileSync(join(dataDir, 'wirewatch.log'), 'utf8')
/** The page has finished what it does before its window closes. */
const farewell = async (): Promise<void> => {
  electron.ipcMain.emit('farewell', { sender: page() })
  await settle()
}
/** The page asks for its line to the engine. */
const ask = (sender: StandIn['windows'][number]['page'] = page()): void => {
  electron.ipcMain.emit('ask-line', { sender, senderFrame: sender.mainFrame })
}

test('there is one window: sandboxed, isolated, without Node, with the preload and nothing else', async () => {
  await launch()
  expect(electron.windows).toHaveLength(1)
  expect(window().options.webPreferences).toEqual({
    preload: join(built, 'out', 'preload', 'index.cjs'),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  })
  expect(electron.called('enableSandbox')).toHaveLength(1)
  expect(window().url).toBe('app://wirewatch/')
  expect(window().options.show).toBe(false)
  window().emit('ready-to-show')
  expect(window().visible).toBe(true)
})

test('"npm start" hears that Electron is up', async () => {
  await launch()
  expect(process.send).toHaveBeenCalledWith('up')
})

test('Electron keeps its own files inside the data folder, so that two data folders are two apps', async () => {
  await launch()
  expect(electron.app.paths.get('userData')).toBe(join(dataDir, 'desktop'))
  await launch({ args: ['--sample'] })
  expect(electron.app.paths.get('userData')).toBe(join(dataDir, 'sample', 'desktop'))
  expect(engine().args).toEqual([`--data-dir=${dataDir}`, '--sample'])
})

test('the page’s scheme is a place of its own: standard, secure, and past no policy', async () => {
  await launch()
  expect(electron.called('registerSchemesAsPrivileged')).toEqual([
    [
      [
        {
          scheme: 'app',
          privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
        },
      ],
    ],
  ])
})

const fetchPage = (address: string, method = 'GET'): Response =>
  electron.handlers.get('protocol app')?.(new Request(address, { method })) as Response

test('every answer of app:// carries the policy as a response header, refusals too', async () => {
  await launch()
  for (const address of [
    'app://wirewatch/',
    'app://wirewatch/assets/index-abc.js',
    'app://wirewatch/no.js',
  ]) {
    const { headers } = fetchPage(address)
    expect(headers.get('Content-Security-Policy'), address).toBe(CONTENT_SECURITY_POLICY)
    expect(headers.get('X-Content-Type-Options'), address).toBe('nosniff')
  }
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'; script-src 'self';")
})

test('app:// serves the built files by their type, and the page for its own views', async () => {
  await launch()
  const script = fetchPage('app://wirewatch/assets/index-abc.js')
  expect([script.status, script.headers.get('Content-Type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  for (const view of ['', 'stories?q=china', 'alerts/3'])
    expect(await fetchPage(`app://wirewatch/${view}`).text()).toContain('<title>Wirewatch</title>')
  expect(await fetchPage('app://wirewatch/', 'HEAD').text()).toBe('')
})

test('no address of app:// leads out of the page’s folder or to another host', async () => {
  await launch()
  for (const address of [
    'app://wirewatch/../secret.txt',
    'app://wirewatch/../../secret.txt',
    'app://wirewatch/%2e%2e/%2e%2e/secret.txt',
    'app://wirewatch/..%2f..%2fsecret.txt',
    'app://wirewatch/..%5c..%5csecret.txt',
    'app://wirewatch/assets/../../../secret.txt',
    'app://wirewatch/%00secret.txt',
    'app://wirewatch/%ff.txt',
    'app://evil/index.html',
    'app://evil/',
  ]) {
    const answer = fetchPage(address)
    expect(answer.status, address).toBe(404)
    expect(await answer.text(), address).not.toContain('not for the page')
  }
  expect(fetchPage('app://wirewatch/', 'POST').status).toBe(405)
})

test('the page cannot navigate away, embed, or be redirected', async () => {
  await launch()
  const { webContents } = window()
  const goes = (event: string, url: string, isMainFrame = true): boolean => {
    const details = electron.preventable({ url, isMainFrame })
    webContents.emit(event, details)
    return !details.defaultPrevented
  }
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    expect(goes(event, 'app://wirewatch/stories'), event).toBe(true)
    for (const url of [
      'https://example.org/',
      'app://evil/',
      'app://wirewatch.evil/',
      'app://user@wirewatch/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
      'not an address',
    ])
      expect(goes(event, url), `${event} ${url}`).toBe(false)
  }
  expect(goes('will-frame-navigate', 'app://wirewatch/', false)).toBe(false)
  expect(goes('will-attach-webview', 'app://wirewatch/')).toBe(false)
})

test('a line to the engine is not sent to a page that is gone, or between two documents', async () => {
  await launch({ platform: 'darwin' })
  ask()
  page().frameless = true
  engine().end(1)
  vi.advanceTimersByTime(500)
  expect(logged()).toContain('Render frame was disposed')
  page().frameless = false
  ask()
  expect(page().posted).toHaveLength(2)
  // A window that ended otherwise than by being closed.
  window().destroy()
  engine().end(1)
  vi.advanceTimersByTime(1000)
  electron.ipcMain.emit('ask-line', { sender: page(), senderFrame: null })
  expect(engine().got).toEqual([])
})

test('an engine that V8 ends is an engine that ended, not an error of the shell', async () => {
  await launch()
  engine().emit('error', 'FatalError', 'v8::internal::V8::FatalProcessOutOfMemory', '{}')
  engine().end(133)
  expect(logged()).toMatch(/The engine failed \(FatalError, v8::internal/)
  vi.advanceTimersByTime(500)
  expect(electron.engines).toHaveLength(2)
})

test('a link or a click that comes while the page loads is kept until the page listens', async () => {
  await launch({ waits: true })
  // macOS hands a link over before the app is ready, a second launch its own.
  electron.app.emit('open-url', electron.preventable(), 'wirewatch://open?story=5')
  electron.app.becomeReady()
  await settle()
  expect(window().url).toBe('app://wirewatch/stories?story=5')
  const news = {
    tag: 'alert-3',
    title: 'BRICS',
    body: 'Summit opens',
    path: '/stories?story=12',
    alert: 3,
    story: 12,
  }
  engine().emit('message', { type: 'news', id: 1, news })
  electron.notifications[0]?.emit('click')
  expect(page().sent).toEqual([])
  ask()
  expect(page().sent).toEqual([['go', '/stories?story=12']])
  ask()
  expect(page().sent).toHaveLength(1)
  // Loaded again, it listens no more until it asks.
  page().reload()
  electron.app.emit('second-instance', {}, ['wirewatch', '--', 'wirewatch://open?story=7'])
  expect(page().sent).toHaveLength(1)
  ask()
  expect(page().sent.at(-1)).toEqual(['go', '/stories?story=7'])
})

test('an app that is quitting opens no window again', async () => {
  await launch()
  electron.app.quit()
  await settle()
  electron.app.emit('second-instance', {}, ['wirewatch'])
  electron.app.emit('activate')
  expect(electron.windows).toHaveLength(1)
})

test('"npm start" asks by a message on Windows, where a signal is a kill', async () => {
  await launch({ platform: 'win32' })
  process.emit('message', 'hello', undefined)
  expect(electron.called('quit')).toEqual([])
  process.emit('message', 'quit', undefined)
  expect(electron.called('quit')).not.toEqual([])
})

test('in development the installed app’s entry in the Start menu stays its own', async () => {
  await launch({ platform: 'win32' })
  expect(electron.called('setAppUserModelId')).toEqual([['org.wirewatch.desktop']])
  await launch({ platform: 'win32', packaged: false })
  expect(electron.called('setAppUserModelId')).toEqual([[process.execPath]])
  expect(electron.called('setAsDefaultProtocolClient')).toEqual([])
  await launch({ packaged: false })
  expect(electron.called('setDesktopName')).toEqual([['wirewatch-development.desktop']])
})

test('in development a restarted app waits until the one before has closed', async () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173')
  await launch({ packaged: false, first: false })
  expect(electron.called('quit')).toEqual([])
  electron.setting.first = true
  await vi.advanceTimersByTimeAsync(250)
  await settle()
  expect(electron.windows).toHaveLength(1)
  await launch({ packaged: false, first: false })
  await vi.advanceTimersByTimeAsync(20_250)
  expect(electron.called('quit')).toHaveLength(1)
  expect(electron.windows).toEqual([])
})

test('an app that is started while the one before closes waits for it, and asks it for nothing', async () => {
  await launch()
  window().emit('ready-to-show')
  electron.app.quit()
  await farewell()
  const note = join(dataDir, 'desktop', 'closing')
  expect(readFileSync(note, 'utf8')).toBe(String(process.pid))
  await launch({ first: false })
  const asked = () => electron.called('requestSingleInstanceLock').length
  expect([electron.called('quit'), electron.windows, asked()]).toEqual([[], [], 1])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked()).toBe(1)
  electron.setting.first = true
  rmSync(note)
  await vi.advanceTimersByTimeAsync(250)
  await settle()
  expect(electron.windows).toHaveLength(1)
  // A note of an app that was killed is nobody's.
  writeFileSync(note, '4194305')
  await launch({ first: false })
  expect(electron.called('quit')).toHaveLength(1)
})

test('an app that has ended leaves no note that it is closing', async () => {
  await launch()
  electron.app.quit()
  engine().end(0)
  await settle()
  expect(electron.app.ended).toBe(0)
  expect(existsSync(join(dataDir, 'desktop', 'closing'))).toBe(false)
})

test('a folder whose mark is of another computer is said so; it would be respected for ever, without a word', async () => {
  await launch({ first: false, mark: { host: 'old-name', pid: 1 } })
  const [[, sentence] = []] = electron.called('showErrorBox')
  expect(sentence).toContain('on the computer "old-name"')
  expect(sentence).toContain(join(dataDir, 'desktop', 'SingletonLock'))
  expect([electron.windows, electron.app.ended]).toEqual([[], 1])
})

test('a mark that cannot be made is tried again, then said; that of an app on this machine is left alone at once', async () => {
  for (const mark of ['none', { pid: process.pid }, { pid: 4194305 }] as const) {
    await launch({ first: false, mark })
    expect([electron.called('quit'), electron.called('showErrorBox')]).toEqual([[], []])
    await vi.advanceTimersByTimeAsync(20_250)
    await settle()
    expect(electron.called('showErrorBox')[0]?.[1]).toContain('could not be made')
  }
  await launch({ first: false, mark: 'none' })
  electron.setting.first = true
  await vi.advanceTimersByTimeAsync(250)
  await settle()
  expect(electron.windows).toHaveLength(1)
  await launch({ first: false })
  expect(electron.called('quit')).toHaveLength(1)
})

test('a window in full screen leaves it before it is hidden', async () => {
  await launch({ platform: 'darwin' })
  window().emit('ready-to-show')
  window().full = true
  window().close()
  await farewell()
  expect(electron.called('setFullScreen')).toEqual([[false]])
  expect(window().visible).toBe(true)
  window().emit('leave-full-screen')
  expect(window().visible).toBe(false)
})

/** The labels and roles of a menu and what stands in it. */
const names = (items: readonly { label?: string; role?: string; submenu?: object[] }[]): string[] =>
  items.flatMap(({ label, role, submenu }) => [role ?? label ?? '-', ...names(submenu ?? [])])

test('the menu has one Quit and one About on each system, and zooms by Ctrl and "=" too', async () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    await launch({ platform })
    const [[menu] = []] = electron.called('setApplicationMenu')
    const roles = names(menu as object[])
    // macOS has both in its application menu.
    const mac = platform === 'darwin'
    for (const role of ['quit', 'about'])
      expect(
        roles.filter((name) => name === role),
        platform,
      ).toHaveLength(mac ? 0 : 1)
    expect(roles.filter((name) => name === 'appMenu')).toHaveLength(mac ? 1 : 0)
    for (const key of ['=', 'numadd', 'numsub', 'num0'])
      expect(JSON.stringify(menu)).toContain(`"accelerator":"CommandOrControl+${key}"`)
    expect(roles).not.toContain('toggleDevTools')
  }
})

test('a right click offers what can be done there, and looking up on macOS alone', async () => {
  const params = {
    misspelledWord: '',
    dictionarySuggestions: [] as string[],
    linkURL: '',
    selectionText: '',
    isEditable: false,
    editFlags: { canCut: true, canCopy: true, canPaste: true, canSelectAll: true },
  }
  const offered = (more: Partial<typeof params>): string[] => {
    page().emit('context-menu', {}, { ...params, ...more })
    return names(electron.popups.splice(0)[0] ?? [])
  }
  await launch()
  expect(offered({})).toEqual([])
  expect(offered({ selectionText: 'BRICS' })).toEqual(['copy'])
  expect(offered({ isEditable: true, misspelledWord: 'sumit', dictionarySuggestions: ['summit'] })).toEqual([
    'summit',
    'Add to Dictionary',
    '-',
    'cut',
    'copy',
    'paste',
    'selectAll',
  ])
  page().emit('context-menu', {}, { ...params, isEditable: true, misspelledWord: 'Wagenknecht' })
  electron.popups.splice(0)[0]?.[0]?.click?.()
  expect(electron.called('addWordToSpellCheckerDictionary')[0]?.[0]).toBe('Wagenknecht')
  expect(offered({ linkURL: 'https://a.example/', selectionText: 'a' })).toEqual([
    'Copy Link Address',
    '-',
    'copy',
  ])
  expect(offered({ linkURL: 'app://wirewatch/stories' })).toEqual([])
  await launch({ platform: 'darwin' })
  expect(offered({ selectionText: 'BRICS' })).toEqual(['Look Up “BRICS”', '-', 'copy'])
})

test('a new window never opens; plain http(s) links open in the person’s browser, nothing else does', async () => {
  await launch()
  const opens = (url: string): unknown => {
    expect(page().openHandler({ url }), url).toEqual({ action: 'deny' })
    return electron.called('openExternal').at(-1)?.[0]
  }
  for (const url of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-msdt:/id',
    'wirewatch://open?q=x',
    'app://wirewatch/',
    'mailto:a@b.example',
    'data:text/html,x',
    'http://',
    'https//example.org',
    '',
  ])
    expect(opens(url), url).toBeUndefined()
  expect(opens('https://example.org/a b?c="d')).toBe('https://example.org/a%20b?c=%22d')
  expect(opens('http://example.org')).toBe('http://example.org/')
})

test('a page of ours offers its word to strangers over no channel of its own', async () => {
  await launch()
  expect(electron.called('setWebRTCIPHandlingPolicy')).toEqual([['disable_non_proxied_udp']])
})

test('Chromium asks nothing of the network by itself: no dictionary, no lookup elsewhere, and no proxy to go by', async () => {
  await launch()
  // Before Electron is ready: it looks for dictionaries as it makes the session, whether or not a window checks spelling.
  const nowhere = 'http://127.0.0.1:9/'
  for (const [name, value] of [
    ['setSpellCheckerDictionaryDownloadURL', nowhere],
    ['setSpellCheckerEnabled', false],
    ['setSpellCheckerLanguages', []],
  ] as const)
    expect(electron.called(name)[0], name).toEqual([value, '', 'before ready'])
  // Every session, that of the proxies too.
  expect(electron.called('setSpellCheckerEnabled')[1]).toEqual([false, 'proxies'])
  expect(electron.called('setProxy')).toEqual([[{ mode: 'fixed_servers', proxyRules: '127.0.0.1:9' }, '']])
  expect(electron.called('configureHostResolver')).toEqual([
    [{ secureDnsMode: 'off', enableAdditionalDnsQueryTypes: false }],
  ])
  const { switches } = electron.app.commandLine
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'dns-prefetch-disable',
    'no-pings',
  ])
    expect(switches.has(name), name).toBe(true)
  for (const feature of [
    'AutofillServerCommunication',
    'NetworkTimeServiceQuerying',
    'Translate',
    'MediaRouter',
  ])
    expect(switches.get('disable-features')?.split(','), feature).toContain(feature)
})

test('spelling is checked from the next start on where the person chooses it, in the languages there are', async () => {
  await launch()
  const read = (): unknown =>
    electron.handlers.get('ipc choices')?.({ sender: page(), senderFrame: page().mainFrame })
  expect(read()).toMatchObject({ spelling: false })
  expect(
    electron.handlers.get('ipc choose')?.({ sender: page(), senderFrame: {} }, { spelling: true }),
  ).toBeNull()
  await expect(choose({ spelling: 'yes' })).rejects.toThrow(/spelling/)
  expect(read()).toMatchObject({ spelling: false })
  expect(await choose({ spelling: true, other: 1 })).toMatchObject({
    choices: { spelling: true },
    refused: null,
  })
  expect(read()).toMatchObject({ spelling: true })
  expect(window().options.webPreferences.spellcheck).toBe(false)

  await launch()
  expect(electron.called('setSpellCheckerLanguages')[0]).toEqual([['de', 'en-GB'], '', 'before ready'])
  expect(electron.called('setSpellCheckerEnabled')[0]).toEqual([true, '', 'before ready'])
  expect(electron.called('setSpellCheckerDictionaryDownloadURL')[0]?.[0]).toMatch(
    /^https:\/\/redirector\.gvt1\.com\//,
  )
  expect(window().options.webPreferences.spellcheck).toBe(true)
  // What is fetched for it passes the lock, and only as Chromium's own request.
  expect(electron.called('setProxy')[0]?.[0]).toMatchObject({ proxyBypassRules: '*.gvt1.com' })
  const passes = (url: string, webContentsId?: number): boolean => {
    const answer = vi.fn()
    electron.handlers.get('before-request')?.({ url, webContentsId }, answer)
    return answer.mock.calls[0]?.[0].cancel === false
  }
  expect(passes('https://redirector.gvt1.com/edgedl/chrome/dict/de-3-0.bdic')).toBe(true)
  expect(passes('https://r3---sn-a.gvt1.com/edgedl/chrome/dict/de-3-0.bdic')).toBe(true)
  expect(passes('https://redirector.gvt1.com/', 1)).toBe(false)
  for (const url of ['https://gvt1.com.evil.example/', 'http://redirector.gvt1.com/', 'https://example.org/'])
    expect(passes(url), url).toBe(false)
})

const choose = async (change: unknown): Promise<unknown> =>
  electron.handlers.get('ipc choose')?.({ sender: page(), senderFrame: page().mainFrame }, change)

test('starting at login is the system’s to keep: off at first, asked each time, with the folder of this app', async () => {
  await launch({ platform: 'win32' })
  const args = [`"--data-dir=${dataDir}"`, '--hidden']
  const choices = () =>
    electron.handlers.get('ipc choices')?.({ sender: page(), senderFrame: page().mainFrame })
  expect(choices()).toEqual({ spelling: false, startAtLogin: false })
  expect(await choose({ startAtLogin: true })).toEqual({
    choices: { spelling: false, startAtLogin: true },
    refused: null,
  })
  expect(electron.called('setLoginItemSettings')).toEqual([[{ openAtLogin: true, args }]])
  // Somebody switches it off in the Task Manager.
  electron.setting.login = 'switched off'
  expect(choices()).toMatchObject({ startAtLogin: false })
  electron.setting.login = 'on'
  expect(await choose({ startAtLogin: false })).toMatchObject({ choices: { startAtLogin: false } })
  expect(electron.called('setLoginItemSettings')[1]).toEqual([{ openAtLogin: false, args }])
})

test('a system that does not take it over is said so, and the choice stays as it was', async () => {
  await launch({ platform: 'win32', login: 'refuses' })
  expect(await choose({ startAtLogin: true })).toEqual({
    choices: { spelling: false, startAtLogin: false },
    refused: 'The system did not take it over.',
  })
  vi.stubEnv('XDG_DATA_HOME', dataDir)
  await launch({ platform: 'darwin', usualFolder: true, login: 'asks for approval' })
  expect(await choose({ startAtLogin: true })).toMatchObject({
    choices: { startAtLogin: false },
    refused: expect.stringContaining('System Settings'),
  })
  // A choice that cannot be kept is no fault of the page.
  const kept = join(dataDir, 'wirewatch', 'desktop')
  rmSync(kept, { recursive: true, force: true })
  writeFileSync(kept, 'a file in its place')
  expect(await choose({ spelling: true })).toMatchObject({
    choices: { spelling: false },
    refused: expect.stringMatching(/EEXIST|ENOTDIR/),
  })
})

test('where a start could not be repeated at login, it is not offered', async () => {
  const offered = async (setting: Launch): Promise<unknown> => {
    await launch(setting)
    return electron.handlers.get('ipc choices')?.({ sender: page(), senderFrame: page().mainFrame })
  }
  // Electron's own program, and a folder that macOS could not be told.
  expect(await offered({ packaged: false })).toMatchObject({ startAtLogin: null })
  expect(await offered({ platform: 'darwin' })).toMatchObject({ startAtLogin: null })
})

test('on Linux an entry of the autostart folder starts the app; an AppImage by its file', async () => {
  const appData = join(dataDir, 'config')
  vi.stubEnv('APPIMAGE', '/home/a b/wirewatch.AppImage')
  await launch({ appData })
  expect(await choose({ startAtLogin: true })).toMatchObject({
    choices: { startAtLogin: true },
    refused: null,
  })
  const file = join(appData, 'autostart', 'wirewatch.desktop')
  // The working folder is another at login.
  await launch({ appData, args: [`--data-dir=${relative(process.cwd(), dataDir)}`] })
  expect(
    electron.handlers.get('ipc choices')?.({ sender: page(), senderFrame: page().mainFrame }),
  ).toMatchObject({ startAtLogin: true })
  expect(readFileSync(file, 'utf8')).toContain(
    `Exec="/home/a b/wirewatch.AppImage" "--data-dir=${dataDir}" "--hidden"`,
  )
  expect(electron.called('setLoginItemSettings')).toEqual([])
  expect(await choose({ startAtLogin: false })).toMatchObject({ choices: { startAtLogin: false } })
  expect(() => readFileSync(file)).toThrow(/ENOENT/)
})

test('an app that the system starts at login opens no window until it is asked for one', async () => {
  for (const setting of [
    { platform: 'win32', args: ['--hidden'] },
    { platform: 'linux', args: ['--hidden'] },
    { platform: 'darwin', openedAtLogin: true },
  ] as const) {
    await launch({ ...setting, args: [...('args' in setting ? setting.args : [])] })
    expect(electron.windows, setting.platform).toEqual([])
    expect(electron.engines).toHaveLength(1)
    expect(electron.trays).toHaveLength(1)
    // The system starts it again: it runs already.
    electron.app.emit('second-instance', {}, ['wirewatch', '--hidden'])
    expect(electron.windows).toEqual([])
    electron.trays[0]?.menu.find(({ label }) => label === 'Open Wirewatch')?.click?.()
    expect(electron.windows).toHaveLength(1)
  }
})

test('at login it waits for the desktop’s place for trays, and opens its window where none comes', async () => {
  await launch({ args: ['--hidden'], tray: false })
  expect(electron.trays).toEqual([])
  electron.setting.tray = true
  await vi.advanceTimersByTimeAsync(1000)
  await settle()
  expect(electron.trays).toHaveLength(1)
  expect(electron.windows).toEqual([])

  await launch({ args: ['--hidden'], tray: false })
  await vi.advanceTimersByTimeAsync(31_000)
  await settle()
  expect(electron.windows).toHaveLength(1)

  // The person starts it meanwhile, by a link.
  await launch({ args: ['--hidden'], tray: false })
  electron.app.emit('second-instance', {}, ['wirewatch', '--', 'wirewatch://open?story=12'])
  await vi.advanceTimersByTimeAsync(1000)
  await settle()
  expect(window().url).toBe('app://wirewatch/stories?story=12')
})

test('the app does not open without its sandbox, and says what would help', async () => {
  await launch({ switches: ['no-sandbox'] })
  expect(electron.windows).toEqual([])
  expect(electron.engines).toEqual([])
  expect(electron.called('showErrorBox')[0]?.[1]).toMatch(/does not run without its sandbox.*\.deb/s)
  expect(electron.app.ended).toBe(1)
})

test('a data folder that cannot be written is a dialog that says what to do, on a Linux desktop too', async () => {
  const file = join(dataDir, 'a file')
  writeFileSync(file, '')
  dataDir = join(file, 'data')
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await launch()
  expect(electron.called('stderr')).toEqual([])
  const [[title, sentence] = []] = electron.called('showErrorBox')
  expect(title).toBe('Wirewatch cannot open')
  expect(sentence).toContain(`The data folder ${dataDir} cannot be used: it is no folder.`)
  expect(sentence).toContain('--data-dir')
  expect([electron.windows, electron.engines, electron.app.ended]).toEqual([[], [], 1])
})

test('the page may copy by itself; a frame in it and any other place may not', async () => {
  await launch()
  const COPY = 'clipboard-sanitized-write'
  const asks = (requestingUrl: string, isMainFrame = true): unknown => {
    const answer = vi.fn()
    electron.handlers.get('permission-request')?.(page(), COPY, answer, { requestingUrl, isMainFrame })
    return answer.mock.calls[0]?.[0]
  }
  const checks = (origin: string): unknown =>
    electron.handlers.get('permission-check')?.(page(), COPY, origin, {})
  expect([asks('app://wirewatch/alerts/3'), checks('app://wirewatch/')]).toEqual([true, true])
  expect(asks('app://wirewatch/', false)).toBe(false)
  for (const elsewhere of ['https://example.org/', 'app://evil/', ''])
    expect([asks(elsewhere), checks(elsewhere)], elsewhere).toEqual([false, false])
})

test('every other permission is denied, asked for or checked', async () => {
  await launch()
  const from = { requestingUrl: 'app://wirewatch/', isMainFrame: true }
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'hid',
    'openExternal',
  ]) {
    const answer = vi.fn()
    electron.handlers.get('permission-request')?.(page(), permission, answer, from)
    expect(answer.mock.calls).toEqual([[false]])
    expect(electron.handlers.get('permission-check')?.(page(), permission, from.requestingUrl, from)).toBe(
      false,
    )
  }
  expect(electron.handlers.get('device-permission')?.({})).toBe(false)
})

test('the page reaches its own files and nothing on any network', async () => {
  await launch()
  const passes = (url: string): boolean => {
    const answer = vi.fn()
    electron.handlers.get('before-request')?.({ url }, answer)
    return answer.mock.calls[0]?.[0].cancel === false
  }
  for (const url of ['app://wirewatch/assets/a.js', 'data:image/png;base64,', 'blob:app://wirewatch/1'])
    expect(passes(url), url).toBe(true)
  for (const url of [
    'https://example.org/',
    'http://127.0.0.1:80/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'app://evil/',
  ])
    expect(passes(url), url).toBe(false)
})

test('an installed app takes no page from elsewhere; the development server’s gets its own policy', async () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173')
  await launch()
  expect(window().url).toBe('app://wirewatch/')
  await launch({ packaged: false })
  expect(window().url).toBe('http://localhost:5173/')
  const answer = vi.fn()
  electron.handlers.get('headers-received')?.({ responseHeaders: { Server: ['vite'] } }, answer)
  expect(answer.mock.calls[0]?.[0].responseHeaders).toEqual({
    Server: ['vite'],
    'Content-Security-Policy': [DEVELOPMENT_POLICY],
  })
})

test('the page that asks gets one end of a line, and the engine the other', async () => {
  await launch()
  expect(engine().bundle).toBe(join(built, 'out', 'main', 'engine.js'))
  expect(engine().got).toEqual([])
  ask()
  expect(engine().got.map(({ message }) => message)).toEqual([{ type: 'port' }])
  const [posted] = page().posted
  expect(posted?.channel).toBe('line')
  expect(posted?.ports).toHaveLength(1)
  expect(posted?.ports[0]).not.toBe(engine().got[0]?.ports[0])
  ask()
  expect(page().posted).toHaveLength(2)
})

test('nobody but the window’s own top frame gets a line', async () => {
  await launch()
  const { webContents } = window()
  electron.ipcMain.emit('ask-line', { sender: webContents, senderFrame: {} })
  const stranger = { mainFrame: {} } as typeof webContents
  ask(stranger)
  expect(engine().got).toEqual([])
  expect(webContents.posted).toEqual([])
})

test('an engine that dies is started again, later each time, and the page is told and gets a new line', async () => {
  await launch()
  ask()
  for (const [times, delay] of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
    const { sent, posted } = page()
    engine().end(1)
    expect(sent.at(-1)).toEqual(['engine-lost', delay])
    // A page that asks meanwhile waits for the next engine.
    ask()
    expect(posted).toHaveLength(times + 1)
    vi.advanceTimersByTime(delay - 1)
    expect(electron.engines).toHaveLength(times + 1)
    vi.advanceTimersByTime(1)
    expect(electron.engines).toHaveLength(times + 2)
    expect(engine().got.map(({ message }) => message)).toEqual([{ type: 'port' }])
    expect(posted).toHaveLength(times + 2)
  }
  // Asked, not told in a box: that would hold up the engines that follow until somebody closes it.
  expect(electron.called('showErrorBox')).toEqual([])
  const asked = electron.called('showMessageBox') as { detail: string }[][]
  expect(asked.map(([{ detail } = { detail: '' }]) => detail)).toEqual([
    expect.stringContaining(join(dataDir, 'wirewatch.log')),
  ])
  expect(electron.called('quit')).toEqual([])
})

test('a person who is told that the engine keeps failing may quit', async () => {
  await launch()
  electron.answers.push(1)
  for (const delay of [500, 1000, 2000, 4000]) {
    engine().end(1)
    vi.advanceTimersByTime(delay)
  }
  engine().end(1)
  await settle()
  expect(electron.called('quit')).not.toEqual([])
})

test('an engine that has run soundly for a minute is started again at once, as if for the first time', async () => {
  await launch()
  for (const delay of [500, 1000]) {
    engine().end(1)
    vi.advanceTimersByTime(delay)
  }
  vi.advanceTimersByTime(60_000)
  engine().end(139)
  expect(page().sent.at(-1)).toEqual(['engine-lost', 500])
})

test('an engine that cannot open the folder says why in a dialog, and the app ends', async () => {
  await launch()
  engine().emit('message', {
    type: 'refused',
    message: 'The data folder /press is in use by the browser shell.',
  })
  expect(electron.called('showErrorBox')).toEqual([
    ['Wirewatch cannot open', 'The data folder /press is in use by the browser shell.'],
  ])
  expect(electron.app.ended).toBe(1)
  // While the box is open no other engine is started, which would be refused too.
  engine().end(1)
  vi.advanceTimersByTime(60_000)
  expect(electron.engines).toHaveLength(1)
})

test('an engine that asks is told the system’s proxies for the address', async () => {
  await launch()
  const engine = electron.engines.at(-1)!
  engine.emit('message', { type: 'ask-proxies', question: 7, url: 'https://a.example/feed' })
  await vi.waitFor(() =>
    expect(engine.got.map(({ message }) => message)).toContainEqual({
      type: 'proxies',
      question: 7,
      list: 'PROXY 127.0.0.1:3128; DIRECT',
    }),
  )
  expect(electron.called('resolveProxy')).toEqual([['https://a.example/feed', 'proxies']])
})

test('what Node writes in the engine’s process is in the data folder’s log, line by line', async () => {
  await launch()
  expect(engine().options).toMatchObject({ stdio: 'pipe' })
  engine().stdout.write('sources.list fai')
  engine().stdout.write('led: é\nsecond\n')
  engine().stderr.write('a warning\n')
  // Streams hand on their data a moment later.
  vi.useRealTimers()
  await vi.waitFor(() => {
    const log = logged()
    expect(log).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z sources\.list failed: é$/m)
    expect(log).toMatch(/Z second$/m)
    expect(log).toMatch(/Z a warning$/m)
  })
})

test('an alert’s news is one notification; newer news of the same alert takes its place; a click shows the story', async () => {
  await launch()
  const news = {
    tag: 'alert-3',
    title: 'BRICS',
    body: 'Summit opens',
    path: '/stories?story=12',
    alert: 3,
    story: 12,
  }
  engine().emit('message', { type: 'news', id: 1, news })
  engine().emit('message', { type: 'news', id: 2, news: { ...news, body: 'Summit ends' } })
  engine().emit('message', { type: 'news', id: 3, news: { ...news, tag: 'alert-4' } })
  const [first, second, other] = electron.notifications
  expect(second?.options).toEqual({
    id: 'alert-3',
    title: 'BRICS',
    body: 'Summit ends',
    actions: [
      { type: 'button', text: 'Open' },
      { type: 'button', text: 'Mark seen' },
      { type: 'button', text: 'Snooze for an hour' },
    ],
  })
  expect([first?.closed, second?.closed, other?.closed]).toEqual([true, false, false])
  expect(second?.shown).toBe(true)
  ask()
  window().visible = false
  second?.emit('click')
  expect(window().visible).toBe(true)
  expect(page().sent.at(-1)).toEqual(['go', '/stories?story=12'])
})

test('on a notification the person opens the story, marks it seen or snoozes it', async () => {
  await launch()
  const news = {
    tag: 'alert-3',
    title: 'BRICS',
    body: 'Summit opens',
    path: '/stories?story=12',
    alert: 3,
    story: 12,
  }
  engine().emit('message', { type: 'news', id: 1, news })
  ask()
  electron.notifications[0]?.emit('action', { actionIndex: 0 })
  expect(page().sent.at(-1)).toEqual(['go', '/stories?story=12'])
  electron.notifications[0]?.emit('action', { actionIndex: 1 })
  expect(engine().got.at(-1)?.message).toEqual({ type: 'acted', act: 'seen', news })
  electron.notifications[0]?.emit('action', { actionIndex: 2 })
  expect(engine().got.at(-1)?.message).toEqual({ type: 'acted', act: 'snooze', news })
})

test('the engine’s secrets are sealed by the system, and not by a password that everybody knows', async () => {
  const answers = () => engine().got.map(({ message }) => message as ToEngine & { type: 'secret' })
  await launch()
  engine().emit('message', { type: 'seal', question: 1, text: 'whsec_a' })
  await vi.waitFor(() => expect(answers()).toHaveLength(1))
  const sealed = answers()[0]?.text as string
  expect(Buffer.from(sealed, 'base64').toString()).not.toContain('whsec_a')
  engine().emit('message', { type: 'unseal', question: 2, text: sealed })
  engine().emit('message', { type: 'unseal', question: 3, text: 'bm90IHNlYWxlZA==' })
  await vi.waitFor(() => expect(answers()).toHaveLength(3))
  expect(answers().slice(1)).toEqual([
    { type: 'secret', question: 2, text: 'whsec_a' },
    { type: 'secret', question: 3, text: null },
  ])
  await launch({ keyring: 'basic_text' })
  engine().emit('message', { type: 'seal', question: 1, text: 'whsec_a' })
  await vi.waitFor(() => expect(answers()).toEqual([{ type: 'secret', question: 1, text: null }]))
})

test('a title is shown as it is where the desktop reads markup', async () => {
  const body = '<b>A & B</b> < C'
  const news = { tag: 'alert-3', title: 'A < B', body, path: '/', alert: null, story: null }
  const shownIn = async (setting: Launch): Promise<unknown> => {
    await launch(setting)
    engine().emit('message', { type: 'news', id: 1, news })
    return electron.notifications[0]?.options
  }
  const escaped = '&lt;b&gt;A &amp; B&lt;/b&gt; &lt; C'
  // The title is no markup anywhere.
  expect(await shownIn({})).toEqual({ id: 'alert-3', title: 'A < B', body: escaped, actions: [] })
  expect(await shownIn({ capabilities: "(['body', 'actions'],)" })).toMatchObject({ body })
  expect(await shownIn({ platform: 'win32' })).toMatchObject({ body })
  expect(await shownIn({ platform: 'darwin' })).toMatchObject({ body })
})

test('the engine hears whether the desktop has shown its news', async () => {
  await launch()
  const news = { tag: 'alert-3', title: 'BRICS', body: 'Summit opens', path: '/', alert: 3, story: null }
  const shown = () => engine().got.flatMap(({ message }) => message)
  engine().emit('message', { type: 'news', id: 1, news })
  engine().emit('message', { type: 'news', id: 2, news: { ...news, tag: 'alert-4' } })
  engine().emit('message', { type: 'news', id: 3, news: { ...news, tag: 'alert-5' } })
  await settle()
  expect(shown()).toEqual([])
  electron.notifications[0]?.emit('show')
  electron.notifications[1]?.emit('failed', {}, 'the service is off')
  await settle()
  expect(shown()).toEqual([
    { type: 'shown', id: 1, failure: null },
    { type: 'shown', id: 2, failure: 'The desktop did not show the notification: the service is off' },
  ])
  // A desktop that says nothing has taken it.
  vi.advanceTimersByTime(5000)
  await settle()
  expect(shown().at(-1)).toEqual({ type: 'shown', id: 3, failure: null })
  vi.spyOn(electron.Notification, 'isSupported').mockReturnValue(false)
  engine().emit('message', { type: 'news', id: 4, news })
  await settle()
  expect(electron.notifications).toHaveLength(3)
  expect(shown().at(-1)).toEqual({ type: 'shown', id: 4, failure: null })
})

test('the tray shows the new hits and opens, leads to the alerts, and quits', async () => {
  await launch()
  const tray = electron.trays[0] as StandIn['trays'][number]
  const item = (label: RegExp) => tray.menu.find((entry) => label.test(entry.label ?? ''))
  expect(tray.toolTip).toBe('Wirewatch')
  expect(item(/new hits/)?.enabled).toBe(false)
  engine().emit('message', { type: 'unread', unread: 3 })
  expect(tray.toolTip).toBe('Wirewatch: 3 new hits')
  expect(electron.called('setBadgeCount').at(-1)).toEqual([3])
  ask()
  item(/^3 new hits$/)?.click?.()
  expect(page().sent.at(-1)).toEqual(['go', '/alerts'])
  window().visible = false
  item(/^Open/)?.click?.()
  expect(window().visible).toBe(true)
  item(/^Quit/)?.click?.()
  expect(electron.called('quit')).toHaveLength(1)
})

test('closing the window lets the page finish, keeps the window’s place, and leaves the app in the tray', async () => {
  await launch()
  window().emit('ready-to-show')
  window().close()
  expect(page().sent).toEqual([['closing']])
  expect(window().visible).toBe(true)
  electron.ipcMain.emit('farewell', { sender: {} })
  await settle()
  expect(window().visible).toBe(true)
  await farewell()
  expect(window().visible).toBe(false)
  expect(window().destroyed).toBe(false)
  expect(electron.notifications.map(({ options }) => options)).toMatchObject([{ id: 'tray' }])
  expect(JSON.parse(readFileSync(join(dataDir, 'desktop', 'window.json'), 'utf8'))).toEqual({
    x: 10,
    y: 20,
    width: 1200,
    height: 800,
    maximized: false,
  })
  // The notice comes once; a window that is shown again says goodbye again.
  electron.app.emit('activate')
  expect(window().visible).toBe(true)
  window().close()
  await farewell()
  expect(window().visible).toBe(false)
  expect(electron.notifications).toHaveLength(1)
})

test('a page that does not answer holds its window for two seconds at most', async () => {
  await launch()
  window().emit('ready-to-show')
  window().close()
  vi.advanceTimersByTime(1999)
  await settle()
  expect(window().visible).toBe(true)
  vi.advanceTimersByTime(1)
  await settle()
  expect(window().visible).toBe(false)
})

test('a desktop without a place for trays, where Electron makes one all the same: closing the window ends the app', async () => {
  await launch({ tray: false })
  window().emit('ready-to-show')
  window().close()
  await farewell()
  expect(window().destroyed).toBe(true)
  expect(engine().got.at(-1)?.message).toEqual({ type: 'close' })
})

test('quitting closes the window, then the archive, and only then ends', async () => {
  await launch()
  window().emit('ready-to-show')
  electron.app.quit()
  await farewell()
  expect(window().destroyed).toBe(true)
  expect(engine().got.at(-1)?.message).toEqual({ type: 'close' })
  await settle()
  expect(electron.app.ended).toBeUndefined()
  engine().end(0)
  await settle()
  expect(electron.app.ended).toBe(0)
  vi.advanceTimersByTime(60_000)
  expect(electron.engines).toHaveLength(1)
})

test('who quits twice while the archive closes does not hurry it', async () => {
  await launch()
  electron.app.quit()
  electron.app.quit()
  await settle()
  expect(engine().got.filter(({ message }) => (message as ToEngine).type === 'close')).toHaveLength(1)
  engine().end(0)
  await settle()
  expect(electron.app.ended).toBe(0)
})

test('quitting from the tray does not end a visit that ended when the window was hidden', async () => {
  await launch()
  window().emit('ready-to-show')
  window().hide()
  electron.app.quit()
  expect(page().sent).toEqual([])
  expect(window().destroyed).toBe(true)
})

test('an engine that does not close is ended after ten seconds', async () => {
  await launch()
  electron.app.quit()
  vi.advanceTimersByTime(9999)
  await settle()
  expect(engine().killed).toBe(false)
  vi.advanceTimersByTime(1)
  await settle()
  expect(engine().killed).toBe(true)
  expect(electron.app.ended).toBe(0)
})

test('the window opens where it was left, if that is still on a screen', async () => {
  const left = { x: 200, y: 100, width: 1000, height: 700, maximized: true }
  mkdirSync(join(dataDir, 'desktop'), { recursive: true })
  writeFileSync(join(dataDir, 'desktop', 'window.json'), JSON.stringify(left))
  await launch()
  expect(window().options).toMatchObject({ x: 200, y: 100, width: 1000, height: 700 })
  // Maximising shows a window: not before there is something to see.
  expect([window().visible, window().maximized]).toEqual([false, false])
  window().emit('ready-to-show')
  expect([window().visible, window().maximized]).toEqual([true, true])
  await launch({ displays: [{ id: 2, workArea: { x: -1280, y: 0, width: 1280, height: 720 } }] })
  expect(window().options).toMatchObject({ x: -1280, y: 0, width: 1280, height: 720 })
  writeFileSync(join(dataDir, 'desktop', 'window.json'), '{"x":')
  await launch()
  expect(window().options).toMatchObject({ x: 240, y: 75, width: 1440, height: 900 })
})

test('a second launch shows the window of the first, with its link, and opens nothing itself', async () => {
  await launch({ first: false })
  expect(electron.called('quit')).toHaveLength(1)
  expect(electron.windows).toEqual([])
  expect(electron.engines).toEqual([])
  await launch()
  ask()
  window().minimized = true
  electron.app.emit('second-instance', {}, ['wirewatch', '--', 'wirewatch://open?story=12'])
  expect(electron.windows).toHaveLength(1)
  expect(window().minimized).toBe(false)
  expect(page().sent).toEqual([['go', '/stories?story=12']])
})

test('a link of ours opens a story or a search, and can say nothing else', async () => {
  await launch({ args: ['wirewatch://open?q=china%20AND%20%22belt%22'] })
  expect(window().url).toBe('app://wirewatch/stories?q=china%20AND%20%22belt%22')
  ask()
  const event = electron.preventable()
  electron.app.emit('open-url', event, 'wirewatch://open?story=7')
  expect(event.defaultPrevented).toBe(true)
  expect(page().sent).toEqual([['go', '/stories?story=7']])
  for (const link of [
    'wirewatch://settings',
    'wirewatch://open',
    'wirewatch://open?story=../../x',
    'wirewatch://open?story=-1',
    'wirewatch://open?q=',
    'https://open?story=1',
    'nonsense',
  ])
    electron.app.emit('open-url', electron.preventable(), link)
  expect(page().sent).toHaveLength(1)
  // The system's own registration, where a link can bring no flags along.
  expect(electron.called('setAsDefaultProtocolClient')).toEqual([['wirewatch', process.execPath, ['--']]])
})

test('a page whose process dies is loaded again; one that dies again soon is left to the person', async () => {
  await launch()
  window().emit('ready-to-show')
  page().die('crashed')
  expect(page().reloads).toBe(1)
  page().die('crashed')
  await settle()
  const [[asked] = []] = electron.called('showMessageBox')
  expect(asked).toMatchObject({ buttons: ['Reload', 'Quit'], defaultId: 0, cancelId: 0 })
  // By default it is loaded once more.
  expect(page().reloads).toBe(2)
  expect(page().crashed).toBe(false)
  vi.advanceTimersByTime(10_000)
  page().die('oom')
  expect(page().reloads).toBe(3)
  expect(electron.called('showMessageBox')).toHaveLength(1)
  electron.answers.push(1)
  page().die('oom')
  await settle()
  expect(electron.called('quit')).not.toEqual([])
})

test('a hidden page that keeps dying asks nothing until its window is shown', async () => {
  await launch()
  window().emit('ready-to-show')
  window().hide()
  page().die('crashed')
  page().die('crashed')
  page().die('crashed')
  await settle()
  expect(electron.called('showMessageBox')).toEqual([])
  window().show()
  await settle()
  expect(electron.called('showMessageBox')).toHaveLength(1)
})

test('a page that dies before it draws anything is asked about in a window that is shown', async () => {
  await launch()
  page().die('launch-failed')
  expect(window().visible).toBe(false)
  page().die('launch-failed')
  await settle()
  expect(window().visible).toBe(true)
  expect(electron.called('showMessageBox')).toHaveLength(1)
})

test('a page that cannot be loaded is asked about, at first or again; one whose load another took over is not', async () => {
  await launch({ loadFails: 'ERR_ABORTED' })
  page().fail(-3)
  page().fail(-105, false)
  await settle()
  expect(electron.called('showMessageBox')).toEqual([])
  await launch({ loadFails: 'ERR_FAILED' })
  await settle()
  expect(electron.called('showMessageBox')).toHaveLength(1)
  expect(logged()).toContain("The page could not be loaded: ERR_FAILED loading 'app://wirewatch/'")
  expect(page().reloads).toBe(1)
  page().fail(-6)
  await settle()
  expect(electron.called('showMessageBox')).toHaveLength(2)
})

test('an error that nobody caught, and a process of Chromium’s that ended, stand in the log', async () => {
  await launch()
  process.emit('unhandledRejection', new Error('a promise'), Promise.resolve())
  process.emit('uncaughtException', new Error('an event'))
  electron.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 })
  electron.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 })
  expect(logged()).toMatch(/The shell failed: Error: a promise\n +at /)
  expect(logged()).toMatch(/The shell failed: Error: an event\n +at /)
  expect(logged().match(/A helper process ended.+/g)).toEqual(['A helper process ended (GPU: crashed, 139).'])
})

test('the main process loads no native module: electron, Node and a validator are all it imports', () => {
  const bundle = readFileSync(join(built, 'out', 'main', 'index.js'), 'utf8')
  const imported = [...bundle.matchAll(/\b(?:from|import\(|require\()\s*["']([^"']+)["']/g)].map(
    (m) => m[1] ?? '',
  )
  expect(imported.length).toBeGreaterThan(3)
  expect(imported.filter((name) => !name.startsWith('node:')).sort()).toEqual(['electron', 'zod'])
})

test('the stand-in stays among the tests', () => {
  expect(readFileSync(join(built, 'out', 'main', 'index.js'), 'utf8')).not.toContain('stand-in')
  expect(dirname(built)).toContain('.cache')
})
