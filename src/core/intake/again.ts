import type { KnownStory } from '../store/stories.ts'
import type { StoryDraft } from '../story.ts'

/**
 * Recognises a story whose identity has changed: some feeds make new ids at every fetch, or change their form for good. Such
 * an item has the link of a story that the source had before, and its title or content.
 *
 * A link that many items share (a status page, a bulletin) identifies no story, and neither does a title such as "Update". So
 * two items of one feed are never the same story, and where link or text do not decide, the dates must agree. In doubt it is a
 * new story: a story that appears twice does less harm than one that is missed.
 * @param drafts the whole feed
 * @param at epoch ms of its fetch, which is the date of drafts without one
 * @returns finds the story that a draft of an unknown identity is, among the source's stories with its trace
 */
export function knownAgain(
  drafts: readonly Pick<StoryDraft, 'identity' | 'trace'>[],
  at: number,
): (draft: StoryDraft, traced: readonly KnownStory[]) => KnownStory | undefined {
  let feed:
    | {
        readonly identities: ReadonlySet<string>
        readonly traces: ReadonlyMap<number, readonly unknown[]>
      }
    | undefined
  return (draft, traced) => {
    if (traced.length === 0) return undefined
    feed ??= {
      identities: new Set(drafts.map(({ identity }) => identity)),
      traces: Map.groupBy(drafts, ({ trace }) => trace),
    }
    const { identities, traces } = feed
    const alone = traced.length === 1 && traces.get(draft.trace)?.length === 1
    return traced.find((known) => !identities.has(known.identity) && isSame(known, draft, at, alone))
  }
}

/** @param alone no other story of the source, and no other item of the feed, has this link */
function isSame(known: KnownStory, draft: StoryDraft, at: number, alone: boolean): boolean {
  const undated = draft.published === at || known.published === known.fetched
  const sameDate = undated || known.published === draft.published
  const byLink = draft.url !== '' && alone
  if (known.content_hash === draft.contentHash) return sameDate || byLink
  return byLink && sameDate && draft.title !== '' && known.title === draft.title
}
