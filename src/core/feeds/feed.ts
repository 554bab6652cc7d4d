/** The one normalised type that every feed format is read into. */

/** A feed as its bytes state it; `parse.ts` makes it, `normalise.ts` turns its items into stories to store. */
export interface Feed {
  /** Plain text; '' where the feed has none. */
  readonly title: string
  /** Absolute where a base is known, otherwise as written. */
  readonly link: string
  /** BCP 47 as declared, lower case, or ''. */
  readonly language: string
  /** The format that was read: 'rss', 'atom', 'rdf', 'json'. */
  readonly format: 'rss' | 'atom' | 'rdf' | 'json'
  /** Minutes between polls that the feed states (ttl, sy:); null where it states none. */
  readonly pollMinutes: number | null
  readonly items: readonly FeedItem[]
  /** What was repaired or skipped, in plain sentences for the source's log. */
  readonly warnings: readonly string[]
}

export interface FeedItem {
  /** guid / atom:id / JSON Feed id as written, or ''. */
  readonly id: string
  /** Plain text. */
  readonly title: string
  readonly link: string
  /** Epoch ms as stated by the item (published, else updated); null where absent or unreadable. */
  readonly published: number | null
  /** Plain text of the short form. */
  readonly summary: string
  /** Plain text of the full content; '' where the feed gives only a summary. */
  readonly text: string
  /** HTML as the feed gave it (content, else summary): untrusted, for the reading view only. */
  readonly html: string
  readonly author: string
  readonly language: string
  readonly categories: readonly string[]
  /** Attached files: enclosures, media, images. This and the members below are absent where the feed has none. */
  readonly attachments?: readonly Attachment[]
  /** The stated place (GeoRSS, W3C geo), in degrees. */
  readonly place?: { readonly latitude: number; readonly longitude: number } | undefined
  /** The address or id of the item that this one replies to (Atom Threading). */
  readonly inReplyTo?: string
}

export interface Attachment {
  readonly url: string
  /** A media type, or "image", "video", "audio", or ''. */
  readonly type: string
  readonly bytes: number | null
}

/** A feed that cannot be read. `code` is stable; `message` a plain sentence that says what and what to do. */
export class FeedError extends Error {
  readonly code: string
  /** HTTP status, where there was an answer. */
  readonly status: number | null
  /** Epoch ms before which the server wants no further request (429, 503 with Retry-After). */
  readonly retryAt: number | null
  constructor(code: string, message: string, answer: { status?: number; retryAt?: number | null } = {}) {
    super(message)
    this.name = 'FeedError'
    this.code = code
    this.status = answer.status ?? null
    this.retryAt = answer.retryAt ?? null
  }
}
