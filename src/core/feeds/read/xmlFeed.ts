/**
 * RSS, RDF and Atom → one feed. rss-parser maps what it knows (mapping.ts) on elements put right first: dates made ISO,
 * titles plain, links absolute. What it drops is taken from the same tree.
 */

import { type Feed, FeedError, type FeedItem } from '../feed.ts'
import { withAbsoluteAddresses } from './bodyLinks.ts'
import { readDate } from './dates/dates.ts'
import { extrasOf } from './extras.ts'
import { absolute, type Surroundings } from './links.ts'
import { type MappedElement, type MappedItem, mapAtom, mapRss } from './mapping.ts'
import { isHtmlTag, plainText, plainTextOfEither, tidy } from './plainText.ts'
import { child, elements, inherited, markup, textOf, type XmlElement } from './xml/tree.ts'
import type { XmlDocument } from './xml/xml.ts'

/** Where a document stands, with the bases of its elements as they become known. */
interface Place extends Surroundings {
  readonly bases: Map<XmlElement, string>
}

/** @throws FeedError html-page, not-a-feed */
export function readXmlFeed(document: XmlDocument, surroundings: Surroundings): Feed {
  const around: Place = { ...surroundings, bases: new Map() }
  const root = findRoot(document.root)
  if (root === undefined) throw noFeed(document.root)
  return root.name === 'feed' || root.name === 'entry'
    ? readAtom(root, document.warnings, around)
    : readRss(root, document.warnings, around)
}

const ROOTS = new Set(['rss', 'rdf:rdf', 'rdf', 'feed', 'entry', 'channel'])

