/** RSS 0.9x, 1.0 (RDF) and 2.0, and what resembles them (CDF) → one feed. */

import type { Feed, FeedItem } from '../../feed.ts'
import { absolute } from '../links.ts'
import { tidy } from '../plainText.ts'
import { child, elements, textOf, type XmlElement } from '../xml/tree.ts'
import { baseOf, idAsLink, type Place } from './bases.ts'
import { extrasOf } from './extras.ts'
import { addDate, addValue, type MappedElement, type MappedItem, mapRss } from './mapping.ts'
import {
  itemsIn,
  languageOf,
  otherAuthor,
  personOf,
  pollMinutes,
  publishedOf,
  textOfChild,
  warnOfUnreadDates,
} from './parts.ts'
import { textsOf, titleOf } from './textConstruct.ts'

/** @param root the element around the channel (rss, rdf:RDF), or the channel itself */
export function readRss(root: XmlElement, warnings: string[], around: Place): Feed {
  const channel = root.name === 'channel' ? root : (child(root, 'channel') ?? root)
  const items = itemsIn(root, ['item', 'entry'], warnings)
  const shapes = items.map((item) => rssShape(item, around))
  const mapped = mapRss(rssShape(channel, around), shapes)
  const read = items.map((item, index) => rssItem(item, mapped.items[index] as MappedItem, around))
  warnOfUnreadDates(items, read, warnings)
  return {
    title: mapped.title ?? '',
    link: mapped.link ?? '',
    language:
      languageOf(channel, mapped.language ?? textOfChild(channel, 'dc:language')) ||
      around.language.toLowerCase(),
    format: root.name.startsWith('rdf') ? 'rdf' : 'rss',
    pollMinutes: pollMinutes(channel, mapped.ttl),
    items: read,
    warnings,
  }
}

/** What rss-parser reads of a channel or an item. */
function rssShape(element: XmlElement, around: Place): MappedElement {
  const shape: MappedElement = {}
  for (const one of elements(element)) {
    switch (one.name) {
      case 'title':
      case 'dc:title':
        addValue(shape, one.name, titleOf(one))
        break
      case 'link': {
        const href = textOf(one).trim() || (one.attributes.href ?? '')
        if (href !== '') addValue(shape, 'link', absolute(href, baseOf(one, around)))
        break
      }
      case 'guid':
      case 'id':
        addValue(shape, 'guid', textOf(one).trim())
        break
      case 'pubdate':
        addDate(shape, 'pubDate', one)
        break
      case 'dc:date':
        addDate(shape, 'dc:date', one)
        break
      case 'author':
      case 'dc:creator':
        addValue(shape, one.name, personOf(one))
        break
      case 'category':
      case 'dc:subject':
        addValue(shape, 'category', tidy(textOf(one)))
        break
      case 'language':
      case 'dc:language':
      case 'ttl':
        addValue(shape, one.name, textOf(one).trim())
        break
    }
  }
  return shape
}

function rssItem(item: XmlElement, mapped: MappedItem, around: Place): FeedItem {
  const short = child(item, 'description', 'summary', 'atom:summary', 'itunes:summary', 'media:description')
  const full = child(item, 'content:encoded', 'xhtml:body', 'body', 'fullitem', 'atom:content', 'content')
  const link = mapped.link ?? otherLink(item, mapped.guid ?? '', around)
  return {
    id: mapped.guid ?? item.attributes['rdf:about'] ?? '',
    title: mapped.title ?? otherTitle(item),
    link,
    published: publishedOf(item, mapped.isoDate),
    ...textsOf(short, full, link, around),
    author: mapped.creator ?? otherAuthor(item),
    language: languageOf(item, mapped.language ?? ''),
    categories: mapped.categories ?? [],
    ...extrasOf(item, (written, at) => absolute(written, baseOf(at, around))),
  }
}

/** The title under a name that rss-parser does not know, or ''. */
function otherTitle(item: XmlElement): string {
  const other =
    child(item, 'atom:title', 'media:title', 'itunes:title') ??
    child(child(item, 'media:group') ?? item, 'media:title')
  return other === undefined ? '' : titleOf(other)
}

/** The link where an item has no link element: atom:link, the guid, the address that RDF or CDF give as an attribute. */
function otherLink(item: XmlElement, guid: string, around: Place): string {
  for (const one of elements(item)) {
    const href = one.attributes.href ?? ''
    if (one.name === 'atom:link' && href !== '' && (one.attributes.rel ?? 'alternate') === 'alternate')
      return absolute(href, baseOf(one, around))
  }
  // A guid is the address unless isPermaLink is false (RSS 2.0).
  const element = child(item, 'guid')
  if (
    guid !== '' &&
    element !== undefined &&
    element.attributes.ispermalink?.trim().toLowerCase() !== 'false'
  )
    return idAsLink(guid, element, around)
  // CDF has "href".
  return absolute(item.attributes['rdf:about'] ?? item.attributes.href ?? '', baseOf(item, around))
}
