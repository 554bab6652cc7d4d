/** Feed bytes → one normalised feed, whatever the format and the state they are in. */

import { type Feed, FeedError } from '../feed.ts'
import { decode } from './decode.ts'
import { readJsonFeed } from './jsonFeed.ts'
import { absolute, LONGEST_ADDRESS } from './links.ts'
import { readXml } from './xml/xml.ts'
import { readXmlFeed } from './xmlFeed.ts'

export interface ReadOptions {
  /** The Content-Type header as it came; '' where there was none. */
  readonly contentType: string
  /** The address that answered; '' where it is not known. Relative links are resolved against it. */
  readonly base: string
  /** The Content-Location header: a base before `base`. */
  readonly contentLocation?: string
  /** The Content-Language header: the feed's language where it states none. */
  readonly contentLanguage?: string
}

/**
 * Reads RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0 and JSON Feed.
 * @throws FeedError, code one of: empty, html-page, not-a-feed, bad-json, too-deep
 */
export function readFeed(bytes: Uint8Array, options: ReadOptions): Feed {
  const { text, warnings } = decode(bytes, options.contentType)
  const start = firstVisible(text)
  if (start === text.length) throw new FeedError('empty', 'The address answered with an empty document.')
  const context = {
    base: absolute(options.contentLocation ?? '', options.base) || options.base,
    language: (options.contentLanguage ?? '').split(',')[0]?.trim() ?? '',
  }
  const first = text[start]
  const feed =
    first === '{' || first === '['
      ? readJsonFeed(text.slice(start), context)
      : readXmlFeed(readXml(withoutPage(text)), context)
  return withoutLongAddresses({ ...feed, warnings: [...warnings, ...feed.warnings] })
}

/** An address that is no address is left out, and said. */
function withoutLongAddresses(feed: Feed): Feed {
  const warnings = [...feed.warnings]
  const items = feed.items.map((item, index) => {
    if (item.link.length <= LONGEST_ADDRESS) return item
    warnings.push(
      `The link of item ${index + 1} has ${item.link.length} characters; more than ${LONGEST_ADDRESS} are no address, it was left out.`,
    )
    return { ...item, link: '' }
  })
  const link = feed.link.length <= LONGEST_ADDRESS ? feed.link : ''
  return warnings.length === feed.warnings.length && link === feed.link
    ? feed
    : { ...feed, link, items, warnings }
}

/**
 * A web page is told by its beginning, before its unclosed tags look like depth; a feed that some server wrapped in a page is
 * taken out of it.
 * @throws FeedError html-page
 */
function withoutPage(text: string): string {
  if (!/^\s*(?:<\?xml\s[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b/i.test(text.slice(0, 2000))) return text
  const feed = text.search(/<(?:rss|feed|rdf:rdf)[\s>]/i)
  if (feed === -1)
    throw new FeedError(
      'html-page',
      'The address gives a web page, not a feed. Look for the feed this page names.',
    )
  return text.slice(feed)
}

function firstVisible(text: string): number {
  let at = 0
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at++
  return at
}
