/**
 * Bytes of a feed → text. The order of RFC 7303 (byte order mark, HTTP charset, XML declaration) with the labels of the
 * WHATWG Encoding Standard; a declaration that the bytes contradict gives way to what the bytes are. It never fails:
 * what cannot be read becomes U+FFFD and a warning.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { charsetOf, decodeAs, isWhollyIn } from './charset.ts'
import { guessEncoding, readabilityIn } from './encoding.ts'

export interface Decoded {
  /** Without a byte order mark. */
  readonly text: string
  /** The WHATWG name, or utf-32le / utf-32be. */
  readonly encoding: string
  /** Plain sentences for the source's log. */
  readonly warnings: string[]
}

/** Bytes searched for a declaration: it comes first, but some servers put blank lines or comments before it. */
const HEAD = 2048

/**
 * @param contentType the HTTP header as sent ("text/xml; charset=gbk"); '' where there was none
 */
export function decode(bytes: Uint8Array, contentType: string): Decoded {
  const mark = byteOrderMark(bytes)
  if (mark !== undefined) {
    const rest = bytes.subarray(mark.length)
    if (mark.encoding === 'utf-8') return eightBit(rest, [{ label: 'utf-8', where: 'the byte order mark' }])
    // Half of markup in UTF-16 and UTF-32 is zeros: without any the mark is wrong.
    if (rest.length === 0 || rest.subarray(0, 256).includes(0)) return as(rest, mark.encoding, [])
    return eightBit(rest, [
      { label: mark.encoding, where: 'the byte order mark' },
      ...declarations(rest, contentType),
    ])
  }
  const wide = wideByZeros(bytes)
  if (wide !== undefined) return as(bytes, wide, [])
  return eightBit(bytes, declarations(bytes, contentType))
}

interface Declaration {
  readonly label: string
  readonly where: string
}

function byteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (a === 0xff && b === 0xfe) {
    return c === 0 && d === 0 ? { encoding: 'utf-32le', length: 4 } : { encoding: 'utf-16le', length: 2 }
  }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 }
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', length: 4 }
  return undefined
}

/** Markup begins with ASCII, so UTF-16 and UTF-32 show by the zeros beside the first characters (XML 1.0, appendix F). */
function wideByZeros(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes.subarray(0, 4).map((byte) => (byte === 0 ? 0 : 1))
  switch (`${a}${b}${c}${d}`) {
    case '1000':
      return 'utf-32le'
    case '0001':
      return 'utf-32be'
    case '1010':
      return 'utf-16le'
    case '0101':
      return 'utf-16be'
  }
  // The first characters may be damaged: a third of zeros, most of them on one side, is UTF-16 all the same.
  const head = bytes.subarray(0, 256)
  let even = 0
  let odd = 0
  head.forEach((byte, at) => {
    if (byte === 0 && at % 2 === 0) even++
    else if (byte === 0) odd++
  })
  if (even + odd < head.length / 3) return undefined
  return odd > 4 * even ? 'utf-16le' : even > 4 * odd ? 'utf-16be' : undefined
}

function declarations(bytes: Uint8Array, contentType: string): Declaration[] {
  const found: Declaration[] = []
  const http = /charset\s*=\s*["']?\s*([^\s"';,]{1,40})/i.exec(contentType)?.[1]
  if (http !== undefined) found.push({ label: http, where: 'the HTTP header' })
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD)).toString('latin1')
  const xml = /<\?xml\s[^>]{0,200}?\bencoding\s{0,20}=\s{0,20}["']\s{0,20}([\w.:-]{1,40})/i.exec(head)?.[1]
  if (xml !== undefined) found.push({ label: xml, where: 'the XML declaration' })
  const meta = /<meta\s[^>]{0,200}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([\w.:-]{1,40})/i.exec(head)?.[1]
  if (meta !== undefined) found.push({ label: meta, where: 'the meta element' })
  return found
}

