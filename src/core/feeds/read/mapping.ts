/**
 * rss-parser's part: which element of which format is the title, the link, the date, the author. It is given the repaired
 * document in the shape its own XML reader makes (values in arrays, attributes under "$"), so that it refuses nothing, and
 * neither reads the text twice nor runs its regular expressions over bodies, which are squared in time on hostile input.
 */
import RssParser from 'rss-parser'

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
