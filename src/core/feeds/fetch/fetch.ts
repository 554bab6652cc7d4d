import { FeedError } from '../feed.ts'
import { decompress } from './decompress.ts'
import { statusFailure } from './failure.ts'
import type { Fetch, FetchAnswer, FetchRequest } from './fetcher.ts'
import { readMaxAge, readRetryAfter } from './headers.ts'
import { createHostWaits, type HostWaits, type KeptWaits } from './hostWaits.ts'
import type { SystemProxies } from './proxy.ts'
import { createQueue, type Queue } from './queue.ts'
import {
  type HopAnswer,
  type RequestLimits,
  type Resolve,
  requestOnce,
  resolveWithSystem,
} from './request.ts'
import { basic, type Credentials, readSecret } from './secret.ts'

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
  /** Whether this address may lie in a private network; by default every address may, since a person typed it. */
  readonly allowPrivate?: (url: string) => boolean
  /** By default the system's resolver. */
  readonly resolve?: Resolve
  /** Where hosts' wishes to wait are kept over restarts; without it they last as long as this. */
  readonly keptWaits?: KeptWaits
  /** Asked for each request where the environment names no proxy. */
  readonly systemProxies?: SystemProxies
}

const usualLimits: FetchLimits = {
  connectMs: 15_000,
  totalMs: 60_000,
  maxBytes: 20_000_000,
  perHost: 2,
  total: 8,
}
const mostRedirects = 10

/**
 * The engine's way to the network: conditional GET over HTTP/1.1, redirects followed by hand, proxies from the environment
 * (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), else those of the system, no cookies. A connection serves one request: polls of one host are minutes apart, and
 * what is never reused is never stale.
 *
 * A redirect from a public address to a private one is refused where the connection is made, on the very addresses it
 * would use, so that a name that resolves anew each time gains nothing. (Through a proxy only names and addresses that are
 * private by themselves can be told: the proxy does the looking up.)
 *
 * `close` ends what is under way and waits for it.
 */
