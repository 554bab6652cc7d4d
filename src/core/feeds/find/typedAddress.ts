import { withoutFeedScheme } from './feedScheme.ts'

/**
 * The web address that a person typed: `https:` is added where no scheme is given, and `feed:` is replaced by the web address
 * it stands for; null where it is none.
 */
export function typedAddress(text: string): URL | null {
  const typed = withoutFeedScheme(text.trim(), 'https')
  const hasScheme = /^(?:[a-z][a-z0-9+.-]*:\/\/|https?:)/i.test(typed)
  // "host:8080" and "name:password@host" have none; "mailto:" and "htps:/" are others.
  const isOther = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(typed) && !/^[^/\\?#]+@/.test(typed)
  if (!hasScheme && isOther) return null
  const url = URL.parse(hasScheme ? typed : `https://${typed}`)
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : null
}
