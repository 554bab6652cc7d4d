/** The desktop shell: one window on the page, one engine process, a line between them. It holds no logic of its own. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, protocol, session, shell } from 'electron'
import { openLog } from '../engine/log.ts'
import { DEVELOPMENT_POLICY } from '../engine/pagePolicy.ts'
import { dataFolder } from '../launch/dataFolder.ts'
import { desktopOptions } from '../launch/options.ts'
import { closeSession, keepInside } from './borders.ts'
import { linkedPath, linkedPathIn } from './deepLink.ts'
import { runEngine } from './engineProcess.ts'
import { setMenu } from './menu.ts'
import type { FromEngine } from './messages.ts'
import { createNotifier } from './notify.ts'
import { PAGE_ORIGIN, PAGE_SCHEME, pageHandler } from './page.ts'
import { openTray } from './tray.ts'
import { openWindow, showWindow } from './window.ts'

const out = join(import.meta.dirname, '..')
const icons = join(out, '..', 'resources', 'icons')
const options = desktopOptions(process.argv.slice(1))
const dataDir = dataFolder(options)
const log = openLog(dataDir)
const engineFlags = [
  ...(options.dataDir === undefined ? [] : [`--data-dir=${options.dataDir}`]),
  ...(options.sample ? ['--sample'] : []),
]
/** `npm run dev` serves the page itself; never in an installed app. */
const devPage = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
const origin = devPage ?? PAGE_ORIGIN

// Electron keeps its own files (cache, local storage, the single-instance mark) apart from the archive, but with it:
// two data folders are two apps.
try {
  mkdirSync(join(dataDir, 'desktop'), { recursive: true, mode: 0o700 })
} catch (error) {
  fail(error)
}
app.setPath('userData', join(dataDir, 'desktop'))
app.setAppUserModelId('org.wirewatch.desktop')
app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  {
    scheme: PAGE_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
])

if (app.requestSingleInstanceLock()) void app.whenReady().then(run).catch(fail)
else app.quit()

let linked = linkedPathIn(process.argv)
app.on('open-url', (event, link) => {
  event.preventDefault()
  linked = linkedPath(link)
})

function run(): void {
  // "npm start" waits for this message: from here on Electron evidently runs on this machine.
  process.send?.('up')
  // After "--" a link can be nothing but a link, whatever stands in it.
  if (app.isPackaged) app.setAsDefaultProtocolClient('wirewatch', process.execPath, ['--'])
  setMenu()
  closeSession(session.defaultSession, origin)
  if (devPage === undefined) protocol.handle(PAGE_SCHEME, pageHandler(join(out, 'renderer')))
  else allowDevelopment()
  app.on('web-contents-created', (_event, contents) =>
    keepInside(contents, origin, (url) =>
      shell.openExternal(url).catch((error: Error) => log(`${url} could not be opened: ${error.message}`)),
    ),
  )

  let window: BrowserWindow | undefined
  let quitting = false
  /** The page wants a line to the engine. */
  let wantsLine = false
  const open = (path?: string): void => {
    if (window === undefined || window.isDestroyed()) {
      window = openWindow({
        url: origin + (path ?? '/'),
        preload: join(out, 'preload', 'index.cjs'),
        icon: join(icons, 'app', '256x256.png'),
        stateFile: join(dataDir, 'desktop', 'window.json'),
        log,
        hides() {
          if (quitting || setUnread === undefined) return false
          explainTray()
          return true
        },
      })
    } else showWindow(window, path)
  }
  const setUnread = openTray({ icon: join(icons, trayIcon()), open, quit: () => app.quit() })
  const notify = createNotifier(open)

  /** Explains, once for each data folder, that closing the window does not end the app. */
  function explainTray(): void {
    const explained = join(dataDir, 'desktop', 'told-of-tray')
    if (existsSync(explained)) return
    writeFileSync(explained, '')
    const body = 'Its mark beside the clock opens it again, and quits it.'
    notify({ tag: 'tray', title: 'Wirewatch keeps watching', body, path: '/' }).catch((error: Error) =>
      log(error.message),
    )
  }

  const engine = runEngine(join(import.meta.dirname, 'engine.js'), engineFlags, log, {
    started: () => handLine(),
    proxies: (url) => session.defaultSession.resolveProxy(url),
    lost(delay, failures) {
      window?.webContents.send('engine-lost', delay)
      if (failures === 5)
        dialog.showErrorBox(
          'Wirewatch keeps failing',
          `The engine has ended ${failures} times in a row. Its log says why: ${join(dataDir, 'wirewatch.log')}`,
        )
    },
    notify,
    received(message: FromEngine) {
      if (message.type === 'unread') setUnread?.(message.unread)
      else if (message.type === 'refused') {
        dialog.showErrorBox('Wirewatch cannot open', message.message)
        quitting = true
        app.exit(1)
      }
    },
  })

  /** The page's end of a new line to the engine: when the page asks for it, and when a new engine has started. */
  function handLine(): void {
    if (!wantsLine || window === undefined || window.isDestroyed()) return
    const port = engine.line()
    if (port !== undefined) window.webContents.postMessage('line', null, [port])
  }
  ipcMain.on('ask-line', (event) => {
    if (event.sender !== window?.webContents || event.senderFrame !== event.sender.mainFrame) return
    wantsLine = true
    handLine()
  })

  app.on('second-instance', (_event, args) => open(linkedPathIn(args)))
  app.on('open-url', (_event, link) => open(linkedPath(link)))
  app.on('activate', () => open())
  // Without this, closing the last window would end the app where it lives on in the tray.
  app.on('window-all-closed', () => {
    if (quitting || (setUnread === undefined && process.platform !== 'darwin')) app.quit()
  })
  let closed = false
  app.on('before-quit', () => {
    quitting = true
  })
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void engine.close().finally(() => {
      closed = true
      app.quit()
    })
  })
  open(linked)
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

function fail(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error)
  log(error instanceof Error ? (error.stack ?? sentence) : sentence)
  dialog.showErrorBox('Wirewatch cannot open', sentence)
  app.exit(1)
}
