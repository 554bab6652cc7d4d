import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../api/contract/index.ts'
import { acquire, type Holder, held, holder, type Lock, unanswered } from '../core/lock.ts'
import type { Wirewatch } from '../core/wirewatch.ts'
import { openLog } from '../engine/log.ts'

export type Client = ContractRouterClient<Contract>

/** A data folder as a command uses it. */
export interface Connection {
  /** The contract, answered by the engine that runs already, else by one of our own. */
  readonly client: Client
  /** Our own engine, null where another runs. */
  readonly own: Wirewatch | null
  /** Who runs the engine, null where it is our own. */
  readonly running: Holder | null
  close(): Promise<void>
}

/** Milliseconds that a command waits for another one to release the folder, or for a shell to publish its address. */
const PATIENCE_MS = 10_000

/**
 * Connects to the engine of a data folder: to the one that runs (the app, the browser shell), otherwise the folder is opened
 * for this command alone.
 * @throws Problem that names the holder of the folder, if that one cannot be reached
 */
export async function connect(dataDir: string, options: { patience?: number } = {}): Promise<Connection> {
  const until = Date.now() + (options.patience ?? PATIENCE_MS)
  for (;;) {
    const running = holder(dataDir)
    if (running === undefined) break
    if (running.address !== undefined && running.token !== undefined) return remote(dataDir, running)
    if (Date.now() > until) throw held(dataDir, running)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return local(dataDir, acquire(dataDir, { shell: 'the command line' }))
}

async function remote(dataDir: string, running: Holder): Promise<Connection> {
  const { address, token } = running
  const [{ createORPCClient }, { RPCLink }] = await Promise.all([
    import('@orpc/client'),
    import('@orpc/client/fetch'),
  ])
  const link = new RPCLink({
    url: `${address}/rpc`,
    headers: { Authorization: `Bearer ${token}` },
    async fetch(request, init) {
      const response = await fetch(request, init).catch(() => undefined)
      const refused = response?.status === 401 || response?.status === 403
      if (response === undefined || refused || !isAnswer(response))
        throw unanswered(dataDir, running, refused)
      return response
    },
  })
  return { client: createORPCClient(link), own: null, running, close: () => Promise.resolve() }
}

/** False for what another server says that took the address of an engine which is gone. */
const isAnswer = ({ headers }: Response): boolean =>
  /^(?:application\/json|text\/event-stream)\b/.test(headers.get('content-type') ?? '')

async function local(dataDir: string, lock: Lock): Promise<Connection> {
  try {
    const [{ createRouterClient }, { createRouter }, { openWirewatch }] = await Promise.all([
      import('@orpc/server'),
      import('../api/router/index.ts'),
      import('../core/wirewatch.ts'),
    ])
    const own = openWirewatch({ dataDir, log: openLog(dataDir) })
    return {
      client: createRouterClient(createRouter(own)),
      own,
      running: null,
      async close() {
        await own.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
