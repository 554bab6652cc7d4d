/** A request to the network and its answer: the port for which tests and the sample have adapters of their own. */

export interface FetchRequest {
  readonly url: string
  /** Validators of the copy that is kept; '' where there is none. */
  readonly etag: string
  readonly lastModified: string
  /** "user:password" for basic authentication, or a header line "Name: value"; '' for none. Never logged. */
  readonly secret: string
  /** A person wants it now: it is sent even to a host that asked to wait (429, 503). */
  readonly manual?: boolean
  /** The address comes from a page, not from a person: it must not lie in a private network. */
  readonly publicOnly?: boolean
}

export interface FetchAnswer {
  /** HTTP status of the last answer: 200 … 299, or 304. Everything else is thrown as a FeedError. */
  readonly status: number
  /** The address that answered in the end: the base of relative links. */
  readonly url: string
  /**
   * Where permanent redirects alone (301, 308) lead: the source's new address; null where there were none. To be kept only
   * once the answer was read as a feed: a login page of a hotel's network redirects too.
   */
  readonly movedTo: string | null
  /** Decompressed; empty for 304. */
  readonly body: Uint8Array
  readonly contentType: string
  /** The headers of these names; '' or absent where the answer has none. */
  readonly contentLocation?: string
  readonly contentLanguage?: string
  /** What the answer says of itself that its bytes contradict, in plain sentences for the source's log. */
  readonly notes?: readonly string[]
  readonly etag: string
  readonly lastModified: string
  /** Seconds from Cache-Control max-age or Expires; null where the answer has neither. */
  readonly maxAge: number | null
  /** Bytes received, as compressed. */
  readonly bytes: number
  readonly ms: number
  /**
   * Frees a large body and lets go of its room; absent for others. To be called when the body is no longer needed: until then
   * other large bodies wait, and after it `body` is empty.
   */
  readonly release?: () => void
}

/**
 * Fetches one address.
 * @throws FeedError, code one of: dns, refused, timeout, tls, reset (no answer), cut-off (half an answer), protocol (not
 * HTTP), encoding (damaged compression), too-large, redirects, private, status-NNN (429 and 503 with `retryAt`: no request
 * goes to such a host before then, unless by hand), gone (410), bad-address, bad-secret, proxy, network; the signal's reason
 * where it aborts
 */
export type Fetch = (request: FetchRequest, signal?: AbortSignal) => Promise<FetchAnswer>
