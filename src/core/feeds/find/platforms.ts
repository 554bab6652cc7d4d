/** Feeds that an address or the software behind a page implies, without a link to them. */
import { type Place, platforms, withoutFeeds, youTubeFeed } from './platformTable.ts'

/** A feed that an address implies without its page being read. */
export interface ImpliedFeed {
  readonly url: string
  /** "GitHub: releases" */
  readonly how: string
}

/**
 * The feeds that large platforms keep for an address, by their public patterns.
 * @returns `note`: a plain sentence where a platform is known to have no feeds, else ''
 */
export function platformFeeds(url: URL): { feeds: ImpliedFeed[]; note: string } {
  const host = url.hostname.replace(/^(www|m|mobile|old|new)\./, '')
  const place: Place = { url, host, parts: url.pathname.split('/').filter((part) => part !== '') }
  const feeds = platforms.flatMap(({ name, on, feeds }) =>
    on.test(host)
      ? feeds(place)
          .filter(([address]) => address !== '')
          .map(([address, what]) => ({
            url: new URL(address, url.href).href,
            how: what === '' ? name : `${name}: ${what}`,
          }))
      : [],
  )
  return { feeds, note: withoutFeeds.find(([on]) => on.test(host))?.[1] ?? '' }
}

/** The feeds that only the page itself implies: of the channel behind a YouTube handle, by the software that made the page. */
export function platformFeedsOfPage(url: URL, html: string, generator: string): ImpliedFeed[] {
  const feeds: ImpliedFeed[] = []
  if (/(^|\.)youtube\.com$/.test(url.hostname)) {
    const channel = channelPatterns.map((pattern) => pattern.exec(html)?.[1]).find((id) => id !== undefined)
    if (channel !== undefined)
      feeds.push({ url: youTubeFeed('channel_id', channel), how: 'YouTube: channel' })
  }
  const folder = url.pathname.replace(/\/?$/, '/')
  for (const [made, path] of software)
    if (made.test(generator) || (path === 'feed/' && /\/wp-(content|includes)\//.test(html))) {
      feeds.push({
        url: new URL(path, url.origin + folder).href,
        how: `made with ${generator || 'WordPress'}`,
      })
      if (folder !== '/')
        feeds.push({ url: new URL(path, url.origin).href, how: `made with ${generator || 'WordPress'}` })
    }
  return feeds
}

/** The page's own channel first: a page names others, too. */
const channelPatterns = [
  /"externalId"\s*:\s*"(UC[\w-]{22})"/,
  /rel="canonical" href="[^"]*\/channel\/(UC[\w-]{22})"/,
  /itemprop="(?:channelId|identifier)" content="(UC[\w-]{22})"/,
  /"channelId"\s*:\s*"(UC[\w-]{22})"/,
]

/** The software that made a page, by its generator, and the path of its feed below the page's folder. */
const software: readonly (readonly [RegExp, string])[] = [
  [/^wordpress/i, 'feed/'],
  [/^ghost/i, 'rss/'],
  [/^drupal/i, 'rss.xml'],
  [/^joomla/i, '?format=feed&type=rss'],
  [/^(hugo|blowfish)/i, 'index.xml'],
  [/^(jekyll|eleventy|astro)/i, 'feed.xml'],
  [/^hexo/i, 'atom.xml'],
  [/^blogger/i, 'feeds/posts/default'],
  [/^discourse/i, 'latest.rss'],
  [/^squarespace/i, '?format=rss'],
]
