import { takeUserInfo } from '../feeds/fetch/userInfo.ts'
import { Problem } from '../problem.ts'

/**
 * Reads an address of the web that a person gave.
 * @throws Problem with a sentence that does not repeat it: it may hold a secret
 */
export function readHttpAddress(typed: string): string {
  const url = URL.parse(typed.trim())
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new Problem(
      'INVALID',
      'This is no address of the web: it must begin with https:// or http:// and name a server.',
    )
  url.hash = ''
  return url.href
}

/** The address without its name and password, and those as a header; `{}` where there are none. */
export function withBasicAuthentication(address: string): { url: string; headers: Record<string, string> } {
  const url = new URL(address)
  const userInfo = takeUserInfo(url)
  return {
    url: url.href,
    headers: userInfo === '' ? {} : { authorization: `Basic ${Buffer.from(userInfo).toString('base64')}` },
  }
}
