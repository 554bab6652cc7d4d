import type { Session, WebContents } from 'electron'

/** The address if it may be opened in the person's browser: parsed, http or https. Else undefined. */
function externalAddress(address: string): string | undefined {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return undefined
  }
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined
}

/**
 * The page stays where it is: no navigation away, no new windows, no embedded pages. A link that asks for a new window
 * goes to `openExternal` if it is plain http(s).
 * @param own the page's origin
 */
export function keepInside(contents: WebContents, own: string, openExternal: (url: string) => void): void {
  const stay = (details: { url: string; isMainFrame?: boolean; preventDefault(): void }): void => {
    if (details.isMainFrame === false || !isOwn(details.url, own)) details.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // A page's data channel would tell strangers the machine's addresses.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(({ url }) => {
    const external = externalAddress(url)
    if (external !== undefined) openExternal(external)
    return { action: 'deny' }
  })
}

/** The one permission that the page needs: Chromium asks for it before `navigator.clipboard.writeText`. */
const COPY = 'clipboard-sanitized-write'

/**
 * No permission is granted but copying by the page itself, and it reaches nothing but its own files: nothing leaves the machine
 * by it.
 * @param allowed which addresses Chromium may ask by itself, for no page
 */
export function closeSession(session: Session, own: string, allowed: (address: string) => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { isMainFrame, requestingUrl }) =>
    answer(permission === COPY && isMainFrame && isOwn(requestingUrl, own)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => permission === COPY && isOwn(requestingOrigin, own),
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    const inner = /^(devtools|data|blob):/.test(details.url)
    const asked = details.webContentsId === undefined && allowed(details.url)
    answer({ cancel: !inner && !asked && !isOwn(details.url, own) })
  })
}

/** Whether an address lies in the page's own origin. (URL.origin is "null" for schemes of our own.) */
function isOwn(address: string, own: string): boolean {
  try {
    const url = new URL(address)
    const page = new URL(own)
    const web = url.protocol.replace(/^ws/, 'http')
    return web === page.protocol && url.host === page.host && url.username === '' && url.password === ''
  } catch {
    return false
  }
}
