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
