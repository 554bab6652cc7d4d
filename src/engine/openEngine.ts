import { createRouter } from '../api/router/index.ts'
import { acquire, type Holder } from '../core/lock.ts'
import { openSample } from '../core/sample.ts'
import { type Channels, openWirewatch, type SecretBox, type SystemProxies } from '../core/wirewatch.ts'
import { type Keys, newKeys } from './access.ts'
import type { Page } from './page.ts'
import { serve } from './server.ts'

export interface EngineOptions {
  readonly dataDir: string
  readonly sample: boolean
  readonly shell: Holder['shell']
  /** What browsers get: the folder of the built page, or what answers in its place. */
  readonly page: string | Page
  /** 0 takes any free port. */
  readonly port: number
  /** Overrides the page's headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** Keys that outlive this launch: the development server's. */
  readonly keys?: Keys
  readonly log: (line: string) => void
  /** Where the shell knows the system's proxies. */
  readonly systemProxies?: SystemProxies
  /** By what the shell tells a person of hits; where it has nothing, the page does. */
  readonly channels?: Channels
  /** Where the system keeps secrets for the shell. */
  readonly secretBox?: SecretBox
}

export interface OpenEngine {
  readonly router: ReturnType<typeof createRouter>
  /** The address for the browser, with the key of this launch. */
  readonly url: string
  /** Ends streams and jobs, closes the database, gives the folder free; a second call waits for the first. */
  close(): Promise<void>
}

/**
 * Opens the engine of a data folder as its only one, and answers calls on 127.0.0.1: the command line finds the address
 * and its key in the lock. What was opened is closed again, in reverse, where a later step fails.
 * @throws Problem (who holds the folder), StoreError (the archive), Error (the port is taken), each with a sentence
 */
export async function openEngine(options: EngineOptions): Promise<OpenEngine> {
  const { dataDir, sample, log, systemProxies, secretBox } = options
  const opened: (() => unknown)[] = []
  const undoAll = async (): Promise<void> => {
    for (let undo = opened.pop(); undo !== undefined; undo = opened.pop()) await undo()
  }
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    closed ??= undoAll()
    return closed
  }
  try {
    const lock = acquire(dataDir, { shell: options.shell })
    opened.push(() => lock.release())
    const wirewatch = sample
      ? await openSample({ dataDir, log, systemProxies })
      : openWirewatch({ dataDir, log, polling: true, systemProxies, secretBox })
    opened.push(() => wirewatch.close())
    const router = createRouter(wirewatch)
    const { page, port, headers = {}, keys = newKeys() } = options
    const server = await serve({ router, page, port, headers, keys, log })
    opened.push(() => server.close())
    lock.update({ address: `http://127.0.0.1:${server.port}`, token: server.token })
    wirewatch.deliverNotices(options.channels ?? {})
    log(`${options.shell} opened ${dataDir} and answers on port ${server.port}`)
    return { router, url: server.url, close }
  } catch (error) {
    await close()
    throw error
  }
}
