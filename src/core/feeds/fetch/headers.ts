/** The header lines of an answer by lower-case name, each as one text. */
export type Headers = Readonly<Record<string, string>>

const day = 24 * 3_600_000
/** The longest wait that a server can ask for. */
export const LONGEST_WAIT_MS = day

/** Headers with one value each; of several Location headers the first counts. */
export function singleHeaders(headers: Record<string, string | string[] | undefined>): Headers {
  const single: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? (name === 'location' ? value[0] : value.join(', ')) : value
    if (text !== undefined) single[name] = text
  }
  return single
}

/** RFC 9110, 10.2.3: seconds or a date; a date counts from the server's own clock. Epoch ms, or null. */
export function readRetryAfter(headers: Headers, now: number): number | null {
  const text = headers['retry-after']?.trim() ?? ''
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - serverTime(headers, now)
  return Number.isNaN(wait) ? null : now + Math.min(Math.max(wait, 0), LONGEST_WAIT_MS)
}

/** Seconds for which the answer is fresh (RFC 9111, 4.2), or null. */
export function readMaxAge(headers: Headers): number | null {
  const control = headers['cache-control'] ?? ''
  if (/\bno-(cache|store)\b/i.test(control)) return null
  const stated = /\bmax-age\s*=\s*"?(\d+)/i.exec(control)?.[1]
  if (stated !== undefined) {
    const age = /^\d+$/.test(headers.age ?? '') ? Number(headers.age) : 0
    return Math.max(0, Number(stated) - age)
  }
  const expires = Date.parse(headers.expires ?? '')
  const date = Date.parse(headers.date ?? '')
  return expires > date ? Math.round((expires - date) / 1000) : null
}

function serverTime(headers: Headers, now: number): number {
  const date = Date.parse(headers.date ?? '')
  return Number.isNaN(date) ? now : date
}
