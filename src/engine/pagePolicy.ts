/**
 * The headers of the page in every shell: it may load its own files only, nothing remote, and is never framed.
 * The web shell sends these with each answer, the Electron shell with each file of `app://`.
 */

const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  // Dialogs and virtual lists set styles at run time; a style cannot fetch or run anything under this policy.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

const join = (of: Record<string, string>): string =>
  Object.entries(of)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

export const CONTENT_SECURITY_POLICY = join(directives)

/** For `npm run dev` only: Vite's client and React's refresh need an inline script and a web socket. */
export const DEVELOPMENT_POLICY = join({
  ...directives,
  'script-src': "'self' 'unsafe-inline'",
  'connect-src': "'self' ws://127.0.0.1:* ws://localhost:*",
})

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  // Else a browser looks up the hosts of all links that it shows, which tells the network what the person reads.
  'X-DNS-Prefetch-Control': 'off',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
}

/** The media type of one of the page's files, by its name. */
export function mediaType(file: string): string {
  return types[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}
