/** The proxy that a request goes through: the environment's where it names any, else the system's, if the shell supplies it. */

/**
 * The system's proxies for an address, as a list in the form of proxy scripts, best first:
 * "PROXY host:port; SOCKS5 host:port; DIRECT". The desktop shell supplies this function (Electron reads the system's settings
 * and runs its scripts); without it the environment alone counts.
 */
export type SystemProxies = (url: string) => Promise<string>

/**
 * The address of the system's proxy for this request; null where it goes direct or through the environment's. A system whose
 * settings cannot be read counts as one without a proxy.
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

/** Requests to this machine go direct, as in browsers. */
function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127\.[\d.]+|\[::1\])\.?$/i.test(hostname)
}

/** True if the environment names a proxy: that goes before the system's settings. */
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

/** The first usable proxy of a list (SOCKS 4 is not usable); null for a direct connection. */
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
