import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AnyRouter, onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/node'
import { admit, isCall, type Keys, newKeys } from './access.ts'
import { reportFault } from './faults.ts'
import { builtPage, type Page } from './page.ts'
import { PAGE_HEADERS } from './pagePolicy.ts'

export interface ServeOptions {
  /** The contract's implementation (`createRouter`). */
  readonly router: AnyRouter
  /** The folder of the built page, or what answers in its place (the development server). */
  readonly page: string | Page
  /** 0 takes any free port. */
  readonly port: number
  /** The keys of this launch; made afresh unless given (the development server keeps its own over restarts). */
  readonly keys?: Keys
  /** Overrides the page's headers (the development server's policy). */
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes of the largest call. */
  readonly bodyLimit?: number
  /** How long a client may take to send a request. */
  readonly patience?: Patience
  /** One line about a failure a person or developer should know of. */
  readonly log?: (line: string) => void
}

export interface WebServer {
  readonly port: number
  readonly token: string
  /** The address to open: it holds the token, which the page exchanges for its key. */
  readonly url: string
  readonly server: Server
  /** Ends open event streams and connections, then resolves. */
  close(): Promise<void>
}

/** Milliseconds. */
export interface Patience {
  /** For the head of a request, from its first byte or that of the connection. */
  readonly head: number
  /** For all of it. */
  readonly whole: number
  /** How often that is looked at. */
  readonly look: number
}

/** Every client is on this machine: the largest call takes seconds. Answers, event streams among them, may last. */
const PATIENCE: Patience = { head: 10_000, whole: 60_000, look: 2_000 }

/** The largest call: a pack or OPML file of 20 million characters, as JSON. */
const BODY_LIMIT = 48 * 1024 * 1024

/**
 * Serves the page and the contract (`/rpc/…`) on 127.0.0.1 and nowhere else. Every request passes `admit`.
 * Rejects where the port is taken or the page is not built.
 */
export async function serve(options: ServeOptions): Promise<WebServer> {
  const log = options.log ?? (() => undefined)
  const page = typeof options.page === 'string' ? builtPage(options.page) : options.page
  const headers = { ...PAGE_HEADERS, ...options.headers }
  const keys = options.keys ?? newKeys()
  const limit = options.bodyLimit ?? BODY_LIMIT
  const rpc = new RPCHandler(options.router, {
    clientInterceptors: [onError((error, { path }) => reportFault(error, path, log))],
  })
  const { head, whole, look } = options.patience ?? PATIENCE
  const http = {
    maxHeaderSize: 16 * 1024,
    headersTimeout: head,
    requestTimeout: whole,
    connectionsCheckingInterval: look,
  }
  const server = createServer(http, (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(request, response).catch((error: unknown) => {
      log(
        `${request.method} ${request.url?.split('?')[0]}: ${error instanceof Error ? error.message : String(error)}`,
      )
      if (response.headersSent) response.destroy()
      else respond(response, 500, 'The server failed on this request; its log says why.')
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verdict = admit(request, port, keys)
    if (verdict.allow === false) return respond(response, verdict.status, verdict.message)
    if (verdict.allow === 'exchange') {
      response.writeHead(303, {
        Location: verdict.location,
        'Cache-Control': 'no-store',
      })
      response.end()
      return
    }
    if (isCall(request.url ?? '')) return call(request, response)
    if (request.method === 'POST') return respond(response, 405, 'Calls go to /rpc.')
    if (!(await page(request, response))) respond(response, 404, 'There is nothing at this address.')
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return respond(response, 405, 'A call is a POST.')
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return respond(response, 415, 'A call is application/json.')
    const body = await readBody(request, limit)
    if (body === undefined) {
      response.setHeader('Connection', 'close')
      return respond(response, 413, `A call may hold at most ${limit / 1024 / 1024} MiB.`)
    }
    let json: unknown
    try {
      json = body.length === 0 ? {} : JSON.parse(body.toString('utf8'))
    } catch {
      return respond(response, 400, 'The call is not JSON.')
    }
    response.setHeader('Cache-Control', 'no-store')
    const { matched } = await rpc.handle(Object.assign(request, { body: json }), response, { prefix: '/rpc' })
    if (!matched) respond(response, 404, 'There is no such call.')
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${options.port} is taken: choose another with --port, or leave it out.`)
          : error,
      ),
    )
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    token: keys.token,
    url: `http://127.0.0.1:${port}/?token=${keys.token}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The whole body, or undefined where it is over the limit (the rest is not read). */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function respond(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${message}\n`)
}
