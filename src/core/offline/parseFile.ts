import { FeedError, type FeedItem } from '../feeds/feed.ts'
import { readFeed } from '../feeds/read/parse.ts'

export { Problem } from '../problem.ts'

export type ParsedFile =
  | {
      readonly feed: { readonly title: string; readonly link: string; readonly language: string }
      readonly items: readonly {
        readonly id: string
        readonly title: string
        readonly link: string
        /** As stated: ISO 8601 UTC, or null. */
        readonly published: string | null
        readonly summary: string
        readonly text: string
        /** Absent where the item has none. */
        readonly attachments?: FeedItem['attachments']
        readonly place?: FeedItem['place']
        readonly inReplyTo?: FeedItem['inReplyTo']
      }[]
      readonly warnings: readonly string[]
    }
  | { readonly error: { readonly code: string; readonly message: string } }

/**
 * Reads the bytes of one feed. Titles and texts are plain; links absolute where a base is known (xml:base,
 * Content-Location, `base`), otherwise as written.
 * @param options headers by lower-case name, as an HTTP answer would have had them: Content-Type, Content-Location,
 *   Content-Language count
 */
export function parseFile(
  bytes: Uint8Array,
  { base, headers }: { readonly base: string; readonly headers: ReadonlyMap<string, string> },
): ParsedFile {
  const contentLocation = headers.get('content-location')
  const contentLanguage = headers.get('content-language')
  try {
    const { title, link, language, items, warnings } = readFeed(bytes, {
      contentType: headers.get('content-type') ?? '',
      base,
      ...(contentLocation === undefined ? {} : { contentLocation }),
      ...(contentLanguage === undefined ? {} : { contentLanguage }),
    })
    return {
      feed: { title, link, language },
      items: items.map((item) => ({
        id: item.id,
        title: item.title,
        link: item.link,
        published: item.published === null ? null : new Date(item.published).toISOString(),
        summary: item.summary,
        text: item.text,
        attachments: item.attachments,
        place: item.place,
        inReplyTo: item.inReplyTo,
      })),
      warnings,
    }
  } catch (error) {
    if (error instanceof FeedError) return { error: { code: error.code, message: error.message } }
    throw error
  }
}
