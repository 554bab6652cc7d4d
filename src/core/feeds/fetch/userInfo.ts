/** Names and passwords in addresses ("https://user:password@host/"): addresses are shown, logged and exported without them. */

/** Takes the name and password out of the address. @returns "user:password", '' where there was neither */
export function takeUserInfo(url: URL): string {
  const { username, password } = url
  url.username = ''
  url.password = ''
  return username === '' && password === '' ? '' : `${decoded(username)}:${decoded(password)}`
}

/** The address as a sentence may show it. */
export function withoutUserInfo(address: string): string {
  const url = new URL(address)
  takeUserInfo(url)
  return url.href
}

/**
 * What a person typed in place of an address, for a sentence about it: in quotation marks, or "This" where it may hold a
 * password. What is no address cannot be taken apart: anything before an @, or behind a colon that begins no port, may be one.
 */
export function quoted(typed: string): string {
  const authority = /^(?:feed:)?(?:[a-z][a-z0-9+.-]*:)?[/\\]*([^/\\?#]*)/i.exec(typed)?.[1] ?? ''
  const mayHoldPassword = /[@\uff20]|%40/.test(typed) || /:(?!\d{0,5}$)/.test(authority)
  return mayHoldPassword ? 'This' : `“${typed.slice(0, 200)}”`
}

/** A title from a list; '' where it may hold a password: some lists name a feed by its whole address. */
export const titleWithoutUserInfo = (title: string): string => (/:\S*[@\uff20]/.test(title) ? '' : title)

/** The address with the name and password of another. */
export function withUserInfoOf(other: string, address: URL): string {
  const { username, password } = new URL(other)
  const whole = new URL(address.href)
  whole.username = username
  whole.password = password
  return whole.href
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
