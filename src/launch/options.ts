import { parseArgs } from 'node:util'

/** The options of `npm start` and of the desktop app. */
export interface LaunchOptions {
  /** Straight to the browser shell. */
  readonly web: boolean
  /** undefined: the usual port, or any where that is taken. */
  readonly port: number | undefined
  readonly dataDir: string | undefined
  readonly sample: boolean
  /** Open the browser. */
  readonly open: boolean
  readonly help: boolean
}

/** The browser shell's default port: fixed, because a browser keeps a page's settings by its address. */
export const USUAL_PORT = 7420

export const HELP = `Wirewatch: a local media monitor.

  npm start -- [options]

Opens the desktop app. Where Electron cannot run, the same dashboard opens in the browser.

  --web            open in the browser, without trying Electron
  --port PORT      the browser shell's port (0: any free one; usually ${USUAL_PORT})
  --data-dir DIR   where the archive lives, in place of the platform's usual folder
  --sample         look at sample stories of May 2025, kept apart from your archive
  --no-open        print the address and open nothing
  --help           show this

Ctrl-C ends it. The log is wirewatch.log in the data folder.`

const flags = {
  web: { type: 'boolean' },
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  sample: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Reads the flags of `npm start`.
 * @throws Error with a sentence for the person where a flag is unknown or its value makes no sense
 */
export function launchOptions(args: readonly string[]): LaunchOptions {
  const read = () => parseArgs({ args: [...args], options: flags })
  let values: ReturnType<typeof read>['values']
  try {
    values = read().values
  } catch (error) {
    // Only the first sentence of Node's message names the mistake; the rest is about its API.
    const [first] = (error as Error).message.split(/\. |\n/)
    throw new Error(`${first}. "npm start -- --help" lists the options.`)
  }
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(/^\d+$/.test(values.port ?? '') && port <= 65535))
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`)
  if (values['data-dir'] === '') throw new Error('--data-dir takes a folder.')
  return {
    web: values.web === true,
    port,
    dataDir: values['data-dir'],
    sample: values.sample === true,
    open: values['no-open'] !== true,
    help: values.help === true,
  }
}

export interface DesktopOptions extends Pick<LaunchOptions, 'dataDir' | 'sample'> {
  /** The system starts the app as the person logs in. */
  readonly hidden: boolean
}

/** The desktop app's share of the flags. Electron, the system and test tools add flags of their own: those are ignored. */
export function desktopOptions(args: readonly string[]): DesktopOptions {
  const options = { ...flags, hidden: { type: 'boolean' } } as const
  const { values } = parseArgs({ args: [...args], options, strict: false })
  const dataDir = values['data-dir']
  return {
    dataDir: typeof dataDir === 'string' && dataDir !== '' ? dataDir : undefined,
    sample: values.sample === true,
    hidden: values.hidden === true,
  }
}
