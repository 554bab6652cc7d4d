// Stands in until the real one lands, which replaces this file whole.
import type { StoryDraft } from './story.ts'
export async function* readArchive(
  _f: string,
  _o: { now: number },
): AsyncGenerator<{ line: number; source: string; draft: StoryDraft } | { line: number; error: string }> {}
