import { escapeUTF8 } from 'entities'
import { quoted, titleWithoutUserInfo } from '../fetch/userInfo.ts'
import { isJson, isRemark, readAddresses } from './addressList.ts'
import { type Outline, type Refused, webAddress } from './listed.ts'
import { readTags } from './opmlTags.ts'

/**
 * Reads a list of feeds (OPML 1.0, 1.1, 2.0). Damaged files are read as far as possible: repairs are not mentioned, entries
 * that cannot be used are in `refused` with their lines. A feed that occurs twice is returned twice: the caller merges.
 */
export function readOpml(text: string): { outlines: Outline[]; refused: Refused[] } {
  const outlines: Outline[] = []
  const refused: Refused[] = []
  /** Open entries; a feed that has entries of its own is no group. */
  const open: { title: string; isGroup: boolean; line: number; empty: boolean }[] = []
  const groups: string[] = []
  let isOpml = false
  let ended = false
  let lastLine = 1

  const enter = (title: string, isGroup: boolean, line: number): void => {
    open.push({ title, isGroup, line, empty: true })
    if (isGroup) groups.push(title)
  }
  const leave = (): void => {
    const left = open.pop()
    if (left?.isGroup !== true) return
    groups.pop()
    if (left.empty) refused.push(noFeed(left.line, left.title))
  }

  for (const tag of readTags(text)) {
    lastLine = tag.line
    if (tag.name === 'comment') {
      const feeds = tag.feeds
      refused.push({
        line: tag.line,
        title: '',
        message: `A comment holds ${feeds} ${feeds === 1 ? 'feed' : 'feeds'}, which ${feeds === 1 ? 'was' : 'were'} left out.`,
      })
      continue
    }
    if (tag.name === 'opml') {
      isOpml = true
      ended ||= tag.closing || tag.selfClosing
    }
    if (tag.name === 'body' && tag.closing) while (open.length > 0) leave()
    if (tag.name !== 'outline') continue
    if (tag.closing) {
      leave()
      continue
    }
    const attribute = (name: string): string => oneLine(tag.attributes.get(name) ?? '')
    const title = titleWithoutUserInfo(attribute('text')) || titleWithoutUserInfo(attribute('title'))
    const parent = open.at(-1)
    if (parent !== undefined) parent.empty = false
    if (tag.broken !== '') {
      refused.push({ line: tag.line, title, message: tag.broken })
      continue
    }
    const written = attribute('xmlurl') || (isFeedType.test(attribute('type')) ? attribute('url') : '')
    if (written === '') {
      const isGroup = attribute('htmlurl') === '' && attribute('url') === ''
      if (isGroup && !tag.selfClosing) enter(title, true, tag.line)
      else {
        refused.push(noFeed(tag.line, title))
        if (!tag.selfClosing) enter(title, false, tag.line)
      }
      continue
    }
    const url = webAddress(written)
    if (url === '')
      refused.push({ line: tag.line, title, message: `${quoted(written)} is not a web address.` })
    else
      outlines.push({
        title,
        url,
        link: webAddress(attribute('htmlurl')),
        groups: groups.slice(0, deepest).filter((group) => group !== ''),
        language: attribute('language'),
        bloc: attribute('wirewatch:bloc'),
        country: attribute('wirewatch:country'),
        kind: attribute('wirewatch:kind'),
        line: tag.line,
      })
    if (!tag.selfClosing) enter(title, false, tag.line)
  }
  while (open.length > 0) leave()

  if (!isOpml && outlines.length === 0) {
    const listed = readAddresses(text)
    if (listed.outlines.length > 0) return { ...listed, refused: shortened(listed.refused) }
    return {
      outlines,
      refused: [{ line: 1, title: '', message: `This is not a list of feeds (OPML)${seemsToBe(text)}.` }],
    }
  }
  if (isOpml && !ended)
    refused.push({
      line: lastLine,
      title: '',
      message: 'The file breaks off here (there is no </opml>): feeds that followed are missing.',
    })
  else if (outlines.length === 0 && refused.length === 0)
    refused.push({ line: lastLine, title: '', message: 'The list is empty: it holds no feed.' })
  return { outlines, refused: shortened(refused.sort((a, b) => a.line - b.line)) }
}

/** The first of the entries that could not be used, and how many more there are: a broken file has one for each of its tags. */
function shortened(refused: readonly Refused[]): Refused[] {
  const more = refused.length - MOST_REFUSED
  if (more <= 0) return [...refused]
  const shown = refused.slice(0, MOST_REFUSED)
  const line = (refused[MOST_REFUSED] as Refused).line
  return [...shown, { line, title: '', message: `${more} more entries from here on could not be used.` }]
}

const MOST_REFUSED = 200

/** Deeper nesting means that groups are never closed. */
const deepest = 50

