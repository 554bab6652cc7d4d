import { z } from 'zod'
import { Instant } from '../common.ts'
import { StoryRow } from '../stories.ts'
import { panel, ThemeLabel } from './panel.ts'

/** The newest stories of the range. */
export const Latest = z.strictObject({
  /** Opens all stories of the range. */
  query: z.string(),
  stories: z.array(StoryRow),
  /** When the newest story of the archive was published: where the range has none, it is somewhere else. */
  newest: Instant.nullable(),
  /** The themes there are, to name those of the stories. */
  themes: z.array(ThemeLabel),
})
export type Latest = z.infer<typeof Latest>

export const latest = panel(Latest)
