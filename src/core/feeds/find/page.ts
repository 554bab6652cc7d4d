/** What a web page leads to: the feeds that it names, that its platform keeps, that its text links to. */
import { decode } from '../read/decode.ts'
import type { FeedToLookAt } from './look.ts'
import { pageFeeds } from './pageFeeds.ts'
import { platformFeedsOfPage } from './platforms.ts'

/** An address that may be a feed. */
export interface Candidate {
  readonly url: string
  readonly title?: string
  /** How it was found. */
  readonly how: string
}

/** Bytes of a page that are read: feeds are named in its head. */
const MOST_HTML = 1_000_000

/** @returns the likeliest first; null where the answer is no page */
export function readPage({ body, contentType, base }: FeedToLookAt): Candidate[] | null {
  const html = decode(body.subarray(0, MOST_HTML), contentType).text
  if (!/<(html|head|body|link|meta|a)[\s>]/i.test(html)) return null
  const { named, linked, generator } = pageFeeds(html, base)
  return [
    ...named.map((feed) => ({ ...feed, how: 'named by the page' })),
    ...platformFeedsOfPage(new URL(base), html, generator),
    ...(named.length > 0 ? [] : linked.map((feed) => ({ ...feed, how: 'linked from the page' }))),
  ]
}
