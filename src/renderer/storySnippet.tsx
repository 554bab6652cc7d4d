import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { EvidenceSpan } from '../api/contract/common.ts'
import { api } from './api.ts'
import { Marked, marks } from './marked.tsx'
import { snippet } from './snippet.ts'

const LENGTH = 220

/**
 * The place in a story's summary or text that made it match, marked. A row's excerpt does not say which field it is of,
 * so the marks are put into the story itself; until it is there, and where only the title matched, the excerpt stands.
 */
export function StorySnippet(props: {
  story: { id: number; excerpt: string; lang: string }
  evidence: readonly EvidenceSpan[]
}): ReactNode {
  const { story, evidence } = props
  const field = (['summary', 'text'] as const).find((name) => evidence.some((e) => e.field === name))
  const { data } = useQuery(
    api.stories.get.queryOptions({ input: { id: story.id }, enabled: field !== undefined }),
  )
  if (field === undefined || data === undefined) return story.excerpt
  const part = snippet(data[field], marks(evidence, field, 'theme'), LENGTH)
  return <Marked text={part.text} spans={part.spans} />
}
