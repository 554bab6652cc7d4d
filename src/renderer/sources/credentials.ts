/**
 * The address of a feed that was found, with the name and password that the person typed into the address it was found at:
 * the engine shows no address with them. They go to the same server alone, and not where they would travel in the open.
 */
export function withCredentialsOf(typed: string, found: string): string {
  const given = URL.parse(typed.trim().replace(/^feed:(?=https?:)/i, ''))
  const url = URL.parse(found)
  if (given === null || url === null || (given.username === '' && given.password === '')) return found
  if (given.host !== url.host || (given.protocol === 'https:' && url.protocol !== 'https:')) return found
  url.username = given.username
  url.password = given.password
  return url.href
}
