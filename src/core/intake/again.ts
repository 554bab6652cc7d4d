import { canonicalUrl, isFrontPage } from '../feeds/read/links.ts'
import { bodyOf } from '../reading/body.ts'
import type { StoryKey } from '../reading/drafts.ts'
import type { KnownStory } from '../store/stories.ts'

/**
 * What an item has in common with a story that the archive has, and what that makes of it. Which names of a source can be
 * trusted is not decided here (recognise.ts).
 */

/** Two texts, titles or dates: equal, different, or one of the two states none. */
type Agreement = 'same' | 'different' | 'silent'

/** True if nothing but the names of an item can speak against its being this story: content is equal, dates do not differ. */
export function hasItsText(known: KnownStory, key: StoryKey, at: number): boolean {
  return known.content_hash === key.contentHash && datesOf(known, key, at) !== 'different'
}

/** What an item has that no other item of its document has. */
export interface Own {
  readonly title: boolean
  readonly body: boolean
  /** Its link leads to a page of its own, where the source's links lead to one story each. */
  readonly link: boolean
  /** No other item and no other story has its moment. */
  readonly moment: boolean
}

/**
 * True if an item that has the identity of a story, but other content, is that story, edited.
 * @param at when the item came, epoch ms: the date of items without one
 * @param lasting ids, links of the source stay with their stories. Where ids may not, something must be left that is the story's own
 */
export function isEditOfNamesake(
  known: KnownStory,
  key: StoryKey,
  at: number,
  own: Own,
  lasting: { readonly ids: boolean; readonly links: boolean },
): boolean {
  const dates = datesOf(known, key, at)
  if (own.body && sameBody(known, key)) return true
  // A page may be rewritten, title and all; under another date and with nothing left, it lists one story after the other.
  if (own.link && samePage(known.url, key.url))
    return dates !== 'different' || sameTitle(known, key) || resembles(known, key)
  if (dates === 'same' && own.moment) return true
  if (lasting.ids && sameTitle(known, key)) return true
  const elsewhere = own.link && known.url !== '' && !samePage(known.url, key.url)
  if (dates === 'different' || (elsewhere && lasting.links)) return false
  return lasting.ids || (own.title && sameTitle(known, key))
}

/**
 * True if an item is the story that the source had at the same link, under another id: its content, or an edited form of it. Titles
 * such as "Update" tell no stories apart, so the dates must not either.
 */
export function isSameAtLink(known: KnownStory, key: StoryKey, at: number): boolean {
  if (known.content_hash === key.contentHash) return true
  return datesOf(known, key, at) !== 'different' && (sameTitle(known, key) || sameBody(known, key))
}

/** True if an item is an edited form of a story of which it has neither id nor link: title or text is left, and the date if any. */
export function isEdited(known: KnownStory, key: StoryKey, at: number, own: Own): boolean {
  const dates = datesOf(known, key, at)
  if (dates === 'different' || (dates === 'same' && !own.moment)) return false
  if (own.body && sameBody(known, key)) return true
  return own.title && sameTitle(known, key) && resemblance(bodyOf(known).opening, key.opening) >= EDITED
}

/** True if two names or addresses differ in their form alone: case, scheme, host, a closing slash, a session. */
export function isSameButForm(known: KnownStory, key: StoryKey): boolean {
  return isOtherHostOnly(known.url, key.url) || plainName(known.identity) === plainName(key.identity)
}

const plainName = (identity: string): string => {
  const name = identity.slice(identity.indexOf(':') + 1)
  return (canonicalUrl(name) || name).toLowerCase()
}

/** The date that an item states, epoch ms; null where it states none. */
export function statedIn(
  { published, publishedStated }: Pick<StoryKey, 'published' | 'publishedStated'>,
  at: number,
): number | null {
  return publishedStated ?? (published === at ? null : published)
}

/** The date that a story stated. */
function statedBy({ published, published_stated, fetched }: KnownStory): number | null {
  return published_stated ?? (published === fetched ? null : published)
}

function datesOf(known: KnownStory, key: StoryKey, at: number): Agreement {
  const before = statedBy(known)
  const stated = statedIn(key, at)
  return before === null || stated === null ? 'silent' : before === stated ? 'same' : 'different'
}

const sameTitle = (known: KnownStory, key: StoryKey): boolean => key.title !== '' && known.title === key.title

const sameBody = (known: KnownStory, key: StoryKey): boolean =>
  key.opening !== '' && bodyOf(known).bodyHash === key.bodyHash

/** The same address, maybe at another host. */
function samePage(a: string, b: string): boolean {
  return !isFrontPage(a) && (canonicalUrl(a) === canonicalUrl(b) || isOtherHostOnly(a, b))
}

/** True if two addresses differ in nothing but the host: http and https, www, a CDN. */
function isOtherHostOnly(a: string, b: string): boolean {
  const [one, other] = [URL.parse(canonicalUrl(a)), URL.parse(canonicalUrl(b))]
  return (
    one !== null &&
    other !== null &&
    one.pathname.length > 1 &&
    one.pathname + one.search === other.pathname + other.search
  )
}

function resembles(known: KnownStory, key: StoryKey): boolean {
  return (
    resemblance(known.title, key.title) >= EDITED || resemblance(bodyOf(known).opening, key.opening) >= KEPT
  )
}

/** An edit keeps this share of a text. */
const EDITED = 0.5
/** Texts of one language have less than this in common. */
const KEPT = 0.3
/** How much two texts have in common, 0 to 1: Jaccard's index of their runs of three characters. */
function resemblance(one: string, other: string): number {
  const [a, b] = [runsOf(one), runsOf(other)]
  if (a.size === 0 || b.size === 0) return a.size === b.size ? 1 : 0
  let common = 0
  for (const run of a) if (b.has(run)) common++
  return common / (a.size + b.size - common)
}

function runsOf(text: string): Set<string> {
  const runs = new Set<string>()
  const end = text.length - 2
  for (let at = 0; at < end; at++) runs.add(text.slice(at, at + 3))
  return runs
}
