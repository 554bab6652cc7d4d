import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The secrets of one launch. `token` is in the URL a person opens; `session` only ever in the cookie it is exchanged for. */
export interface Keys {
  readonly token: string
  readonly session: string
}

export function newKeys(): Keys {
  const secret = (): string => randomBytes(32).toString('base64url')
  return { token: secret(), session: secret() }
}

export type Verdict =
  | { readonly allow: true }
  /** The token was in the URL: set the cookie and go to the same address without it. */
  | { readonly allow: 'exchange'; readonly location: string; readonly cookie: string }
  | { readonly allow: false; readonly status: 400 | 401 | 403 | 405; readonly message: string }

const refuse = (status: 400 | 401 | 403 | 405, message: string): Verdict => ({
  allow: false,
  status,
  message,
})

/**
 * Decides whether a request may pass, from its headers and address alone. In order:
 * 1. Host must be this server's own (a foreign name resolving to 127.0.0.1 is DNS rebinding): 403.
 * 2. An Origin, where there is one, must be this server's own; a call (anything but GET and HEAD) by cookie must have one: 403.
 * 3. A call carries `Authorization: Bearer <token>` (the command line) or the session cookie; a page the cookie: 401.
 */
export function admit(request: IncomingMessage, port: number, keys: Keys): Verdict {
  const target = request.url ?? ''
  if (!target.startsWith('/') || target.startsWith('//'))
    return refuse(400, 'The request target must be a path.')
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const host = (request.headers.host ?? '').toLowerCase()
  if (!hosts.includes(host)) return refuse(403, `This server answers only as http://${hosts[0]}.`)

  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads && request.method !== 'POST') return refuse(405, 'Only GET, HEAD and POST are answered here.')
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`)
    return refuse(403, 'This call comes from another site and is refused.')

  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined)
    return sameSecret(bearer, keys.token)
      ? { allow: true }
      : refuse(401, 'The token is not the one of this launch.')

  if (reads) {
    const url = new URL(target, `http://${host}`)
    const token = url.searchParams.get('token')
    if (token !== null) {
      if (!sameSecret(token, keys.token)) return refuse(401, 'The token is not the one of this launch.')
      url.searchParams.delete('token')
      return { allow: 'exchange', location: url.pathname + url.search, cookie: sessionCookie(port, keys) }
    }
  }
  const session = cookieValue(request.headers.cookie, cookieName(port))
  if (session === undefined || !sameSecret(session, keys.session))
    return refuse(
      401,
      'Open Wirewatch at the address that "npm start" printed: it holds the key of this launch.',
    )
  if (!reads && origin === undefined)
    return refuse(403, 'A call from a page must say where it comes from (Origin).')
  return { allow: true }
}

/** Compares two secrets in constant time, whatever their lengths. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** Cookies do not know ports: the name keeps two launches on one machine apart. */
const cookieName = (port: number): string => `wirewatch-${port}`

const sessionCookie = (port: number, keys: Keys): string =>
  `${cookieName(port)}=${keys.session}; Path=/; HttpOnly; SameSite=Strict`

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}
