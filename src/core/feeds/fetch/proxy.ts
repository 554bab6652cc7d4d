/** Which proxy a request goes through: the environment's where it names any, else the system's, which a shell may know. */

/**
 * Asks the system for the proxies of an address. The answer is a list as proxy scripts give it, best first:
 * "PROXY host:port; SOCKS5 host:port; DIRECT". The desktop shell brings one (Electron knows the system's settings and runs
 * its scripts); without it there is the environment alone.
 */
export type SystemProxies = (url: string) => Promise<string>

/**
 * The address of the system's proxy for this request, or null where it goes straight or through the environment's. A system
 * that cannot say is taken to have none.
 */
export async function systemProxy(
  url: URL,
  system: SystemProxies | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  if (system === undefined || namesProxy(environment) || isLoopback(url.hostname)) return null
  try {
    return readProxyList(await system(url.href))
  } catch {
    return null
  }
}

/** What runs on this machine is asked straight, as browsers do. */
function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127\.[\d.]+|\[::1\])\.?$/i.test(hostname)
}

/** A person who sets these means them, whatever the system says. */
export function namesProxy(environment: NodeJS.ProcessEnv): boolean {
  return ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some(
    (name) => (environment[name] ?? '') !== '',
  )
}

const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
  SOCKS: 'socks5',
}

/** The first of a list that can be used; null for straight on. Version 4 of SOCKS cannot. */
export function readProxyList(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return null
    const scheme = SCHEMES[kind.toUpperCase()]
    if (scheme !== undefined && URL.canParse(`${scheme}://${place}`) && place !== '')
      return `${scheme}://${place}`
  }
  return null
}
