import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import type { FromEngine, News, NewsAct, ToEngine } from './messages.ts'

export interface EngineProcess {
  /** The page's end of a new message channel to the engine; undefined while there is no engine. */
  line(): MessagePortMain | undefined
  /** Asks the engine once to close the archive and waits for its end; after 10 seconds without waiting longer. */
  close(): Promise<void>
  /** The person chose something to do on a notification. */
  acted(act: NewsAct, news: News): void
}

export interface EngineWatch {
  /** A new engine process runs: lines to the one before are dead. */
  started(): void
  /** The engine ended by itself; another follows in `delay` ms. */
  lost(delay: number, failures: number): void
  /** A message that asks for no answer. */
  received(message: FromEngine): void
  /** Shows news on the desktop; rejects where that failed. */
  notify(news: News): Promise<void>
  /** The system's proxies for an address, as a proxy script would list them. */
  proxies(url: string): Promise<string>
  /** A text sealed by the system's keeping of secrets, or opened again; null where that cannot be done. */
  secret(what: 'seal' | 'unseal', text: string): Promise<string | null>
}

/** After an engine has run this long, the back-off begins anew. */
const SOUND_MS = 60_000
const CLOSING_MS = 10_000

/** Milliseconds before the next try after so many failures in a row: half a second, doubled each time, at most 30 s. */
function backOff(failures: number): number {
  return Math.min(30_000, 500 * 2 ** Math.max(0, failures - 1))
}

/**
 * Runs the engine in a process of its own and starts it again when it dies, with back-off. What Node itself writes in it (a
 * warning, an abort) goes to the log; the engine writes its own lines there.
 * @param bundle the built engine
 * @param args its command line
 */
export function runEngine(
  bundle: string,
  args: readonly string[],
  log: (line: string) => void,
  watch: EngineWatch,
): EngineProcess {
  let child: UtilityProcess | undefined
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let closing = false
  let closed: Promise<void> | undefined
  let ended: () => void = () => undefined

  start()
  return {
    line() {
      if (child === undefined || closing) return undefined
      const { port1, port2 } = new MessageChannelMain()
      post(child, { type: 'port' }, [port1])
      return port2
    },
    acted(act, news) {
      if (child !== undefined && !closing) post(child, { type: 'acted', act, news })
    },
    close() {
      closed ??= close()
      return closed
    },
  }

  function close(): Promise<void> {
    closing = true
    clearTimeout(timer)
    const last = child
    if (last === undefined) return Promise.resolve()
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        log('The engine did not close in time and is ended.')
        last.kill()
        resolve()
      }, CLOSING_MS)
      ended = () => {
        clearTimeout(late)
        resolve()
      }
      post(last, { type: 'close' })
    })
  }

  async function answerProxies(
    asking: UtilityProcess,
    { question, url }: Extract<FromEngine, { type: 'ask-proxies' }>,
  ): Promise<void> {
    const list = await watch.proxies(url).catch((error: Error) => {
      log(`The system's proxies are not known: ${error.message}`)
      return 'DIRECT'
    })
    if (asking === child) post(asking, { type: 'proxies', question, list })
  }

  async function answerSecret(
    asking: UtilityProcess,
    { type, question, text }: Extract<FromEngine, { type: 'seal' | 'unseal' }>,
  ): Promise<void> {
    const answer = await watch.secret(type, text).catch((error: Error) => {
      log(`The system's keeping of secrets failed: ${error.message}`)
      return null
    })
    if (asking === child) post(asking, { type: 'secret', question, text: answer })
  }

  async function show(
    asking: UtilityProcess,
    { id, news }: Extract<FromEngine, { type: 'news' }>,
  ): Promise<void> {
    const failure = await watch.notify(news).then(
      () => null,
      (error: Error) => error.message,
    )
    if (asking === child) post(asking, { type: 'shown', id, failure })
  }

  function start(): void {
    const started = Date.now()
    const mine = utilityProcess.fork(bundle, [...args], { stdio: 'pipe', serviceName: 'Wirewatch engine' })
    child = mine
    for (const stream of [mine.stdout, mine.stderr]) stream?.on('data', lines(log))
    mine.on('message', (message: FromEngine) => {
      if (message.type === 'ask-proxies') void answerProxies(mine, message)
      else if (message.type === 'seal' || message.type === 'unseal') void answerSecret(mine, message)
      else if (message.type === 'news') void show(mine, message)
      else {
        // Another would only be refused again, and again while the person reads why.
        if (message.type === 'refused') closing = true
        watch.received(message)
      }
    })
    // V8 ended the process: out of memory, most of the time. Its exit follows.
    mine.on('error', (type, location) => log(`The engine failed (${type}, ${location}).`))
    mine.once('exit', (code) => {
      child = undefined
      if (closing) {
        ended()
        return
      }
      failures = Date.now() - started >= SOUND_MS ? 1 : failures + 1
      const delay = backOff(failures)
      log(`The engine ended (code ${code}); another starts in ${delay} ms.`)
      timer = setTimeout(start, delay)
      watch.lost(delay, failures)
    })
    watch.started()
  }
}

const post = (child: UtilityProcess, message: ToEngine, ports: MessagePortMain[] = []): void =>
  child.postMessage(message, ports)

/** Cuts a stream of bytes into lines. */
function lines(log: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new TextDecoder()
  let rest = ''
  return (chunk) => {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim() !== '') log(part)
  }
}
