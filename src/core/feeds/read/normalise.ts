/** Items of a feed → stories to store: each with an identity, a date, a language, and nothing twice. Pure. */
import { hash as digest } from 'node:crypto'
import type { StoryDraft } from '../../story.ts'
import type { Feed, FeedItem } from '../feed.ts'
import { detectLanguages } from './language.ts'
import { canonicalUrl, isFrontPage, LONGEST_ADDRESS } from './links.ts'

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
  const items = usable.map(({ item }) => item)
  const dated = !datesAreClocks(items, context.now)
  const names = namesOf(items, context.now)
  const languages = languagesOf(items, feed, context)
  const byIdentity = new Map<string, { draft: StoryDraft; position: number }>()
  for (const { item, position } of usable) {
    const published = dated ? item.published : null
    const draft = draftOf(
      { ...item, published },
      names.get(item) as Names,
      languages.get(item) as string,
      context.now,
    )
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

function draftOf(item: FeedItem, names: Names, lang: string, now: number): StoryDraft {
  const url = httpUrl(item.link)
  const text = item.text === item.summary ? '' : item.text
  const contentHash = hash(item.title, item.summary, text)
  const future = item.published !== null && item.published > now
  return {
    identity: identityOf(names, contentHash, item.published),
    contentHash,
    trace: Number.parseInt(digest('sha256', names.page || contentHash, 'hex').slice(0, 12), 16),
    title: item.title,
    summary: item.summary,
    text,
    html: isMoreThanText(item) ? item.html : '',
    url,
    author: item.author,
    lang,
    published: item.published === null || future ? now : item.published,
    publishedStated: future ? item.published : null,
  }
}

// Identity

/** What can identify an item. */
interface Names {
  /** Its canonical link, also where other items share it. */
  readonly page: string
  /** Its link, where no other item shares it, and it is no front page; else ''. */
  readonly link: string
  /** Its id, where it stands for one story and stays the same; else ''. */
  readonly id: string
}

/**
 * An id counts where no other story of the feed has it: items with different links may share one (the feed's address, "0"), and
 * all items of a feed may share both id and link. An id that is new at every fetch gives way to the link.
 */
function namesOf(items: readonly FeedItem[], now: number): Map<FeedItem, Names> {
  const links = new Map(items.map((item) => [item, canonicalUrl(item.link)]))
  const linkOf = (item: FeedItem): string => links.get(item) as string
  const shared = new Set<string>()
  for (const [id, holders] of Map.groupBy(items, ({ id }) => id)) {
    const places = new Set(holders.map((item) => linkOf(item) || item.title || item.summary))
    if (places.size > 1 || areManyStories(holders, items.length)) shared.add(id)
  }
  const idsAreClocks = items.length > 1 && items.every((item) => isClock(item.id, now))
  const pages = pagesOf(items, linkOf)
  // Where one page of a feed holds several stories, its links lead to places on pages: all keep their fragment.
  const anchored = items.some((item) => pages.has(linkOf(item)) && item.link.includes('#'))
  return new Map(
    items.map((item) => {
      const page = linkOf(item)
      const isPage = !pages.has(page) && !isFrontPage(page)
      const link = item.link.includes('#') && (anchored || !isPage) ? httpUrl(item.link) : isPage ? page : ''
      const changes = idsAreClocks || shared.has(item.id) || isLinkAgain(item, link)
      return [item, { page, link, id: changes ? '' : item.id }]
    }),
  )
}

/**
 * True if items that share id and link are too many to be one story that the feed lists again after an edit: most of the feed,
 * or three and more titles. Items with one title ("Update") count by their dates, where all or most of the feed shares the name.
 * @param all the number of items of the feed
 */
function areManyStories(holders: readonly FeedItem[], all: number): boolean {
  if (holders.length < 2) return false
  const titles = new Set(holders.map(beginning))
  const most = holders.length * 2 > all
  if (titles.size > 1) return most || titles.size > 2
  const dates = new Set(holders.map(({ published }) => published))
  return most && dates.size > (holders.length === all ? 1 : 2)
}

/** What an item begins with, by which a reader tells it from others. */
function beginning({ title, summary, text }: FeedItem): string {
  return title || summary || text
}

/** Canonical links that items with different texts share: a page of many stories, or one address for all. */
function pagesOf(items: readonly FeedItem[], linkOf: (item: FeedItem) => string): ReadonlySet<string> {
  const pages = new Set<string>()
  for (const [link, holders] of Map.groupBy(items, linkOf)) {
    if (link === '' || holders.length < 2) continue
    if (new Set(holders.map(beginning)).size > 1 || areManyStories(holders, items.length)) pages.add(link)
  }
  return pages
}

/**
 * True for an id that is the item's link, apart from what canonicalUrl leaves out. Some feeds count their edits there
 * ("…/story#2"), some add a session: the canonical link stays the same.
 */
function isLinkAgain(item: FeedItem, link: string): boolean {
  return (
    link !== '' &&
    /^https?:/i.test(item.id) &&
    (item.id === item.link || canonicalUrl(item.id) === canonicalUrl(link))
  )
}

/** True for an id that holds the moment of the fetch. If all ids of a feed do, they are new at every fetch. */
function isClock(id: string, now: number): boolean {
  const digits = /(?:^|\D)(\d{10}|\d{13})(?=\D|$)/.exec(id)?.[1]
  if (digits === undefined) return false
  const moment = Number(digits) * (digits.length === 10 ? 1000 : 1)
  return Math.abs(moment - now) < CLOCK_MS
}

/** How far the clocks of a server and of this machine may be apart. */
const CLOCK_MS = 10 * 60_000

/** @param published as the item states it */
function identityOf({ id, link }: Names, contentHash: string, published: number | null): string {
  if (id !== '') return `id:${id}`
  if (link !== '') return `url:${link}`
  // Two items named "Update" of different days are two stories.
  return published === null ? `text:${contentHash}` : `text:${contentHash} ${published}`
}

/** True if the dates of a feed are the moment of its making: then they are new at every fetch, and no story's own. */
function datesAreClocks(items: readonly FeedItem[], now: number): boolean {
  const [first] = items
  if (first === undefined || first.published === null || items.length < 3) return false
  return (
    Math.abs(first.published - now) < CLOCK_MS &&
    items.every(({ published }) => published === first.published)
  )
}

/** Of two forms of one story in one feed, the later dated; else the longer. */
function fuller(a: StoryDraft, b: StoryDraft): StoryDraft {
  if (a.published !== b.published) return a.published > b.published ? a : b
  const size = (draft: StoryDraft): number => draft.title.length + draft.summary.length + draft.text.length
  return size(b) > size(a) ? b : a
}

// Values

function httpUrl(link: string): string {
  if (link.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(link)) return ''
  return URL.parse(link)?.href ?? ''
}

function hash(...parts: string[]): string {
  return digest('sha256', parts.join('\u0000'), 'base64url').slice(0, 22)
}

/** True if an item's HTML holds an element, not merely escaped text. */
function isMoreThanText(item: FeedItem): boolean {
  return item.html.includes('<') && item.html !== item.summary && item.html !== item.text
}

/** The language of each item: declared by the item, the feed or the source, else guessed from the text. */
function languagesOf(
  items: readonly FeedItem[],
  feed: Feed,
  context: NormaliseContext,
): Map<FeedItem, string> {
  const languages = new Map(
    items.map((item) => [item, item.language || feed.language || context.language.toLowerCase()]),
  )
  const undeclared = items.filter((item) => languages.get(item) === '')
  const guessed = detectLanguages(undeclared.map((item) => `${item.title}\n${item.summary || item.text}`))
  undeclared.forEach((item, index) => {
    languages.set(item, guessed[index] as string)
  })
  return languages
}

function named(item: FeedItem): string {
  const name = item.title || item.link || item.summary
  return `"${name.length > 60 ? `${name.slice(0, 59)}…` : name}"`
}
