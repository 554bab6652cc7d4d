/** A feed as somebody sees it who decides whether to add it. */
import { hash } from 'node:crypto'
import { readFeed } from '../read/parse.ts'

export interface FeedToLookAt {
  readonly body: Uint8Array
  readonly contentType: string
  /** The address that answered. */
  readonly base: string
}

export interface FeedLook {
  readonly title: string
  readonly items: number
  /** When its newest item was published, epoch ms; null where none says so. */
  readonly newest: number | null
  /** The same for two answers that are one feed. */
  readonly content: string
}

/** @throws FeedError */
export function lookAt({ body, contentType, base }: FeedToLookAt): FeedLook {
  const { title, format, items } = readFeed(body, { contentType, base })
  const names = JSON.stringify([title, format, items.map(({ id, link, title }) => [id, link, title])])
  const dates = items.flatMap(({ published }) => (published === null ? [] : [published]))
  return {
    title,
    items: items.length,
    newest: dates.length === 0 ? null : dates.reduce((a, b) => Math.max(a, b)),
    content: hash('sha256', names, 'base64url'),
  }
}