/** A source as a list names it. */
export interface ListedSource {
  readonly title: string
  readonly url: string
  readonly link: string
  readonly groups: readonly string[]
  readonly language: string
  readonly bloc?: string
  readonly country?: string
  readonly kind?: string
}

const namespace = 'urn:wirewatch:opml:1'

/**
 * Writes a list of feeds as OPML 2.0, groups nested, in the order of first appearance. Bloc, country and kind stand under a
 * namespace of ours, which other readers pass over. Characters that XML cannot hold become U+FFFD.
 */
export function writeOpml(sources: readonly ListedSource[], title: string): string {
  const top = createGroup()
  for (const source of sources) {
    let group = top
    for (const name of source.groups.map(oneLine).filter((name) => name !== '')) {
      const inner = group.groups.get(name) ?? createGroup()
      group.groups.set(name, inner)
      group = inner
    }
    group.sources.push(source)
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:wirewatch="${namespace}">`,
    '  <head>',
    `    <title>${escaped(title)}</title>`,
    '  </head>',
    '  <body>',
    ...writeGroup(top, '    '),
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}

interface Group {
  readonly groups: Map<string, Group>
  readonly sources: ListedSource[]
}

const createGroup = (): Group => ({ groups: new Map(), sources: [] })

function writeGroup(group: Group, indent: string): string[] {
  const lines = group.sources.map((source) => {
    const attributes: [string, string][] = [
      ['text', source.title],
      ['title', source.title],
      ['type', 'rss'],
      ['xmlUrl', source.url],
      ['htmlUrl', source.link],
      ['language', source.language],
      ['wirewatch:bloc', source.bloc ?? ''],
      ['wirewatch:country', source.country ?? ''],
      ['wirewatch:kind', source.kind ?? ''],
    ]
    // `text` is required by OPML, even where it is empty.
    const written = attributes
      .filter(([name, value]) => value !== '' || name === 'text')
      .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    return `${indent}<outline${written.join('')}/>`
  })
  for (const [name, inner] of group.groups)
    lines.push(
      `${indent}<outline text="${escaped(name)}" title="${escaped(name)}">`,
      ...writeGroup(inner, `${indent}  `),
      `${indent}</outline>`,
    )
  return lines
}

const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const escaped = (text: string): string => escapeUTF8(oneLine(text).toWellFormed().replace(notInXml, '\ufffd'))

/** XML folds line breaks in attributes into blanks; the other blanks of Unicode stay as they are. */
const oneLine = (text: string): string => text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')

const isFeedType = /^(rss|atom|rdf|feed|json)/i

const noFeed = (line: number, title: string): Refused => ({
  line,
  title,
  message: 'This entry names no feed (it has no xmlUrl).',
})

function seemsToBe(text: string): string {
  const start = text.slice(0, 2000)
  if (start.trim() === '') return ': the file is empty'
  if (/^\u001f[\u008b\u2039\ufffd]/.test(start)) return ', but a compressed file (gzip): unpack it first'
  if (start.startsWith('%PDF-')) return ', but a PDF'
  if (start.startsWith('{\\rtf')) return ', but a document (RTF): save it as plain text'
  if (/^PK\u0003\u0004[\s\S]{0,200}(?:\[Content_Types\]|mimetypeapplication)/.test(start))
    return ', but a document of an office program: save its addresses as a text of one address a line'
  if (/^\s*\{/.test(start) && start.includes('jsonfeed.org/version'))
    return ', but a feed: add it as a source'
  if (/^\s*\{[\s\S]*"(?:text|title)"/.test(start) && /^\s*\{.*\}\s*(?:\n|$)/.test(start))
    return ', but JSON: an archive of stories is imported on the command line (wirewatch import)'
  if (/^\s*\[\s*\{[\s\S]*"(?:text|title)"/.test(start))
    return ', but JSON: an archive of stories holds one object a line, and no brackets around them'
  if (isJson(start)) return ', but JSON: save its addresses as a text of one address a line'
  if (start.startsWith('PK\u0003\u0004')) return ', but a ZIP archive: unpack it first'
  if (/^[^<]*[,;\t][^<]*\n/.test(start) && /https?:\/\//i.test(start))
    return ', but a table (CSV): save its column of addresses as a text of one address a line'
  if (/<(rss|feed|rdf:RDF)[\s>]/i.test(start)) return ', but a feed: add it as a source'
  if (/<!doctype netscape-bookmark|<xbel[\s>]/i.test(start))
    return ', but the bookmarks of a browser: save the addresses of feeds among them as a text of one address a line'
  if (/<!doctype html|<html[\s>]/i.test(start)) return ', but a web page'
  if (/[\0-\u0008\u000e-\u001a]/.test(start)) return ', and no text'
  if (text.split(/\r\n?|\n/).every(isRemark)) return ': it holds nothing but remarks'
  return ' or of addresses, one a line'
}
