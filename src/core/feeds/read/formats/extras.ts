/** What an item has beside its text: attached files (enclosures, media), its place (GeoRSS), what it replies to (thr). */

import type { Attachment, FeedItem } from '../../feed.ts'
import { LONGEST_ADDRESS } from '../links.ts'
import { child, textOf, type XmlElement } from '../xml/tree.ts'
import { relationOf } from './parts.ts'

export type Extras = Pick<FeedItem, 'attachments' | 'place' | 'inReplyTo'>

/** A gallery has some; more than this is an archive in an item. */
const MAX_ATTACHMENTS = 50

/**
 * The extras of an RSS or Atom item; members are left out where it has none.
 * @param resolve an address as written at an element, made absolute
 */
export function extrasOf(item: XmlElement, resolve: (written: string, at: XmlElement) => string): Extras {
  const attachments = new Map<string, Attachment>()
  let place: FeedItem['place']
  let inReplyTo = ''
  const attach = (
    one: XmlElement,
    address: string | undefined,
    type: string,
    bytes: string | undefined,
  ): void => {
    if (address === undefined || attachments.size >= MAX_ATTACHMENTS) return
    addAttachment(attachments, resolve(address, one), type, Number(bytes))
  }
  for (const one of item.children) {
    if (typeof one === 'string') continue
    const { attributes } = one
    switch (one.name) {
      case 'enclosure':
        attach(one, attributes.url, attributes.type ?? '', attributes.length)
        break
      case 'link':
      case 'atom:link':
        if (relationOf(one) === 'enclosure')
          attach(one, attributes.href, attributes.type ?? '', attributes.length)
        break
      case 'media:group':
      case 'media:content':
      case 'media:thumbnail':
        for (const media of one.name === 'media:group' ? one.children : [one, ...one.children]) {
          if (typeof media === 'string') continue
          if (media.name === 'media:content')
            attach(
              media,
              media.attributes.url,
              media.attributes.type ?? media.attributes.medium ?? '',
              media.attributes.filesize,
            )
          else if (media.name === 'media:thumbnail') attach(media, media.attributes.url, 'image', undefined)
        }
        break
      case 'georss:point':
        place ??= pointOf(textOf(one))
        break
      case 'georss:where': {
        const point = child(one, 'gml:point')
        const position = point === undefined ? undefined : child(point, 'gml:pos')
        if (position !== undefined) place ??= pointOf(textOf(position))
        break
      }
      case 'geo:point':
        place ??= latitudeAndLongitude(one)
        break
      case 'geo:lat':
        place ??= latitudeAndLongitude(item)
        break
      case 'thr:in-reply-to':
        if (inReplyTo === '')
          inReplyTo =
            attributes.href === undefined ? (attributes.ref ?? '').trim() : resolve(attributes.href, one)
        break
    }
  }
  return {
    ...(attachments.size === 0 ? {} : { attachments: [...attachments.values()] }),
    ...(place === undefined ? {} : { place }),
    ...(inReplyTo === '' ? {} : { inReplyTo }),
  }
}

/** Web addresses only, each once; the first mention that knows more counts. @param bytes NaN or 0 where it is not known */
export function addAttachment(to: Map<string, Attachment>, url: string, type: string, bytes: number): void {
  if (url.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(url)) return
  const before = to.get(url)
  to.set(url, {
    url,
    type: before?.type || type.trim().toLowerCase(),
    bytes: before?.bytes ?? (Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null),
  })
}

/** "45.256 -71.92", latitude first; a comma between them is usual too. */
function pointOf(text: string): FeedItem['place'] {
  const [latitude, longitude, more] = text
    .trim()
    .slice(0, 100)
    .split(/[\s,]+/)
  return more === undefined || more === '' ? point(latitude, longitude) : undefined
}

function latitudeAndLongitude(element: XmlElement): FeedItem['place'] {
  const latitude = child(element, 'geo:lat')
  const longitude = child(element, 'geo:long', 'geo:lon')
  return latitude === undefined || longitude === undefined
    ? undefined
    : point(textOf(latitude).trim(), textOf(longitude).trim())
}

function point(latitude = '', longitude = ''): FeedItem['place'] {
  const number = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/
  if (!number.test(latitude) || !number.test(longitude)) return undefined
  const place = { latitude: Number(latitude), longitude: Number(longitude) }
  return Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180 ? place : undefined
}
