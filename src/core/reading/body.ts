/** What the text of a story is compared by, so that the text itself need not cross to the engine's thread. */
import { hash } from 'node:crypto'
import type { StoryDraft } from '../story.ts'

export interface Body {
  /** Its first OPENING characters. */
  readonly opening: string
  readonly bodyHash: string
}

/** Characters that tell how much two texts have in common. */
const OPENING = 2000

/** Summary and text of a story as one. */
export function bodyOf({ summary, text }: Pick<StoryDraft, 'summary' | 'text'>): Body {
  const body = `${summary}\n${text}`.trim()
  return { opening: body.slice(0, OPENING), bodyHash: hash('sha256', body, 'base64url').slice(0, 22) }
}
