/**
 * The key of this launch, by which the engine knows the page in a browser. The engine hands it over once, as the fragment of
 * an address (a fragment is sent to no server); from then on it lives in the storage of the page's origin, which knows ports
 * where a cookie does not: a second window, a bookmark and a reload find it there, another server on this machine doesn't.
 */
const NAME = 'wirewatch-key'
const FRAGMENT = '#key='

/** What of the window is used. */
export interface KeyPlace {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string }
  readonly history: { readonly state: unknown; replaceState(state: unknown, unused: '', url: string): void }
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem'>
}

type Send = (request: Request, init?: RequestInit) => Promise<Response>

/**
 * Sends requests with the key of this launch. A key in the address is taken out of it at once; it is kept when the engine
 * has accepted it, so that an address somebody made up cannot lock a window out.
 */
export function withKey(place: KeyPlace, send: Send): Send {
  const { location, history } = place
  let offered = location.hash.startsWith(FRAGMENT) ? location.hash.slice(FRAGMENT.length) : ''
  if (offered !== '') history.replaceState(history.state, '', location.pathname + location.search)
  /** For browsers whose storage cannot be used (some private windows). */
  let remembered = ''

  /** Read at each request: another window may have been opened by a later launch. */
  function kept(): string {
    try {
      return place.localStorage.getItem(NAME) ?? remembered
    } catch {
      return remembered
    }
  }

  function keep(key: string): void {
    remembered = key
    try {
      place.localStorage.setItem(NAME, key)
    } catch {
      // It then lasts as long as this window.
    }
  }

  return async (request, init) => {
    const sendWith = (key: string): Promise<Response> => {
      const keyed = request.clone()
      if (key !== '') keyed.headers.set('Authorization', `Bearer ${key}`)
      return send(keyed, init)
    }
    const key = offered
    if (key === '') return sendWith(kept())
    const response = await sendWith(key)
    const isRefused = response.status === 401
    if (offered === key) {
      offered = ''
      if (!isRefused) keep(key)
    }
    return isRefused ? sendWith(kept()) : response
  }
}
