import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * The secrets of one launch. `token` is in the URL a person opens, and what the command line sends. `session` is what the
 * token is exchanged for: the page keeps it in the storage of its origin and sends it as a header. It is no cookie, since
 * cookies know no ports: every other server on 127.0.0.1 would be sent it, and could send it here.
 */
export interface Keys {
  readonly token: string
  readonly session: string
}

export function newKeys(): Keys {
  const secret = (): string => randomBytes(32).toString('base64url')
  return { token: secret(), session: secret() }
}

export type Verdict =
  /** The page and its files, which hold no data, are for whoever asks: a bookmark sends no key. */
  | { readonly allow: true }
  /** The token was in the URL: go to the same address without it. `location` carries the session as its fragment. */
  | { readonly allow: 'exchange'; readonly location: string }
  | { readonly allow: false; readonly status: 400 | 401 | 403 | 405; readonly message: string }

const refuse = (status: 400 | 401 | 403 | 405, message: string): Verdict => ({
  allow: false,
  status,
  message,
})

/**
 * Decides whether a request may pass, from its headers and address alone. In order:
 * 1. Host must be this server's own (a foreign name resolving to 127.0.0.1 is DNS rebinding): 403.
 * 2. An Origin, where there is one, must be this server's own: 403.
 * 3. A call (under /rpc, or anything but GET and HEAD) carries `Authorization: Bearer` with the token (the command line) or
 *    with the session and an Origin (the page); a cookie opens nothing: 401, 403.
 */
export function admit(request: IncomingMessage, port: number, keys: Keys): Verdict {
  const target = request.url ?? ''
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const host = (request.headers.host ?? '').toLowerCase()
  const url = /^\/(?![/\\])/.test(target) ? URL.parse(target, `http://${hosts[0]}`) : null
  // The path is looked at once its dots are resolved: "/.//host" is "//host" to a browser, another server.
  if (url === null || url.host !== hosts[0] || url.pathname.startsWith('//'))
    return refuse(400, 'The request target must be a path.')
  if (!hosts.includes(host)) return refuse(403, `This server answers only as http://${hosts[0]}.`)

  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads && request.method !== 'POST') return refuse(405, 'Only GET, HEAD and POST are answered here.')
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`)
    return refuse(403, 'This call comes from another site and is refused.')

  const token = reads ? url.searchParams.get('token') : null
  if (token !== null) {
    if (!sameSecret(token, keys.token)) return refuse(401, 'The token is not the one of this launch.')
    url.searchParams.delete('token')
    return {
      allow: 'exchange',
      location: `${url.pathname}${url.search}#${SESSION_FRAGMENT}${keys.session}`,
    }
  }
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer === undefined)
    return reads && !isCall(target)
      ? { allow: true }
      : refuse(
          401,
          'Open Wirewatch at the address that "npm start" printed: it holds the key of this launch.',
        )
  if (sameSecret(bearer, keys.token)) return { allow: true }
  if (!sameSecret(bearer, keys.session)) return refuse(401, 'The key is not the one of this launch.')
  if (!reads && origin === undefined)
    return refuse(403, 'A call from a page must say where it comes from (Origin).')
  return { allow: true }
}

/** What stands before the session in the fragment of an address; the page (src/renderer/key.ts) takes it from there. */
const SESSION_FRAGMENT = 'key='

/** True for the address of a call of the contract. */
export const isCall = (target: string): boolean => target.startsWith('/rpc/')

/** Compares two secrets in constant time, whatever their lengths. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
