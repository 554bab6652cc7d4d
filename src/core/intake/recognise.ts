import { canonicalUrl } from '../feeds/read/links.ts'
import type { StoryKey } from '../reading/drafts.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { KnownStory, StoryStore } from '../store/stories.ts'
import {
  isAnother,
  isEdited,
  isFrontPage,
  isOtherHostOnly,
  isSameAtLink,
  isSameText,
  statedIn,
} from './again.ts'

/** What an item of a source is. */
export type Recognised =
  /** A story that the archive has as it is, maybe under another identity. */
  | { readonly is: 'same'; readonly known: KnownStory }
  | { readonly is: 'changed'; readonly known: KnownStory }
  /** `byText`: ids and links of this source are new at every fetch, so that its stories are known by their text alone. */
  | { readonly is: 'new'; readonly byText: boolean }

/** A document that its source makes anew at every fetch, or lines of an archive, whose ids are as they were given once. */
export type Brought = 'document' | 'lines'

type Archive = Pick<
  StoryStore,
  'known' | 'knownHashes' | 'knownById' | 'any' | 'traced' | 'atSecondWith' | 'atSecond' | 'recent'
>

/**
 * Tells which of a source's items are stories that it had before. What names a story is decided from the whole document and the
 * source's history: first what has both its identity and its content, then what has the content and the stated date of a story,
 * then what has its identity, its link, or, where ids and links of the source are new at every fetch, its text. Each story of
 * the archive is at most one item of the document.
 * Yields after each item, where others may use the archive.
 * @param keys the items: no two with one identity
 * @returns by place; places of items that are known as they are, under their identity, are left out
 */
export function* recognise(
  stories: Archive,
  source: SourceRecord,
  keys: readonly StoryKey[],
  at: number,
  brought: Brought,
): Generator<void, Map<number, Recognised>> {
  const hashes = stories.knownHashes(
    source.id,
    keys.map(({ identity }) => identity),
  )
  const found = new Map<number, Recognised>()
  const settled = new Set<string>()
  const open: number[] = []
  keys.forEach(({ identity, contentHash }, place) => {
    if (hashes.get(identity) === contentHash) settled.add(identity)
    else open.push(place)
  })
  if (open.length === 0) return found
  const fresh = (byText: boolean): Map<number, Recognised> => {
    for (const place of open) if (!found.has(place)) found.set(place, { is: 'new', byText })
    return found
  }
  if (!stories.any(source.id).stories) return fresh(false)

  const claimed = new Set<number>()
  const isFree = (known: KnownStory): boolean => !claimed.has(known.id) && !settled.has(known.identity)
  const claim = (place: number, is: 'same' | 'changed', known: KnownStory): void => {
    claimed.add(known.id)
    found.set(place, { is, known })
  }
  const rest = (): number[] => open.filter((place) => !found.has(place))

  for (const place of brought === 'document' ? open : []) {
    const known = withTextAndDate(stories, source, keys[place] as StoryKey).find(isFree)
    if (known !== undefined) claim(place, 'same', known)
    yield
  }

  // Ids that number the items by place go over to other stories at every fetch, all together.
  const byIdentity: { place: number; known: KnownStory; another: boolean }[] = []
  for (const place of rest()) {
    const draft = keys[place] as StoryKey
    const known = hashes.has(draft.identity) ? stories.known(source.id, draft.identity) : undefined
    if (known === undefined || !isFree(known)) continue
    const another = isAnother(known, draft, at, isOwnPage(stories, source, draft))
    byIdentity.push({ place, known, another })
    yield
  }
  if (brought === 'document') {
    const moved = byIdentity
      .map(({ another, place }) => ({ another, place, draft: keys[place] as StoryKey }))
      .filter(({ another, draft }) => another && isUndated(draft, at))
    for (const { place, draft, known } of withRecentText(stories, source, moved)) {
      const same = known.find((one) => isFree(one) && isSameText(one, draft, at))
      if (same !== undefined) claim(place, 'same', same)
      yield
    }
  }
  const others = byIdentity.filter(({ another }) => another).length
  const haveMoved = [...found.keys()].some((place) => hashes.has((keys[place] as StoryKey).identity))
  const idsMove = brought === 'document' && (haveMoved || others * 2 > byIdentity.length + settled.size)
  for (const { place, known, another } of byIdentity)
    if (!found.has(place) && isFree(known) && !(another && idsMove)) claim(place, 'changed', known)

  const traces = Map.groupBy(keys, ({ trace }) => trace)
  for (const place of rest()) {
    yield
    const draft = keys[place] as StoryKey
    const { trace, contentHash } = draft
    const traced = stories.traced(source.id, trace)
    if (traced.length === 0) continue
    const alone = traced.length === 1 && traces.get(trace)?.length === 1
    const known = traced.find((known) => isFree(known) && isSameAtLink(known, draft, at, alone))
    if (known !== undefined) claim(place, known.content_hash === contentHash ? 'same' : 'changed', known)
  }

  if (brought === 'lines') return fresh(false)
  // What keeps its name, and what has the text of a story under another name.
  let kept = settled.size
  let renamed = 0
  for (const [place, one] of found) {
    const { identity } = keys[place] as StoryKey
    if (one.is === 'new') continue
    if (one.known.identity === identity) kept++
    else renamed++
  }
  const unknown = rest()
  const undated = withRecentText(
    stories,
    source,
    unknown
      .map((place) => ({ place, draft: keys[place] as StoryKey }))
      .filter(({ draft }) => isUndated(draft, at)),
  )
  // Beside items that keep their names, an item that resembles an earlier one is another.
  const byText = renamed + undated.length > kept
  for (const { place, draft, known } of undated) {
    const same = known.find(
      (one) => isFree(one) && isSameText(one, draft, at) && (byText || isOtherHostOnly(one.url, draft.url)),
    )
    if (same !== undefined) claim(place, 'same', same)
  }
  if (kept === 0 || byText)
    for (const { place, known } of movedTogether(stories, source, rest(), keys, isFree, at)) {
      claim(place, 'same', known)
      yield
    }
  const moments = Map.groupBy(unknown, (place) => keys[place]?.published)
  for (const place of rest()) {
    yield
    const draft = keys[place] as StoryKey
    if (statedIn(draft, at) === null || (kept > 0 && !byText)) continue
    const [known, second] = stories.atSecond(source.id, draft.published)
    if (known === undefined || second !== undefined || moments.get(draft.published)?.length !== 1) continue
    if (isFree(known) && isEdited(known, draft, at)) claim(place, 'changed', known)
  }
  return fresh(byText)
}

