// For tests: a plain Node process around the engine's bundle, in place of Electron's utility process. Copied beside out/, it
// is told by its parent what the main process would say, and makes the page's calls on the line it gives the engine.
import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

const parentPort = new EventEmitter()
parentPort.postMessage = (message) => process.send({ said: message })
process.parentPort = parentPort
const { port1, port2 } = new MessageChannel()
const client = createORPCClient(new RPCLink({ port: port2 }))
port2.start()
process.on('message', async ({ type, path, input, ...rest }) => {
  if (type === 'port') parentPort.emit('message', { data: { type }, ports: [port1] })
  else if (type === 'proxies') parentPort.emit('message', { data: { type, ...rest }, ports: [] })
  else if (type === 'close') parentPort.emit('message', { data: { type }, ports: [] })
  else
    try {
      const answer = await path.reduce((at, name) => at[name], client)(input)
      if (path[0] === 'changes') process.send({ answer: (await answer.next()).value })
      else process.send({ answer })
    } catch (error) {
      process.send({ answer: { failed: error.message } })
    }
})
await import('./out/main/engine.js')
