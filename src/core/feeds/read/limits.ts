/** How much of a feed's fields is kept. What is beyond is no news, and would stall whoever reads or searches it. */
import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import type { Feed, FeedItem } from '../feed.ts'
import { LONGEST_ADDRESS } from './links.ts'

/** Characters. The longest articles of newspapers have some 100,000, headlines 300. */
export const LONGEST = { title: 1000, summary: 200_000, text: 200_000, html: 1_000_000, author: 500 } as const
const LONGEST_ID = 2048
const MOST_CATEGORIES = 200
/** Sentences about fields that were cut; a last one counts the rest. */
const MOST_NOTES = 20

/** The feed with every field within its limit, and a warning for each that was not. */
export function limited(feed: Feed): Feed {
  const notes: string[] = []
  const items = feed.items.map((item, index) => limitedItem(item, index + 1, notes))
  const link = feed.link.length <= LONGEST_ADDRESS ? feed.link : ''
  const title = cut(feed.title, LONGEST.title)
  if (notes.length === 0 && link === feed.link && title === feed.title) return feed
  const shown = notes.slice(0, MOST_NOTES)
  if (notes.length > shown.length) shown.push(`${notes.length - shown.length} more fields were cut.`)
  return { ...feed, title, link, items, warnings: [...feed.warnings, ...shown] }
}

function limitedItem(item: FeedItem, number: number, notes: string[]): FeedItem {
  const changed: Partial<Record<keyof FeedItem, string | readonly string[]>> = {}
  for (const [field, most] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
    const { length } = item[field]
    if (length <= most) continue
    changed[field] = cut(item[field], most)
    notes.push(`The ${NAMES[field]} of item ${number} has ${length} characters; the first ${most} were kept.`)
  }
  if (item.link.length > LONGEST_ADDRESS) {
    changed.link = ''
    notes.push(
      `The link of item ${number} has ${item.link.length} characters; more than ${LONGEST_ADDRESS} are no address, it was left out.`,
    )
  }
  if (item.id.length > LONGEST_ID) {
    changed.id = `sha256:${hash('sha256', item.id, 'base64url')}`
    notes.push(`The id of item ${number} has ${item.id.length} characters; its hash was kept.`)
  }
  if (item.categories.length > MOST_CATEGORIES) {
    changed.categories = item.categories.slice(0, MOST_CATEGORIES)
    notes.push(
      `Item ${number} has ${item.categories.length} categories; the first ${MOST_CATEGORIES} were kept.`,
    )
  }
  return Object.keys(changed).length === 0 ? item : ({ ...item, ...changed } as FeedItem)
}

const NAMES: Readonly<Record<keyof typeof LONGEST, string>> = {
  title: 'title',
  summary: 'summary',
  text: 'text',
  html: 'HTML',
  author: 'author',
}

/** The beginning of a text. A pair of surrogates is not torn apart. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  // A copy: a slice would keep the whole in memory.
  return Buffer.from(text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most), 'utf16le').toString(
    'utf16le',
  )
}