/** The outermost element that begins a feed, at any place: servers wrap feeds in all sorts of things. */
function findRoot(document: XmlElement): XmlElement | undefined {
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

/** A date that is written but cannot be read is said, with what was written: the story then counts as first seen. */
function unreadDates(written: readonly XmlElement[], read: readonly FeedItem[], warnings: string[]): void {
  written.forEach((item, index) => {
    if (read[index]?.published !== null) return
    const date = elements(item).find((one) => DATES.has(one.name) && textOf(one).trim() !== '')
    if (date !== undefined)
      warnings.push(
        `Item ${index + 1} states a date that cannot be read: "${tidy(textOf(date)).slice(0, 60)}".`,
      )
  })
}

const DATES = new Set([
  'pubdate',
  'dc:date',
  'published',
  'updated',
  'issued',
  'modified',
  'atom:published',
  'atom:updated',
])

function noFeed(document: XmlElement): FeedError {
  const first = elements(document)[0]
  if (first === undefined)
    return new FeedError('not-a-feed', 'The answer is text without any markup, not a feed.')
  if (/^(xhtml:)?(html|body|head)$/.test(first.name))
    return new FeedError(
      'html-page',
      'The address gives a web page, not a feed. Look for the feed this page names.',
    )
  return new FeedError(
    'not-a-feed',
    `The document begins with <${first.tag.slice(0, 40)}>, which is no feed we know.`,
  )
}

// Atom

function readAtom(root: XmlElement, warnings: string[], around: Place): Feed {
  const entries = root.name === 'entry' ? [root] : capped(descendants(root, 'entry', 'item'), warnings)
  const shapes = entries.map((entry) => atomShape(entry, around))
  const mapped = mapAtom(root.name === 'entry' ? {} : atomShape(root, around), shapes)
  const read = entries.map((entry, index) => atomItem(entry, mapped.items[index] as MappedItem, around))
  unreadDates(entries, read, warnings)
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
  for (const one of elements(element)) {
    switch (one.name) {
      case 'title':
        add(shape, 'title', titleOf(one))
        break
      case 'link': {
        const href = (one.attributes.href ?? '') || textOf(one).trim()
        const rel = one.attributes.rel ?? 'alternate'
        if (href !== '' && rel === 'alternate') addLink(shape, rel, absolute(href, baseOf(one, around)))
        break
      }
      case 'id':
        add(shape, 'id', textOf(one).trim())
        break
      case 'published':
        addDate(shape, 'published', one)
        break
      case 'issued':
        if (child(element, 'published') === undefined) addDate(shape, 'published', one)
        break
      case 'updated':
      case 'modified':
        addDate(shape, 'updated', one)
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
        add(shape, 'category', tidy(one.attributes.label ?? one.attributes.term ?? textOf(one)))
        break
      case 'dc:language':
        add(shape, 'dc:language', textOf(one).trim())
        break
    }
  }
  return shape
}

function atomItem(entry: XmlElement, mapped: MappedItem, around: Place): FeedItem {
  const short = child(entry, 'summary', 'media:description')
  const full = child(entry, 'content')
  const summary = bodyOf(short)
  const content = bodyOf(full)
  // An entry without a link is known by its id, which is often its address (a permalink, a "tag:" URI).
  const link = mapped.link ?? idAsLink(mapped.id ?? '', entry, around)
  return {
    id: mapped.id ?? '',
    title: mapped.title ?? '',
    link,
    published: mapped.isoDate !== undefined ? Date.parse(mapped.isoDate) : otherDate(entry),
    summary: summary.plain || content.plain,
    text: summary.plain === '' ? '' : content.plain,
    html:
      content.html === ''
        ? withAbsoluteAddresses(summary.html, baseOfBody(short, link, around))
        : withAbsoluteAddresses(content.html, baseOfBody(full, link, around)),
    author: mapped.author ?? otherAuthor(entry),
    language: languageOf(entry, mapped.language ?? ''),
    categories: mapped.categories ?? [],
    ...extrasOf(entry, (written, at) => absolute(written, baseOf(at, around))),
  }
}

// RSS and RDF

function readRss(root: XmlElement, warnings: string[], around: Place): Feed {
  const channel = root.name === 'channel' ? root : (child(root, 'channel') ?? root)
  const items = capped(descendants(root, 'item', 'entry'), warnings)
  const shapes = items.map((item) => rssShape(item, around))
  const mapped = mapRss(rssShape(channel, around), shapes)
  const read = items.map((item, index) => rssItem(item, mapped.items[index] as MappedItem, around))
  unreadDates(items, read, warnings)
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
        add(shape, one.name, titleOf(one))
        break
      case 'link': {
        const href = textOf(one).trim() || (one.attributes.href ?? '')
        if (href !== '') add(shape, 'link', absolute(href, baseOf(one, around)))
        break
      }
      case 'guid':
      case 'id':
        add(shape, 'guid', textOf(one).trim())
        break
      case 'pubdate':
        addDate(shape, 'pubDate', one)
        break
      case 'dc:date':
        addDate(shape, 'dc:date', one)
        break
      case 'author':
      case 'dc:creator':
        add(shape, one.name, personOf(one))
        break
      case 'category':
      case 'dc:subject':
        add(shape, 'category', tidy(textOf(one)))
        break
      case 'language':
      case 'dc:language':
      case 'ttl':
        add(shape, one.name, textOf(one).trim())
        break
    }
  }
  return shape
}

function rssItem(item: XmlElement, mapped: MappedItem, around: Place): FeedItem {
  const short = child(item, 'description', 'summary', 'atom:summary', 'itunes:summary', 'media:description')
  const full = child(item, 'content:encoded', 'xhtml:body', 'body', 'fullitem', 'atom:content', 'content')
  const summary = bodyOf(short)
  const content = bodyOf(full)
  const link = mapped.link ?? otherLink(item, mapped.guid ?? '', around)
  return {
    id: mapped.guid ?? item.attributes['rdf:about'] ?? '',
    title: mapped.title ?? otherTitle(item),
    link,
    published: mapped.isoDate !== undefined ? Date.parse(mapped.isoDate) : otherDate(item),
    summary: summary.plain || content.plain,
    text: summary.plain === '' ? '' : content.plain,
    html:
      content.html === ''
        ? withAbsoluteAddresses(summary.html, baseOfBody(short, link, around))
        : withAbsoluteAddresses(content.html, baseOfBody(full, link, around)),
    author: mapped.creator ?? otherAuthor(item),
    language: languageOf(item, mapped.language ?? ''),
    categories: mapped.categories ?? [],
    ...extrasOf(item, (written, at) => absolute(written, baseOf(at, around))),
  }
}

