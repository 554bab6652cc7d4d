/** Atom 0.3 and 1.0 → one feed; a lone entry is a feed of one. */

import type { Feed, FeedItem } from '../../feed.ts'
import { absolute } from '../links.ts'
import { tidy } from '../plainText.ts'
import { child, elements, named, textOf, type XmlElement } from '../xml/tree.ts'
import { baseOf, idAsLink, type Place } from './bases.ts'
import { extrasOf } from './extras.ts'
import { addDate, addLink, addValue, type MappedElement, type MappedItem, mapAtom } from './mapping.ts'
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
  warnOfUnreadDates,
} from './parts.ts'
import { firstTitle, textsOf, titleOf } from './textConstruct.ts'

/** @param root the feed or entry element */
export function readAtom(root: XmlElement, warnings: string[], around: Place): Feed {
  const entries = root.name === 'entry' ? [root] : itemsIn(root, ['entry', 'item'], warnings)
  const shapes = entries.map((entry) => atomShape(entry, around))
  const mapped = mapAtom(root.name === 'entry' ? {} : atomShape(root, around), shapes)
  const read = entries.map((entry, index) => atomItem(entry, mapped.items[index] as MappedItem, around))
  warnOfUnreadDates(entries, read, warnings)
  return {
    title: mapped.title ?? '',
    link: mapped.link ?? '',
    language: languageOf(root, '') || around.language.toLowerCase(),
    format: 'atom',
    pollMinutes: pollMinutes(root, undefined),
    items: read,
    warnings,
  }
}

/** What rss-parser reads of a feed or an entry. */
function atomShape(element: XmlElement, around: Place): MappedElement {
  const shape: MappedElement = {}
  addLink(shape, 'alternate', pageLink(element, around))
  for (const one of elements(element)) {
    switch (one.name) {
      case 'title':
        addValue(shape, 'title', titleOf(one))
        break
      case 'id':
        addValue(shape, 'id', textOf(one).trim())
        break
      case 'published':
        addDate(shape, 'published', one, around.dates)
        break
      case 'issued':
        if (child(element, 'published') === undefined) addDate(shape, 'published', one, around.dates)
        break
      case 'updated':
      case 'modified':
        addDate(shape, 'updated', one, around.dates)
        break
      case 'author': {
        const name = personOf(one)
        if (name !== '') {
          shape.author ??= []
          shape.author.push({ name: [name] })
        }
        break
      }
      case 'category':
        addValue(shape, 'category', tidy(one.attributes.label ?? one.attributes.term ?? textOf(one)))
        break
      case 'dc:language':
        addValue(shape, 'dc:language', textOf(one).trim())
        break
    }
  }
  return shape
}

function atomItem(entry: XmlElement, mapped: MappedItem, around: Place): FeedItem {
  // An entry without a link is known by its id, which is often its address (a permalink, a "tag:" URI).
  const link = mapped.link ?? idAsLink(mapped.id ?? '', entry, around)
  return {
    id: mapped.id ?? '',
    title: mapped.title ?? firstTitle(named(entry, OTHER_TITLES)),
    link,
    published: publishedOf(entry, mapped.isoDate, around.dates),
    ...textsOf(named(entry, SHORT), named(entry, FULL), link, around),
    author: mapped.author ?? otherAuthor(entry),
    language: languageOf(entry, mapped.language ?? ''),
    categories: mapped.categories ?? [],
    ...extrasOf(entry, (written, at) => absolute(written, baseOf(at, around))),
  }
}