/** True if an item is stored under the moment of its fetch: it states no date, or one in the future. */
const isUndated = (draft: StoryKey, at: number): boolean =>
  statedIn(draft, at) === null || draft.publishedStated !== null

/** Stories with the content and the stated date of an item. */
function withTextAndDate(
  stories: Pick<StoryStore, 'atSecondWith'>,
  source: SourceRecord,
  { published, contentHash }: StoryKey,
): KnownStory[] {
  return stories
    .atSecondWith(source.id, published, contentHash)
    .filter((known) => known.published === published && known.published !== known.fetched)
}

/** Those items that have the content of some story that came not long ago, with these stories. */
function withRecentText<Item extends { readonly draft: StoryKey }>(
  stories: Archive,
  source: SourceRecord,
  items: readonly Item[],
): (Item & { readonly known: readonly KnownStory[] })[] {
  if (items.length === 0) return []
  const recent = Map.groupBy(stories.recent(source.id, RECENT), ({ content_hash }) => content_hash)
  return items.flatMap((item) => {
    const alike = recent.get(item.draft.contentHash)
    if (alike === undefined) return []
    return [{ ...item, known: alike.flatMap(({ id }) => stories.knownById(id) ?? []) }]
  })
}

/**
 * Items whose dates have all moved by the same time: a server's clock or zone was mended, or its hours are left out from now on. Each
 * has the content of one story that is free. Fewer than three, or less than most of the items, may be news of the same words.
 */
function movedTogether(
  stories: Archive,
  source: SourceRecord,
  places: readonly number[],
  keys: readonly StoryKey[],
  isFree: (known: KnownStory) => boolean,
  at: number,
): { readonly place: number; readonly known: KnownStory }[] {
  const dated = places
    .map((place) => ({ place, draft: keys[place] as StoryKey }))
    .filter(({ draft }) => !isUndated(draft, at))
  const moved = withRecentText(stories, source, dated).flatMap(({ place, draft, known }) => {
    const [only, second] = known.filter((one) => isFree(one) && one.published !== one.fetched)
    return only === undefined || second !== undefined
      ? []
      : [{ place, known: only, now: draft.published, by: draft.published - only.published }]
  })
  if (moved.length < 3 || moved.length * 2 <= places.length) return []
  const by = moved[0]?.by as number
  const shifted = Math.abs(by) <= MOST_SHIFT && moved.every((one) => one.by === by)
  const shortened = moved.every(
    (one) => one.now % DAY === 0 && Math.floor(one.known.published / DAY) * DAY === one.now,
  )
  return shifted || shortened ? moved : []
}
const DAY = 86_400_000
/** Zones are this far apart at most, so that notices repeated a day later are not taken for those of the day before. */
const MOST_SHIFT = 15 * 3_600_000

/** So many of a source's newest stories are looked through for the text of an item without a date. */
const RECENT = 1000

function isOwnPage(stories: Archive, source: SourceRecord, { trace, url }: StoryKey): boolean {
  if (isFrontPage(url) || canonicalUrl(url) === canonicalUrl(source.link)) return false
  return stories.traced(source.id, trace).length <= 1
}
