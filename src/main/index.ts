/** The desktop shell: one window on the page, one engine process, a line between them. It holds no logic of its own. */
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, protocol, session, shell } from 'electron'
import { openLog } from '../engine/log.ts'
import { DEVELOPMENT_POLICY } from '../engine/pagePolicy.ts'
import { dataFolder } from '../launch/dataFolder.ts'
import { desktopOptions } from '../launch/options.ts'
import { closeSession, keepInside } from './borders.ts'
import { choiceFile } from './choices.ts'
import { offerContextMenu } from './contextMenu.ts'
import { linkedPath, linkedPathIn } from './deepLink.ts'
import { electronFolder } from './electronFolder.ts'
import { runEngine } from './engineProcess.ts'
import { setMenu } from './menu.ts'
import type { FromEngine } from './messages.ts'
import { createNotifier } from './notify.ts'
import { forgetClosing, isOnlyInstance, noteClosing } from './onlyInstance.ts'
import { PAGE_ORIGIN, PAGE_SCHEME, pageHandler } from './page.ts'
import { isDictionary, silenceChromium, silenceNetwork, silenceSession } from './quiet.ts'
import { NO_SANDBOX } from './sandbox.ts'
import { sealed, unsealed } from './secretBox.ts'
import { hasTray, readsMarkup } from './sessionBus.ts'
import { HIDDEN, openedAtLogin, startAtLogin } from './startAtLogin.ts'
import { openTray } from './tray.ts'
import { openWindow, showWindow, toPage } from './window.ts'

const out = join(import.meta.dirname, '..')
const icons = join(out, '..', 'resources', 'icons')
const options = desktopOptions(process.argv.slice(1))
const dataDir = dataFolder(options)
const log = openLog(dataDir)
/** What opens the same folder again, wherever from: at login the working folder is another. */
const engineFlags = [
  ...(options.dataDir === undefined ? [] : [`--data-dir=${resolve(options.dataDir)}`]),
  ...(options.sample ? ['--sample'] : []),
]
/** `npm run dev` serves the page itself; never in an installed app. */
const devPage = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
const origin = devPage ?? PAGE_ORIGIN
/** An app that is started at login waits so long for the desktop's place for trays. */
const DESKTOP_STARTS_MS = 30_000

// Electron would show such an error in a dialog at any time, and a rejection on stderr alone. The engine is another process,
// and goes on.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) =>
    log(`The shell failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`),
  )

/** Why the app cannot open at all. */
let unable: Error | undefined
/** Where Electron keeps its own files. */
let ownFolder = dataDir
try {
  ownFolder = electronFolder(dataDir, join(app.getPath('appData'), 'wirewatch-desktop'))
  app.setPath('userData', ownFolder)
} catch (error) {
  unable = error as Error
}
if (app.commandLine.hasSwitch('no-sandbox')) unable ??= new Error(NO_SANDBOX)
// The Start menu's entry belongs to the installed app: in development, Electron's own program is another.
if (process.platform === 'win32')
  app.setAppUserModelId(app.isPackaged ? 'org.wirewatch.desktop' : process.execPath)
// As does the desktop entry on Linux, whose name stands in package.json.
if (process.platform === 'linux' && !app.isPackaged) app.setDesktopName('wirewatch-development.desktop')
silenceChromium(app.commandLine)
app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  {
    scheme: PAGE_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
])

const login = startAtLogin(engineFlags, process.env.APPIMAGE ?? process.execPath)
const choices = choiceFile(join(dataDir, 'desktop', 'choices.json'), login)
/** Read once: it holds until the next start. */
const { spelling } = choices.read()
app.on('session-created', (created) =>
  silenceSession(created, spelling ? app.getPreferredSystemLanguages() : []),
)

/** Where a link leads that came before there was a window. */
let linked = linkedPathIn(process.argv)
let show = (path: string | undefined): void => {
  linked = path ?? linked
  asked = true
}
/** The person asked for a window before there was one. */
let asked = linked !== undefined
let quitting = false
app.on('open-url', (event, link) => {
  event.preventDefault()
  show(linkedPath(link))
})
app.on('second-instance', (_event, args) => {
  // The system starts an app at login that may run already.
  if (!args.includes(HIDDEN)) show(linkedPathIn(args))
})

