/**
 * A document → a tree, whatever state it is in. htmlparser2 reads it as XML and forgives what XML forbids (unclosed and
 * crossed tags, bare ampersands, unquoted attributes). No entity is ever expanded but characters' own: nothing external is
 * fetched, nothing is multiplied.
 */

import { decodeHTML } from 'entities/decode'
import { Parser } from 'htmlparser2'
import { FeedError } from '../feed.ts'
import { escapeLoneBrackets } from './brackets.ts'

export interface XmlElement {
  /**
   * Lower case, under the prefix usual for its namespace whatever prefix the document uses: "title" for RSS, "dc:date",
   * "content:encoded", "rdf:rdf". Atom has no prefix where the document is Atom, "atom:" elsewhere.
   */
  readonly name: string
  /** As written, lower case: what `markup` prints. */
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (XmlElement | string)[]
  readonly parent: XmlElement | undefined
  /** The inside of a title that holds elements, as written: "List<String>" is one to a reader, though not to XML. */
  written?: string
}

export interface XmlDocument {
  /** A nameless element around the document. */
  readonly root: XmlElement
  readonly warnings: string[]
}

/** A feed nests 10 deep, inline XHTML 40: beyond this it is an attack or no feed. */
const MAX_DEPTH = 256
const MAX_ATTRIBUTES = 256
/** The largest archives of blogs have some 200,000. */
const MAX_ELEMENTS = 500_000
/** Feeds have 30 characters and more to an element. "<a/>" has four, and costs memory a hundred times that. */
const mostElements = (length: number): number => Math.min(MAX_ELEMENTS, 50_000 + length / 16)
/** Characters that a document's own entities may add to it, all together. */
const MAX_EXPANSION = 1_000_000

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
  'http://search.yahoo.com/mrss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://www.georss.org/georss': 'georss',
  'http://www.opengis.net/gml': 'gml',
  'http://www.w3.org/2003/01/geo/wgs84_pos#': 'geo',
  'http://purl.org/syndication/thread/1.0': 'thr',
  'http://www.w3.org/xml/1998/namespace': 'xml',
}

/** Most elements have no attributes: they share this. */
const NONE: Record<string, string> = Object.freeze(Object.create(null))

/** A prefix that an open element declares, with what it stood for outside it. */
interface Shadow {
  /** How many elements are around that one. */
  readonly depth: number
  readonly prefix: string
  readonly outside: string | undefined
}