function eightBit(bytes: Uint8Array, declared: readonly Declaration[]): Decoded {
  const warnings: string[] = []
  const known: { encoding: string; where: string }[] = []
  for (const { label, where } of declared) {
    const encoding = encodingOf(label)
    if (encoding === undefined)
      warnings.push(`The encoding "${label}" in ${where} is not known; it is passed over.`)
    else if (/^utf-(16|32)/.test(encoding))
      warnings.push(`The encoding "${label}" in ${where} is wrong: the bytes are not ${encoding}.`)
    else known.push({ encoding, where })
  }
  const plain = withPlainSurrogates(bytes)
  if (plain !== bytes) return eightBit(plain, declared)
  const first = known[0]
  if (isAscii(bytes) && !known.some(({ encoding }) => encoding === 'iso-2022-jp'))
    return { text: latin1(bytes), encoding: first?.encoding ?? 'utf-8', warnings }
  if (isUtf8(bytes)) {
    if (first === undefined || first.encoding === 'utf-8' || !isPlainlyUtf8(bytes, first.encoding))
      return as(bytes, first?.encoding ?? 'utf-8', warnings)
    warnings.push(`${capital(first.where)} says ${first.encoding}, but the bytes are UTF-8; read as UTF-8.`)
    return as(bytes, 'utf-8', warnings)
  }
  for (const { encoding: said, where } of known) {
    const encoding = siblingOf(said, bytes)
    if (encoding !== said)
      warnings.push(`${capital(where)} says ${said}, but the bytes are ${encoding}; read as that.`)
    if (encoding !== 'utf-8' && fits(bytes, encoding) && !outread(bytes, encoding)) {
      if (said !== first?.encoding)
        warnings.push(
          `${capital(first?.where ?? '')} says ${first?.encoding}, which the bytes are not; read as ${encoding}, which ${where} says.`,
        )
      return as(bytes, encoding, warnings)
    }
  }
  const fallback = first?.encoding ?? 'utf-8'
  if (fallback === 'utf-8' && isMostlyUtf8(bytes)) return as(bytes, fallback, warnings)
  const guess = guessEncoding(bytes)
  if (guess === undefined || guess.encoding === fallback) return as(bytes, fallback, warnings)
  warnings.push(
    first === undefined
      ? `No encoding is declared and the bytes are not UTF-8; read as ${guess.encoding}, which they look like.`
      : `${capital(first.where)} says ${first.encoding}, which the bytes are not; read as ${guess.encoding}, which they look like.`,
  )
  return as(bytes, guess.encoding, warnings)
}

/** The WHATWG name for a label; as in browsers, US-ASCII and Latin-1 are windows-1252, gb2312 is gbk. */
function encodingOf(label: string): string | undefined {
  const plain = label.toLowerCase().replace(/_/g, '-')
  for (const candidate of [
    label,
    plain,
    plain.replace(/^(?:cp|win)-?(?=125\d|874)/, 'windows-'),
    plain.replace(/^x-/, ''),
  ]) {
    if (/^u(?:tf|cs)-?32/i.test(candidate)) return /be$/i.test(candidate) ? 'utf-32be' : 'utf-32le'
    const charset = charsetOf(candidate)
    if (charset !== undefined) return charset
  }
  return undefined
}

/**
 * The charset that is meant where another of its kind is declared: Windows' where ISO's has no letter for a byte ("š" of
 * windows-1250 is a control character of iso-8859-2), and of koi8-r and windows-1251 the one in which words begin with capitals.
 */
function siblingOf(declared: string, bytes: Uint8Array): string {
  const windows = WINDOWS[declared]
  if (windows !== undefined && bytes.some((byte) => byte >= 0x80 && byte < 0xa0)) return windows
  const other = declared === 'windows-1251' ? 'koi8-u' : /^koi8/.test(declared) ? 'windows-1251' : undefined
  if (other === undefined) return declared
  const text = decodeAs(declared, bytes.subarray(0, SAMPLE))
  const inverted = text.match(/(?<!\p{L})[а-яё][А-ЯЁ]{2,}/gu)?.length ?? 0
  return inverted > 1 && inverted > 4 * (text.match(/(?<!\p{L})[А-ЯЁ][а-яё]{2,}/gu)?.length ?? 0)
    ? other
    : declared
}

