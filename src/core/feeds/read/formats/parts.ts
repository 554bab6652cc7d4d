/** Parts that the formats have in common, and elements of RSS and Atom that rss-parser does not know. */

import type { FeedItem } from '../../feed.ts'
import { type DateStyle, readDate, styleOf } from '../dates/dates.ts'
import { absolute } from '../links.ts'
import { tidy } from '../plainText.ts'
import { child, elements, inherited, textOf, type XmlElement } from '../xml/tree.ts'
import { MAX_ITEMS, WITHOUT_ITEMS } from '../xml/xml.ts'
import { baseOf, type Place } from './bases.ts'

/** The items of a feed at any depth, also inside an item that was not closed: the first MAX_ITEMS, with a warning. */
export function itemsIn(
  root: XmlElement,
  names: readonly string[],
  warnings: string[],
): readonly XmlElement[] {
  const found: XmlElement[] = []
  const visit = (element: XmlElement): void => {
    for (const one of element.children) {
      if (typeof one === 'string') continue
      if (names.includes(one.name)) found.push(one)
      if (!WITHOUT_ITEMS.has(one.name)) visit(one)
    }
  }
  visit(root)
  return firstItems(found, warnings)
}

/** Where items of RSS and Atom may state their text, in order of preference: the short form … */
export const SHORT = [
  'description',
  'summary',
  'atom:summary',
  'itunes:summary',
  'media:description',
  'dc:description',
  'dcterms:abstract',
  'dcterms:description',
  'itunes:subtitle',
  'subtitle',
  'atom:subtitle',
  'media:text',
  'excerpt:encoded',
  'prism:teaser',
  'abstract',
  'teaser',
  'lead',
]
/** … the full text … */
export const FULL = [
  'content:encoded',
  'xhtml:body',
  'body',
  'fullitem',
  'yandex:full-text',
  'turbo:content',
  'full-text',
  'fulltext',
  'text',
  'atom:content',
  'content',
  'xhtml:div',
]
/** … and a title, where they have none of their format's own. */
export const OTHER_TITLES = [
  'atom:title',
  'dc:title',
  'dcterms:title',
  'media:title',
  'itunes:title',
  'headline',
]

/**
 * The address of the page that an item (or a feed) is about, or '': of its alternate links one to a page of the web before one to
 * a file of another type, and that before another scheme. A link to mail is none.
 */
export function pageLink(element: XmlElement, around: Place): string {
  let best = ''
  let bestRank = Number.POSITIVE_INFINITY
  for (const one of element.children) {
    if (typeof one === 'string') continue
    const isAtom = one.name === 'atom:link'
    if ((one.name !== 'link' && !isAtom) || relationOf(one) !== 'alternate') continue
    const written = (one.attributes.href ?? '').trim() || textOf(one).trim()
    const address = written === '' ? '' : absolute(written, baseOf(one, around))
    if (address === '' || /^(?:mailto|tel|sms):/i.test(address)) continue
    const isWeb = /^https?:/i.test(address) || !/^[a-z][a-z0-9+.-]*:/i.test(address)
    const type = (one.attributes.type ?? '').trim().toLowerCase()
    const isPage = type === '' || /^(?:text\/html|application\/xhtml\+xml|html|xhtml)\b/.test(type)
    const rank = (isWeb ? 0 : 4) + (isPage ? 0 : 2) + (isAtom ? 1 : 0)
    if (rank < bestRank) {
      best = address
      bestRank = rank
    }
  }
  return best
}

/** The relation of a link, lower case: a registered one may be written as the full address of its registration. */
export function relationOf(link: XmlElement): string {
  const written = (link.attributes.rel ?? '').trim().toLowerCase()
  return written === '' ? 'alternate' : written.replace(IANA, '')
}

