/** A story as it arrives: what `feeds/normalise.ts` makes of an item and the store takes in. */
export interface StoryDraft {
  /** What makes it the same story when it comes again from this source: guid, else canonical link, else content hash. */
  readonly identity: string
  /** Changes when title, summary or text change. */
  readonly contentHash: string
  /**
   * By what else it may be known again: 48 bits of its canonical link, else of its content. Many stories can have one link
   * (and by chance one trace), so title or content must agree as well (again.ts).
   */
  readonly trace: number
  /** Plain text; '' where the item has none. */
  readonly title: string
  readonly summary: string
  readonly text: string
  /** As the feed gave it: untrusted, sanitised before it is ever rendered. '' where it is no more than the text. */
  readonly html: string
  /** Absolute http(s) address of the original, or ''. */
  readonly url: string
  readonly author: string
  /** BCP 47, lower case; declared, else detected, else ''. */
  readonly lang: string
  /** Epoch ms: as stated; first seen where that is missing; the fetch time where it lies in the future. */
  readonly published: number
  /** What the item stated where that differs from `published` (in the future); null otherwise. */
  readonly publishedStated: number | null
}
