import type { KnownStory } from '../store/stories.ts'
import type { StoryDraft } from '../story.ts'

/**
 * Knows a story again whose identity has changed: feeds make ids anew at every fetch, or change their form for good. Such an
 * item has the link of a story that the source had before, and its title or content.
 *
 * Links that many items share (a status page, a bulletin) name no story, and neither does a title such as "Update": an item
 * that comes beside the one it resembles is another, and where link or text cannot tell, the dates must agree. In doubt it is
 * a new story: one too many is better than one that nobody is told of.
 * @param drafts the whole feed as it came
 * @param at when it came: the date of drafts without one
 * @returns for a draft of an unknown identity and the stories with its trace, the story that it is
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

/** @param alone no other story of the source has this link */
function isSame(known: KnownStory, draft: StoryDraft, at: number, alone: boolean): boolean {
  const undated = draft.published === at || known.published === known.fetched
  const sameDate = undated || known.published === draft.published
  const byLink = draft.url !== '' && alone
  if (known.content_hash === draft.contentHash) return sameDate || byLink
  return byLink && sameDate && draft.title !== '' && known.title === draft.title
}
