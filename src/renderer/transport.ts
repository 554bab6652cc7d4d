import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { withKey } from './key.ts'

/** What the desktop shell's preload puts on the window; absent in a browser. */
export interface DesktopShell {
  readonly platform: string
  readonly version: string
  /** The window waits for the listener before it closes. */
  onClosing(listener: () => void | Promise<void>): void
  choices(): Promise<DesktopChoices>
  /** Takes over what is named, and answers with all choices and, as a sentence, why one was refused. */
  choose(change: {
    spelling?: boolean
    startAtLogin?: boolean
  }): Promise<{ choices: DesktopChoices; refused: string | null }>
}

/** What a person chooses for the desktop app on this machine. */
export interface DesktopChoices {
  /** Spelling is checked while one types, from the next start on. */
  readonly spelling: boolean
  /** The system starts the app as the person logs in; null where that cannot be offered. */
  readonly startAtLogin: boolean | null
}

declare global {
  interface Window {
    readonly wirewatchShell?: DesktopShell
  }
}

/** The only place that knows how the page reaches the engine: through a port in Electron, by fetch in a browser. */
export function openTransport(): ClientLink<ClientContext> {
  return window.wirewatchShell === undefined
    ? new FetchLink({
        url: `${window.location.origin}/rpc`,
        fetch: withKey(window, (request, init) => fetch(request, init)),
      })
    : portTransport()
}

/** One life of the engine: the link through its port, and the signal that its port closed. */
interface Line {
  readonly link: Promise<ClientLink<ClientContext>>
  readonly lost: AbortController
}

/**
 * Calls wait for the first port. When the engine ends, calls under way fail at once (a port does not say so by
 * itself) and later ones wait for the port of the next engine, which arrives the same way.
 */
function portTransport(): ClientLink<ClientContext> {
  let connect: (link: ClientLink<ClientContext>) => void = () => undefined
  const newLine = (): Line => ({
    link: new Promise((resolve) => {
      connect = resolve
    }),
    lost: new AbortController(),
  })
  let line = newLine()
  let connected = false

  const lose = (): void => {
    if (!connected) return
    connected = false
    const { lost } = line
    line = newLine()
    lost.abort(new Error('The engine ended before it answered.'))
  }
  window.addEventListener('message', (event) => {
    if (event.source !== window) return
    if (event.data === 'wirewatch-lost') lose()
    const port = event.ports[0]
    if (event.data !== 'wirewatch-port' || port === undefined) return
    lose()
    const mine = line
    connected = true
    port.addEventListener('close', () => {
      if (line === mine) lose()
    })
    connect(new PortLink({ port }))
    port.start()
  })
  window.postMessage('wirewatch-ask-port', '*')

  return {
    async call(path, input, options) {
      const { link, lost } = line
      const signal =
        options.signal === undefined ? lost.signal : AbortSignal.any([options.signal, lost.signal])
      return (await link).call(path, input, { ...options, signal })
    },
  }
}
