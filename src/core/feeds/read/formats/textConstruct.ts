/** Titles and bodies: text in the type that its element states (Atom calls it a text construct). */

import { Buffer } from 'node:buffer'
import { decodeHTML } from 'entities/decode'
import type { FeedItem } from '../../feed.ts'
import { withAbsoluteAddresses } from '../bodyLinks.ts'
import { isHtmlTag, plainText, plainTextOfEither, tidy } from '../plainText.ts'
import { elements, escapedText, markup, textOf, type XmlElement } from '../xml/tree.ts'
import { baseOfBody, type Place } from './bases.ts'

/**
 * The texts of an item from the elements that may hold its short and its full body, in order of preference: of each the first
 * that holds text. Where it has one of them only, that is the summary.
 * @param link the item's own address, against which a body without xml:base is resolved
 */
export function textsOf(
  shorts: readonly XmlElement[],
  fulls: readonly XmlElement[],
  link: string,
  around: Place,
): Pick<FeedItem, 'summary' | 'text' | 'html'> {
  const { element: short, ...summary } = bodyOf(shorts)
  const { element: full, ...content } = bodyOf(fulls)
  return {
    summary: summary.plain || content.plain,
    text: summary.plain === '' ? '' : content.plain,
    html:
      content.html === ''
        ? withAbsoluteAddresses(summary.html, baseOfBody(short, link, around))
        : withAbsoluteAddresses(content.html, baseOfBody(full, link, around)),
  }
}

/** A title as plain text on one line. */
export function titleOf(element: XmlElement): string {
  const title =
    element.written !== undefined && !element.children.every(isHtml)
      ? plainTextOfEither(element.written)
      : constructOf(element, plainTextOfEither).plain
  // Escaped three times over: nobody writes "&#8217;" for readers.
  return (
    /&(?:amp|quot|apos|nbsp|#\d{2,5}|#x[\da-f]{2,4});/i.test(title) ? tidy(decodeHTML(title)) : title
  ).replace(/\n/g, ' ')
}

/** True if HTML knows the element and every element in it. */
function isHtml(one: XmlElement | string): boolean {
  return typeof one === 'string' || (isHtmlTag(one.tag) && one.children.every(isHtml))
}

interface Body {
  readonly plain: string
  readonly html: string
}

/** The first of the elements that holds text; without any, the first that holds HTML (an image). */
function bodyOf(elements: readonly XmlElement[]): Body & { readonly element: XmlElement | undefined } {
  let first: (Body & { readonly element: XmlElement }) | undefined
  for (const element of elements.slice(0, MOST_TRIED)) {
    const body = { ...constructOf(element, plainText), element }
    if (body.plain !== '') return body
    if (body.html !== '') first ??= body
  }
  return first ?? { plain: '', html: '', element: undefined }
}

/** Elements that are tried for a text. */
const MOST_TRIED = 40

/** The first title of the elements, or ''. */
export function firstTitle(elements: readonly XmlElement[]): string {
  for (const element of elements.slice(0, MOST_TRIED)) {
    const title = titleOf(element)
    if (title !== '') return title
  }
  return ''
}

/**
 * The text of an element, read in the type it states: Atom's text, html, xhtml; Atom 0.3's media types and modes; without a type
 * Atom means plain text, and RSS HTML.
 */
function constructOf(element: XmlElement, plainOf: (html: string) => string): Body {
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
  if (type !== '' && !type.endsWith('html')) return asType(written, type, plainOf)
  // Without a type Atom's text is plain, RSS's either.
  const isHtml = type !== '' || !isAtom(element) || isMarkup(written)
  const again = isHtml && !written.includes('<') && written.includes('&lt;') ? decodeHTML(written) : ''
  return asType(isMarkup(again) ? again : written, isHtml ? 'html' : '', plainOf)
}

/** True for a text that is markup from its first to its last character: HTML without its type, or escaped once too often. */
function isMarkup(text: string): boolean {
  const [, first = ''] = /^\s*<([a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/i.exec(text) ?? []
  return BODY_TAGS.test(first) && /<\/[a-z][a-z0-9]*\s*>\s*$|<(?:br|img|hr)(?:\s[^<>]*)?\/?>\s*$/i.test(text)
}
const BODY_TAGS =
  /^(?:p|div|span|a|img|br|ul|ol|dl|table|h[1-6]|figure|blockquote|section|article|strong|em|b|i)$/i

function asType(value: string, type: string, plainOf: (html: string) => string): Body {
  if (type === 'html' || type === 'xhtml' || type.endsWith('html') || type.endsWith('xml'))
    return { plain: plainOf(value), html: value.trim() }
  const plain = tidy(value)
  return {
    plain,
    html: escapedText(plain),
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
