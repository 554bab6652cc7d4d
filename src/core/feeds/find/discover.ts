/** Finding the feeds behind an address. */
import type { FeedCandidate } from '../../../api/contract/sources.ts'
import { FeedError } from '../feed.ts'
import type { Fetch, FetchAnswer, FetchRequest } from '../fetch/fetcher.ts'
import { mayHaveSecret } from '../fetch/redirects.ts'
import { quoted, takeUserInfo, withoutUserInfo } from '../fetch/userInfo.ts'
import { withoutFeedScheme } from './feedScheme.ts'
import type { FeedLook, FeedToLookAt } from './look.ts'
import type { Candidate } from './page.ts'
import { platformFeeds } from './platforms.ts'

export interface DiscoverContext {
  readonly known: (url: string) => boolean
  /** @throws FeedError */
  readonly lookAt: (answer: FeedToLookAt) => FeedLook | Promise<FeedLook>
  /** The feeds that a page leads to; null where the answer is no page. */
  readonly readPage: (
    answer: FeedToLookAt,
  ) => readonly Candidate[] | null | Promise<readonly Candidate[] | null>
}

/** Addresses tried in one step: pages that name hundreds of feeds exist. */
const mostCandidates = 24

/**
 * Finds the feeds behind what a person typed: a feed, a page, a bare host, a Mastodon handle. In this order, each step only
 * where those before found nothing: the address itself; the feeds that the page names, that its platform keeps, that its text
 * links to; the usual places; the site's front page. Every feed offered was fetched and read.
 * @returns `tried`: the addresses that were tried and why each is no feed, in plain sentences
 * @throws the signal's reason where it aborts
 */
export async function discover(
  address: string,
  fetch: Fetch,
  context: DiscoverContext,
  signal?: AbortSignal,
): Promise<{ feeds: FeedCandidate[]; tried: string[] }> {
  const starts = readAddress(address)
  const typed = starts[0]
  // Answers show addresses: a name and password go with the requests, not with what is found.
  const [secret = ''] = starts.map(takeUserInfo)
  const search: Search = {
    secretOf: (url) => (typed !== undefined && mayHaveSecret(url, typed) ? secret : ''),
    fetch,
    context,
    signal,
    feeds: [],
    tried: [],
    requested: new Set(),
    contents: new Set(),
    unreachable: false,
  }
  const done = (): { feeds: FeedCandidate[]; tried: string[] } => ({
    feeds: ranked(search.feeds),
    tried: search.tried,
  })

  if (typed === undefined) {
    search.tried.push(
      `${quoted(address.trim())} is not a web address: type one like example.org or https://example.org/news.`,
    )
    return done()
  }
  const platform = platformFeeds(typed)
  if (platform.note !== '') search.tried.push(`${typed.hostname}: ${platform.note}`)

  const page = await open(search, starts)
  if (search.feeds.length > 0 || search.unreachable) return done()
  await tryAll(search, page?.url ?? typed, [...(page?.candidates ?? []), ...platform.feeds])
  if (search.feeds.length > 0) return done()

  const site = page?.url ?? typed
  await tryAll(search, site, usualPlaces(site))
  if (search.feeds.length > 0 || site.pathname === '/') return done()

  const front = await open(search, [new URL('/', site.href)])
  if (front !== null) await tryAll(search, front.url, front.candidates)
  return done()
}

interface Search {
  /** "name:password" for an address of the server that the person gave them for; '' for others. */
  readonly secretOf: (url: URL) => string
  readonly fetch: Fetch
  readonly context: DiscoverContext
  readonly signal: AbortSignal | undefined
  readonly feeds: (FeedCandidate & { readonly rank: number })[]
  readonly tried: string[]
  /** Addresses requested, and those that answered in the end. */
  readonly requested: Set<string>
  /** The contents of feeds: one feed under two addresses is offered once. */
  readonly contents: Set<string>
  /** True if the server cannot be reached at all: its other addresses need not be tried. */
  unreachable: boolean
}

interface Page {
  readonly url: URL
  readonly candidates: readonly Candidate[]
}

/** Opens the first address that answers. A feed is added to the search at once; a page is returned. */
async function open(search: Search, addresses: readonly URL[]): Promise<Page | null> {
  for (const address of addresses) {
    const answer = await request(search, address.href, { manual: true })
    if (answer instanceof FeedError) {
      search.tried.push(`${withoutUserInfo(address.href)}: ${answer.message}`)
      search.unreachable = unreachableCodes.has(answer.code)
      // A server that answers over https would give the same answer over http.
      if (!search.unreachable) return null
      continue
    }
    search.unreachable = false
    const { feed, page } = await read(search, answer, true).finally(answer.release)
    if (!(feed instanceof FeedError)) {
      take(search, { url: address.href, how: 'the address itself' }, answer, feed, 0)
      return null
    }
    if (page !== null) return { url: new URL(answer.url), candidates: page }
    search.tried.push(`${withoutUserInfo(address.href)}: ${feed.message}`)
    return null
  }
  return null
}

