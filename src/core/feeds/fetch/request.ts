import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { buildConnector, Dispatcher } from 'undici'
import { FeedError } from '../feed.ts'
import { duration } from '../pace/duration.ts'
import { linkedSignal, untilAborted } from '../signals.ts'
import { isPrivateAddress, isPrivateName } from './address.ts'
import { acceptEncoding, tooLarge } from './decompress.ts'
import { networkFailure } from './failure.ts'
import { type Headers, singleHeaders } from './headers.ts'
import { namesProxy, type SystemProxies, systemProxy } from './proxy.ts'

export interface RequestLimits {
  /** For name look-up, connection and TLS together. */
  readonly connectMs: number
  /** From the first connection to the last byte, redirects included, but not the time in the queue. */
  readonly totalMs: number
  /** Of a body, both compressed and decompressed. */
  readonly maxBytes: number
}

export interface ResolvedAddress extends LookupAddress {
  readonly isPrivate: boolean
}
/** All addresses of a name; fails as node:dns does. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>

export interface Hop {
  readonly url: URL
  /** What is sent, by POST; left out: a GET. */
  readonly post?: string
  readonly headers: Headers
  readonly mayBePrivate: boolean
  /** True if another server redirected here: only the sentence of a failure differs. */
  readonly redirected: boolean
  /** Ms left of the total time. */
  readonly timeLeft: number
  /** Waits for room for a large body, which does not count as time. */
  readonly room?: (bytes: number, signal: AbortSignal) => Promise<void>
}

export interface HopAnswer {
  readonly status: number
  readonly headers: Headers
  /** The body as sent, still compressed; empty for redirects and refusals, and after a POST: those bodies are not read. */
  readonly wire: Uint8Array
  /** Whether the server lies in a private network. */
  readonly isPrivate: boolean
}

/**
 * One GET or POST over a connection of its own, through the proxy of the environment or the system if there is one. Whether the
 * server is private is decided by the addresses that the connection is made to.
 * @throws FeedError; the signal's reason where it aborts
 */
export async function requestOnce(
  hop: Hop,
  limits: RequestLimits,
  resolve: Resolve,
  signal: AbortSignal,
  system?: SystemProxies,
): Promise<HopAnswer> {
  const { url, mayBePrivate } = hop
  const host = url.host
  let isPrivate = isPrivateName(url.hostname)
  if (isPrivate && !mayBePrivate) throw notPublic(hop)

  const lookup: LookupFunction = (hostname, { all }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        isPrivate = addresses.every((address) => address.isPrivate)
        const open = addresses.filter((address) => mayBePrivate || !address.isPrivate)
        if (addresses.length > 0 && open.length === 0) callback(notPublic(hop), [])
        else if (all === true) callback(null, [...open])
        else callback(null, open[0]?.address ?? '', open[0]?.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    )
  }

  const ending = linkedSignal(signal)
  const either = ending.signal
  let answered = false
  const startTimer = (ms: number): NodeJS.Timeout =>
    setTimeout(() => ending.abort(new FeedError('timeout', slow(host, answered, limits.totalMs))), ms)
  const started = performance.now()
  let timer = startTimer(hop.timeLeft)
  const roomFor = async (bytes: number): Promise<void> => {
    if (hop.room === undefined) return
    clearTimeout(timer)
    const left = hop.timeLeft - (performance.now() - started)
    await hop.room(bytes, either)
    timer = startTimer(Math.max(1, left))
  }
  let agent: Dispatcher | null = null
  let proxy: string | null = null
  try {
    signal.throwIfAborted()
    proxy = await untilAborted(systemProxy(url, system), either)
    agent = await createAgent(url.origin, limits, lookup, either, proxy)
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      ...(hop.post === undefined
        ? { method: 'GET', headers: { ...hop.headers, accept, 'accept-encoding': acceptEncoding } }
        : { method: 'POST', headers: hop.headers, body: hop.post }),
      signal: either,
    })
    answered = true
    const status = response.statusCode
    const headers = singleHeaders(response.headers)
    response.body.on('error', () => {})
    const wire =
      hop.post === undefined && status >= 200 && status <= 299
        ? await readBody(response.body, headers, limits.maxBytes, host, roomFor)
        : new Uint8Array()
    return { status, headers, wire, isPrivate }
  } catch (error) {
    if (either.aborted) throw either.reason
    const failure = networkFailure(error, host, limits.connectMs, {
      answered,
      posted: hop.post !== undefined,
    })
    throw proxy !== null && !answered && unreachable.has(failure.code) ? badProxy(proxy) : failure
  } finally {
    clearTimeout(timer)
    ending.release()
    await agent?.destroy(SERVED)
  }
}