const IANA = /^https?:\/\/(?:www\.)?iana\.org\/assignments\/(?:link-relations?|relation)\/(?:#)?/

/** The first MAX_ITEMS; a warning says how many there were. */
export function firstItems<Item>(items: readonly Item[], warnings: string[]): readonly Item[] {
  if (items.length <= MAX_ITEMS) return items
  warnings.push(`The feed has ${items.length} items; the first ${MAX_ITEMS} were read.`)
  return items.slice(0, MAX_ITEMS)
}

/**
 * Epoch ms when an item was published, else changed; null where no date can be read.
 * @param iso the date that rss-parser found
 */
export function publishedOf(item: XmlElement, iso: string | undefined, style: DateStyle): number | null {
  if (iso !== undefined) return Date.parse(iso)
  const written = elements(item).filter((one) => DATES_IN_ORDER.includes(one.name))
  written.sort((a, b) => DATES_IN_ORDER.indexOf(a.name) - DATES_IN_ORDER.indexOf(b.name))
  for (const one of written.slice(0, MAX_DATES)) {
    const date = readDate(textOf(one), style)
    if (date !== null) return date
  }
  return readDate(item.attributes.lastmod ?? '', style)
}

/** Dates of an item that are tried. */
const MAX_DATES = 20

/** Published before changed. CDF has "lastmod". */
const DATES_IN_ORDER = [
  'atom:published',
  'dcterms:issued',
  'dcterms:created',
  'published',
  'issued',
  'created',
  'dc:date',
  'atom:updated',
  'dcterms:modified',
  'updated',
  'modified',
  'lastbuilddate',
]

/**
 * Warns of each item whose date is written but cannot be read, with what was written. Such a story is dated by when it was
 * first fetched.
 */
export function warnOfUnreadDates(
  written: readonly XmlElement[],
  read: readonly FeedItem[],
  warnings: string[],
): void {
  written.forEach((item, index) => {
    if (read[index]?.published !== null) return
    const date = elements(item).find((one) => WRITTEN_DATES.has(one.name) && textOf(one).trim() !== '')
    if (date !== undefined)
      warnings.push(
        `Item ${index + 1} states a date that cannot be read: "${tidy(textOf(date)).slice(0, 60)}".`,
      )
  })
}

/** How the items of a feed write their dates, by the dates themselves and the feed's language. */
export function dateStyleOf(root: XmlElement): DateStyle {
  const written: string[] = []
  let language = ''
  const visit = (element: XmlElement, depth: number): void => {
    for (const one of element.children) {
      if (typeof one === 'string' || written.length >= MOST_LOOKED_AT) continue
      if (WRITTEN_DATES.has(one.name)) written.push(textOf(one).slice(0, 100))
      else if (one.name === 'language' || one.name === 'dc:language') language ||= languageTag(textOf(one))
      else if (depth < 4) visit(one, depth + 1)
    }
  }
  visit(root, 0)
  return styleOf(written, language || languageOf(root, ''))
}

const MOST_LOOKED_AT = 500

const WRITTEN_DATES = new Set([
  'pubdate',
  'dc:date',
  'published',
  'updated',
  'issued',
  'modified',
  'atom:published',
  'atom:updated',
])

/** The author under a name that rss-parser does not know, or ''. */
export function otherAuthor(item: XmlElement): string {
  const other = child(item, 'atom:author', 'itunes:author', 'dc:creator', 'managingeditor')
  return other === undefined ? '' : personOf(other)
}

/** A person's name: that of Atom's person, else what stands before or after the address ("mail@host (Name)", "Name <mail@host>"). */
export function personOf(element: XmlElement): string {
  const name = child(element, 'name', 'atom:name', 'foaf:name')
  const text = tidy(textOf(name ?? element))
    .replace(/\n/g, ' ')
    .slice(0, 500)
  return /^\S+@\S+\s+\((.+)\)$/.exec(text)?.[1] ?? /^"?(.+?)"?\s+<\S+@\S+>$/.exec(text)?.[1] ?? text
}

/** The language of an element as BCP 47 in lower case: the one stated, else the nearest xml:lang; '' where it is none. */
export function languageOf(element: XmlElement, stated: string): string {
  return languageTag(stated !== '' ? stated : inherited(element, 'xml:lang'))
}

/** BCP 47 in lower case of a tag as written ("en_GB"); '' for what is no such tag. */
export function languageTag(written: string): string {
  const plain = written.trim().toLowerCase().replace(/_/g, '-')
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/.test(plain) ? plain : ''
}

/** The trimmed text of the first child of those names, or ''. */
export function textOfChild(element: XmlElement, ...names: string[]): string {
  const one = child(element, ...names)
  return one === undefined ? '' : textOf(one).trim()
}

/** Minutes that the feed asks readers to wait between polls (ttl, the syndication module); null where it does not. */
export function pollMinutes(channel: XmlElement, ttl: string | undefined): number | null {
  const minutes = Number(ttl)
  if (ttl !== undefined && ttl !== '' && Number.isFinite(minutes) && minutes > 0) return minutes
  const period = PERIODS[textOfChild(channel, 'sy:updateperiod').toLowerCase()]
  if (period === undefined) return null
  const frequency = Number(textOfChild(channel, 'sy:updatefrequency') || '1')
  return Number.isFinite(frequency) && frequency > 0 ? period / frequency : period
}

const PERIODS: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
}
