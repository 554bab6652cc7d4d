/**
 * Feed bytes → one normalised feed, whatever the format and the state they are in. The first character and the root element
 * tell the format; each format has its file in formats/.
 */

import { type Feed, FeedError } from '../feed.ts'
import { decode } from './decode.ts'
import { readAtom } from './formats/atom.ts'
import { readJsonFeed } from './formats/jsonFeed.ts'
import { dateStyleOf } from './formats/parts.ts'
import { readRss } from './formats/rss.ts'
import { limited } from './limits.ts'
import { absolute, type Surroundings } from './links.ts'
import { elements, type XmlElement } from './xml/tree.ts'
import { readXml } from './xml/xml.ts'

export interface ReadOptions {
  /** The Content-Type header; '' where there was none. */
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
  const around = {
    base: absolute(options.contentLocation ?? '', options.base) || options.base,
    language: (options.contentLanguage ?? '').split(',')[0]?.trim() ?? '',
  }
  const guard = GUARD.exec(text.slice(start, start + LONGEST_GUARD))?.[0] ?? ''
  if (guard !== '') warnings.push('Something precedes the JSON of the feed; it was left out.')
  const first = start + guard.length
  const isJson = text[first] === '{' || text[first] === '['
  const feed = isJson ? readJsonFeed(text.slice(first), around) : readXmlFeed(text, around)
  return limited({ ...feed, warnings: [...warnings, ...feed.warnings] })
}

/** What scripts print before JSON, so that it runs as no script, or as a call of one. */
const GUARD = /^(?:\)\]\}',?|while\s*\(1\);|for\s*\(;;\);|(?:\/\*\*\/)?\s*[\w$.]+\s*\()\s*(?=[{[])/
const LONGEST_GUARD = 200

/** @throws FeedError html-page, not-a-feed, too-deep */
function readXmlFeed(text: string, around: Surroundings): Feed {
  const { root: document, warnings } = readXml(withoutPage(text))
  const root = rootOfFeed(document)
  if (root === undefined) throw notAFeed(document)
  const place = { ...around, bases: new Map(), dates: dateStyleOf(root) }
  return root.name === 'feed' || root.name === 'entry'
    ? readAtom(root, warnings, place)
    : readRss(root, warnings, place)
}

/** The outermost element that begins a feed, at any depth: servers wrap feeds in all sorts of things. */
function rootOfFeed(document: XmlElement): XmlElement | undefined {
  let level: XmlElement[] = [document]
  while (level.length > 0) {
    const inner: XmlElement[] = []
    for (const element of level) {
      for (const one of element.children) {
        if (typeof one === 'string') continue
        if (ROOTS.has(one.name)) return one
        inner.push(one)
      }
    }
    level = inner
  }
  return undefined
}

const ROOTS = new Set(['rss', 'rdf:rdf', 'rdf', 'feed', 'entry', 'channel'])

/**
 * The text from where a feed begins, if a server wrapped it in a web page. A page without a feed is refused here, by how it
 * begins: read as XML, its unclosed tags would look like depth.
 * @throws FeedError html-page
 */
function withoutPage(text: string): string {
  if (!/^\s*(?:<\?xml\s[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b/i.test(text.slice(0, 2000))) return text
  const feed = text.search(/<(?:rss|feed|rdf:rdf)[\s>]/i)
  if (feed === -1) throw webPage()
  return text.slice(feed)
}

function notAFeed(document: XmlElement): FeedError {
  const first = elements(document)[0]
  if (first === undefined)
    return new FeedError('not-a-feed', 'The answer is text without any markup, not a feed.')
  if (/^(xhtml:)?(html|body|head)$/.test(first.name)) return webPage()
  return new FeedError(
    'not-a-feed',
    `The document begins with <${first.tag.slice(0, 40)}>, which is no feed we know.`,
  )
}

function webPage(): FeedError {
  return new FeedError(
    'html-page',
    'The address gives a web page, not a feed. Look for the feed this page names.',
  )
}

function firstVisible(text: string): number {
  let at = 0
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at++
  return at
}
