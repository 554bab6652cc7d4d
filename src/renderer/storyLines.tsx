import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { EvidenceSpan } from '../api/contract/common.ts'
import { Marked, marks } from './marked.tsx'
import { t } from './messages/index.ts'
import { useFormat } from './useFormat.ts'

/** Stories as one line each: title with its evidence, source, time. `query` is the list the story is opened in. */
export function StoryLines(props: {
  stories: readonly {
    id: number
    title: string
    source: string
    lang: string
    published: number
    evidence: readonly EvidenceSpan[]
    /** Stands at the right of the title. */
    figure?: string
  }[]
  query: string
}): ReactNode {
  const format = useFormat()
  const search = props.query === '' ? '' : `?q=${encodeURIComponent(props.query)}`
  return (
    <ul className="flex flex-col">
      {props.stories.map((story) => (
        <li key={story.id} className="flex items-baseline gap-3 border-b border-line py-1.5 last:border-b-0">
          <Link
            href={`/stories/${story.id}${search}`}
            dir="auto"
            lang={story.lang || undefined}
            className="min-w-0 flex-1 truncate font-serif text-md hover:text-accent hover:underline"
          >
            <Marked
              text={story.title || t.stories.untitled}
              spans={marks(story.evidence, 'title', 'theme')}
            />
          </Link>
          {story.figure !== undefined && <span className="shrink-0 text-sm text-ink-3">{story.figure}</span>}
          <span className="max-w-[140px] shrink-0 truncate text-sm text-ink-3">{story.source}</span>
          <time
            dateTime={new Date(story.published).toISOString()}
            className="w-[92px] shrink-0 text-right text-sm text-ink-3"
          >
            {format.time(story.published)}
          </time>
        </li>
      ))}
    </ul>
  )
}