/** Codes of failures that are the same for every address of a server. */
const unreachableCodes = new Set([
  'dns',
  'refused',
  'timeout',
  'tls',
  'reset',
  'network',
  'proxy',
  'protocol',
  'private',
])

function usualPlaces(site: URL): Candidate[] {
  const paths =
    'feed rss feed.xml rss.xml atom.xml index.xml feeds rss/news news/rss feed.json index.rdf blog/feed'.split(
      ' ',
    )
  const folder = site.pathname.replace(/\/[^/]*\.[^/]*$/, '').replace(/\/?$/, '/')
  const inFolder = folder === '/' ? [] : ['feed', 'rss', 'rss.xml'].map((path) => `${folder}${path}`)
  return [...inFolder, ...paths.map((path) => `/${path}`)].map((path) => ({
    url: new URL(path, site.origin).href,
    how: 'a usual place',
  }))
}

async function tryAll(search: Search, from: URL, candidates: readonly Candidate[]): Promise<void> {
  const fresh = candidates.filter(({ url }) => !search.requested.has(url) && search.requested.add(url))
  const left = fresh.length - mostCandidates
  if (left > 0) search.tried.push(`${withoutUserInfo(from.href)}: ${left} more addresses were not looked at.`)
  const found = await Promise.all(
    fresh.slice(0, mostCandidates).map(async (candidate) => {
      // Only the host that a person typed may be a private one.
      const publicOnly = new URL(candidate.url).hostname !== from.hostname
      const answer = await request(search, candidate.url, { publicOnly })
      if (answer instanceof FeedError) return { candidate, answer, feed: answer }
      return { candidate, answer, ...(await read(search, answer, false).finally(answer.release)) }
    }),
  )
  for (const [i, { candidate, answer, feed }] of found.entries()) {
    if (answer instanceof FeedError || feed instanceof FeedError)
      search.tried.push(`${withoutUserInfo(candidate.url)}: ${(feed as FeedError).message}`)
    else take(search, candidate, answer, feed, i)
  }
}

function take(search: Search, candidate: Candidate, answer: FetchAnswer, feed: FeedLook, rank: number): void {
  const url = answer.movedTo ?? candidate.url
  if (search.contents.has(feed.content) || search.feeds.some((other) => other.url === url)) return
  search.contents.add(feed.content)
  search.feeds.push({
    url,
    title: feed.title || candidate.title || withoutUserInfo(url),
    items: feed.items,
    newest: feed.newest,
    how: candidate.how,
    known: search.context.known(url) || search.context.known(candidate.url),
    rank: rank + (/comment/i.test(`${url} ${candidate.title ?? ''}`) ? 1000 : 0),
  })
}

/** As the page orders them, comments last. */
const ranked = (feeds: Search['feeds']): FeedCandidate[] =>
  feeds.toSorted((a, b) => a.rank - b.rank).map(({ rank: _, ...feed }) => feed)

async function request(
  { fetch, signal, requested, secretOf }: Search,
  url: string,
  kind: Pick<FetchRequest, 'manual' | 'publicOnly'>,
): Promise<FetchAnswer | FeedError> {
  requested.add(url)
  try {
    const answer = await fetch(
      { url, etag: '', lastModified: '', secret: secretOf(new URL(url)), ...kind },
      signal,
    )
    requested.add(answer.url)
    return answer
  } catch (error) {
    if (error instanceof FeedError) return error
    throw error
  }
}

/** Reads an answer as a feed; as a page too, where it is none and `orPage` says so. */
async function read(
  { context }: Search,
  { body, contentType, url }: FetchAnswer,
  orPage: boolean,
): Promise<{ feed: FeedLook | FeedError; page: readonly Candidate[] | null }> {
  try {
    return { feed: await context.lookAt({ body, contentType, base: url }), page: null }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    return { feed: error, page: orPage ? await context.readPage({ body, contentType, base: url }) : null }
  }
}

/** The addresses that the typed text may mean, likeliest first; none where it is no address. */
function readAddress(typed: string): URL[] {
  const handle = /^@([\w.-]+)@([\w.-]+\.[a-z]{2,})$/i.exec(typed.trim())
  const given = handle === null ? typed.trim() : `https://${handle[2]}/@${handle[1]}`
  const text = withoutFeedScheme(given.replace(/^<(.*)>$/, '$1'), 'http')
  // A colon may begin a port; anything else before // is another scheme (mailto:).
  if (text === '' || /\s/.test(text) || /^[a-z][a-z0-9+.-]*:(?!\/\/|\d)/i.test(text)) return []
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? [text] : [`https://${text}`, `http://${text}`]
  return written
    .filter((each) => URL.canParse(each))
    .map((each) => new URL(each))
    .filter(({ protocol, hostname }) => /^https?:$/.test(protocol) && /[.:]|^localhost$/.test(hostname))
    .map((url) => {
      url.hash = ''
      return url
    })
}
