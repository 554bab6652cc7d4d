/**
 * The page's address for a link of ours: `wirewatch://open?story=12` shows a story, `wirewatch://open?q=…` a search.
 * Anyone can make such a link, so nothing else of it is taken over. undefined for everything that is none.
 */
export function linkedPath(link: string): string | undefined {
  let url: URL
  try {
    url = new URL(link)
  } catch {
    return undefined
  }
  if (url.protocol !== 'wirewatch:' || url.host !== 'open') return undefined
  const story = url.searchParams.get('story')
  if (story !== null) return /^[1-9]\d{0,14}$/.test(story) ? `/stories?story=${story}` : undefined
  const query = url.searchParams.get('q')
  if (query === null || query === '' || query.length > 2000) return undefined
  return `/stories?q=${encodeURIComponent(query)}`
}

/** The first of our links on a command line (Windows and Linux hand them over that way). */
export function linkedPathIn(args: readonly string[]): string | undefined {
  const link = args.find((arg) => arg.startsWith('wirewatch:'))
  return link === undefined ? undefined : linkedPath(link)
}
