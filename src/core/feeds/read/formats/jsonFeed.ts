/** JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) → one feed. */

import { type Attachment, type Feed, FeedError, type FeedItem } from '../../feed.ts'
import { withAbsoluteAddresses } from '../bodyLinks.ts'
import { readDate } from '../dates/dates.ts'
import { absolute, type Surroundings } from '../links.ts'
import { plainText, tidy } from '../plainText.ts'
import { LONGEST_READ } from '../xml/xml.ts'
import { addAttachment } from './extras.ts'
import { firstItems, languageTag } from './parts.ts'

/** @throws FeedError bad-json, not-a-feed, too-deep, too-large */
export function readJsonFeed(text: string, around: Surroundings): Feed {
  const { value, warnings } = parseJson(text)
  const feed = Array.isArray(value) ? { items: value as unknown[] } : asObject(value)
  const items = feed.items
  if (
    !Array.isArray(items) ||
    !(isFeedVersion(feed.version) || items.some((item) => looksLikeItem(asObject(item))))
  )
    throw new FeedError(
      'not-a-feed',
      'The answer is JSON, but not a JSON Feed: it has no list of items with an id or a url.',
    )
  if (feed.items === value)
    warnings.push('The document is a list of items without a feed around them; they were read.')
  const base = absolute(asText(feed.home_page_url), around.base) || around.base
  return {
    title: oneLine(asText(feed.title)),
    link: absolute(asText(feed.home_page_url), around.base),
    language: languageTag(asText(feed.language)) || around.language.toLowerCase(),
    format: 'json',
    pollMinutes: null,
    items: firstItems(items, warnings).map((item, index) =>
      readItem(asObject(item), base, index + 1, warnings),
    ),
    warnings,
  }
}

function readItem(item: Fields, base: string, number: number, warnings: string[]): FeedItem {
  const html = asText(item.content_html)
  // An element that holds no text does not hide one that does.
  const content = plainText(html) || tidy(asText(item.content_text))
  const summary = tidy(asText(item.summary))
  const link = absolute(asText(item.url) || asText(item.external_url) || addressOf(idOf(item)), base)
  const written = asText(item.date_published) || asText(item.date_modified)
  const published = readDate(asText(item.date_published)) ?? readDate(asText(item.date_modified))
  if (published === null && written.trim() !== '')
    warnings.push(`Item ${number} states a date that cannot be read: "${tidy(written).slice(0, 60)}".`)
  return {
    id: idOf(item),
    title: oneLine(asText(item.title)),
    link,
    published,
    summary: summary || content,
    text: summary === '' ? '' : content,
    html: withAbsoluteAddresses(html, /^https?:/i.test(link) ? link : base),
    author: authorOf(item),
    language: languageTag(asText(item.language)),
    categories: Array.isArray(item.tags) ? item.tags.map(asText).filter((tag) => tag !== '') : [],
    ...attachmentsOf(item, base),
  }
}

function attachmentsOf(item: Fields, base: string): Pick<FeedItem, 'attachments'> {
  const found = new Map<string, Attachment>()
  const listed = Array.isArray(item.attachments) ? item.attachments.slice(0, 50).map(asObject) : []
  for (const { url, mime_type, size_in_bytes } of listed)
    addAttachment(found, absolute(asText(url), base), asText(mime_type), Number(size_in_bytes))
  for (const image of [item.image, item.banner_image])
    addAttachment(found, absolute(asText(image), base), 'image', 0)
  return found.size === 0 ? {} : { attachments: [...found.values()] }
}

/** 1.1 has a list, 1.0 one author. */
function authorOf(item: Fields): string {
  const list = Array.isArray(item.authors) ? item.authors : [item.author]
  return list
    .map((author) => oneLine(asText(asObject(author).name)))
    .filter((name) => name !== '')
    .join(', ')
}

type Fields = Readonly<Record<string, unknown>>

function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** An item's id, also where a tool that makes JSON of RSS left it as an object with the attributes of a guid. */
function idOf({ id }: Fields): string {
  if (typeof id !== 'object' || id === null || Array.isArray(id)) return asText(id)
  const [, value] =
    Object.entries(id).find(([name, value]) => !/permalink/i.test(name) && asText(value) !== '') ?? []
  return asText(value)
}

/** An id that is an address, as the format recommends. */
function addressOf(id: unknown): string {
  return typeof id === 'string' && /^https?:\/\//i.test(id) ? id : ''
}

/** A string, or a number written as one (ids must be strings; many are not). */
function asText(value: unknown): string {
  return typeof value === 'string'
    ? value.slice(0, LONGEST_READ)
    : typeof value === 'number' && Number.isFinite(value)
      ? String(value)
      : ''
}

