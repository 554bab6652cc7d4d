/** Elements and attributes under the prefix that is usual for their namespace, whatever prefix the document declares. */

/** Usual prefixes by namespace; those of RSS itself have none. */
const PREFIXES: Readonly<Record<string, string>> = {
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://channel.netscape.com/rdf/simple/0.9/': '',
  'http://my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'http://backend.userland.com/rss': '',
  'http://backend.userland.com/rss2': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom',
  'http://example.com/newformat#': 'atom',
  'http://example.com/necho': 'atom',
  'http://purl.org/echo/': 'atom',
  'uri/of/echo/namespace#': 'atom',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/elements/1.0/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/rss/1.0/modules/syndication/': 'sy',
  'http://search.yahoo.com/mrss/': 'media',
  'http://www.rssboard.org/media-rss': 'media',
  'http://video.search.yahoo.com/mrss/': 'media',
  'http://tools.search.yahoo.com/mrss/': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://www.apple.com/itunes/dtds/podcast-1.0.dtd': 'itunes',
  'http://news.yandex.ru': 'yandex',
  'http://turbo.yandex.ru': 'turbo',
  'http://prismstandard.org/namespaces/basic/2.0/': 'prism',
  'http://wordpress.org/export/1.2/excerpt/': 'excerpt',
  'http://www.pheedo.com/namespace/pheedo': 'pheedo',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://www.georss.org/georss': 'georss',
  'http://www.opengis.net/gml': 'gml',
  'http://www.w3.org/2003/01/geo/wgs84_pos#': 'geo',
  'http://purl.org/syndication/thread/1.0': 'thr',
  'http://www.w3.org/xml/1998/namespace': 'xml',
}

/** A namespace however it is spelt: publishers write https and leave the last slash out. */
const spelling = (namespace: string): string =>
  namespace
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/\/$/, '')

const USUAL = new Map(Object.entries(PREFIXES).map(([namespace, prefix]) => [spelling(namespace), prefix]))

const RSS_FRAME = new Set(['rss', 'channel', 'item'])
/** What an item consists of: a title that declares a namespace of its own is a title. */
const RSS_PARTS = new Set(['title', 'description', 'link', 'guid', 'pubdate'])
const ATOM_FRAME = new Set(['feed', 'entry'])

/** What a prefix stood for before an open element declared it anew. */
interface Shadowed {
  /** The number of elements around the declaring one. */
  readonly depth: number
  readonly prefix: string
  readonly outer: string | undefined
}

/** The prefixes in force at the place of a document that is being read. */
export class Namespaces {
  /** Prefix as declared → usual prefix. */
  private readonly usual = new Map<string, string | undefined>()
  private readonly shadowed: Shadowed[] = []

  /**
   * Takes up the declarations (xmlns) among the attributes of an element that opens with `depth` elements around it. A default
   * namespace on an element of RSS or Atom itself is the format's own, whatever it is: publishers write xmlns= where they meant
   * xmlns:media=.
   * @param tag its name as written, lower case
   */
  declare(attributes: Readonly<Record<string, string>>, depth: number, tag: string): void {
    for (const name in attributes) {
      if (!isDeclaration(name)) continue
      const prefix = name.slice(6)
      this.shadowed.push({ depth, prefix, outer: this.usual.get(prefix) })
      const usual = USUAL.get(spelling(attributes[name] as string)) ?? prefix
      const isOwn =
        prefix === '' &&
        (RSS_FRAME.has(tag) || ((ATOM_FRAME.has(tag) || RSS_PARTS.has(tag)) && usual !== 'atom'))
      this.usual.set(prefix, isOwn ? '' : usual)
    }
  }

  /** Forgets the declarations of the element that closes with `depth` elements around it. */
  leave(depth: number): void {
    // A declared prefix is never deleted: a map that often loses and takes the same key slows down with each.
    for (let last = this.shadowed.at(-1); last?.depth === depth; last = this.shadowed.at(-1)) {
      this.usual.set(last.prefix, last.outer)
      this.shadowed.pop()
    }
  }

  /** The usual name of an element or attribute: "r:about" is "rdf:about" where r is RDF's. */
  usualName(written: string): string {
    const colon = written.indexOf(':')
    const prefix = colon === -1 ? '' : written.slice(0, colon)
    const local = colon === -1 ? written : written.slice(colon + 1)
    const usual = this.usual.get(prefix) ?? prefix
    return usual === '' ? local : `${usual}:${local}`
  }

  /** Adds every attribute that has a prefix under its usual name too. */
  addUsualNames(attributes: Record<string, string>): void {
    if (this.usual.size === 0) return
    for (const name of Object.keys(attributes)) {
      if (!name.includes(':') || name.startsWith('xmlns:')) continue
      const usual = this.usualName(name)
      if (usual !== name) attributes[usual] ??= attributes[name] as string
    }
  }
}

export function isDeclaration(attribute: string): boolean {
  return attribute === 'xmlns' || attribute.startsWith('xmlns:')
}
