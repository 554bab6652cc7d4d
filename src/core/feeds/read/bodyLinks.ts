/** Addresses inside a body's HTML: relative ones made absolute, links to anything but web and mail removed. */

import { decodeHTMLAttribute } from 'entities/decode'
import { Parser } from 'htmlparser2'
import { absolute, schemeOf } from './links.ts'

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
export function withAbsoluteAddresses(html: string, base: string): string {
  if (!html.includes('=') || !NEEDS_READING.test(html)) return html
  let out = ''
  let from = 0
  const parser = new Parser(
    {
      onattribute(name, raw) {
        const value = raw.includes('&') ? decodeHTMLAttribute(raw) : raw
        const kept = LINKS.has(name)
          ? link(value, base)
          : EMBEDDED.has(name)
            ? embedded(value, base)
            : LISTS.has(name)
              ? sourceSet(value, base)
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

/** null where the attribute has to go. */
function link(value: string, base: string): string | null {
  const scheme = schemeOf(value)
  if (scheme === '') return absolute(value, base)
  return /^(?:https?|mailto)$/.test(scheme) ? value : null
}

/** null where the attribute has to go. */
function embedded(value: string, base: string): string | null {
  const scheme = schemeOf(value)
  if (scheme === '') return absolute(value, base)
  return /^https?$/.test(scheme) || /^\s*data:image\//i.test(value) ? value : null
}

/** "small.jpg 1x, large.jpg 2x": an address may hold commas, but does not end with one. */
function sourceSet(value: string, base: string): string {
  return value
    .split(/,\s+|,(?=https?:)/)
    .map((one) => {
      const [, address = '', rest = ''] = /^\s*(\S+)(.*)$/s.exec(one) ?? []
      return `${absolute(address, base)}${rest.trimEnd()}`
    })
    .filter((one) => one !== '')
    .join(', ')
}

function escaped(value: string): string {
  return value.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`)
}
