import { FeedError } from '../feed.ts'
import { free } from '../free.ts'
import { linkedSignal } from '../signals.ts'
import { decompress, type Unpacked } from './decompress.ts'
import { statusFailure } from './failure.ts'
import type { Fetch, FetchAnswer, FetchRequest } from './fetcher.ts'
import { readMaxAge, readRetryAfter } from './headers.ts'
import { createHostWaits, type HostWaits, type KeptWaits } from './hostWaits.ts'
import type { SystemProxies } from './proxy.ts'
import { createQueue, type Queue, type Release } from './queue.ts'
import { isPermanent, isRedirect, mayHaveSecret, redirectTarget } from './redirects.ts'
import {
  type HopAnswer,
  type RequestLimits,
  type Resolve,
  requestOnce,
  resolveWithSystem,
  SMALL_BODY,
} from './request.ts'
import { createRoom, type Room } from './room.ts'
import { basic, type Credentials, readSecret } from './secret.ts'
import { takeUserInfo, withUserInfoOf } from './userInfo.ts'

export interface FetchLimits extends RequestLimits {
  /** Connections at a time to one host name, and in all. */
  readonly perHost: number
  readonly total: number
}

export interface FetchOptions {
  readonly userAgent?: string
  /** Epoch ms. */
  readonly now?: () => number
  readonly limits?: Partial<FetchLimits>
  /** True if this address may lie in a private network; by default every address may, since a person typed it. */
  readonly allowPrivate?: (url: string) => boolean
  /** By default the system's resolver. */
  readonly resolve?: Resolve
  /** Keeps over restarts which hosts asked to wait; without it they are forgotten at the end. */
  readonly keptWaits?: KeptWaits
  /** Called for each request where the environment names no proxy. */
  readonly systemProxies?: SystemProxies | undefined
}

/**
 * The engine's way to the network: conditional GET over HTTP/1.1, redirects followed by hand, proxies from the environment
 * (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), else those of the system, no cookies. A connection serves one request: polls of one
 * host are minutes apart, and a connection that is never reused is never stale.
 *
 * A redirect from a public address to a private one is refused when the connection is made, by the addresses it would use, so
 * that a name that resolves to another address each time gains nothing. (Through a proxy only names and addresses that are
 * private by themselves are recognised: the proxy resolves the others.)
 *
 * `close` aborts the requests under way and waits for them.
 */
export function createFetch(options: FetchOptions = {}): { fetch: Fetch; close(): Promise<void> } {
  const limits = { ...USUAL_LIMITS, ...options.limits }
  const network: Network = {
    userAgent: options.userAgent ?? 'Wirewatch/0.1 (+local feed reader)',
    now: options.now ?? Date.now,
    limits,
    allowPrivate: options.allowPrivate ?? (() => true),
    resolve: options.resolve ?? resolveWithSystem,
    systemProxies: options.systemProxies,
    queue: createQueue(limits),
    room: createRoom(ROOM),
    unpackers: createRoom(UNPACKERS),
    waits: createHostWaits(options.now ?? Date.now, options.keptWaits),
  }
  const closing = new AbortController()
  const running = new Set<Promise<FetchAnswer>>()

  return {
    fetch(request, signal) {
      const both = linkedSignal(closing.signal, signal)
      const answer = fetchAddress(network, request, both.signal).finally(both.release)
      running.add(answer)
      answer.then(
        () => running.delete(answer),
        () => running.delete(answer),
      )
      return answer
    },
    async close() {
      closing.abort(new DOMException('The engine is closing.', 'AbortError'))
      await Promise.allSettled(running)
    },
  }
}

const USUAL_LIMITS: FetchLimits = {
  connectMs: 15_000,
  totalMs: 60_000,
  maxBytes: 20_000_000,
  perHost: 2,
  total: 8,
}

/** Bytes of large bodies that are received, read and taken in at once: to read one takes about ten times its size. */
const ROOM = 24_000_000
const UNPACKERS = 2

interface Network {
  readonly userAgent: string
  readonly now: () => number
  readonly limits: FetchLimits
  readonly allowPrivate: (url: string) => boolean
  readonly resolve: Resolve
  readonly systemProxies: SystemProxies | undefined
  readonly queue: Queue
  readonly room: Room
  /** Bodies whose size is not known until they are unpacked, each as one. */
  readonly unpackers: Room
  readonly waits: HostWaits
}

/** The room that the body of one answer takes. */
interface Held {
  release?: Release
  take(bytes: number, signal: AbortSignal): Promise<void>
}

async function fetchAddress(
  network: Network,
  request: FetchRequest,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  const held: Held = {
    async take(bytes, signal) {
      held.release ??= await network.room.enter(bytes, signal)
    },
  }
  try {
    return await followed(network, request, signal, held)
  } catch (error) {
    held.release?.()
    throw error
  }
}

