import { app, BrowserWindow, dialog, ipcMain, nativeTheme, screen, type WebContents } from 'electron'
import { place, readWindowState, SMALLEST, writeWindowState } from './windowState.ts'

export interface WindowParts {
  /** The page's address. */
  readonly url: string
  readonly preload: string
  readonly icon: string
  /** Where the window's place is kept. */
  readonly stateFile: string
  readonly log: (line: string) => void
  /** Spelling is checked. */
  readonly spelling: boolean
  /** Closing hides the window, since the app lives on in the tray; asked each time. */
  readonly hides: () => Promise<boolean>
  /** Ends the app. */
  readonly quit: () => void
}

/** How long a closing window waits for its page. */
const FAREWELL_MS = 2000
/** A page that dies more often than once in this time is not loaded again. */
const RELOAD_MS = 10_000

/** Chromium's ERR_ABORTED: another load took the place of this one, as where a page that died is loaded again. */
const ABORTED = -3

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
      spellcheck: parts.spelling,
      devTools: !app.isPackaged,
    },
  })
  // Maximising shows a window, so it waits as well.
  window.once('ready-to-show', () => (left?.maximized === true ? window.maximize() : window.show()))
  keepPlace(window, parts)
  letPageFinish(window, parts)
  const offer = offerToReload(window, parts)
  reviveOnce(window, parts, offer)
  window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame) failed(code, description)
  })
  // Some failures have no event.
  void window
    .loadURL(parts.url)
    .catch(({ errno, message }: Error & { errno?: number }) => failed(errno, message))
  return window

  function failed(code: number | undefined, message: string): void {
    if (code === ABORTED) return
    parts.log(`The page could not be loaded: ${message}`)
    offer()
  }
}

/** Shows the window, wherever it is hidden. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function keepPlace(window: BrowserWindow, { stateFile, log }: WindowParts): void {
  window.on('close', () => {
    const state = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    if (!writeWindowState(stateFile, state)) log(`The window's place could not be kept in ${stateFile}.`)
  })
}

/** Lets the page finish before its window closes (it moves the visit mark), for a moment at most. */
function letPageFinish(window: BrowserWindow, { hides, log }: WindowParts): void {
  let waiting = false
  let done = false
  window.on('close', (event) => {
    // A hidden window was closed before: the visit ended then.
    if (done || !window.isVisible()) return
    event.preventDefault()
    if (waiting) return
    waiting = true
    void Promise.all([hides(), farewell(window, log)]).then(([hidden]) => {
      waiting = false
      if (window.isDestroyed()) return
      if (hidden) hide(window)
      else {
        done = true
        window.close()
      }
    })
  })
}

/** Resolves when the page has finished, or does not answer in time. */
function farewell({ webContents }: BrowserWindow, log: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(late)
      ipcMain.off('farewell', onFarewell)
      resolve()
    }
    const onFarewell = ({ sender }: Electron.IpcMainEvent): void => {
      if (sender === webContents) finish()
    }
    const late = setTimeout(finish, FAREWELL_MS)
    ipcMain.on('farewell', onFarewell)
    if (!toPage(webContents, log, () => webContents.send('closing'))) finish()
  })
}

/** A window in full screen has a space of its own on macOS; hidden at once, it would leave that space black. */
function hide(window: BrowserWindow): void {
  if (!window.isFullScreen()) window.hide()
  else {
    window.once('leave-full-screen', () => window.hide())
    window.setFullScreen(false)
  }
}

/**
 * Does what sends something to a page, if there is one to receive it: Electron throws where its window or its process is gone.
 * @returns whether it was sent
 */
export function toPage(contents: WebContents, log: (line: string) => void, send: () => void): boolean {
  if (contents.isDestroyed() || contents.isCrashed()) return false
  try {
    send()
    return true
  } catch (error) {
    log(`The page could not be reached: ${error instanceof Error ? error.message : error}`)
    return false
  }
}

/** Loads a page whose process died again, once; one that dies again soon is left to the person. */
function reviveOnce(window: BrowserWindow, { log }: WindowParts, offer: () => void): void {
  let revived = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log(`The page's process ended (${reason}).`)
    if (window.isDestroyed()) return
    if (Date.now() - revived < RELOAD_MS) {
      offer()
      return
    }
    revived = Date.now()
    window.webContents.reload()
  })
}

/** Returns what asks the person whether a page that shows nothing is to be loaded again; of a hidden window once it is shown. */
function offerToReload(window: BrowserWindow, { quit, log }: WindowParts): () => void {
  let asking = false
  let shown = false
  window.once('show', () => {
    shown = true
  })
  const ask = async (): Promise<void> => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      title: 'Wirewatch',
      message: 'The page cannot be shown.',
      detail:
        'Its process has ended again, or it could not be loaded. Nothing stored is lost; the log says more.',
      buttons: ['Reload', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    })
    asking = false
    if (response === 1) quit()
    else if (!window.isDestroyed()) window.webContents.reload()
  }
  return () => {
    if (asking || window.isDestroyed()) return
    asking = true
    const begin = (): void => void ask().catch((error: Error) => log(error.message))
    if (window.isVisible()) begin()
    else {
      window.once('show', begin)
      // A page that never drew anything is never ready to be shown.
      if (!shown) window.show()
    }
  }
}
