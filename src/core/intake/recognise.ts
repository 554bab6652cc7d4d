import { canonicalUrl, isFrontPage } from '../feeds/read/links.ts'
import { bodyOf } from '../reading/body.ts'
import type { StoryKey } from '../reading/drafts.ts'
import { docidAt, PER_SECOND } from '../store/docid.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { KnownStory, Lead, Names, StoryStore } from '../store/stories.ts'
import {
  hasItsText,
  isEdited,
  isEditOfNamesake,
  isSameAtLink,
  isSameButForm,
  type Own,
  statedIn,
} from './again.ts'

/** What an item of a source is. */
export type Recognised =
  /** A story that the archive has as it is, maybe under another identity. */
  | { readonly is: 'same'; readonly known: KnownStory }
  | { readonly is: 'changed'; readonly known: KnownStory }
  | { readonly is: 'new'; readonly names: Names }

/** A document that its source makes anew at every fetch, or lines of an archive, whose ids are as they were given once. */
export type Brought = 'document' | 'lines'

type Archive = Pick<
  StoryStore,
  'known' | 'knownHashes' | 'knownById' | 'any' | 'traced' | 'between' | 'atSecond' | 'recent'
>

/**
 * Tells which of a source's items are stories that it had before. Feeds make ids and links anew at every fetch, number their items
 * by place, or change the form of their names, so that no name is believed by itself. What is certain goes first:
 *
 * 1. what has both the identity and the content of a story;
 * 2. what has the content of a story and its stated date, or the content of one that has lost its name to another item;
 * 3. what has the identity of a story, and is that story, edited: identities that stay with their stories are believed, others
 *    need something besides;
 * 4. what has the link of a story, and title or content;
 * 5. where identities are new at every fetch, what has the text of a story, or most of it.
 *
 * Each story of the archive is at most one item of the document. In doubt an item is a new story: one too many is better than
 * one that nobody is told of. Yields after each item, where others may use the archive.
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
  const any = stories.any(source.id)
  let moving = brought === 'document' && any.renamed
  const canMove = brought === 'document' && canBePlaces(keys, hashes)
  const isTrusted = (key: StoryKey): boolean =>
    !moving && !(canMove && (isUndated(key, at) || key.published > (source.last_success ?? 0)))
  const fresh = (renewed: boolean): Map<number, Recognised> => {
    for (const place of open) {
      const names = renewed ? 'renewed' : isTrusted(keys[place] as StoryKey) ? 'lasting' : 'moving'
      if (!found.has(place)) found.set(place, { is: 'new', names })
    }
    return found
  }
  if (!any.stories) return fresh(false)

  const claimed = new Set<number>()
  // Once it is not, it never is again.
  const isFree = (known: Pick<KnownStory, 'id' | 'identity'>): boolean =>
    !claimed.has(known.id) && !settled.has(known.identity)
  let kept = settled.size
  let renamed = 0
  const claim = (place: number, is: 'same' | 'changed', known: KnownStory): void => {
    claimed.add(known.id)
    found.set(place, { is, known })
    if (known.identity === keyAt(place).identity) kept++
    else renamed++
  }
  const keyAt = (place: number): StoryKey => keys[place] as StoryKey
  const rest = (): number[] => open.filter((place) => !found.has(place))
  const document = countsOf(keys)
  const recent = recentOf(stories, source, Math.max(RECENT, 2 * keys.length), isFree)

  let linksMove = false
  if (brought === 'document') {
    const identities = new Set(keys.map(({ identity }) => identity))
    const dated = open.map(keyAt).filter((key) => !isUndated(key, at))
    const withTextAndDate = yield* lookUpTextAndDate(stories, source, dated, isFree)
    for (const place of open) {
      const key = keyAt(place)
      const isTaken = hashes.has(key.identity)
      const known = isUndated(key, at)
        ? firstOf(
            recent.withText(
              key,
              at,
              (one) =>
                isTaken || kindOf(key.identity) !== kindOf(one.identity) || identities.has(one.identity),
            ),
          )
        : withTextAndDate(key)
      if (known !== undefined) {
        claim(place, 'same', known)
        if (isTaken) {
          moving = true
          linksMove ||= isAtLinkOfAnother(stories, source, known, key)
        }
      }
      yield
    }
  }

  const linksLast = once(() => keepTheirLinks(stories, source, keys, settled))
  for (const place of rest()) {
    const key = keyAt(place)
    const known = hashes.has(key.identity) ? stories.known(source.id, key.identity) : undefined
    if (known === undefined || !isFree(known)) continue
    const own = ownOf(key, document, {
      link: !linksMove && isOwnPage(stories, source, key),
      moment: key.published % DAY !== 0 && isOnlyMoment(stories, source, key),
    })
    if (isEditOfNamesake(known, key, at, own, { ids: !moving && !canMove, links: linksLast() }))
      claim(place, 'changed', known)
    yield
  }

  for (const place of rest()) {
    const key = keyAt(place)
    const [known, second] = key.url === '' ? [] : stories.traced(source.id, key.trace)
    const alone = known !== undefined && second === undefined && document.links.get(key.trace) === 1
    if (alone && isFree(known) && isSameAtLink(known, key, at))
      claim(place, known.content_hash === key.contentHash ? 'same' : 'changed', known)
    yield
  }
  if (brought === 'lines') return fresh(false)

  const alike: number[] = []
  for (const place of rest()) {
    const key = keyAt(place)
    if (kept > 0 && !isUndated(key, at)) continue
    if (firstOf(recent.withText(key, at)) !== undefined) alike.push(place)
    yield
  }
  // Beside items that keep their names, an item that resembles an earlier one is another.
  const renewed = renamed + alike.length > kept
  for (const place of alike) {
    const key = keyAt(place)
    const same = firstOf(recent.withText(key, at), (one) => renewed || moving || isSameButForm(one, key))
    if (same !== undefined) claim(place, 'same', same)
    yield
  }
  if (kept > 0 && !renewed && !moving) return fresh(false)

  for (const { place, known } of yield* movedTogether(recent, rest(), keys, at)) claim(place, 'same', known)
  for (const place of rest()) {
    const key = keyAt(place)
    const undated = isUndated(key, at)
    // Without a date, title and text are a weak mark: it counts where others have shown that names are new.
    if (undated && !renewed && !moving) continue
    const own = ownOf(key, document, { link: false, moment: !undated && isOnlyMoment(stories, source, key) })
    const edited = (undated ? recent.resembling(key) : stories.atSecond(source.id, key.published)).filter(
      (one) => isFree(one) && isEdited(one, key, at, own),
    )
    const [only, second] = edited
    if (only !== undefined && second === undefined) claim(place, 'changed', only)
    yield
  }
  return fresh(renewed)
}

const DAY = 86_400_000

/** True if an item is stored under the moment of its fetch: it states no date, or one in the future. */
const isUndated = (key: StoryKey, at: number): boolean =>
  statedIn(key, at) === null || key.publishedStated !== null

