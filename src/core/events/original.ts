/** Which story a new one is a copy of, asked of the archive. */
import type { StoryStore } from '../store/stories.ts'
import { bands, fromBytes, isCopy, type Signature } from './copies.ts'

/** How far apart two stories may be published and still be one text and its copy. */
export const COPY_WINDOW_MS = 7 * 86_400_000

/**
 * The first story with (nearly) this text, published within a week of it, if there is one: a copy of a copy is a copy of the
 * first.
 * @param published epoch ms
 * @returns the id of the original
 */
export function originalOf(
  mark: Signature,
  published: number,
  sourceId: number,
  stories: Pick<StoryStore, 'candidates'>,
): number | null {
  for (const other of stories.candidates(bands(mark), published, COPY_WINDOW_MS))
    if (isCopy(mark, fromBytes(other.signature), other.sourceId === sourceId)) return other.copyOf ?? other.id
  return null
}
