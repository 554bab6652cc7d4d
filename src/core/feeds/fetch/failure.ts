import { FeedError } from '../feed.ts'
import { duration } from '../pace/duration.ts'

/**
 * A failed request as a plain sentence with a stable code. The sentence names the host and nothing else of the address, which
 * may hold a secret.
 * @param request answered: the head of an answer had arrived; posted: something was to be sent, not read
 */
export function networkFailure(
  error: unknown,
  host: string,
  connectMs: number,
  { answered, posted }: { readonly answered: boolean; readonly posted: boolean },
): FeedError {
  if (error instanceof FeedError) return error
  const outcome = posted ? 'Nothing was sent.' : 'The feed was not read.'
  for (const [codes, code, sentence] of table) {
    const found = chain(error).find((reason) => codes.test(reason))
    if (found !== undefined)
      return new FeedError(
        code,
        code === 'tls' ? `${sentence(host, connectMs, found)} ${outcome}` : sentence(host, connectMs, found),
      )
  }
  if (chain(error).some((reason) => resets.test(reason))) {
    return answered
      ? new FeedError('cut-off', `${host} broke off in the middle of its answer. What came is not used.`)
      : new FeedError('reset', `${host} closed the connection without an answer.`)
  }
  const detail = chain(error)[0] ?? 'no detail'
  return new FeedError('network', `${host} could not be reached: the connection failed (${detail}).`)
}

/** The failure for a status other than 2xx, 304 and a redirect. @param retryAt epoch ms, where the server named a time */
export function statusFailure(status: number, host: string, retryAt: number | null, now: number): FeedError {
  const wait =
    retryAt === null
      ? 'It did not say when to come back.'
      : `It asks to wait ${duration(Math.max(0, retryAt - now))}.`
  if (status === 410)
    return new FeedError('gone', `${host} says that this feed is gone for good (410).`, { status })
  if (status === 429)
    return new FeedError('status-429', `${host} is asked too often (429). ${wait}`, { status, retryAt })
  if (status === 503)
    return new FeedError('status-503', `${host} is overloaded or under repair (503). ${wait}`, {
      status,
      retryAt,
    })
  return new FeedError(`status-${status}`, statusSentence(status, host), { status })
}

function statusSentence(status: number, host: string): string {
  switch (status) {
    case 304:
      return `${host} says that nothing has changed (304), though it was not asked for changes.`
    case 400:
      return `${host} does not understand the request (400). Check the address.`
    case 401:
      return `${host} wants a name and password (401). Give them in the source's settings.`
    case 403:
      return `${host} refuses access (403): it may want a password, or keep out programs or your country.`
    case 404:
      return `${host} has nothing at this address (404). Check the address.`
    case 407:
      return 'The proxy wants a name and password (407). Put them into the proxy address.'
    case 451:
      return `${host} may not show this for legal reasons (451).`
  }
  if (status >= 500) return `${host} has a fault of its own (${status}). It is asked again later.`
  if (status >= 400) return `${host} refuses the request (${status}).`
  return `${host} gave an answer that is not a feed (${status}).`
}

type Sentence = (host: string, connectMs: number, code: string) => string

/** Error codes of Node, OpenSSL, undici and its HTTP parser; our code; the sentence. The first row that fits counts. */
const table: readonly (readonly [RegExp, string, Sentence])[] = [
  [
    /^UND_ERR_PRX|^UND_ERR_SOCKS5/,
    'proxy',
    () => 'The proxy could not be used. Check HTTP_PROXY and HTTPS_PROXY.',
  ],
  [
    /^ENOTFOUND$|^EAI_NONAME$|^EAI_NODATA$/,
    'dns',
    (host) => `No server is called ${host}. Check the spelling, or whether this computer is online.`,
  ],
  [
    /^EAI_|^ETIMEOUT$|^ESERVFAIL$/,
    'dns',
    (host) => `The name ${host} could not be looked up. Is this computer online?`,
  ],
  [/^ECONNREFUSED$/, 'refused', (host) => `${host} accepts no connection at this port.`],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN)$/,
    'network',
    (host) => `There is no way to ${host} through this network. Is this computer online?`,
  ],
  [
    /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/,
    'timeout',
    (host, connectMs) => `${host} did not accept a connection within ${duration(connectMs)}.`,
  ],
  [/^CERT_HAS_EXPIRED$/, 'tls', (host) => `The certificate of ${host} has expired.`],
  [/^CERT_NOT_YET_VALID$/, 'tls', (host) => `The certificate of ${host} is not valid yet.`],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'tls',
    (host) => `The certificate shown by ${host} is for another name.`,
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
    'tls',
    (host) => `The certificate of ${host} is signed by nobody this computer trusts (self-signed).`,
  ],
  [
    /^(UNABLE_TO_|CERT_|CRL_|INVALID_CA|PATH_LENGTH|ERR_TLS_CERT)/,
    'tls',
    (host, _, code) => `The certificate of ${host} cannot be trusted (${code}).`,
  ],
  [
    /^(ERR_SSL_|ERR_TLS_|EPROTO$|ERR_OSSL)/,
    'tls',
    (host, _, code) => `A secure connection to ${host} could not be agreed on (${code}).`,
  ],
  [
    /^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/,
    'cut-off',
    (host) => `${host} sent another length than it announced. What came is not used.`,
  ],
  [
    /^UND_ERR_HEADERS_OVERFLOW$|^HPE_HEADER_OVERFLOW$/,
    'protocol',
    (host) => `${host} sent more header lines than can be read.`,
  ],
  [
    /^HPE_|^HTTPParserError$/,
    'protocol',
    (host) => `${host} answered, but not in proper HTTP. What came is not used.`,
  ],
]

const resets =
  /^(UND_ERR_SOCKET|UND_ERR_ABORTED|UND_ERR_CLOSED|UND_ERR_DESTROYED|ECONNRESET|ECONNABORTED|EPIPE)$/

/** The codes (without one, the names) of an error, its causes, and the errors gathered in it (one per address tried). */
function chain(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return []
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const gathered = error instanceof AggregateError ? error.errors.slice(0, 8) : []
  return [
    // undici's parser errors may carry no code.
    code || error.name,
    ...[...gathered, error.cause].flatMap((inner) => chain(inner, depth + 1)),
  ]
}
