/**
 * A document → a tree, whatever state it is in. htmlparser2 reads it as XML and forgives what XML forbids (unclosed and
 * crossed tags, bare ampersands, unquoted attributes). Entities expand to short texts only (entities.ts): nothing external is
 * fetched, nothing is multiplied.
 */

import { Parser } from 'htmlparser2'
import { FeedError } from '../../feed.ts'
import { escapeLoneBrackets } from './brackets.ts'
import { entityDecoder } from './entities.ts'
import { isDeclaration, Namespaces } from './namespaces.ts'
import type { XmlElement } from './tree.ts'

export interface XmlDocument {
  /** A nameless element around the document. */
  readonly root: XmlElement
  readonly warnings: string[]
}

/**
 * Reads any text; what was repaired or left out is in the warnings.
 * @throws FeedError too-deep
 */
export function readXml(written: string): XmlDocument {
  const text = escapeLoneBrackets(written)
  const root: XmlElement = { name: '', tag: '', attributes: {}, children: [], parent: undefined }
  const warnings: string[] = []
  const stack: XmlElement[] = [root]
  /** Index where the inside of the last title begins. */
  let inside = 0
  const namespaces = new Namespaces()
  const decode = entityDecoder(text)
  /** Whether the document is Atom; undefined before its first element. */
  let atom: boolean | undefined
  let unclosed = 0
  let ended = false
  let capped = false
  let crowded = false
  let count = 0
  const most = mostElements(text.length)
  /** Open elements beyond the most: they and their text are passed over. */
  let beyond = 0
  /** Items met so far, and open elements in which an item's name is content. */
  let items = 0
  let contents = 0

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
    if (beyond > 0 || whole === '') return
    const parent = stack.at(-1) as XmlElement
    if (whole.length <= LONGEST_READ) parent.children.push(whole)
    else {
      parent.children.push(whole.slice(0, LONGEST_READ))
      warnings.push(
        `The text of a <${parent.tag.slice(0, 40)}> has ${whole.length} characters; the first ${LONGEST_READ} were read.`,
      )
    }
  }
  const parser = new TolerantParser(
    {
      onopentag(tag, given) {
        flush()
        const isItem = contents === 0 && /item$|entry$/.test(tag) && ITEMS.has(namespaces.usualName(tag))
        if (isItem) items++
        const parent = stack.at(-1) as XmlElement
        const isCrowded = !isItem && parent.children.length >= MAX_CHILDREN
        if (isCrowded) crowded = true
        if (beyond > 0 || isCrowded || (isItem && items > MAX_ITEMS) || ++count > most) {
          beyond++
          return
        }
        if (stack.length > MAX_DEPTH)
          throw new FeedError(
            'too-deep',
            `This feed nests its elements more than ${MAX_DEPTH} deep, which no feed does; it was not read.`,
          )
        let attributes: Record<string, string> = NO_ATTRIBUTES
        let declares = false
        let number = 0
        for (const name in given) {
          if (++number > MAX_ATTRIBUTES) {
            capped = true
            break
          }
          if (attributes === NO_ATTRIBUTES) attributes = Object.create(null)
          const value = given[name] as string
          attributes[name] = value.includes('&') ? decode(value) : value
          if (isDeclaration(name)) declares = true
        }
        if (declares) namespaces.declare(attributes, stack.length, tag)
        if (attributes !== NO_ATTRIBUTES) namespaces.addUsualNames(attributes)
        const name = namespaces.usualName(tag)
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
        if (WITHOUT_ITEMS.has(element.name)) contents++
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
        if (WITHOUT_ITEMS.has(element.name)) contents--
        namespaces.leave(stack.length)
        if (element.name === 'title' && !implied && element.children.some((one) => typeof one !== 'string'))
          element.written = text.slice(inside, parser.startIndex)
        // A self-closing tag counts as implied too; it ends in "/>".
        if (implied && !VOID_IN_XML.has(tag) && text.charCodeAt(parser.endIndex - 1) !== 47) {
          if (!ended) unclosed++
          releaseSwallowed(element)
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
  if (crowded) warnings.push(`An element holds more than ${MAX_CHILDREN} parts; the rest were left out.`)
  if (items > MAX_ITEMS) warnings.push(`The feed has ${items} items; the first ${MAX_ITEMS} were read.`)
  return { root, warnings }
}

/** A feed of news has a hundred items, an archive a few thousand. */
export const MAX_ITEMS = 5000
const ITEMS = new Set(['item', 'entry', 'atom:entry'])
/** Elements in which an item's name is content. */
export const WITHOUT_ITEMS = new Set([
  'description',
  'content',
  'content:encoded',
  'summary',
  'title',
  'source',
  'link',
])

/** Characters of one text: of HTML half as many are kept. Each step of reading makes another copy of what is longer. */
export const LONGEST_READ = 2_000_000

/** A feed nests 10 deep, inline XHTML 40: beyond this it is an attack or no feed. */
const MAX_DEPTH = 256
const MAX_ATTRIBUTES = 256
/** Elements and texts right inside an element: four times the items that are read. */
const MAX_CHILDREN = 20_000
/** The largest archives of blogs have some 200,000. */
const MAX_ELEMENTS = 500_000
/** Feeds have 30 characters and more to an element. "<a/>" has four, and costs memory a hundred times that. */
const mostElements = (length: number): number => Math.min(MAX_ELEMENTS, 50_000 + length / 16)

/** Most elements have no attributes: they share this. */
const NO_ATTRIBUTES: Record<string, string> = Object.freeze(Object.create(null))

/** HTML that nobody escaped has elements without an end; none of these names means anything in a feed. */
const VOID_IN_XML = new Set(['br', 'hr', 'img', 'wbr'])

class TolerantParser extends Parser {
  override isVoidElement(name: string): boolean {
    return VOID_IN_XML.has(name)
  }
}

/** Elements that hold no others in any format. */
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
/** Elements that an unclosed one of those can only have swallowed. */
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

/** Moves what an unclosed element has swallowed beside it. */
function releaseSwallowed(element: XmlElement): void {
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
