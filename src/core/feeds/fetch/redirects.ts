/** Redirects, which are followed by hand: where they lead, and what may be sent along. */
import { FeedError } from '../feed.ts'
import { takeUserInfo } from './userInfo.ts'

const MOST_REDIRECTS = 10

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

/** A redirect that moves the address for good. */
export const isPermanent = (status: number): boolean => status === 301 || status === 308

/**
 * The address that an answer redirects to.
 * @param hop the number of redirects followed before
 * @param visited addresses that were requested before
 * @throws FeedError redirects
 */
export function redirectTarget(url: URL, location: string, hop: number, visited: ReadonlySet<string>): URL {
  const target = URL.canParse(location, url.href) ? new URL(location, url.href) : null
  if (target === null || !/^https?:$/.test(target.protocol))
    throw new FeedError('redirects', `${url.host} redirects to something that is not a web address.`)
  target.hash = ''
  takeUserInfo(target)
  if (visited.has(target.href))
    throw new FeedError(
      'redirects',
      `${url.host} redirects in a circle. It may want cookies, which a feed reader does not keep.`,
    )
  if (hop + 1 > MOST_REDIRECTS)
    throw new FeedError(
      'redirects',
      `${url.host} redirects more than ${MOST_REDIRECTS} times; that leads nowhere.`,
    )
  return target
}

/** True where the secret may be sent: to the origin it was given for, and where that was plain HTTP to the same host's HTTPS. */
export function mayHaveSecret(url: URL, first: URL): boolean {
  const isSameHostsHttps =
    first.protocol === 'http:' && url.protocol === 'https:' && url.host === first.host && first.port === ''
  return url.origin === first.origin || isSameHostsHttps
}