// What rss-parser drops

function otherTitle(item: XmlElement): string {
  const other =
    child(item, 'atom:title', 'media:title', 'itunes:title') ??
    child(child(item, 'media:group') ?? item, 'media:title')
  return other === undefined ? '' : titleOf(other)
}

function otherLink(item: XmlElement, guid: string, around: Place): string {
  for (const one of elements(item)) {
    const href = one.attributes.href ?? ''
    if (one.name === 'atom:link' && href !== '' && (one.attributes.rel ?? 'alternate') === 'alternate')
      return absolute(href, baseOf(one, around))
  }
  // A guid is the address unless it says that it is not (RSS 2.0).
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

/** Relative only where it is plainly a path: any other id is a name. */
function idAsLink(id: string, entry: XmlElement, around: Place): string {
  return id.startsWith('/') ? absolute(id, baseOf(entry, around)) : id
}

function otherDate(item: XmlElement): number | null {
  const written = elements(item).filter((one) => OTHER_DATES.includes(one.name))
  written.sort((a, b) => OTHER_DATES.indexOf(a.name) - OTHER_DATES.indexOf(b.name))
  for (const one of written.slice(0, MAX_DATES)) {
    const date = readDate(textOf(one))
    if (date !== null) return date
  }
  return readDate(item.attributes.lastmod ?? '')
}

/** Dates of one name that an item may state in vain. */
const MAX_DATES = 20

/** In order: published before changed. CDF has "lastmod". */
const OTHER_DATES = [
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

function otherAuthor(item: XmlElement): string {
  const other = child(item, 'atom:author', 'itunes:author', 'dc:creator', 'managingeditor')
  return other === undefined ? '' : personOf(other)
}

// Values

function add(shape: MappedElement, name: string, value: string): void {
  if (value === '') return
  const values = shape[name]
  if (values === undefined) shape[name] = [value]
  else values.push(value)
}

/** The first that can be read counts: the others need no reading. */
function addDate(shape: MappedElement, name: string, element: XmlElement): void {
  if (shape[name] !== undefined) return
  const date = readDate(textOf(element))
  if (date !== null) add(shape, name, new Date(date).toISOString())
}

function addLink(shape: MappedElement, rel: string, href: string): void {
  shape.link ??= []
  if (href !== '') shape.link.push({ $: { rel, href } })
}

/** "mail@host (Name)" and "Name <mail@host>" are the name; Atom's person has one of its own. */
function personOf(element: XmlElement): string {
  const name = child(element, 'name', 'atom:name', 'foaf:name')
  const text = tidy(textOf(name ?? element))
    .replace(/\n/g, ' ')
    .slice(0, 500)
  return /^\S+@\S+\s+\((.+)\)$/.exec(text)?.[1] ?? /^"?(.+?)"?\s+<\S+@\S+>$/.exec(text)?.[1] ?? text
}

function titleOf(element: XmlElement): string {
  if (element.written !== undefined && !element.children.every(isHtml))
    return plainTextOfEither(element.written).replace(/\n/g, ' ')
  return constructOf(element, plainTextOfEither).plain.replace(/\n/g, ' ')
}

/** Whether HTML knows every element in it. */
function isHtml(one: XmlElement | string): boolean {
  return typeof one === 'string' || (isHtmlTag(one.tag) && one.children.every(isHtml))
}

function bodyOf(element: XmlElement | undefined): { plain: string; html: string } {
  return element === undefined ? { plain: '', html: '' } : constructOf(element, plainText)
}

/**
 * The text of an element in the type it states: Atom's text, html, xhtml; Atom 0.3's media types and modes; without a type
 * Atom means plain text, and RSS HTML.
 */
function constructOf(
  element: XmlElement,
  plainOf: (html: string) => string,
): { plain: string; html: string } {
  const type = (element.attributes.type ?? '').trim().toLowerCase()
  const mode = (element.attributes.mode ?? '').trim().toLowerCase()
  const inline = element.children.some((one) => typeof one !== 'string')
  if (inline) {
    const [only, second] = elements(element)
    const html = markup(second === undefined && only?.name === 'xhtml:div' ? only : element).trim()
    return { plain: plainOf(html), html }
  }
  const written = textOf(element)
  if (mode === 'base64' || (type.includes('/') && mode === '' && isBase64(type, written)))
    return asType(
      Buffer.from(written, 'base64').toString('utf8'),
      type.startsWith('text/') ? type : 'html',
      plainOf,
    )
  return asType(written, !isAtom(element) && type === '' ? 'html' : type, plainOf)
}

function asType(
  value: string,
  type: string,
  plainOf: (html: string) => string,
): { plain: string; html: string } {
  if (type === 'html' || type === 'xhtml' || type.endsWith('html') || type.endsWith('xml'))
    return { plain: plainOf(value), html: value.trim() }
  const plain = tidy(value)
  return {
    plain,
    html: plain.replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;')),
  }
}

function isBase64(type: string, value: string): boolean {
  return !/^text\/|xml$/.test(type) && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)
}

function isAtom(element: XmlElement): boolean {
  if (element.name.startsWith('atom:')) return true
  for (let at = element.parent; at !== undefined; at = at.parent)
    if (at.name === 'feed' || at.name === 'entry') return true
  return false
}

/** What relative addresses in a body are meant against: xml:base where there is one, else the story's own address. */
function baseOfBody(body: XmlElement | undefined, link: string, around: Place): string {
  const stated = body === undefined ? around.base : baseOf(body, around)
  return stated === around.base && /^https?:\/\//i.test(link) ? link : stated
}

/** The base of an element: xml:base from the outside in, over the address of the document. */
function baseOf(element: XmlElement, around: Place): string {
  const known = around.bases.get(element)
  if (known !== undefined) return known
  const outer = element.parent === undefined ? around.base : baseOf(element.parent, around)
  const own = element.attributes['xml:base']
  const base = own === undefined ? outer : absolute(own, outer) || outer
  around.bases.set(element, base)
  return base
}

function languageOf(element: XmlElement, stated: string): string {
  const language = stated !== '' ? stated : inherited(element, 'xml:lang')
  const plain = language.trim().toLowerCase().replace(/_/g, '-')
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/.test(plain) ? plain : ''
}

function textOfChild(element: XmlElement, name: string): string {
  const one = child(element, name)
  return one === undefined ? '' : textOf(one).trim()
}

const PERIODS: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
}