if (unable !== undefined) fail(unable)
else void start().catch(fail)

async function start(): Promise<void> {
  if (!(await isOnlyInstance(ownFolder, devPage !== undefined))) {
    log('Another Wirewatch has this folder open, and shows its window.')
    app.quit()
    return
  }
  await app.whenReady()
  const hidden = (options.hidden || openedAtLogin()) && (await trayAppears())
  run(hidden && !asked)
}

/** A desktop that is still starting may have its place for trays only after a while; a tray made before would not be seen. */
async function trayAppears(): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const until = Date.now() + DESKTOP_STARTS_MS
  while (!(await hasTray())) {
    if (Date.now() >= until || asked) return false
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  return true
}

/** @param hidden no window opens until the person asks for one */
function run(hidden: boolean): void {
  // "npm start" waits for this message: from here on Electron evidently runs on this machine. It asks to quit by one.
  process.send?.('up')
  process.on('message', (word) => {
    if (word === 'quit') app.quit()
  })
  // After "--" a link can be nothing but a link, whatever stands in it.
  if (app.isPackaged) app.setAsDefaultProtocolClient('wirewatch', process.execPath, ['--'])
  setMenu()
  closeSession(session.defaultSession, origin, spelling ? isDictionary : () => false)
  silenceNetwork(app, session.defaultSession, spelling).catch((error: Error) => log(error.message))
  // The page's session has a proxy that is not there; the system's are asked of one that loads nothing.
  const proxies = session.fromPartition('proxies')
  closeSession(proxies, origin, () => false)
  if (devPage === undefined) protocol.handle(PAGE_SCHEME, pageHandler(join(out, 'renderer')))
  else allowDevelopment()
  // Chromium starts its helpers anew by itself; why one ended is else nowhere to be read.
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit') log(`A helper process ended (${name ?? type}: ${reason}, ${exitCode}).`)
  })
  app.on('web-contents-created', (_event, contents) => {
    keepInside(contents, origin, (url) =>
      shell.openExternal(url).catch((error: Error) => log(`${url} could not be opened: ${error.message}`)),
    )
    offerContextMenu(contents)
  })

  let window: BrowserWindow | undefined
  /** The page has asked for a line to the engine: it listens. A page that is only being loaded would miss what it is sent. */
  let listening = false
  /** The address that the page is to show as soon as it listens. */
  let wanted: string | undefined
  const open = (path?: string): void => {
    if (quitting) return
    if (window === undefined || window.isDestroyed()) {
      listening = false
      window = openWindow({
        url: origin + (path ?? '/'),
        preload: join(out, 'preload', 'index.cjs'),
        icon: join(icons, 'app', '256x256.png'),
        stateFile: join(dataDir, 'desktop', 'window.json'),
        spelling,
        log,
        hides,
        quit: () => app.quit(),
      })
      const deaf = (): void => {
        listening = false
      }
      window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) deaf()
      })
      window.webContents.on('render-process-gone', deaf)
    } else {
      showWindow(window)
      wanted = path ?? wanted
      leadPage()
    }
  }
  const tellPage = (send: (to: BrowserWindow['webContents']) => void): void => {
    if (window === undefined || window.isDestroyed()) return
    const { webContents } = window
    toPage(webContents, log, () => send(webContents))
  }
  function leadPage(): void {
    const path = wanted
    if (path === undefined || !listening) return
    wanted = undefined
    tellPage((page) => page.send('go', path))
  }
  const setUnread = openTray({ icon: join(icons, trayIcon()), open, quit: () => app.quit() })
  /** A Linux desktop reads notifications as markup, most of the time. */
  let markup = process.platform === 'linux'
  if (markup)
    void readsMarkup().then((reads) => {
      markup = reads
    })
  const notify = createNotifier({ open, act: (what, news) => engine.acted(what, news) }, () => markup)

  /** Closing the window leaves the app where its mark beside the clock, or the dock, opens it again; else it ends the app. */
  async function hides(): Promise<boolean> {
    if (quitting || (process.platform === 'linux' && !(await hasTray())) || quitting) return false
    explainTray()
    return true
  }

  /** Explains, once for each data folder, that closing the window does not end the app. */
  function explainTray(): void {
    const explained = join(dataDir, 'desktop', 'told-of-tray')
    if (existsSync(explained)) return
    const failed = (error: Error): void => log(error.message)
    try {
      writeFileSync(explained, '')
    } catch (error) {
      failed(error as Error)
    }
    const body = 'Its mark beside the clock opens it again, and quits it.'
    notify({
      tag: 'tray',
      title: 'Wirewatch keeps watching',
      body,
      path: '/',
      alert: null,
      story: null,
    }).catch(failed)
  }

  const engine = runEngine(join(import.meta.dirname, 'engine.js'), engineFlags, log, {
    started: () => handLine(),
    proxies: (url) => proxies.resolveProxy(url),
    secret: (what, text) => (what === 'seal' ? sealed(text) : unsealed(text)),
    lost(delay, failures) {
      tellPage((page) => page.send('engine-lost', delay))
      if (failures === 5) void sayThatItFails(failures).catch((error: Error) => log(error.message))
    },
    notify,
    received(message: FromEngine) {
      if (message.type === 'unread') setUnread(message.unread)
      else if (message.type === 'refused') {
        quitting = true
        dialog.showErrorBox('Wirewatch cannot open', message.message)
        app.exit(1)
      }
    },
  })

  /** Not an error box: the app would stand still, and start no other engine, until somebody comes to close that. */
  async function sayThatItFails(failures: number): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Wirewatch',
      message: 'Wirewatch keeps failing.',
      detail: `The engine has ended ${failures} times in a row, and is started again. Its log says why: ${join(dataDir, 'wirewatch.log')}`,
      buttons: ['Go on', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    })
    if (response === 1) app.quit()
  }

  /** The page's end of a new line to the engine: when the page asks for it, and when a new engine has started. */
  function handLine(): void {
    if (!listening || window === undefined || window.isDestroyed()) return
    const port = engine.line()
    if (port !== undefined) tellPage((page) => page.postMessage('line', null, [port]))
  }
  /** A message is the window's own page's, not that of a frame in it. */
  const isPage = ({ sender, senderFrame }: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent): boolean =>
    window !== undefined &&
    !window.isDestroyed() &&
    sender === window.webContents &&
    senderFrame !== null &&
    senderFrame === sender.mainFrame
  ipcMain.on('ask-line', (event) => {
    if (!isPage(event)) return
    listening = true
    handLine()
    leadPage()
  })
  ipcMain.handle('choices', (event) => (isPage(event) ? choices.read() : null))
  ipcMain.handle('choose', (event, change: unknown) => (isPage(event) ? choices.change(change) : null))

  show = open
  app.on('activate', () => open())
  // Without this, closing the last window would end the app: on macOS it lives on in the dock. Elsewhere a window is
  // hidden where the app lives on.
  app.on('window-all-closed', () => {
    if (quitting || process.platform !== 'darwin') app.quit()
  })
  let closed = false
  app.on('before-quit', () => {
    quitting = true
    noteClosing(ownFolder)
  })
  app.on('quit', () => forgetClosing(ownFolder))
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void engine.close().finally(() => {
      closed = true
      app.quit()
    })
  })
  if (!hidden) open(linked)
}

/** The development server's page may load its own modules and reach its own web socket, and no more. */
function allowDevelopment(): void {
  session.defaultSession.webRequest.onHeadersReceived((details, answer) =>
    answer({
      responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [DEVELOPMENT_POLICY] },
    }),
  )
}

function trayIcon(): string {
  return process.platform === 'darwin'
    ? 'trayTemplate.png'
    : process.platform === 'win32'
      ? 'icon.ico'
      : 'tray.png'
}

/** Says in a dialog why the app cannot open. On Linux it would be a line on stderr before Electron is ready. */
function fail(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error)
  log(error instanceof Error ? (error.stack ?? sentence) : sentence)
  void app.whenReady().then(() => {
    dialog.showErrorBox('Wirewatch cannot open', sentence)
    app.exit(1)
  })
}
