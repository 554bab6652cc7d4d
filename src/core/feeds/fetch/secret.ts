import { FeedError } from '../feed.ts'

/** A header line to send. */
export interface Credentials {
  readonly name: string
  readonly value: string
}

/**
 * Reads the credentials that a person entered for a source.
 * @param secret "user:password" for basic authentication, or a header line "Name: value" (a blank after the colon)
 * @returns null for ''
 * @throws FeedError bad-secret; its message does not repeat the secret
 */
export function readSecret(secret: string): Credentials | null {
  if (secret === '') return null
  const line = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]+(\S.*)$/s.exec(secret)
  if (line === null) {
    if (!secret.includes(':'))
      throw new FeedError('bad-secret', 'The access data must read name:password, or Header-Name: value.')
    return basic(secret)
  }
  const name = line[1]!.toLowerCase()
  const value = line[2]!.trim()
  if (ours.has(name) || !/^[\t\x20-\x7e]*$/.test(value))
    throw new FeedError(
      'bad-secret',
      `The header “${line[1]}” cannot be sent: its name or its value is not allowed.`,
    )
  return { name, value }
}

/** RFC 7617. @param pair "user:password" */
export const basic = (pair: string): Credentials => ({
  name: 'authorization',
  value: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`,
})

/** Headers that belong to the connection or to the fetcher. */
const ours = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'if-modified-since',
  'if-none-match',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
