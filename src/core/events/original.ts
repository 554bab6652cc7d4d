/** Finds the original of a copy in the archive. */
import type { StoryStore } from '../store/stories.ts'
import { bands, fromBytes, isCopy, type Signature } from './copies.ts'

/** Stories published further apart than this do not count as a text and its copy. */
export const COPY_WINDOW_MS = 7 * 86_400_000

/**
 * The original of a story: the first one with (nearly) its text, published within a week of it. A copy of a copy is a copy of
 * the first.
 * @param published epoch ms
 * @returns the id of the original; null where the story is no copy
 */
export function originalOf(
  signature: Signature,
  published: number,
  sourceId: number,
  stories: Pick<StoryStore, 'candidates'>,
): number | null {
  for (const other of stories.candidates(bands(signature), published, COPY_WINDOW_MS))
    if (isCopy(signature, fromBytes(other.signature), other.sourceId === sourceId))
      return other.copyOf ?? other.id
  return null
}