async function followed(
  network: Network,
  request: FetchRequest,
  signal: AbortSignal,
  held: Held,
): Promise<FetchAnswer> {
  const { limits } = network
  const { url: first, credentials } = readAddress(request)
  let url = first
  let movedTo: string | null = null
  let permanent = true
  let mayBePrivate = request.publicOnly !== true && network.allowPrivate(request.url)
  let timeLeft = limits.totalMs
  let ms = 0
  const visited = new Set<string>()

  for (let hop = 0; ; hop++) {
    visited.add(url.href)
    refuseWhileWaiting(network, url.hostname, request.manual === true)
    const release = await network.queue.enter(url.hostname, signal)
    const started = performance.now()
    let answer: HopAnswer
    try {
      // Another request may have been asked to wait while this one stood in the queue.
      refuseWhileWaiting(network, url.hostname, request.manual === true)
      answer = await requestOnce(
        {
          url,
          headers: {
            'user-agent': network.userAgent,
            ...(request.etag === '' ? {} : { 'if-none-match': request.etag }),
            ...(request.lastModified === '' ? {} : { 'if-modified-since': request.lastModified }),
            ...(credentials !== null && mayHaveSecret(url, first)
              ? { [credentials.name]: credentials.value }
              : {}),
          },
          mayBePrivate,
          redirected: hop > 0,
          timeLeft,
          room: held.take,
        },
        limits,
        network.resolve,
        signal,
        network.systemProxies,
      )
    } finally {
      release()
      const spent = performance.now() - started
      timeLeft = Math.max(1, timeLeft - spent)
      ms += spent
    }
    mayBePrivate &&= answer.isPrivate

    const location = answer.headers.location
    if (isRedirect(answer.status) && location !== undefined) {
      permanent &&= isPermanent(answer.status)
      url = redirectTarget(url, location, hop, visited)
      if (permanent) movedTo = mayHaveSecret(url, first) ? withUserInfoOf(request.url, url) : url.href
      continue
    }
    return await readAnswer(network, request, url, answer, {
      movedTo,
      ms: Math.round(ms),
      signal,
      held,
    })
  }
}

async function readAnswer(
  network: Network,
  request: FetchRequest,
  url: URL,
  { status, headers, wire }: HopAnswer,
  path: { movedTo: string | null; ms: number; signal: AbortSignal; held: Held },
): Promise<FetchAnswer> {
  const now = network.now()
  const conditional = request.etag !== '' || request.lastModified !== ''
  if ((status < 200 || status > 299) && !(status === 304 && conditional)) {
    const retryAt = status === 429 || status === 503 ? readRetryAfter(headers, now) : null
    if (retryAt !== null && retryAt > now) network.waits.add(url.hostname, { until: retryAt, status })
    if (isRedirect(status))
      throw new FeedError('redirects', `${url.host} redirects (${status}) without saying where to.`, {
        status,
      })
    throw statusFailure(status, url.host, retryAt, now)
  }
  network.waits.clear(url.hostname)
  const unpacked =
    status === 304
      ? { body: new Uint8Array(), cut: false, notes: [] }
      : await unpack(network, wire, headers['content-encoding'] ?? '', url.host, path)
  // A body that broke off must be fetched again in full, so its validators are not kept.
  const validator = (name: string, ours: string): string =>
    unpacked.cut ? '' : (headers[name] ?? (status === 304 ? ours : ''))
  return {
    status,
    url: url.href,
    movedTo: path.movedTo,
    body: unpacked.body,
    notes: unpacked.notes,
    contentType: headers['content-type'] ?? '',
    contentLocation: headers['content-location'] ?? '',
    contentLanguage: headers['content-language'] ?? '',
    etag: validator('etag', request.etag),
    lastModified: validator('last-modified', request.lastModified),
    maxAge: readMaxAge(headers),
    bytes: wire.length,
    ms: path.ms,
    ...(path.held.release === undefined ? {} : { release: releaseOf(path.held.release, unpacked.body) }),
  }
}

/** Lets go of the room and of the body in it. */
const releaseOf = (release: Release, body: Uint8Array) => (): void => {
  free(body)
  release()
}

/** Unpacks a body; one of unknown size has its turn, so that few wait unpacked for room. */
async function unpack(
  network: Network,
  wire: Uint8Array,
  contentEncoding: string,
  host: string,
  { signal, held }: { signal: AbortSignal; held: Held },
): Promise<Unpacked> {
  const mayGrow = held.release === undefined && (contentEncoding !== '' || wire[0] === GZIP)
  const leave = mayGrow ? await network.unpackers.enter(1, signal) : undefined
  try {
    const unpacked = await decompress(wire, contentEncoding, network.limits.maxBytes, host)
    if (unpacked.body.length > SMALL_BODY) await held.take(unpacked.body.length, signal)
    return unpacked
  } finally {
    leave?.()
  }
}
/** The first byte of a gzip file. */
const GZIP = 0x1f

function readAddress(request: FetchRequest): { url: URL; credentials: Credentials | null } {
  const url = URL.canParse(request.url) ? new URL(request.url) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new FeedError(
      'bad-address',
      'This is not a web address: it must begin with http:// or https:// and name a server.',
    )
  const inAddress = takeUserInfo(url)
  url.hash = ''
  return { url, credentials: readSecret(request.secret) ?? (inAddress === '' ? null : basic(inAddress)) }
}

function refuseWhileWaiting(network: Network, hostname: string, manual: boolean): void {
  const wait = manual ? undefined : network.waits.of(hostname)
  if (wait !== undefined) throw statusFailure(wait.status, hostname, wait.until, network.now())
}
