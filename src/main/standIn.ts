/**
 * A recording stand-in of the `electron` module, for tests that run the built main bundle where Electron cannot run. It
 * does what the shell relies on and writes down what it was told. It shows what we ask of Electron, not that Electron does
 * it: a run on it is never an Electron run.
 */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'

/** Everything that was called, in order, as [name, ...arguments]. */
export const calls: [string, ...unknown[]][] = []
const note =
  (name: string) =>
  (...args: unknown[]): void => {
    calls.push([name, ...args])
  }
export const called = (name: string): unknown[][] =>
  calls.filter((call) => call[0] === name).map((call) => call.slice(1))

/** What the test decides before the bundle is loaded. */
interface Setting {
  packaged: boolean
  first: boolean
  tray: boolean
  displays: { id: number; workArea: { x: number; y: number; width: number; height: number } }[]
}
export const setting: Setting = (globalThis as { standInSetting?: Setting }).standInSetting ?? {
  packaged: true,
  first: true,
  tray: true,
  displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1050 } }],
}

class App extends EventEmitter {
  isPackaged = setting.packaged
  paths = new Map<string, string>()
  ended: number | undefined
  setPath(name: string, path: string): void {
    this.paths.set(name, path)
  }
  getVersion = (): string => '0.1.0'
  setAppUserModelId = note('setAppUserModelId')
  enableSandbox = note('enableSandbox')
  setAsDefaultProtocolClient = note('setAsDefaultProtocolClient')
  setBadgeCount = note('setBadgeCount')
  requestSingleInstanceLock = (): boolean => setting.first
  whenReady = (): Promise<void> => Promise.resolve()
  exit(code: number): void {
    this.ended = code
  }
  /** As Electron: windows may refuse, then the app may delay. */
  quit(): void {
    calls.push(['quit'])
    this.emit('before-quit', preventable())
    if (!windows.every((window) => window.destroyed || window.close())) return
    const quitting = preventable()
    this.emit('will-quit', quitting)
    if (!quitting.defaultPrevented) this.ended = 0
  }
}
export const app = new App()

export interface Preventable {
  defaultPrevented: boolean
  preventDefault(): void
}
export function preventable<T extends object>(more?: T): Preventable & T {
  const event = {
    defaultPrevented: false,
    preventDefault(): void {
      event.defaultPrevented = true
    },
    ...more,
  } as Preventable & T
  return event
}

class WebContents extends EventEmitter {
  sent: [string, ...unknown[]][] = []
  posted: { channel: string; message: unknown; ports: Port[] }[] = []
  reloads = 0
  mainFrame = {}
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  send(channel: string, ...args: unknown[]): void {
    this.sent.push([channel, ...args])
  }
  postMessage(channel: string, message: unknown, ports: Port[]): void {
    this.posted.push({ channel, message, ports })
  }
  setWindowOpenHandler(handler: WebContents['openHandler']): void {
    this.openHandler = handler
  }
  reload(): void {
    this.reloads += 1
  }
}

export const windows: BrowserWindow[] = []
export class BrowserWindow extends EventEmitter {
  webContents = new WebContents()
  options: Record<string, unknown> & { webPreferences: Record<string, unknown> }
  url = ''
  visible = false
  minimized = false
  maximized = false
  destroyed = false
  constructor(options: BrowserWindow['options']) {
    super()
    this.options = options
    windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.url = url
    return Promise.resolve()
  }
  show(): void {
    this.visible = true
  }
  hide(): void {
    this.visible = false
  }
  focus = note('focus')
  isVisible = (): boolean => this.visible
  isMinimized = (): boolean => this.minimized
  isMaximized = (): boolean => this.maximized
  isDestroyed = (): boolean => this.destroyed
  restore(): void {
    this.minimized = false
  }
  maximize(): void {
    this.maximized = true
  }
  getNormalBounds = (): object => ({ x: 10, y: 20, width: 1200, height: 800 })
  close(): boolean {
    const event = preventable()
    this.emit('close', event)
    if (event.defaultPrevented) return false
    this.destroyed = true
    this.emit('closed')
    if (windows.every((window) => window.destroyed)) app.emit('window-all-closed')
    return true
  }
}

