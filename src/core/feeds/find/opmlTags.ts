import { decodeHTMLAttribute } from 'entities'

export interface Tag {
  readonly name: 'opml' | 'head' | 'body' | 'outline'
  readonly closing: boolean
  readonly selfClosing: boolean
  /** By lower-case name, entities resolved; the first of two alike counts. */
  readonly attributes: ReadonlyMap<string, string>
  /** '' or what is wrong with it, as a plain sentence; the attributes are those before. */
  readonly broken: string
  /** From 1. */
  readonly line: number
}

/** A comment with feeds in it, which are not read: somebody took them out of the list. */
export interface FeedsInComment {
  readonly name: 'comment'
  readonly feeds: number
  readonly line: number
}

/**
 * The tags of an OPML file that mean something, in one pass, linear in the length. More forgiving than an XML parser, since
 * lists are often written by hand: a quotation mark, a < or an & inside a value, a missing > or / are read as meant; a missing
 * quotation mark costs its own entry and not the rest of the file.
 */
export function* readTags(text: string): Generator<Tag | FeedsInComment> {
  const lineAt = lineCounter(text)
  const unclosed = new Set<string>()
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const passed = pastNonTag(text, at, unclosed)
    if (passed > at) {
      const feeds = text.startsWith('<!--', at) ? feedsIn(text.slice(at + 4, passed)) : 0
      if (feeds > 0) yield { name: 'comment', feeds, line: lineAt(at) }
      at = passed
      continue
    }
    tag.lastIndex = at
    const named = tag.exec(text)
    if (named === null) {
      at++
      continue
    }
    const { end, ...read } = readAttributes(text, tag.lastIndex)
    const name = named[2]!.toLowerCase() as Tag['name']
    yield { ...read, name, closing: named[1] === '/', line: lineAt(at) }
    at = end
  }
}

function feedsIn(comment: string): number {
  return comment.match(/<outline\s[^<]{0,4000}?xmlurl\s?=/gi)?.length ?? 0
}

const tag = /<(\/?)(opml|head|body|outline)(?![\w:.-])/iy
/** What certainly begins another tag, even inside an open quotation. */
const nextTag = /<\/?(?:opml|head|body|outline)(?![\w:.-])/gi
const blanks = /[\s/]*/y
const attributeName = /[^\s=<>"'/]+/y
const assignment = /\s*=\s*/y
const bareValue = /[^\s<>"']*/y
/** After the quotation mark that really closes a value. */
const afterValue = /\s*(?:\/?\s*>|[\w:.-]+\s*=\s*["'])/y

/** Matches a sticky expression at a place: where it ends, or -1. */
function match(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at
  return expression.test(text) ? expression.lastIndex : -1
}

function readAttributes(
  text: string,
  start: number,
): { attributes: Map<string, string>; selfClosing: boolean; broken: string; end: number } {
  nextTag.lastIndex = start
  const stop = nextTag.exec(text)?.index ?? text.length
  const attributes = new Map<string, string>()
  let at = start
  while (at < stop) {
    const from = match(blanks, text, at)
    if (text[from] === '>')
      return { attributes, selfClosing: text.slice(at, from).includes('/'), broken: '', end: from + 1 }
    const nameEnd = match(attributeName, text, from)
    if (nameEnd < 0) {
      at = from + 1
      continue
    }
    const valueStart = match(assignment, text, nameEnd)
    if (valueStart < 0) {
      at = nameEnd
      continue
    }
    const name = text.slice(from, nameEnd)
    const quote = text[valueStart]
    let value: string
    if (quote === '"' || quote === "'") {
      const length = lengthOfValue(text.slice(valueStart + 1, stop), quote)
      if (length < 0) {
        const broken = `The quotation mark after ${name} is never closed.`
        return { attributes, selfClosing: true, broken, end: stop }
      }
      value = text.slice(valueStart + 1, valueStart + 1 + length)
      at = valueStart + length + 2
    } else {
      at = match(bareValue, text, valueStart)
      value = text.slice(valueStart, at)
    }
    const key = name.toLowerCase()
    if (!attributes.has(key)) attributes.set(key, decodeHTMLAttribute(value))
  }
  const broken = stop === text.length ? 'The file breaks off in the middle of this entry.' : ''
  return { attributes, selfClosing: true, broken, end: stop }
}

/**
 * The length of a quoted value: up to the first mark after which the tag ends or its next attribute follows, or else up
 * to the first mark; -1 where there is none. A mark right after = opens another value, so the search ends there. Marks
 * inside a tag of HTML that nobody escaped (description="See <a href="…">") do not count, unless none else is there.
 */
function lengthOfValue(rest: string, quote: string): number {
  const outside = closingMark(rest, quote, true)
  return outside >= 0 ? outside : closingMark(rest, quote, false)
}

function closingMark(rest: string, quote: string, skipHtml: boolean): number {
  let first = -1
  let last = 0
  let inHtml = false
  for (let at = rest.indexOf(quote); at >= 0; at = rest.indexOf(quote, at + 1)) {
    const before = rest.slice(last, at)
    last = at
    const opened = before.lastIndexOf('<')
    const closed = before.lastIndexOf('>')
    if (opened > closed) inHtml = /[a-z/]/i.test(before[opened + 1] ?? '')
    else if (closed >= 0) inHtml = false
    if (skipHtml && inHtml) continue
    if (first >= 0 && rest[at - 1] === '=') break
    if (first < 0) first = at
    if (match(afterValue, rest, at + 1) >= 0) return at
  }
  return first
}

const nonTags = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '>'],
  ['<!', '>'],
] as const

/** The end of a comment, CDATA section or declaration that begins at `at`; `at` where none does. */
function pastNonTag(text: string, at: number, unclosed: Set<string>): number {
  for (const [begin, end] of nonTags) {
    if (!text.startsWith(begin, at)) continue
    const found = unclosed.has(end) ? -1 : text.indexOf(end, at + begin.length)
    if (found >= 0) return found + end.length
    // What is never closed hides nothing, and is not searched for again.
    unclosed.add(end)
    return at + begin.length
  }
  return at
}

/** Gives the line of a place; places must come in order. */
function lineCounter(text: string): (at: number) => number {
  let line = 1
  let next = text.indexOf('\n')
  return (at) => {
    while (next >= 0 && next < at) {
      line++
      next = text.indexOf('\n', next + 1)
    }
    return line
  }
}