/** The system's resolver: hosts file, local names and VPN included. */
export const resolveWithSystem: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses.map((a) => ({ ...a, isPrivate: isPrivateAddress(a.address) })))
      else reject(error)
    })
  })

/** Without it undici makes an error with a stack for each connection that has done its work. */
const SERVED = new Error('The connection has served its request.')

/** Failures before any server answered: behind a proxy they mean that the proxy cannot be reached. */
const unreachable = new Set(['dns', 'refused', 'network', 'proxy'])

const badProxy = (proxy: string): FeedError =>
  new FeedError(
    'proxy',
    `The system's proxy (${new URL(proxy).host}) could not be used. Check the system's network settings.`,
  )

const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1'

const notPublic = ({ url, redirected }: Hop): FeedError =>
  new FeedError(
    'private',
    redirected
      ? `A public address leads to ${url.host} in a private network; that is not followed. If it is meant, type the private address itself.`
      : `${url.host} lies in a private network; only an address that a person typed may.`,
  )

const slow = (host: string, answered: boolean, totalMs: number): string =>
  answered
    ? `${host} was too slow: its answer was not complete after ${duration(totalMs)}.`
    : `${host} gave no answer within ${duration(totalMs)}.`

/**
 * A plain client where the request goes direct: making undici's proxy agent takes longer than all the rest. undici is loaded
 * with the first request: an engine that only answers needs none.
 */
async function createAgent(
  origin: string,
  limits: RequestLimits,
  lookup: LookupFunction,
  signal: AbortSignal,
  proxy: string | null,
): Promise<Dispatcher> {
  const { Client, EnvHttpProxyAgent } = await import('undici')
  const options = {
    // The signal also ends a connection that is still being made.
    connect: { lookup, signal },
    connectTimeout: limits.connectMs,
    // The total time decides, whichever part of the answer is slow.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 64 * 1024,
    // No connection is kept.
    pipelining: 0,
    allowH2: false,
  }
  if (proxy === null && !namesProxy(process.env)) return new Client(origin, options)
  try {
    return new EnvHttpProxyAgent({
      ...options,
      ...(proxy === null ? {} : { httpProxy: proxy, httpsProxy: proxy, noProxy: '' }),
      // With this undici would speak TLS to a SOCKS proxy.
      ...(proxy?.startsWith('socks5:') ? {} : { proxyTls: { signal } as buildConnector.BuildOptions }),
    })
  } catch {
    throw new FeedError(
      'proxy',
      'HTTP_PROXY or HTTPS_PROXY is not an address. It reads like http://proxy:3128.',
    )
  }
}

/** Bytes of a body that is received without waiting for room. */
export const SMALL_BODY = 1_000_000

async function readBody(
  body: AsyncIterable<Uint8Array>,
  headers: Headers,
  most: number,
  host: string,
  roomFor: (bytes: number) => Promise<void>,
): Promise<Uint8Array> {
  const length = Number(headers['content-length'])
  if (length > most) throw tooLarge(host, most)
  // What is compressed may unpack to the most that is read.
  const expected = length > 0 && headers['content-encoding'] === undefined ? length : most
  let bytes = new Uint8Array(SMALLEST_BUFFER)
  let size = 0
  let hasRoom = false
  for await (const chunk of body) {
    const before = size
    size += chunk.length
    if (size > most) throw tooLarge(host, most)
    if (size > SMALL_BODY && !hasRoom) {
      hasRoom = true
      await roomFor(expected)
    }
    if (size > bytes.length)
      bytes = resized(bytes, Math.max(size, Math.min(length || most, 2 * bytes.length)))
    bytes.set(chunk, before)
  }
  return resized(bytes, size)
}
const SMALLEST_BUFFER = 64 * 1024

/** The same bytes in a buffer of another size; the old one is freed at once, not when the collector comes by. */
const resized = (bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> =>
  bytes.length === size ? bytes : new Uint8Array(bytes.buffer.transfer(size))