/** @throws FeedError too-deep */
export function readXml(written: string): XmlDocument {
  const text = escapeLoneBrackets(written)
  const root: XmlElement = { name: '', tag: '', attributes: {}, children: [], parent: undefined }
  const warnings: string[] = []
  const stack: XmlElement[] = [root]
  /** Where the inside of the last title begins. */
  let inside = 0
  const shadows: Shadow[] = []
  /** Prefix as declared → usual prefix, as they stand at the place that is read. */
  const prefixes = new Map<string, string | undefined>()
  const decode = decoder(internalEntities(text))
  let atom: boolean | undefined
  let unclosed = 0
  let ended = false
  let capped = false
  let count = 0
  const most = mostElements(text.length)
  /** Open elements beyond the most: they and their text are passed over. */
  let beyond = 0

  // Text comes in pieces, one for each "<" that begins no tag. What lies side by side is cut out once.
  let before = ''
  let from = 0
  let to = 0
  let cdata = false
  const pending = (): string => {
    const piece = text.slice(from, to)
    from = to
    return piece.includes('&') ? decode(piece) : piece
  }
  const flush = (): void => {
    if (before === '' && from === to) return
    const whole = before + pending()
    before = ''
    if (beyond === 0 && whole !== '') (stack.at(-1) as XmlElement).children.push(whole)
  }
  const parser = new TolerantParser(
    {
      onopentag(tag, given) {
        flush()
        if (beyond > 0 || ++count > most) {
          beyond++
          return
        }
        const parent = stack.at(-1) as XmlElement
        if (stack.length > MAX_DEPTH)
          throw new FeedError(
            'too-deep',
            `This feed nests its elements more than ${MAX_DEPTH} deep, which no feed does; it was not read.`,
          )
        let attributes: Record<string, string> = NONE
        let declares = 0
        let number = 0
        for (const name in given) {
          if (++number > MAX_ATTRIBUTES) {
            capped = true
            break
          }
          if (attributes === NONE) attributes = Object.create(null)
          const value = given[name] as string
          attributes[name] = value.includes('&') ? decode(value) : value
          if (name === 'xmlns' || name.startsWith('xmlns:')) declares++
        }
        if (declares > 0) {
          for (const name in attributes) {
            if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
            const prefix = name.slice(6)
            shadows.push({ depth: stack.length, prefix, outside: prefixes.get(prefix) })
            prefixes.set(prefix, PREFIXES[(attributes[name] as string).trim().toLowerCase()] ?? prefix)
          }
        }
        if (prefixes.size > 0 && attributes !== NONE) usualAttributes(attributes, prefixes)
        const name = canonical(tag, prefixes)
        if (atom === undefined && name !== '' && !name.includes('?'))
          atom = name === 'atom:feed' || name === 'atom:entry'
        const element: XmlElement = {
          name: atom === true && name.startsWith('atom:') ? name.slice(5) : name,
          tag,
          attributes,
          children: [],
          parent,
        }
        parent.children.push(element)
        stack.push(element)
        if (element.name === 'title') inside = parser.endIndex + 1
      },
      ontext(data) {
        if (cdata) {
          before += data
          return
        }
        const end = parser.endIndex + 1
        const start = end - data.length
        if (start !== to) {
          before += pending()
          from = start
        }
        to = end
      },
      oncdatastart() {
        before += pending()
        cdata = true
      },
      oncdataend() {
        cdata = false
      },
      onclosetag(tag, implied) {
        flush()
        if (beyond > 0) {
          beyond--
          return
        }
        const element = stack.pop() as XmlElement
        // Never deleted: a map that often loses and takes the same key slows down with each.
        for (let last = shadows.at(-1); last?.depth === stack.length; last = shadows.at(-1)) {
          prefixes.set(last.prefix, last.outside)
          shadows.pop()
        }
        if (element.name === 'title' && !implied && element.children.some((one) => typeof one !== 'string'))
          element.written = text.slice(inside, parser.startIndex)
        // A self-closing tag counts as implied too; it ends in "/>".
        if (implied && !VOID_IN_XML.has(tag) && text.charCodeAt(parser.endIndex - 1) !== 47) {
          if (!ended) unclosed++
          hoist(element)
        }
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.write(text)
  ended = stack.length === 1
  parser.end()
  flush()
  if (unclosed > 0)
    warnings.push(
      `${unclosed} ${unclosed === 1 ? 'element is' : 'elements are'} not closed properly; repaired.`,
    )
  if (capped) warnings.push(`An element has more than ${MAX_ATTRIBUTES} attributes; the rest were left out.`)
  if (count > most)
    warnings.push(
      `The document has more elements than a feed of its length has (${Math.floor(most)}); the rest were left out.`,
    )
  return { root, warnings }
}

/** HTML that nobody escaped has elements without an end; none of these names means anything in a feed. */
const VOID_IN_XML = new Set(['br', 'hr', 'img', 'wbr'])

class TolerantParser extends Parser {
  override isVoidElement(name: string): boolean {
    return VOID_IN_XML.has(name)
  }
}

function canonical(tag: string, prefixes: ReadonlyMap<string, string | undefined>): string {
  const colon = tag.indexOf(':')
  const prefix = colon === -1 ? '' : tag.slice(0, colon)
  const local = colon === -1 ? tag : tag.slice(colon + 1)
  const usual = prefixes.get(prefix) ?? prefix
  return usual === '' ? local : `${usual}:${local}`
}

/** Adds what has a prefix under the usual one too: "r:about" is "rdf:about" where r is RDF's. */
function usualAttributes(
  attributes: Record<string, string>,
  prefixes: ReadonlyMap<string, string | undefined>,
): void {
  for (const name of Object.keys(attributes)) {
    const colon = name.indexOf(':')
    if (colon === -1 || name.startsWith('xmlns:')) continue
    const usual = canonical(name, prefixes)
    if (usual !== name) attributes[usual] ??= attributes[name] as string
  }
}

/** Elements that hold no others in any format: what an unclosed one has swallowed belongs beside it. */
const LEAVES = new Set([
  'title',
  'link',
  'guid',
  'pubdate',
  'dc:date',
  'author',
  'dc:creator',
  'category',
  'id',
  'updated',
  'published',
])
const BESIDE = new Set([
  ...LEAVES,
  'description',
  'summary',
  'content',
  'content:encoded',
  'comments',
  'enclosure',
  'item',
  'entry',
])

function hoist(element: XmlElement): void {
  if (!LEAVES.has(element.name)) return
  const kept: (XmlElement | string)[] = []
  const swallowed: XmlElement[] = []
  for (const one of element.children) {
    if (typeof one !== 'string' && BESIDE.has(one.name)) swallowed.push(one)
    else kept.push(one)
  }
  if (swallowed.length === 0) return
  let outer = element.parent
  // At once past all that were not closed: otherwise each would pass everything on to the next.
  while (outer?.parent !== undefined && LEAVES.has(outer.name)) outer = outer.parent
  if (outer === undefined) return
  element.children.length = 0
  for (const one of kept) element.children.push(one)
  for (const one of swallowed) outer.children.push(one)
}

/**
 * Reads character references, XML's and HTML's (feeds use them undeclared), and the document's own short entities. Values are
 * not decoded again, and add little in all, so that nothing grows; entities beyond that stay as written.
 */
function decoder(entities: ReadonlyMap<string, string>): (text: string) => string {
  if (entities.size === 0) return decodeHTML
  let left = MAX_EXPANSION
  return (text) =>
    decodeHTML(
      text.replace(/&([\w.:-]{1,64});/g, (whole, name: string) => {
        const value = left > 0 ? entities.get(name) : undefined
        if (value === undefined) return whole
        left -= value.length
        return value
      }),
    )
}

/** Entities the document type declares in place, where they are short; parameter and external entities are passed over. */
function internalEntities(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const start = text.slice(0, 4096).search(/<!doctype\s/i)
  if (start === -1) return found
  const head = text.slice(start, start + 65_536)
  const subset = /^<!doctype[^[>]{0,500}\[/i.exec(head)
  if (subset === null) return found
  const end = head.indexOf(']>')
  const declarations = head.slice(subset[0].length, end === -1 ? undefined : end)
  for (const [, name, double, single] of declarations.matchAll(
    /<!ENTITY\s{1,20}([\w.:-]{1,64})\s{1,20}(?:"([^"]{0,32})"|'([^']{0,32})')\s{0,20}>/g,
  )) {
    const value = double ?? single ?? ''
    if (name !== undefined && !/&(?!#)/.test(value) && found.size < 256) found.set(name, value)
  }
  return found
}

/** All text inside an element, in order. */
export function textOf(element: XmlElement): string {
  const { children } = element
  if (children.length === 0) return ''
  if (children.length === 1) {
    const only = children[0] as XmlElement | string
    return typeof only === 'string' ? only : textOf(only)
  }
  let text = ''
  for (const child of children) text += typeof child === 'string' ? child : textOf(child)
  return text
}

/** The inside of an element as markup: XHTML content, and HTML that somebody forgot to escape. */
export function markup(element: XmlElement): string {
  let out = ''
  for (const child of element.children) {
    if (typeof child === 'string') {
      out += child.replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'))
      continue
    }
    const tag = child.name.startsWith('xhtml:') ? child.name.slice(6) : child.tag
    out += `<${tag}`
    for (const [name, value] of Object.entries(child.attributes)) {
      if (!name.startsWith('xmlns'))
        out += ` ${name}="${value.replace(/[&"<]/g, (c) => (c === '&' ? '&amp;' : c === '"' ? '&quot;' : '&lt;'))}"`
    }
    const inner = markup(child)
    out += inner === '' && VOID.has(tag) ? '>' : `>${inner}</${tag}>`
  }
  return out
}

const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])

/** First child of one of the names, the names in order of preference. */
export function child(element: XmlElement, ...names: string[]): XmlElement | undefined {
  for (const name of names)
    for (const one of element.children) if (typeof one !== 'string' && one.name === name) return one
  return undefined
}

export function elements(element: XmlElement): XmlElement[] {
  return element.children.filter((one): one is XmlElement => typeof one !== 'string')
}

/** The nearest value of an attribute that is inherited (xml:lang), or ''. */
export function inherited(element: XmlElement | undefined, attribute: string): string {
  for (let at = element; at !== undefined; at = at.parent) {
    const value = at.attributes[attribute]
    if (value !== undefined) return value
  }
  return ''
}
