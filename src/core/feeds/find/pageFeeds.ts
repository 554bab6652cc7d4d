import { ShallowParser } from '../read/shallowParser.ts'

/** The feeds that a web page names or links to. */
export interface PageFeeds {
  readonly title: string
  /** The software that made the page, by its generator element; '' where it has none. */
  readonly generator: string
  /** Named as feeds of the page (<link rel="alternate">), in its order. */
  readonly named: readonly NamedFeed[]
  /** Links in its text that look like feeds. */
  readonly linked: readonly NamedFeed[]
}

export interface NamedFeed {
  readonly url: string
  readonly title: string
}

/**
 * Reads a page for feeds.
 * @param base the address that answered; a <base> of the page goes before it
 */
export function pageFeeds(html: string, base: string): PageFeeds {
  const named = new Map<string, NamedFeed>()
  const linked = new Map<string, NamedFeed>()
  let title = ''
  let generator = ''
  let root = base
  let hasBase = false
  let inTitle = false
  let link: { url: string; text: string } | null = null

  const add = (to: Map<string, NamedFeed>, url: string, name: string): void => {
    const text = name.replace(/\s+/g, ' ').trim()
    if (url !== '' && !to.has(url)) to.set(url, { url, title: text })
  }
  const endLink = (): void => {
    if (link !== null) add(linked, link.url, link.text)
    link = null
  }

  const parser = new ShallowParser({
    onopentag(name, attributes) {
      if (name === 'title') inTitle = title === ''
      else if (name === 'meta' && attributes.name?.toLowerCase() === 'generator')
        generator ||= attributes.content ?? ''
      else if (name === 'base' && attributes.href !== undefined && !hasBase) {
        root = absolute(attributes.href, base) || base
        hasBase = true
      } else if (name === 'link' && isFeedLink(attributes))
        add(named, absolute(attributes.href ?? '', root), attributes.title ?? '')
      else if (name === 'a') {
        endLink()
        const url = absolute(attributes.href ?? '', root)
        if (looksLikeFeed(url)) link = { url, text: attributes.title ?? '' }
      }
    },
    ontext(text) {
      if (inTitle) title += text
      if (link !== null && link.text.length < 200) link.text += text
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false
      else if (name === 'a') endLink()
    },
  })
  parser.write(html)
  parser.end()
  endLink()
  for (const url of named.keys()) linked.delete(url)
  return {
    title: title.replace(/\s+/g, ' ').trim(),
    generator: generator.trim(),
    named: [...named.values()],
    linked: [...linked.values()],
  }
}

const feedTypes =
  /^(application\/(rss|atom|rdf|feed)\+(xml|json)|application\/(xml|rss|atom)|text\/(xml|rss|rss\+xml))$/

function isFeedLink(attributes: Record<string, string>): boolean {
  const rel = (attributes.rel ?? '').toLowerCase().split(/\s+/)
  const type = (attributes.type ?? '').toLowerCase().replace(/;.*$/, '').trim()
  const href = attributes.href ?? ''
  if (/oembed|wp-json/i.test(href)) return false
  if (rel.includes('feed')) return true
  if (!rel.includes('alternate') || rel.includes('stylesheet')) return false
  return feedTypes.test(type) || (type === 'application/json' && /feed/i.test(href))
}

const longestAddress = 2000

/** A link of the page as a web address; '' where it is none. Old pages link to feeds by "feed:" addresses. */
function absolute(href: string, base: string): string {
  const plain = href
    .trim()
    .replace(/^feed:(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'http://')
  if (plain === '' || plain.length > longestAddress || !URL.canParse(plain, base)) return ''
  const url = new URL(plain, base)
  url.hash = ''
  return /^https?:$/.test(url.protocol) ? url.href : ''
}

const looksLikeFeed = (url: string): boolean =>
  /\.(rss|atom|rdf)($|\?)|\/(rss|feed|feeds|atom|rdf)(\/|\.xml|\.php|\.aspx?|$|\?)|(rss|feed|atom|feeds|index)[\w-]*\.(xml|rdf)($|\?)|[?&](feed|format|type)=(rss|atom|feed)|\/\/(feeds|rss)\.|\/rss2?\b/i.test(
    url,
  )
