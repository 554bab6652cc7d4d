/** Character references and the entities that a document declares itself. */

import { decodeHTMLAttribute } from 'entities/decode'

/** Characters that a document's own entities may add to it, all together. */
const MAX_EXPANSION = 1_000_000

/** A reference without its semicolon is none where a letter, digit or "=" follows: "?a=1&copy=2" is an address. */
const decoded = decodeHTMLAttribute

/**
 * A function that decodes the texts of a document: character references, XML's and HTML's (feeds use them undeclared), and the
 * document's own short entities. The value of an entity is not expanded again, and all of them together add at most
 * MAX_EXPANSION characters, so that nothing grows; entities beyond that stay as written.
 */
export function entityDecoder(document: string): (text: string) => string {
  const entities = internalEntities(document)
  if (entities.size === 0) return decoded
  let left = MAX_EXPANSION
  return (text) =>
    decoded(
      text.replace(/&([\w.:-]{1,64});/g, (whole, name: string) => {
        const value = left > 0 ? entities.get(name) : undefined
        if (value === undefined) return whole
        left -= value.length
        return value
      }),
    )
}

/** The short entities that the document type declares in place. Parameter and external entities are never read. */
function internalEntities(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const start = text.slice(0, 4096).search(/<!doctype\s/i)
  if (start === -1) return found
  const head = text.slice(start, start + 65_536)
  const subset = /^<!doctype[^[>]{0,500}\[/i.exec(head)
  if (subset === null) return found
  const end = head.indexOf(']>')
  const declarations = head.slice(subset[0].length, end === -1 ? undefined : end)
  for (const [, name, double, single] of declarations.matchAll(
    /<!ENTITY\s{1,20}([\w.:-]{1,64})\s{1,20}(?:"([^"]{0,32})"|'([^']{0,32})')\s{0,20}>/g,
  )) {
    const value = double ?? single ?? ''
    if (name !== undefined && !/&(?!#)/.test(value) && found.size < 256) found.set(name, value)
  }
  return found
}
