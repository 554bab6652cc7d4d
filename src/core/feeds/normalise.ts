/** Items of a feed → stories to store: each with an identity, a date, a language, and nothing twice. Pure. */
import { createHash } from 'node:crypto'
import type { StoryDraft } from '../story.ts'
import type { Feed, FeedItem } from './feed.ts'
import { detectLanguage } from './language.ts'
import { canonicalUrl } from './links.ts'

export { canonicalUrl } from './links.ts'

export interface NormaliseContext {
  /** Epoch ms of the fetch. */
  readonly now: number
  /** The address of the feed, for what it is called in sentences and as a last base of links. */
  readonly feedUrl: string
  /** The source's language as a person set it; '' for unknown. */
  readonly language: string
}

/** @returns the stories in the feed's order, and a sentence for each item that was skipped or merged */
export function normalise(
  feed: Feed,
  context: NormaliseContext,
): { stories: StoryDraft[]; skipped: string[] } {
  const skipped: string[] = []
  const usable: { item: FeedItem; position: number }[] = []
  feed.items.forEach((item, index) => {
    if (item.title === '' && item.summary === '' && item.text === '' && httpUrl(item.link) === '')
      skipped.push(
        `Item ${index + 1} of ${feed.items.length} has no title, no text and no link; it was skipped.`,
      )
    else usable.push({ item, position: index + 1 })
  })
  const ids = trustworthyIds(usable.map(({ item }) => item))
  const byIdentity = new Map<string, { draft: StoryDraft; position: number }>()
  for (const { item, position } of usable) {
    const draft = draftOf(item, ids, feed, context)
    const earlier = byIdentity.get(draft.identity)
    if (earlier === undefined) {
      byIdentity.set(draft.identity, { draft, position })
      continue
    }
    const kept = fuller(earlier.draft, draft)
    byIdentity.set(draft.identity, { draft: kept, position: earlier.position })
    skipped.push(
      `Item ${position} of ${feed.items.length} (${named(item)}) is the same story as item ${earlier.position}; they were merged.`,
    )
  }
  return { stories: [...byIdentity.values()].map(({ draft }) => draft), skipped }
}

function draftOf(item: FeedItem, ids: Ids, feed: Feed, context: NormaliseContext): StoryDraft {
  const url = httpUrl(item.link)
  const text = item.text === item.summary ? '' : item.text
  const contentHash = hash(item.title, item.summary, text)
  const future = item.published !== null && item.published > context.now
  return {
    identity: identityOf(item, ids, contentHash),
    contentHash,
    title: item.title,
    summary: item.summary,
    text,
    html: isMoreThanText(item) ? item.html : '',
    url,
    author: item.author,
    lang: languageOf(item, feed, context),
    published: item.published === null || future ? context.now : item.published,
    publishedStated: future ? item.published : null,
  }
}

// Identity

interface Ids {
  /** Items whose id names one story and keeps naming it. */
  readonly trusted: ReadonlySet<FeedItem>
}

/**
 * An id is trusted where no other story of the feed has it. An id that several items with different links share is no id
 * (the feed's address, "0"), and one that is made anew at every fetch (a time, a random number: `rolls`) gives way to the
 * link.
 */
function trustworthyIds(items: readonly FeedItem[]): Ids {
  const links = new Map<string, Set<string>>()
  for (const item of items) {
    if (item.id === '') continue
    const places = links.get(item.id) ?? new Set()
    places.add(canonicalUrl(item.link) || item.title)
    links.set(item.id, places)
  }
  return {
    trusted: new Set(
      items.filter((item) => item.id !== '' && links.get(item.id)?.size === 1 && !rolls(item)),
    ),
  }
}

/** Whether an id changes from fetch to fetch, as far as one look tells: its link says the same without the changing part. */
function rolls(item: FeedItem): boolean {
  if (!/^https?:/i.test(item.id) || httpUrl(item.link) === '') return false
  return canonicalUrl(item.id) === canonicalUrl(item.link)
}

function identityOf(item: FeedItem, { trusted }: Ids, contentHash: string): string {
  if (trusted.has(item)) return `id:${item.id}`
  const link = canonicalUrl(item.link)
  if (link !== '') return `url:${link}`
  return `text:${contentHash}`
}

/** Of two forms of one story in one feed, the later dated; else the one that says more. */
function fuller(a: StoryDraft, b: StoryDraft): StoryDraft {
  if (a.published !== b.published) return a.published > b.published ? a : b
  const size = (draft: StoryDraft): number => draft.title.length + draft.summary.length + draft.text.length
  return size(b) > size(a) ? b : a
}

// Values

function httpUrl(link: string): string {
  if (!/^https?:\/\//i.test(link)) return ''
  try {
    return new URL(link).href
  } catch {
    return ''
  }
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 22)
}

/** HTML that holds an element, not merely escaped text. */
function isMoreThanText(item: FeedItem): boolean {
  return item.html.includes('<') && item.html !== item.summary && item.html !== item.text
}

function languageOf(item: FeedItem, feed: Feed, context: NormaliseContext): string {
  const declared = item.language || feed.language || context.language.toLowerCase()
  return declared || detectLanguage(`${item.title}\n${item.summary}\n${item.text}`)
}

function named(item: FeedItem): string {
  const name = item.title || item.link || item.summary
  return `"${name.length > 60 ? `${name.slice(0, 59)}…` : name}"`
}
