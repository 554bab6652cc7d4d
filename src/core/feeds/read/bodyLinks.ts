/** Addresses inside a body's HTML: relative ones made absolute, links to anything but web and mail removed. */

import { decodeHTMLAttribute } from 'entities/decode'

import { LONGEST } from './limits.ts'
import { absolute as absoluteAlone, schemeOf } from './links.ts'
import { ShallowParser } from './shallowParser.ts'

/** Attributes that lead somewhere when clicked: only http, https and mailto may stay in them. */
const LINKS = new Set(['href', 'xlink:href', 'action', 'formaction', 'cite', 'longdesc'])
/** Attributes that the page loads by itself. */
const EMBEDDED = new Set(['src', 'poster', 'background', 'data'])
const LISTS = new Set(['srcset', 'imagesrcset'])

/**
 * The same HTML with every address absolute where a base is known; a link by another scheme (javascript, file, data, …) loses
 * its attribute. Everything else stays as the feed wrote it. This makes nothing safe: the page sanitises.
 * @param base the address that relative ones are resolved against; '' where none is known
 */
export function withAbsoluteAddresses(written: string, base: string): string {
  // One character beyond the limit, so that the feed's reader notices and says so.
  const html = written.slice(0, LONGEST.html + 1)
  if (!html.includes('=') || !NEEDS_READING.test(html)) return html
  let out = ''
  let from = 0
  // Bodies repeat their addresses, and making one absolute is dear.
  const known = new Map<string, string>()
  const absolute: Resolve = (address) => {
    const before = known.get(address)
    if (before !== undefined) return before
    const made = absoluteAlone(address, base)
    known.set(address, made)
    return made
  }
  const parser = new ShallowParser(
    {
      onattribute(name, raw) {
        const value = raw.includes('&') ? decodeHTMLAttribute(raw) : raw
        const kept = LINKS.has(name)
          ? link(value, absolute)
          : EMBEDDED.has(name)
            ? embedded(value, absolute)
            : LISTS.has(name)
              ? sourceSet(value, absolute)
              : value
        if (kept === value) return
        const { startIndex, endIndex } = parser
        out += html.slice(from, startIndex)
        if (kept !== null) out += `${name}="${escaped(kept)}"`
        from = endIndex
      },
    },
    { decodeEntities: false },
  )
  parser.write(html)
  parser.end()
  return from === 0 ? html : out + html.slice(from)
}

/** Most bodies name whole addresses only and need no reading. */
const NEEDS_READING =
  /(?:href|src|poster|action|cite|longdesc|background|data)\s{0,20}=\s{0,20}(?!["']?\s{0,20}(?:https?:\/\/|mailto:))|srcset\s{0,20}=/i

/** Makes an address absolute. */
type Resolve = (address: string) => string

/** A dozen sizes of a picture have some 3,000 characters. */
const LONGEST_SET = 20_000

/** null where the attribute has to go. */
function link(value: string, absolute: Resolve): string | null {
  const scheme = schemeOf(value)
  if (scheme === '') return absolute(value)
  return /^(?:https?|mailto)$/.test(scheme) ? value : null
}

/** null where the attribute has to go. */
function embedded(value: string, absolute: Resolve): string | null {
  const scheme = schemeOf(value)
  if (scheme === '') return absolute(value)
  return /^https?$/.test(scheme) || /^\s*data:image\//i.test(value) ? value : null
}

/** "small.jpg 1x, large.jpg 2x": an address may hold commas, but does not end with one. null where the list is no real one. */
function sourceSet(value: string, absolute: Resolve): string | null {
  if (value.length > LONGEST_SET) return null

  return value
    .split(/,\s+|,(?=https?:)/)
    .map((one) => {
      const [, address = '', rest = ''] = /^\s*(\S+)(.*)$/s.exec(one) ?? []
      return `${absolute(address)}${rest.trimEnd()}`
    })
    .filter((one) => one !== '')
    .join(', ')
}

function escaped(value: string): string {
  return value.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`)
}
