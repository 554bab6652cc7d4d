import { createHmac, randomBytes } from 'node:crypto'
import { Problem } from '../problem.ts'

/**
 * Signs what is sent as Standard Webhooks has it: HMAC-SHA256 over "id.timestamp.body", in base64.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @param secret as `readSigningSecret` returned it
 * @param now epoch ms
 */
export function signedHeaders(secret: string, id: string, now: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

/** A new secret of 32 random bytes. */
export const newSigningSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`

/**
 * Reads a secret that a person gave: `whsec_` and the key in base64; the prefix may be missing.
 * @throws Problem with a sentence that does not repeat it
 */
export function readSigningSecret(typed: string): string {
  const text = typed.trim()
  const base64 = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text
  const length = Buffer.from(base64, 'base64').length
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || length < 24 || length > 64)
    throw new Problem(
      'INVALID',
      'This secret cannot be used: it reads like whsec_ and 24 to 64 bytes in base64. Leave it out, and one is made.',
    )
  return `${PREFIX}${base64}`
}

const PREFIX = 'whsec_'
const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64')
