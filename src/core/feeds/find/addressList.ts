import { quoted, titleWithoutUserInfo } from '../fetch/userInfo.ts'
import { LONGEST_ADDRESS } from '../read/links.ts'
import { type Outline, type Refused, webAddress } from './listed.ts'

/**
 * Reads a plain list of web addresses as feeds: one a line, with or without a scheme, bare, in quotation marks, as items of a list or
 * links of Markdown, with a name beside it, newsboat's tags behind it or in a table (CSV) with one address a line; or several addresses
 * on a line that holds nothing else. A line that holds an address beside another is refused: which of them is the feed is not known.
 * @returns no outline where the text is anything else: where most of its lines hold no address
 */
export function readAddresses(text: string): { outlines: Outline[]; refused: Refused[] } {
  const none = { outlines: [], refused: [] }
  if (isJson(text) || isMarkup.test(text.slice(0, 1000)) || text.includes('\0')) return none
  const outlines: Outline[] = []
  const refused: Refused[] = []
  let isFirst = true
  for (const [index, written] of text.split(/\r\n?|\n/).entries()) {
    if (isRemark(written)) continue
    const line = trimmed(written)
    const found = addressesOf(line)
    const isHead = isFirst && found.length === 0 && isHeading(line)
    isFirst = /^sep=.$/i.test(line)
    if (isHead) continue
    if (found.length === 0)
      refused.push({
        line: index + 1,
        title: '',
        message: `${quoted(line.slice(0, LONGEST_SHOWN))} ${
          starts(line).length > 1
            ? 'holds several addresses. Leave only that of the feed.'
            : 'is not a web address.'
        }`,
      })
    for (const { url, title } of found)
      outlines.push({
        title: titleWithoutUserInfo(title),
        url,
        link: '',
        groups: [],
        language: '',
        bloc: '',
        country: '',
        kind: '',
        line: index + 1,
      })
  }
  return outlines.length > refused.length ? { outlines, refused } : none
}
const LONGEST_SHOWN = 100

/** True for a text that begins like JSON; a link of Markdown begins with a bracket too. */
export const isJson = (text: string): boolean => /^\s*(?:\{\s*["}]|\[\s*["{[\]])/.test(text.slice(0, 1000))

/** A web page, a feed, bookmarks, RTF; not an address in angle brackets. */
const isMarkup = /^\s*(?:<(?!(?:https?|feed):)|\{\\rtf)/i

/** True for an empty line and for one that "#", "//" or "; " begins. */
export const isRemark = (line: string): boolean => /^(?:$|#|\/\/|;\s)/.test(trimmed(line))

/** Without the blanks around it, and those of no width that a copy from a page brings along. */
const trimmed = (line: string): string => line.replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '').trim()

/** The heading of a table, or of a column of addresses. */
const isHeading = (line: string): boolean =>
  /^[^,;|\t]+(?:[,;|\t][^,;|\t]+)+$/.test(line) ||
  /^"?(?:sep=.|(?:xml|feed)?url|feeds?|rss|links?)"?$/i.test(line)

interface Found {
  readonly url: string
  readonly title: string
}

/** The feeds of one line. */
function addressesOf(line: string): Found[] {
  const item = line.replace(/^(?:[-*+]{1,9}|\d+[.)])\s+/, '')
  const [, linkTitle, linked = ''] = /^\[([^\]]*)\]\((\S+)\)/.exec(item) ?? []
  if (linkTitle !== undefined) return usable([{ url: webAddress(linked), title: blanksFolded(linkTitle) }])
  const [, bare = '', tags = ''] = /^["'<]?([^\s"'<>]+?)["'>]?[,;]?((?:\s+"[^"]*")*)$/.exec(item) ?? []
  if (bare !== '' && starts(bare).length < 2 && isWholeAddress(bare))
    return usable([{ url: webAddress(bare), title: blanksFolded(/"~([^"]+)"/.exec(tags)?.[1] ?? '') }])
  const cells = starts(item).map((from) => addressAt(item, from))
  const beside = cells.map(({ from }, n) => item.slice(cells[n - 1]?.to ?? 0, from))
  const names = [...beside, item.slice(cells.at(-1)?.to ?? 0)]
    .flatMap((piece) => piece.split(/[\t,;|]/))
    .map((cell) => cell.slice(0, LONGEST_NAME).replace(/^[\s"'()<>[\]:–—-]+|[\s"'()<>[\]:–—-]+$/g, ''))
    .filter((cell) => cell !== '' && !isHeading(cell))
  if (cells.length > 1 && names.length > 0) return []
  // Of several cells beside the address, which is the name is not known: the feed states its own.
  const title = names.length === 1 ? blanksFolded(names[0] as string) : ''
  return usable(cells.map(({ from, to }) => ({ url: webAddress(item.slice(from, to)), title })))
}

/** An address with its scheme, or without one a name of at least two parts whose last is of letters. */
const isWholeAddress = (text: string): boolean =>
  /^(?:https?|feed):/i.test(text) ||
  /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}(?::\d+)?(?:[/?]\S*)?$/u.test(text)

/** Where addresses with a scheme begin. */
const starts = (line: string): number[] =>
  [...line.matchAll(/(?<=^|[\s"'<([,;|])(?:https?:\/\/|feed:)/gi)].map(({ index }) => index)

/** An address ends with its cell, of whatever separator the cell begins after, or with the blank or mark behind it. */
function addressAt(line: string, from: number): { from: number; to: number } {
  const end = endAfter[line[from - 1] ?? ''] ?? /[\s"'<>,;|]|\][[\]]/
  const length = line.slice(from).search(end)
  const whole = length === -1 ? line.slice(from) : line.slice(from, from + length)
  const isInText = whole.length <= LONGEST_ADDRESS && !/[([]/.test(whole)
  const address = isInText ? whole.replace(/[).\]]+$/, '') : whole
  return { from, to: from + address.length }
}

const LONGEST_NAME = 300

const endAfter: Readonly<Record<string, RegExp>> = {
  ',': /[\s"'<>,]/,
  ';': /[\s"'<>;]/,
  '|': /[\s"'<>|]/,
  '"': /["<>]|\s/,
  "'": /['<>]|\s/,
}

const blanksFolded = (text: string): string => text.replace(/\s+/g, ' ').trim()

const usable = (found: readonly Found[]): Found[] => (found.every(({ url }) => url !== '') ? [...found] : [])