/** What names an item: its id, its link, its text, or nothing any more. Names of two kinds do not contradict one another. */
const kindOf = (identity: string): string => identity.slice(0, identity.indexOf(':'))

/**
 * True if the identities of a document could number its items by place: all end with numbers, none greater than the number of items,
 * in order, and none is new before one that the source had. A single one could be any that names nothing: "1", "N/A", the address of a
 * site.
 * @param held those that the source had
 */
function canBePlaces(keys: readonly StoryKey[], held: Pick<ReadonlySet<string>, 'has'>): boolean {
  const [only, second] = keys
  if (only !== undefined && second === undefined) {
    const name = only.identity.slice(only.identity.indexOf(':') + 1)
    return (
      /(?:^|\D)[01]\D*$/.test(name) || name.length < 5 || (isFrontPage(name) && /^https?:[^#]*$/.test(name))
    )
  }
  const numbers = keys.map(({ identity }) =>
    kindOf(identity) === 'text' ? Number.NaN : Number.parseInt(/(\d+)\D*$/.exec(identity)?.[1] ?? '', 10),
  )
  const ordered = (a: number | undefined, b: number): boolean => a !== undefined && a < b && b <= keys.length
  const upwards = numbers.every((number, place) => ordered(numbers[place - 1] ?? -1, number))
  if (!upwards) return numbers.every((number, place) => ordered(numbers[place + 1] ?? -1, number))
  const firstNew = keys.findIndex(({ identity }) => !held.has(identity))
  return firstNew === -1 || !keys.slice(firstNew).some(({ identity }) => held.has(identity))
}

/** How many items of a document have each title, text, link and moment. */
interface Counts {
  readonly titles: ReadonlyMap<string, number>
  readonly bodies: ReadonlyMap<string, number>
  readonly links: ReadonlyMap<number, number>
  readonly moments: ReadonlyMap<number, number>
}

function countsOf(keys: readonly StoryKey[]): Counts {
  const [titles, bodies] = [new Map<string, number>(), new Map<string, number>()]
  const [links, moments] = [new Map<number, number>(), new Map<number, number>()]
  for (const { title, bodyHash, trace, published } of keys) {
    titles.set(title, (titles.get(title) ?? 0) + 1)
    bodies.set(bodyHash, (bodies.get(bodyHash) ?? 0) + 1)
    links.set(trace, (links.get(trace) ?? 0) + 1)
    moments.set(published, (moments.get(published) ?? 0) + 1)
  }
  return { titles, bodies, links, moments }
}

/** What an item alone has in its document. @param inArchive whether its link and moment lead to one story there */
const ownOf = (
  { title, bodyHash, trace, published }: StoryKey,
  document: Counts,
  inArchive: Pick<Own, 'link' | 'moment'>,
): Own => ({
  title: document.titles.get(title) === 1,
  body: document.bodies.get(bodyHash) === 1,
  link: inArchive.link && document.links.get(trace) === 1,
  moment: inArchive.moment && document.moments.get(published) === 1,
})

function isOwnPage(stories: Archive, source: SourceRecord, { trace, url }: StoryKey): boolean {
  if (isFrontPage(url) || canonicalUrl(url) === canonicalUrl(source.link)) return false
  return stories.traced(source.id, trace).length <= 1
}

const isOnlyMoment = (stories: Archive, source: SourceRecord, { published }: StoryKey): boolean =>
  stories.atSecond(source.id, published).length <= 1

/** True if an item is a known story, at the link of another. */
function isAtLinkOfAnother(
  stories: Archive,
  source: SourceRecord,
  known: KnownStory,
  key: StoryKey,
): boolean {
  return (
    canonicalUrl(known.url) !== canonicalUrl(key.url) &&
    stories.traced(source.id, key.trace).some(({ id }) => id !== known.id)
  )
}

/** False if some items that are as they were have other links than before: then another link does not speak for another story. */
function keepTheirLinks(
  stories: Archive,
  source: SourceRecord,
  keys: readonly StoryKey[],
  settled: ReadonlySet<string>,
): boolean {
  return keys
    .filter(({ identity, url }) => url !== '' && settled.has(identity))
    .slice(0, SEVERAL)
    .every(({ identity, url }) => {
      const known = stories.known(source.id, identity)
      return known === undefined || canonicalUrl(known.url) === canonicalUrl(url)
    })
}
const SEVERAL = 3

/**
 * Looks up, in steps, the stories that have the content and the second of dated items.
 * @returns the first of them that is free and has the stated date of one of the items
 */
function* lookUpTextAndDate(
  stories: Archive,
  source: SourceRecord,
  keys: readonly StoryKey[],
  isFree: IsFree,
): Generator<void, (key: StoryKey) => KnownStory | undefined> {
  const nameOf = (second: number, contentHash: string): string => `${second} ${contentHash}`
  const found = new Map<string, Lead[]>(
    keys.map(({ published, contentHash }) => [nameOf(docidAt(published), contentHash), []]),
  )
  for (const second of new Set(keys.map(({ published }) => docidAt(published)))) {
    for (let from = second; ; ) {
      const some = stories.between(source.id, from, second + PER_SECOND, AT_ONCE)
      for (const lead of some) found.get(nameOf(second, lead.content_hash))?.push(lead)
      yield
      const last = some.at(-1)
      if (last === undefined || some.length < AT_ONCE) break
      from = last.docid + 1
    }
  }
  return ({ published, contentHash }) =>
    firstOf(
      read(stories, found.get(nameOf(docidAt(published), contentHash)) ?? [], isFree),
      (known) => known.published === published && known.published !== known.fetched,
    )
}

type IsFree = (lead: Lead) => boolean

/** Rows of the archive that are asked for in one step: some milliseconds. */
const AT_ONCE = 2000
/** So many stories are read for one item. Where more are alike, it is taken for a new one. */
const READ = 200

/** Those of some stories that are free, read one at a time as they are asked for. */
function* read(stories: Archive, leads: Iterable<Lead>, isFree: IsFree): Generator<KnownStory> {
  let left = READ
  for (const lead of leads) {
    if (!isFree(lead)) continue
    const known = stories.knownById(lead.id)
    if (known !== undefined) yield known
    if (--left === 0) return
  }
}

function firstOf<T>(list: Iterable<T>, isIt: (one: T) => boolean = () => true): T | undefined {
  for (const one of list) if (isIt(one)) return one
  return undefined
}

/** So many of a source's newest stories are looked through for the text of an item, or twice as many as the document has items. */
const RECENT = 1000
/** So many of them, or so many characters, for a text under another title. */
const BODIES = 200
const BODY_CHARACTERS = 4_000_000

/** Stories that came not long ago and are free, by their text: looked up once, when they are first asked for. */
interface Recent {
  /** Those with the content of an item. */
  withContent(key: StoryKey): Iterable<KnownStory>
  /** Of these, those whose date does not differ. @param isIt what is asked of them besides */
  withText(key: StoryKey, at: number, isIt?: (lead: Lead) => boolean): Iterable<KnownStory>
  /** Those with its title, or with its text under another. */
  resembling(key: StoryKey): readonly KnownStory[]
}

function recentOf(stories: Archive, source: SourceRecord, limit: number, isFree: IsFree): Recent {
  const rows = once(() => stories.recent(source.id, limit))
  const byContent = once(() => Map.groupBy(rows(), ({ content_hash }) => content_hash))
  const byTitle = once(() => Map.groupBy(rows(), ({ title }) => title))
  const byBody = once(() => {
    const found = new Map<string, Lead[]>()
    let left = BODY_CHARACTERS
    for (const lead of rows().slice(0, BODIES)) {
      const known = stories.knownById(lead.id)
      if (known === undefined) continue
      left -= known.summary.length + known.text.length
      if (left < 0) break
      const { bodyHash } = bodyOf(known)
      found.set(bodyHash, [...(found.get(bodyHash) ?? []), lead])
    }
    return found
  })
  const withContent = ({ contentHash }: StoryKey, isIt: (lead: Lead) => boolean = () => true) =>
    read(stories, byContent().get(contentHash) ?? [], (lead) => isFree(lead) && isIt(lead))
  return {
    withContent,
    *withText(key, at, isIt) {
      for (const known of withContent(key, isIt)) if (hasItsText(known, key, at)) yield known
    },
    resembling: (key) => [
      ...read(stories, byTitle().get(key.title) ?? [], isFree),
      ...read(stories, byBody().get(key.bodyHash) ?? [], isFree),
    ],
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/**
 * Items whose dates have all moved by the same time: a server's clock or zone was mended, or its hours are left out from now on. Each
 * has the content of one story that is free. Fewer than three, or less than most of the items, may be news of the same words.
 */
function* movedTogether(
  recent: Recent,
  places: readonly number[],
  keys: readonly StoryKey[],
  at: number,
): Generator<void, { readonly place: number; readonly known: KnownStory }[]> {
  const moved: { place: number; known: KnownStory; now: number; by: number }[] = []
  for (const place of places) {
    const key = keys[place] as StoryKey
    if (isUndated(key, at)) continue
    let [only, second]: (KnownStory | undefined)[] = []
    for (const one of recent.withContent(key)) {
      if (one.published === one.fetched) continue
      only ??= one
      second = one
      if (second !== only) break
    }
    if (only !== undefined && second === only)
      moved.push({ place, known: only, now: key.published, by: key.published - only.published })
    yield
  }
  if (moved.length < 3 || moved.length * 2 <= places.length) return []
  const by = moved[0]?.by as number
  const shifted = Math.abs(by) <= MOST_SHIFT && moved.every((one) => one.by === by)
  const shortened = moved.every(
    (one) => one.now % DAY === 0 && Math.floor(one.known.published / DAY) * DAY === one.now,
  )
  return shifted || shortened ? moved : []
}
/** Zones are this far apart at most, so that notices repeated a day later are not taken for those of the day before. */
const MOST_SHIFT = 15 * 3_600_000
