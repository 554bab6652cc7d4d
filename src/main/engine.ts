/** The engine of the desktop app, in a utility process: opens the core and answers the contract's calls on the lines it gets. */
import { setFlagsFromString } from 'node:v8'
import { createRouterClient, onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { type Channel, Problem, type SecretBox, StoreError } from '../core/wirewatch.ts'
import { reportFault } from '../engine/faults.ts'
import { openLog } from '../engine/log.ts'
import { openEngine } from '../engine/openEngine.ts'
import { dataFolder } from '../launch/dataFolder.ts'
import engineProcess from '../launch/engineProcess.json' with { type: 'json' }
import { desktopOptions } from '../launch/options.ts'
import type { FromEngine, News, NewsAct, ToEngine } from './messages.ts'
import { newsOf } from './news.ts'

const { parentPort } = process
// V8 runs already; what it asks these flags for later, by them.
for (const flag of engineProcess.flags) setFlagsFromString(flag)
const send = (message: FromEngine): void => parentPort.postMessage(message)
const options = desktopOptions(process.argv.slice(2))
const dataDir = dataFolder(options)
/** Written by the engine itself: what a process prints as it ends does not reach the main process any more. */
const log = openLog(dataDir)
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    log(`The engine fails: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    process.exit(1)
  })

/** Questions about the system's proxies that the main process has not answered yet, by number. */
const questions = new Map<number, (list: string) => void>()
let lastQuestion = 0
const systemProxies = (url: string): Promise<string> =>
  new Promise((resolve) => {
    questions.set(++lastQuestion, resolve)
    send({ type: 'ask-proxies', question: lastQuestion, url })
  })

/** Texts that the main process has not sealed or opened yet, by number. */
const secrets = new Map<number, (text: string | null) => void>()
const askSecret = (type: 'seal' | 'unseal', text: string): Promise<string | null> =>
  new Promise((resolve) => {
    secrets.set(++lastQuestion, resolve)
    send({ type, question: lastQuestion, text })
  })
const secretBox: SecretBox = {
  seal: (text) => askSecret('seal', text),
  open: (text) => askSecret('unseal', text),
}

/** News that the main process has not shown yet, by number. */
const showing = new Map<number, { shown: () => void; failed: (reason: Error) => void }>()
const desktop: Channel = {
  deliver: (message) =>
    new Promise((shown, failed) => {
      showing.set(message.id, { shown, failed })
      send({ type: 'news', id: message.id, news: newsOf(message) })
    }),
}

const opening = openEngine({
  dataDir,
  sample: options.sample,
  shell: 'the desktop app',
  // The command line alone comes this way; the page is the window's.
  page: () => false,
  port: 0,
  log,
  systemProxies,
  secretBox,
  channels: { desktop },
})

parentPort.on('message', ({ data, ports }) => {
  const message = data as ToEngine
  if (message.type === 'port' && ports[0] !== undefined) void answerOn(ports[0])
  else if (message.type === 'close') void close()
  else if (message.type === 'proxies') {
    questions.get(message.question)?.(message.list)
    questions.delete(message.question)
  } else if (message.type === 'secret') {
    secrets.get(message.question)?.(message.text)
    secrets.delete(message.question)
  } else if (message.type === 'acted') void act(message.act, message.news)
  else if (message.type === 'shown') {
    const { id, failure } = message
    if (failure === null) showing.get(id)?.shown()
    else showing.get(id)?.failed(new Error(failure))
    showing.delete(id)
  }
})
opening.then(follow, refuse)

async function answerOn(port: Electron.MessagePortMain): Promise<void> {
  const { router } = await opening
  new RPCHandler(router, {
    clientInterceptors: [onError((error, { path }) => reportFault(error, path, log))],
  }).upgrade(port)
  port.start()
}

/** Does what the person chose on a notification. */
async function act(what: NewsAct, { alert, story }: News): Promise<void> {
  if (alert === null) return
  const { router } = await opening
  const client = createRouterClient(router)
  try {
    await client.inbox.mark({
      of:
        story === null
          ? { filter: { show: 'new', alert, query: '' } }
          : { hits: [{ alert, stories: [story] }] },
      act: what === 'seen' ? { act: 'seen' } : { act: 'snooze', for: 'hour' },
    })
  } catch (error) {
    log(
      `What was chosen on a notification could not be done: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** Keeps the tray's count of new hits up to date. */
async function follow({ router }: Awaited<typeof opening>): Promise<void> {
  send({ type: 'open' })
  const client = createRouterClient(router)
  for await (const change of await client.changes({})) {
    if (change.type !== 'hello' && change.type !== 'alerts') continue
    const { unreadHits } = await client.app.info({})
    send({ type: 'unread', unread: unreadHits })
  }
}

function refuse(error: unknown): void {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  // Such an error needs the person: another engine would only fail in the same way.
  if (error instanceof Problem || error instanceof StoreError)
    send({ type: 'refused', message: error.message })
  process.exit(1)
}

async function close(): Promise<void> {
  try {
    const engine = await opening
    await engine.close()
    process.exit(0)
  } catch (error) {
    log(`Closing failed: ${error instanceof Error ? error.stack : error}`)
    process.exit(1)
  }
}