function oneLine(text: string): string {
  return tidy(text).replace(/\n/g, ' ')
}

function isFeedVersion(value: unknown): boolean {
  return typeof value === 'string' && /jsonfeed\.org\/version\//i.test(value)
}

function looksLikeItem(item: Fields): boolean {
  return idOf(item) !== '' || asText(item.url) !== ''
}

/** Extensions nest a little; beyond this it is an attack. */
const MAX_DEPTH = 256

/** Sixty for each of the most items that are read. */
const MOST_OBJECTS = 300_000

/** Opening brackets of a JSON text outside its strings: they are counted before anything is made of them. */
function objectsIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length && count <= MOST_OBJECTS; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) {
      while (++at < text.length && text.charCodeAt(at) !== 34) if (text.charCodeAt(at) === 92) at++
    } else if (code === 91 || code === 123) count++
  }
  return count
}

/** JSON as it is; else with the two usual faults repaired (raw control characters in strings, commas before a closing bracket). */
function parseJson(text: string): { value: unknown; warnings: string[] } {
  if (isDeeper(text, MAX_DEPTH))
    throw new FeedError(
      'too-deep',
      `This feed nests its values more than ${MAX_DEPTH} deep, which no feed does; it was not read.`,
    )
  if (objectsIn(text) > MOST_OBJECTS)
    throw new FeedError(
      'too-large',
      `This feed holds more than ${MOST_OBJECTS} objects and lists, which no feed does; it was not read.`,
    )
  try {
    return { value: JSON.parse(text), warnings: [] }
  } catch (first) {
    const whole = endOfValue(text)
    if (whole !== -1 && text.slice(whole).trim() !== '') {
      const { value, warnings } = parseJson(text.slice(0, whole))
      return { value, warnings: [...warnings, 'Something follows the JSON of the feed; it was left out.'] }
    }
    try {
      return {
        value: JSON.parse(repaired(text)),
        warnings: ['The JSON is not valid (stray commas or raw line breaks in strings); repaired.'],
      }
    } catch {
      const cut = whole === -1 ? withoutCutItem(text) : null
      if (cut !== null)
        return { value: cut, warnings: ['The JSON breaks off; the items before the break were read.'] }
      const where = first instanceof Error ? first.message.slice(0, 120) : ''
      throw new FeedError('bad-json', `The answer begins like JSON but cannot be read as JSON: ${where}`)
    }
  }
}

/** True if arrays and objects nest deeper than `depth`. Counted before they are made, since each costs memory. */
function isDeeper(text: string, depth: number): boolean {
  let open = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) {
      while (++at < text.length && text.charCodeAt(at) !== 34) if (text.charCodeAt(at) === 92) at++
    } else if (code === 91 || code === 123) {
      if (++open > depth) return true
    } else if (code === 93 || code === 125) open--
  }
  return false
}

/** Index after the first array or object of a text; -1 where it does not end. */
function endOfValue(text: string): number {
  let open = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) {
      while (++at < text.length && text.charCodeAt(at) !== 34) if (text.charCodeAt(at) === 92) at++
    } else if (code === 91 || code === 123) open++
    else if ((code === 93 || code === 125) && --open === 0) return at + 1
  }
  return -1
}

/** A feed that breaks off, closed after its last whole item; null where it has none. */
function withoutCutItem(text: string): unknown {
  const closing: string[] = []
  let end = -1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) {
      while (++at < text.length && text.charCodeAt(at) !== 34) if (text.charCodeAt(at) === 92) at++
    } else if (code === 91) closing.push(']')
    else if (code === 123) closing.push('}')
    else if (code === 93 || code === 125) {
      closing.pop()
      if (code === 125 && closing.length === 2 && closing[0] === '}' && closing[1] === ']') end = at + 1
    }
  }
  if (end === -1) return null
  try {
    return JSON.parse(repaired(`${text.slice(0, end)}]}`))
  } catch {
    return null
  }
}

function repaired(text: string): string {
  let out = ''
  let from = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 92) at++
      else if (code === 34) inString = false
      else if (code < 32) {
        out += `${text.slice(from, at)}\\u${code.toString(16).padStart(4, '0')}`
        from = at + 1
      }
    } else if (code === 34) inString = true
    else if (code === 44) {
      let next = at + 1
      while (text.charCodeAt(next) <= 32) next++
      const closing = text.charCodeAt(next)
      if (closing === 93 || closing === 125) {
        out += text.slice(from, at)
        from = at + 1
      }
      at = next - 1
    }
  }
  return out + text.slice(from)
}
