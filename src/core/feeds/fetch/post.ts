import { linkedSignal } from '../signals.ts'
import { isPrivateName } from './address.ts'
import { readRetryAfter } from './headers.ts'
import type { SystemProxies } from './proxy.ts'
import { createQueue } from './queue.ts'
import { type RequestLimits, type Resolve, requestOnce, resolveWithSystem } from './request.ts'

/** Something to send. */
export interface PostRequest {
  /** Without name and password. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** True if the address may lie in a private network: the person who typed it knew. */
  readonly mayBePrivate: boolean
}

export interface PostAnswer {
  readonly status: number
  /** Epoch ms before which the server wants no further request; null where it named no time. */
  readonly retryAt: number | null
}

/** How the engine sends something to a service. */
export interface Poster {
  /**
   * Sends it once: no redirect is followed, and nothing is read of the answer but its head.
   * @throws FeedError where no answer came; the signal's reason where it aborts
   */
  post(request: PostRequest, signal?: AbortSignal): Promise<PostAnswer>
  /** True if an address leads into a private network or to this machine; null where its name cannot be looked up. */
  isPrivate(url: string): Promise<boolean | null>
  /** Aborts what is being sent and waits for it. */
  close(): Promise<void>
}

export interface PosterOptions {
  /** Epoch ms. */
  readonly now: () => number
  readonly userAgent?: string
  readonly limits?: Partial<RequestLimits>
  /** By default the system's resolver. */
  readonly resolve?: Resolve
  readonly systemProxies?: SystemProxies | undefined
}

/**
 * Sends by the rules that feeds are fetched by: over the same proxies, and into a private network only where that is allowed,
 * which is decided by the addresses that the connection is made to. At most 4 requests at a time to one server, 50 in all.
 */
export function createPoster(options: PosterOptions): Poster {
  const {
    now,
    userAgent = 'Wirewatch/0.1 (+local alerts)',
    resolve = resolveWithSystem,
    systemProxies,
  } = options
  const limits: RequestLimits = { connectMs: 10_000, totalMs: 10_000, maxBytes: 0, ...options.limits }
  const queue = createQueue({ perHost: 4, total: 50 })
  const closing = new AbortController()
  const running = new Set<Promise<PostAnswer>>()

  async function send({ url: address, headers, body, mayBePrivate }: PostRequest, signal: AbortSignal) {
    const url = new URL(address)
    const release = await queue.enter(url.host, signal)
    try {
      const hop = {
        url,
        post: body,
        headers: { 'user-agent': userAgent, ...headers },
        mayBePrivate,
        redirected: false,
        timeLeft: limits.totalMs,
      }
      const answer = await requestOnce(hop, limits, resolve, signal, systemProxies)
      return { status: answer.status, retryAt: readRetryAfter(answer.headers, now()) }
    } finally {
      release()
    }
  }

  return {
    post(request, signal) {
      const both = linkedSignal(closing.signal, signal)
      const answer = send(request, both.signal).finally(both.release)
      running.add(answer)
      const end = (): boolean => running.delete(answer)
      answer.then(end, end)
      return answer
    },
    async isPrivate(address) {
      const { hostname } = new URL(address)
      if (isPrivateName(hostname)) return true
      try {
        return (await resolve(hostname.replace(/^\[|\]$/g, ''))).some((one) => one.isPrivate)
      } catch {
        return null
      }
    },
    async close() {
      closing.abort(new DOMException('The engine is closing.', 'AbortError'))
      await Promise.allSettled(running)
    },
  }
}
