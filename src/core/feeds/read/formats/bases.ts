/** What relative addresses in a feed are resolved against: xml:base, and around the document the address that answered. */

import type { DateStyle } from '../dates/dates.ts'
import { absolute, type Surroundings } from '../links.ts'
import type { XmlElement } from '../xml/tree.ts'

/** Where a document stands, with the bases of its elements as they become known. */
export interface Place extends Surroundings {
  readonly bases: Map<XmlElement, string>
  readonly dates: DateStyle
}

/** The base of an element: xml:base from the outside in, over the address of the document. */
export function baseOf(element: XmlElement, around: Place): string {
  const known = around.bases.get(element)
  if (known !== undefined) return known
  const outer = element.parent === undefined ? around.base : baseOf(element.parent, around)
  const own = element.attributes['xml:base']
  const base = own === undefined ? outer : absolute(own, outer) || outer
  around.bases.set(element, base)
  return base
}

/** What relative addresses in a body are resolved against: xml:base where there is one, else the story's own address. */
export function baseOfBody(body: XmlElement | undefined, link: string, around: Place): string {
  const stated = body === undefined ? around.base : baseOf(body, around)
  return stated === around.base && /^https?:\/\//i.test(link) ? link : stated
}

/** An id as an address: resolved where it is a path, otherwise as written, since any other id is a name. */
export function idAsLink(id: string, entry: XmlElement, around: Place): string {
  return id.startsWith('/') ? absolute(id, baseOf(entry, around)) : id
}
