/** HTML of a feed → plain text for matching. One pass, linear in the length whatever the input. */
import { decodeHTML } from 'entities/decode'

/** Elements on lines of their own: a word before and a word after do not run together. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol option p pre section select ' +
    'summary table tbody tfoot thead title tr ul'
  ).split(' '),
)
/** Cells are beside each other: one space. */
const CELLS = new Set(['td', 'th'])
/** Elements whose content a reader does not see. */
const UNSEEN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'textarea',
])
const INLINE = new Set(
  (
    'a abbr acronym applet audio b base basefont bdi bdo big blink button canvas cite code col colgroup data datalist del dfn em embed ' +
    'bgsound frame frameset isindex marquee nobr noembed noframes spacer xmp ' +
    'font i img input ins kbd label link map mark meta meter nobr optgroup output param picture progress q rp rt ruby s samp ' +
    'small source span strike strong sub sup time track tt u var video wbr'
  ).split(' '),
)

/**
 * Plain text of an HTML fragment: tags removed, character references decoded (also where the semicolon is missing), blocks on
 * lines of their own, white space collapsed, no control characters.
 */
export function plainText(html: string): string {
  return tidy(html.includes('<') ? strip(html, false) : decodeEntities(html))
}

/**
 * Plain text of a value that may be HTML or may be plain (RSS states neither): only tags that HTML knows are removed, so that
 * "List<String>" keeps its brackets; character references are decoded.
 */
export function plainTextOfEither(value: string): string {
  return tidy(value.includes('<') ? strip(value, true) : decodeEntities(value))
}

/** Plain text that is known to be plain: white space collapsed, no control characters, nothing decoded. */
export function tidy(text: string): string {
  const clean = UNUSUAL.test(text) || !text.isWellFormed() ? usual(text) : text
  if (!/ [ \n]|\n[ \n]|^[ \n]|[ \n]$/.test(clean)) return clean
  return clean
    .replace(/ +/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

const UNUSUAL =
  /[\0-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]/

/** Every kind of space but the line break becomes a blank; control characters and halves of pairs go. */
function usual(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\t\v\f\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\0-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]/g, '')
    .toWellFormed()
}

function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text
}

/** True if HTML has a tag of that name (lower case); names of other vocabularies ("svg:a", "x-y") pass. */
export function isHtmlTag(name: string): boolean {
  return INLINE.has(name) || BLOCKS.has(name) || CELLS.has(name) || UNSEEN.has(name) || /[:-]/.test(name)
}

/** The lower-case name of the tag that opens or closes at `at` (a "<"), or ''. */
function tagName(html: string, at: number): string {
  let start = at + 1
  if (html.charCodeAt(start) === 47) start++
  const first = html.charCodeAt(start) | 32
  if (first < 97 || first > 122) return ''
  let end = start + 1
  while (end < html.length && end - start < 64) {
    const code = html.charCodeAt(end)
    if (code === 62 || code === 47 || code <= 32 || code === 60 || code === 34 || code === 39 || code === 61)
      break
    end++
  }
  return html.slice(start, end).toLowerCase()
}

/** Source text is white space where it breaks a line; only blocks make lines. */
function flowed(text: string): string {
  return /[\n\r]/.test(text) ? text.replace(/[\n\r]+/g, ' ') : text
}

function strip(html: string, onlyKnown: boolean): string {
  // A CDATA section that was escaped once too often: its text is text.
  const source = html.includes('<![CDATA[') ? html.replaceAll('<![CDATA[', '').replaceAll(']]>', '') : html
  const ends = new TagEnds(source)
  let out = ''
  /** The last character of text. */
  let last = ''
  /** Whether `out` is empty or ends with a line break. */
  let broken = true
  // Text since the last block: pieces before `from`, and what lies between `from` and `at`, which is cut out when a tag ends it.
  let text = ''
  let from = 0
  let at = 0
  for (;;) {
    const open = source.indexOf('<', at)
    if (open === -1) break
    const name = tagName(source, open)
    let close = -1
    if (name === '') close = ends.ofDeclaration(open)
    else if (!onlyKnown || isHtmlTag(name)) close = ends.ofTag(open)
    if (close === -1) {
      at = open + 1
      continue
    }
    const piece = source.slice(from, open)
    text += piece
    if (piece !== '') last = piece.charAt(piece.length - 1)
    // A mark of a footnote, or a power: not a part of the word or number before it ("Crimea<sup>2</sup>", "10<sup>9</sup>").
    if (
      name === 'sup' &&
      source.charCodeAt(open + 1) !== 47 &&
      isDigit(source, close) &&
      /[\p{L}\p{N}]/u.test(last)
    )
      text += ' '
    if (BLOCKS.has(name) || CELLS.has(name)) {
      const line = decodeEntities(flowed(text))
      text = ''
      out += line
      // Not `out.endsWith`: that would copy all of it together at every block.
      if (line !== '') broken = line.endsWith('\n')
      if (CELLS.has(name)) {
        out += ' '
        broken = false
      } else if (!broken) {
        out += '\n'
        broken = true
      }
    } else if (
      UNSEEN.has(name) &&
      source.charCodeAt(open + 1) !== 47 &&
      source.charCodeAt(close - 2) !== 47
    ) {
      const closing = ends.closing(name, close)
      if (closing !== -1) close = closing
    }
    at = close
    from = close
  }
  return (out + decodeEntities(flowed(text + source.slice(from)))).trimEnd()
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** Where tags end. Remembers what is not to be found any more, so that a page of open brackets is read once, not squared. */
class TagEnds {
  private readonly html: string
  private readonly absent = new Set<string>()
  private lower: string | undefined
  /** Characters that may be read in vain for ">" outside quotes; then the first ">" counts. */
  private patience: number

  constructor(html: string) {
    this.html = html
    this.patience = 2 * html.length
  }

  /** Index after the tag at `open`, a ">" in a quoted value not counted; -1 where there is none. */
  ofTag(open: number): number {
    const first = this.find('>', open)
    if (first === -1) return -1
    if (this.patience <= 0) return first + 1
    let at = open + 1
    let equals = false
    for (; at < this.html.length; at++) {
      const code = this.html.charCodeAt(at)
      if (code === 62) return at + 1
      if (equals && (code === 34 || code === 39)) {
        const quote = this.find(code === 34 ? '"' : "'", at + 1)
        if (quote === -1) break
        at = quote
      }
      if (code > 32) equals = code === 61
    }
    this.patience -= at - open
    return first + 1
  }

  /** Index after the comment, declaration or instruction at `open`; -1 where there is none. */
  ofDeclaration(open: number): number {
    const next = this.html.charCodeAt(open + 1)
    if (next !== 33 && next !== 63) return -1
    const mark = this.html.startsWith('--', open + 2) ? '-->' : '>'
    const end = this.find(mark, open + 2)
    return end === -1 ? -1 : end + mark.length
  }

  /** Index of the closing tag of an element; -1 where there is none. */
  closing(name: string, from: number): number {
    // ASCII only: offsets must stay those of the original.
    this.lower ??= this.html.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
    return this.find(`</${name}`, from, this.lower)
  }

  private find(what: string, from: number, text = this.html): number {
    if (this.absent.has(what)) return -1
    const found = text.indexOf(what, from)
    if (found === -1) this.absent.add(what)
    return found
  }
}