export function createFetch(options: FetchOptions = {}): { fetch: Fetch; close(): Promise<void> } {
  const limits = { ...usualLimits, ...options.limits }
  const network: Network = {
    userAgent: options.userAgent ?? 'Wirewatch/0.1 (+local feed reader)',
    now: options.now ?? Date.now,
    limits,
    allowPrivate: options.allowPrivate ?? (() => true),
    resolve: options.resolve ?? resolveWithSystem,
    systemProxies: options.systemProxies,
    queue: createQueue(limits),
    waits: createHostWaits(options.now ?? Date.now, options.keptWaits),
  }
  const closing = new AbortController()
  const running = new Set<Promise<FetchAnswer>>()

  return {
    fetch(request, signal) {
      const both = signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal])
      const answer = fetchAddress(network, request, both)
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

interface Network {
  readonly userAgent: string
  readonly now: () => number
  readonly limits: FetchLimits
  readonly allowPrivate: (url: string) => boolean
  readonly resolve: Resolve
  readonly systemProxies: SystemProxies | undefined
  readonly queue: Queue
  readonly waits: HostWaits
}

async function fetchAddress(
  network: Network,
  request: FetchRequest,
  signal: AbortSignal,
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
    refuseBeforeItsTime(network, url.hostname, request.manual === true)
    const release = await network.queue.enter(url.hostname, signal)
    const started = performance.now()
    let answer: HopAnswer
    try {
      // Another request may have been asked to wait while this one stood in the queue.
      refuseBeforeItsTime(network, url.hostname, request.manual === true)
      answer = await requestOnce(
        {
          url,
          headers: {
            'user-agent': network.userAgent,
            ...(request.etag === '' ? {} : { 'if-none-match': request.etag }),
            ...(request.lastModified === '' ? {} : { 'if-modified-since': request.lastModified }),
            ...(credentials !== null && mayHave(url, first) ? { [credentials.name]: credentials.value } : {}),
          },
          mayBePrivate,
          redirected: hop > 0,
          timeLeft,
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
    if (redirects.has(answer.status) && location !== undefined) {
      permanent &&= answer.status === 301 || answer.status === 308
      url = follow(url, location, hop, visited)
      if (permanent) movedTo = mayHave(url, first) ? withUserInfo(url, request.url) : url.href
      continue
    }
    return readAnswer(network, request, url, answer, { movedTo, ms: Math.round(ms) })
  }
}

const redirects = new Set([301, 302, 303, 307, 308])

async function readAnswer(
  network: Network,
  request: FetchRequest,
  url: URL,
  { status, headers, wire }: HopAnswer,
  path: { movedTo: string | null; ms: number },
): Promise<FetchAnswer> {
  const now = network.now()
  const conditional = request.etag !== '' || request.lastModified !== ''
  if ((status < 200 || status > 299) && !(status === 304 && conditional)) {
    const retryAt = status === 429 || status === 503 ? readRetryAfter(headers, now) : null
    if (retryAt !== null && retryAt > now) network.waits.add(url.hostname, { until: retryAt, status })
    if (redirects.has(status))
      throw new FeedError('redirects', `${url.host} redirects (${status}) without saying where to.`, {
        status,
      })
    throw statusFailure(status, url.host, retryAt, now)
  }
  network.waits.clear(url.hostname)
  const unpacked =
    status === 304
      ? { body: new Uint8Array(), cut: false }
      : await decompress(wire, headers['content-encoding'] ?? '', network.limits.maxBytes, url.host)
  // A body that broke off must come again in full, so its validators are not kept.
  const validator = (name: string, ours: string): string =>
    unpacked.cut ? '' : (headers[name] ?? (status === 304 ? ours : ''))
  return {
    status,
    url: url.href,
    movedTo: path.movedTo,
    body: unpacked.body,
    contentType: headers['content-type'] ?? '',
    contentLocation: headers['content-location'] ?? '',
    contentLanguage: headers['content-language'] ?? '',
    etag: validator('etag', request.etag),
    lastModified: validator('last-modified', request.lastModified),
    maxAge: readMaxAge(headers),
    bytes: wire.length,
    ms: path.ms,
  }
}

function readAddress(request: FetchRequest): { url: URL; credentials: Credentials | null } {
  const url = URL.canParse(request.url) ? new URL(request.url) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new FeedError(
      'bad-address',
      'This is not a web address: it must begin with http:// or https:// and name a server.',
    )
  const inAddress =
    url.username === '' && url.password === ''
      ? null
      : basic(`${decode(url.username)}:${decode(url.password)}`)
  url.username = ''
  url.password = ''
  url.hash = ''
  return { url, credentials: readSecret(request.secret) ?? inAddress }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The secret goes to the origin it was given for, and where that was plain HTTP to the same host's HTTPS. */
const mayHave = (url: URL, first: URL): boolean =>
  url.origin === first.origin ||
  (first.protocol === 'http:' && url.protocol === 'https:' && url.host === first.host && first.port === '')

function withUserInfo(url: URL, typed: string): string {
  const { username, password } = new URL(typed)
  const whole = new URL(url.href)
  whole.username = username
  whole.password = password
  return whole.href
}

function follow(url: URL, location: string, hop: number, visited: ReadonlySet<string>): URL {
  const target = URL.canParse(location, url.href) ? new URL(location, url.href) : null
  if (target === null || !/^https?:$/.test(target.protocol))
    throw new FeedError('redirects', `${url.host} redirects to something that is not a web address.`)
  target.hash = ''
  target.username = ''
  target.password = ''
  if (visited.has(target.href))
    throw new FeedError(
      'redirects',
      `${url.host} redirects in a circle. It may want cookies, which a feed reader does not keep.`,
    )
  if (hop + 1 > mostRedirects)
    throw new FeedError(
      'redirects',
      `${url.host} redirects more than ${mostRedirects} times; that leads nowhere.`,
    )
  return target
}

function refuseBeforeItsTime(network: Network, hostname: string, manual: boolean): void {
  const wait = manual ? undefined : network.waits.of(hostname)
  if (wait !== undefined) throw statusFailure(wait.status, hostname, wait.until, network.now())
}
