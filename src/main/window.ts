import { app, BrowserWindow, ipcMain, nativeTheme, screen } from 'electron'
import { place, readWindowState, SMALLEST, writeWindowState } from './windowState.ts'

export interface WindowParts {
  /** The page's address. */
  readonly url: string
  readonly preload: string
  readonly icon: string
  /** Where the window's place is kept. */
  readonly stateFile: string
  readonly log: (line: string) => void
  /** Closing hides the window, since the app lives on in the tray; asked each time. */
  readonly hides: () => boolean
}

/** How long a closing window waits for its page. */
const FAREWELL_MS = 2000
/** A page that dies more often than once in this time is not loaded again. */
const RELOAD_MS = 10_000

/** Opens the one window: sandboxed, isolated, where it was left. */
export function openWindow(parts: WindowParts): BrowserWindow {
  const left = readWindowState(parts.stateFile)
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id)
  const window = new BrowserWindow({
    ...place(
      left,
      [main, ...others].map((display) => display.workArea),
    ),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Wirewatch',
    icon: parts.icon,
    show: false,
    // The page's own paper (tokens.css), so that nothing flashes before it is drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121416' : '#f7f6f3',
    autoHideMenuBar: true,
    webPreferences: {
      preload: parts.preload,
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
      devTools: !app.isPackaged,
    },
  })
  if (left?.maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepPlace(window, parts)
  letPageFinish(window, parts)
  reviveOnce(window, parts)
  void window
    .loadURL(parts.url)
    .catch((error: Error) => parts.log(`The page could not be loaded: ${error.message}`))
  return window
}

/** Shows the window, wherever it is hidden, and lets its page show an address (`/stories?q=…`). */
export function showWindow(window: BrowserWindow, path?: string): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  if (path !== undefined) window.webContents.send('go', path)
}

function keepPlace(window: BrowserWindow, { stateFile, log }: WindowParts): void {
  window.on('close', () => {
    const state = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    if (!writeWindowState(stateFile, state)) log(`The window's place could not be kept in ${stateFile}.`)
  })
}

/** Lets the page finish before its window closes (it moves the visit mark), for a moment at most. */
function letPageFinish(window: BrowserWindow, { hides }: WindowParts): void {
  let waiting = false
  let done = false
  window.on('close', (event) => {
    // A hidden window was closed before: the visit ended then.
    if (done || !window.isVisible()) return
    event.preventDefault()
    if (waiting) return
    waiting = true
    const { webContents } = window
    const finish = (): void => {
      clearTimeout(late)
      ipcMain.off('farewell', onFarewell)
      waiting = false
      if (window.isDestroyed()) return
      if (hides()) window.hide()
      else {
        done = true
        window.close()
      }
    }
    const onFarewell = ({ sender }: Electron.IpcMainEvent): void => {
      if (sender === webContents) finish()
    }
    const late = setTimeout(finish, FAREWELL_MS)
    ipcMain.on('farewell', onFarewell)
    webContents.send('closing')
  })
}

function reviveOnce(window: BrowserWindow, { log }: WindowParts): void {
  let revived = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log(`The page's process ended (${reason}).`)
    if (Date.now() - revived < RELOAD_MS) return
    revived = Date.now()
    window.webContents.reload()
  })
}
