/**
 * rss-parser's part: which element of which format is the title, the link, the date, the author. It is given the repaired
 * document in the shape that its own XML reader makes (values in arrays, attributes under "$"). So it refuses nothing, does not
 * read the text a second time, and does not run its regular expressions over bodies, where hostile input makes them quadratic.
 */
import RssParser from 'rss-parser'
import { type DateStyle, readDate } from '../dates/dates.ts'
import { textOf, type XmlElement } from '../xml/tree.ts'

/** An element as rss-parser knows it: its text, or its attributes and children. */
export type Mapped = string | { readonly [name: string]: Mapped[] | Readonly<Record<string, string>> }
export type MappedElement = Record<string, Mapped[]>

export interface MappedItem {
  readonly title?: string
  readonly link?: string
  readonly guid?: string
  readonly id?: string
  /** ISO 8601. */
  readonly isoDate?: string
  readonly creator?: string
  readonly author?: string
  readonly language?: string
  readonly categories?: readonly string[]
}

export interface MappedFeed {
  readonly title?: string
  readonly link?: string
  readonly language?: string
  readonly ttl?: string
  readonly items: readonly MappedItem[]
}

/** The builders behind `parseString`, which is asynchronous although nothing in it waits. */
interface Builders {
  buildAtomFeed(document: { feed: MappedElement }): MappedFeed
  buildRSS(channel: MappedElement, items: MappedElement[]): MappedFeed
}

const builders = new RssParser({
  customFields: {
    item: [['category', 'categories', { keepArray: true }] as never, ['dc:language', 'language'] as never],
  },
}) as unknown as Builders

/** RSS of any version: a channel and its items, wherever the document had them. */
export function mapRss(channel: MappedElement, items: MappedElement[]): MappedFeed {
  return builders.buildRSS(channel, items)
}

export function mapAtom(feed: MappedElement, entries: MappedElement[]): MappedFeed {
  return builders.buildAtomFeed({ feed: { ...feed, entry: entries as never } })
}

/** Adds a value under the name that rss-parser expects; an empty one is left out. */
export function addValue(shape: MappedElement, name: string, value: string): void {
  if (value === '') return
  const values = shape[name]
  if (values === undefined) shape[name] = [value]
  else values.push(value)
}

/** Adds the date of an element, unless an earlier one of that name could be read. */
export function addDate(shape: MappedElement, name: string, element: XmlElement, style: DateStyle): void {
  if (shape[name] !== undefined) return
  const date = readDate(textOf(element), style)
  if (date !== null) addValue(shape, name, new Date(date).toISOString())
}

/** Adds a link in Atom's shape. */
export function addLink(shape: MappedElement, rel: string, href: string): void {
  shape.link ??= []
  if (href !== '') shape.link.push({ $: { rel, href } })
}
