import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { classes } from '../../components/classes.ts'
import { t } from '../../messages/index.ts'
import { useFormat } from '../../useFormat.ts'

/** A story's title on one line, with a sign for what becomes of it. */
export function TitleLine(props: {
  sign: '+' | '−'
  story: { id: number; title: string; lang: string; published: number }
  /** The list it is opened in. */
  query: string
  /** Why; '' for nothing. */
  why?: string
}): ReactNode {
  const { sign, story, why = '' } = props
  const format = useFormat()
  return (
    <li className="flex items-baseline gap-2 py-0.5">
      <span aria-hidden="true" className={classes('font-semibold', sign === '+' ? 'text-good' : 'text-bad')}>
        {sign}
      </span>
      <div className="min-w-0 flex-1">
        <Link
          href={`/stories/${story.id}?q=${encodeURIComponent(props.query)}`}
          dir="auto"
          lang={story.lang || undefined}
          className="block truncate font-serif text-md hover:text-accent hover:underline"
        >
          {story.title || t.stories.untitled}
        </Link>
        {why !== '' && (
          <p title={why} className="truncate text-sm text-ink-3">
            {why}
          </p>
        )}
      </div>
      <time
        dateTime={new Date(story.published).toISOString()}
        className="shrink-0 text-right text-sm text-ink-3"
      >
        {format.time(story.published)}
      </time>
    </li>
  )
}
