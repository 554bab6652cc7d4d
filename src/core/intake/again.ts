import { canonicalUrl } from '../feeds/read/links.ts'
import { bodyOf } from '../reading/body.ts'
import type { StoryKey } from '../reading/drafts.ts'
import type { KnownStory } from '../store/stories.ts'

/**
 * Knows a story again whose identity has changed, and an identity that has gone over to another story. Feeds make ids and links
 * anew at every fetch, change their form for good, or number their items by place. A title such as "Update" names no story, and
 * neither does a link that many items share: where link or text cannot tell, the dates must agree. In doubt it is a new story:
 * one too many is better than one that nobody is told of.
 */

/**
 * True if the draft is a story that the source had with the same link.
 * @param at when the draft came, epoch ms: the date of drafts without one
 * @param alone no other story of the source has this link
 */
export function isSameAtLink(known: KnownStory, draft: StoryKey, at: number, alone: boolean): boolean {
  const sameDate = datesAgree(known, draft, at)
  const byLink = draft.url !== '' && alone
  if (known.content_hash === draft.contentHash) return sameDate || byLink
  return byLink && sameDate && (sameTitle(known, draft) || sameBody(known, draft))
}

/** True if the draft has the content of a story, and nothing speaks against its being that story but its id and link. */
export function isSameText(known: KnownStory, draft: StoryKey, at: number): boolean {
  return known.content_hash === draft.contentHash && datesAgree(known, draft, at)
}

/** True if the draft is an edited form of a story, of which it has the moment of publication, but neither id nor link. */
export function isEdited(known: KnownStory, draft: StoryKey, at: number): boolean {
  if (!datesAgree(known, draft, at)) return false
  if (samePath(known.url, draft.url) && sameBody(known, draft)) return true
  return (
    sameTitle(known, draft) &&
    (samePath(known.url, draft.url) || resemblance(bodyOf(known).opening, draft.opening) >= EDITED)
  )
}

/**
 * True if a draft has nothing of the known story but the id or the link: other text, another title or at least another date,
 * and another link or, where the link is no page of its own, another date. An edit leaves something as it was.
 * @param ownPage the draft's link leads to one story alone: not to a front page, not to a page of several
 */
export function isAnother(known: KnownStory, draft: StoryKey, at: number, ownPage: boolean): boolean {
  if (sameBody(known, draft)) return false
  const before = statedBy(known)
  const stated = statedIn(draft, at)
  if (known.title === draft.title && (before === null || stated === null || before === stated)) return false
  // A page of its own may be rewritten; under another date and with nothing left, it lists one story after the other.
  if (ownPage && before !== null && stated !== null && before !== stated)
    return (
      resemblance(known.title, draft.title) < EDITED &&
      resemblance(bodyOf(known).opening, draft.opening) < KEPT
    )
  const elsewhere = known.url !== '' && draft.url !== '' && !samePlace(known.url, draft.url)
  return (elsewhere || !ownPage) && (before === null || before !== stated)
}

/** True if two addresses differ in nothing but the host: http and https, www, a CDN. */
export function isOtherHostOnly(a: string, b: string): boolean {
  const [one, other] = [URL.parse(a), URL.parse(b)]
  return (
    one !== null &&
    other !== null &&
    one.pathname.length > 1 &&
    one.pathname + one.search === other.pathname + other.search
  )
}

/** True if an address names the front page of a site, or none. */
export function isFrontPage(url: string): boolean {
  const parsed = URL.parse(canonicalUrl(url))
  return parsed === null || (parsed.pathname.length <= 1 && parsed.search === '' && parsed.hash === '')
}

/** The date that a draft states, epoch ms; null where it states none. */
export function statedIn(
  { published, publishedStated }: Pick<StoryKey, 'published' | 'publishedStated'>,
  at: number,
): number | null {
  return publishedStated ?? (published === at ? null : published)
}

/** The date that a known story stated. */
function statedBy({ published, published_stated, fetched }: KnownStory): number | null {
  return published_stated ?? (published === fetched ? null : published)
}

/** The same date, or one of them states none. */
function datesAgree(known: KnownStory, draft: StoryKey, at: number): boolean {
  const before = statedBy(known)
  const stated = statedIn(draft, at)
  return before === null || stated === null || before === stated
}

const sameTitle = (known: KnownStory, draft: StoryKey): boolean =>
  draft.title !== '' && known.title === draft.title

const sameBody = (known: KnownStory, draft: StoryKey): boolean =>
  draft.opening !== '' && bodyOf(known).bodyHash === draft.bodyHash

function samePlace(a: string, b: string): boolean {
  return canonicalUrl(a) === canonicalUrl(b) || isOtherHostOnly(a, b)
}

/** The same page of a site whose addresses hold a session or a token in their query. */
function samePath(a: string, b: string): boolean {
  const [one, other] = [URL.parse(a), URL.parse(b)]
  return one !== null && other !== null && one.pathname.length > 1 && one.pathname === other.pathname
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