const SAMPLE = 65_536

const WINDOWS: Readonly<Record<string, string>> = {
  'iso-8859-2': 'windows-1250',
  'iso-8859-4': 'windows-1257',
  'iso-8859-5': 'windows-1251',
  'iso-8859-6': 'windows-1256',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-8-i': 'windows-1255',
  'iso-8859-13': 'windows-1257',
}

/**
 * UTF-8 in which characters beyond the first plane are two halves of three bytes each (CESU-8), as Java and old databases write
 * an emoji, with those as UTF-8 has them; the same bytes where there are none.
 */
function withPlainSurrogates(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0xed) || isUtf8(bytes)) return bytes
  const copy = Buffer.from(bytes)
  const half = (at: number, least: number): number => {
    const [middle, last] = [bytes[at + 1] ?? 0, bytes[at + 2] ?? 0]
    const isHalf = bytes[at] === 0xed && middle >= least && middle < least + 16 && (last & 0xc0) === 0x80
    return isHalf ? ((middle & 0x0f) << 6) | (last & 0x3f) : -1
  }
  let to = 0
  for (let at = 0; at < bytes.length; ) {
    const high = bytes[at] === 0xed ? half(at, 0xa0) : -1
    const low = high === -1 ? -1 : half(at + 3, 0xb0)
    if (low === -1) copy[to++] = bytes[at++] as number
    else {
      to += copy.write(String.fromCodePoint(0x10000 + (high << 10) + low), to)
      at += 6
    }
  }
  const plain = copy.subarray(0, to)
  return to < copy.length && isUtf8(plain) ? plain : bytes
}

/** Bytes that are valid UTF-8 by chance are rare, and the rarer the more sequences there are. */
function isPlainlyUtf8(bytes: Uint8Array, declared: string): boolean {
  let sequences = 0
  for (let at = 0; at < bytes.length && sequences < 8; at++) if ((bytes[at] as number) >= 0xc0) sequences++
  // In a double-byte encoding a few characters may pass for UTF-8; in a single-byte one each takes an odd pair.
  return sequences >= (/^(?:gb|big5|euc|shift|iso-2022)/.test(declared) ? 8 : 1)
}

/** True if the encoding has all that the bytes hold (one odd byte in 500 is allowed). */
function fits(bytes: Uint8Array, encoding: string): boolean {
  return isWhollyIn(encoding, bytes) || replaced(decodeAs(encoding, bytes)) * 500 <= bytes.length
}

/**
 * True if the bytes read much better in another encoding than in the declared one. Latin-1 in particular is declared for
 * everything, and no byte contradicts it.
 */
function outread(bytes: Uint8Array, declared: string): boolean {
  if (readabilityIn(declared, bytes) > -1) return false
  const guess = guessEncoding(bytes)
  return guess !== undefined && guess.score >= 5 && guess.encoding !== declared
}

/** UTF-8 with a few broken places (a text cut in the middle of a character) stays UTF-8. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  let good = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) good++
  const bad = replaced(text)
  return good - bad > 4 * bad
}

function as(bytes: Uint8Array, encoding: string, warnings: string[]): Decoded {
  const text = encoding.startsWith('utf-32')
    ? utf32(bytes, encoding === 'utf-32le')
    : decodeAs(encoding, bytes)
  const count = encoding === 'utf-8' && isUtf8(bytes) ? 0 : replaced(text)
  if (count > 0)
    warnings.push(
      `${count} ${count === 1 ? 'place is' : 'places are'} not valid ${encoding} and ${count === 1 ? 'is' : 'are'} shown as U+FFFD.`,
    )
  return { text, encoding, warnings }
}

function replaced(text: string): number {
  let count = 0
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++
  return count
}

function utf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const point = at + 4 <= bytes.length ? view.getUint32(at, littleEndian) : 0xfffd
    part += point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '\ufffd' : String.fromCodePoint(point)
    if (part.length > 4096) {
      parts.push(part)
      part = ''
    }
  }
  return parts.join('') + part
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
