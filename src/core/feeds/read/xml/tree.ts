/** The tree that a feed in XML is read into, and the ways to look into it. */

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

/** First child of one of the names, the names in order of preference. */
export function child(element: XmlElement, ...names: string[]): XmlElement | undefined {
  for (const name of names)
    for (const one of element.children) if (typeof one !== 'string' && one.name === name) return one
  return undefined
}

/**
 * Children of those names, the names in order of preference; those of Media RSS also inside its groups and contents, where most
 * feeds of videos have them.
 */
export function named(element: XmlElement, names: readonly string[]): XmlElement[] {
  const inner = mediaOf(element)
  return names.flatMap((name) => {
    const own = element.children.filter(
      (one): one is XmlElement => typeof one !== 'string' && one.name === name,
    )
    return name.startsWith('media:') ? own.concat(inner.filter((one) => one.name === name)) : own
  })
}

/** What stands inside media:group and media:content, at any depth. */
function mediaOf(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = []
  const visit = (inside: XmlElement): void => {
    for (const one of inside.children) {
      if (typeof one === 'string') continue
      if (inside !== element) found.push(one)
      if (MEDIA.has(one.name)) visit(one)
    }
  }
  visit(element)
  return found
}

const MEDIA = new Set(['media:group', 'media:content'])

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
      out += escapedText(child)
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

/** A plain text as HTML. */
export function escapedText(text: string): string {
  return text.replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'))
}

/** Elements of HTML without an end tag. */
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