function pollMinutes(channel: XmlElement, ttl: string | undefined): number | null {
  const minutes = Number(ttl)
  if (ttl !== undefined && ttl !== '' && Number.isFinite(minutes) && minutes > 0) return minutes
  const period = PERIODS[textOfChild(channel, 'sy:updateperiod').toLowerCase()]
  if (period === undefined) return null
  const frequency = Number(textOfChild(channel, 'sy:updatefrequency') || '1')
  return Number.isFinite(frequency) && frequency > 0 ? period / frequency : period
}

/** A feed of news has a hundred items, an archive a few thousand. */
const MAX_ITEMS = 5000

function capped(items: XmlElement[], warnings: string[]): XmlElement[] {
  if (items.length <= MAX_ITEMS) return items
  warnings.push(`The feed has ${items.length} items; the first ${MAX_ITEMS} were read.`)
  return items.slice(0, MAX_ITEMS)
}

/** Items at any depth, not those inside another item. Where an item was not closed, the next lies inside it: it counts. */
function descendants(root: XmlElement, ...names: string[]): XmlElement[] {
  const found: XmlElement[] = []
  const visit = (element: XmlElement): void => {
    for (const one of element.children) {
      if (typeof one === 'string') continue
      if (names.includes(one.name)) found.push(one)
      if (!BODIES.has(one.name)) visit(one)
    }
  }
  visit(root)
  return found
}

const BODIES = new Set(['description', 'content', 'content:encoded', 'summary', 'title', 'source', 'link'])