export class Port extends EventEmitter {
  closed = false
  start = note('port.start')
  postMessage = note('port.postMessage')
  close(): void {
    this.closed = true
  }
}
export class MessageChannelMain {
  port1 = new Port()
  port2 = new Port()
}

export const engines: Engine[] = []
export class Engine extends EventEmitter {
  stdout = new PassThrough()
  stderr = new PassThrough()
  got: { message: unknown; ports: Port[] }[] = []
  killed = false
  bundle: string
  args: string[]
  options: object
  constructor(bundle: string, args: string[], options: object) {
    super()
    this.bundle = bundle
    this.args = args
    this.options = options
    engines.push(this)
  }
  postMessage(message: unknown, ports: Port[] = []): void {
    this.got.push({ message, ports })
  }
  kill(): boolean {
    this.killed = true
    return true
  }
}
export const utilityProcess = {
  fork: (bundle: string, args: string[], options: object): Engine => new Engine(bundle, args, options),
}

export const trays: Tray[] = []
interface MenuItem {
  label?: string
  enabled?: boolean
  role?: string
  click?: () => void
}
export class Tray extends EventEmitter {
  menu: MenuItem[] = []
  toolTip = ''
  constructor() {
    super()
    if (!setting.tray) throw new Error('no tray')
    trays.push(this)
  }
  setToolTip(text: string): void {
    this.toolTip = text
  }
  setTitle = note('tray.setTitle')
  setContextMenu(menu: MenuItem[]): void {
    this.menu = menu
  }
}
export const nativeImage = {
  createFromPath(path: string) {
    calls.push(['image', path])
    return { setTemplateImage: note('setTemplateImage') }
  },
}
export const Menu = {
  buildFromTemplate: (template: MenuItem[]): MenuItem[] => template,
  setApplicationMenu: note('setApplicationMenu'),
}

export const notifications: Notification[] = []
export class Notification extends EventEmitter {
  static isSupported = (): boolean => true
  options: object
  shown = false
  closed = false
  constructor(options: object) {
    super()
    this.options = options
    notifications.push(this)
  }
  show(): void {
    this.shown = true
  }
  close(): void {
    this.closed = true
    this.emit('close')
  }
}

type Answer = (...args: unknown[]) => unknown
/** The handlers the shell registered on its session, by the name of the registering method. */
export const handlers = new Map<string, Answer>()
const keep =
  (name: string) =>
  (handler: Answer): void => {
    handlers.set(name, handler)
  }
export const session = {
  defaultSession: {
    setPermissionRequestHandler: keep('permission-request'),
    setPermissionCheckHandler: keep('permission-check'),
    setDevicePermissionHandler: keep('device-permission'),
    setSpellCheckerEnabled: note('setSpellCheckerEnabled'),
    resolveProxy(url: string): Promise<string> {
      calls.push(['resolveProxy', url])
      return Promise.resolve('PROXY 127.0.0.1:3128; DIRECT')
    },
    webRequest: {
      onBeforeRequest: keep('before-request'),
      onHeadersReceived: keep('headers-received'),
    },
  },
}
export const protocol = {
  registerSchemesAsPrivileged: note('registerSchemesAsPrivileged'),
  handle(scheme: string, handler: Answer): void {
    handlers.set(`protocol ${scheme}`, handler)
  },
}
export const ipcMain = new EventEmitter()
export const dialog = { showErrorBox: note('showErrorBox') }
export const shell = {
  openExternal(url: string): Promise<void> {
    calls.push(['openExternal', url])
    return Promise.resolve()
  },
}
export const nativeTheme = { shouldUseDarkColors: false }
export const screen = {
  getPrimaryDisplay: () => setting.displays[0],
  getAllDisplays: () => setting.displays,
}
