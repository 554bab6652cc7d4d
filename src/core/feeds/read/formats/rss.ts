/** RSS 0.9x, 1.0 (RDF) and 2.0, and what resembles them (CDF) → one feed. */

import type { Feed, FeedItem } from '../../feed.ts'
import { absolute } from '../links.ts'
import { tidy } from '../plainText.ts'
import { child, elements, named, textOf, type XmlElement } from '../xml/tree.ts'
import { baseOf, idAsLink, type Place } from './bases.ts'
import { extrasOf } from './extras.ts'
import { addDate, addValue, type MappedElement, type MappedItem, mapRss } from './mapping.ts'
import {
  FULL,
  itemsIn,
  languageOf,
  OTHER_TITLES,
  otherAuthor,
  pageLink,
  personOf,
  pollMinutes,
  publishedOf,
  SHORT,
  textOfChild,
  warnOfUnreadDates,
} from './parts.ts'
import { firstTitle, textsOf, titleOf } from './textConstruct.ts'

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
  addValue(shape, 'link', pageLink(element, around))
  for (const one of elements(element)) {
    switch (one.name) {
      case 'title':
      case 'dc:title':
        addValue(shape, one.name, titleOf(one))
        break
      case 'guid':
      case 'id':
        addValue(shape, 'guid', textOf(one).trim())
        break
      case 'pubdate':
        addDate(shape, 'pubDate', one, around.dates)
        break
      case 'dc:date':
        addDate(shape, 'dc:date', one, around.dates)
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
  const other = otherLink(item, mapped.guid ?? '', around)
  // A page of another protocol (gemini, magnet) gives way to one of the web.
  const stated = mapped.link !== undefined && (isWeb(mapped.link) || !isWeb(other)) ? mapped.link : other
  const counted = absolute(textOfChild(item, ...ORIGINAL), baseOf(item, around))
  const link = isWeb(counted) ? counted : stated
  return {
    id: mapped.guid ?? item.attributes['rdf:about'] ?? '',
    title: mapped.title ?? firstTitle(named(item, OTHER_TITLES)),
    link,
    published: publishedOf(item, mapped.isoDate, around.dates),
    ...textsOf(named(item, SHORT), named(item, FULL), link, around),
    author: mapped.creator ?? otherAuthor(item),
    language: languageOf(item, mapped.language ?? ''),
    categories: mapped.categories ?? [],
    ...extrasOf(item, (written, at) => absolute(written, baseOf(at, around))),
  }
}

/** Where a service that counts readers puts the address that its own leads to. */
const ORIGINAL = ['feedburner:origlink', 'pheedo:origlink']

const isWeb = (link: string): boolean => /^https?:/i.test(link)

/** The link where an item has no link: the guid, the address that RDF or CDF give as an attribute. */
function otherLink(item: XmlElement, guid: string, around: Place): string {
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
