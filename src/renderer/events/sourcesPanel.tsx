import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { blocName } from './blocMarks.tsx'

/** So many are shown, unless all are asked for. */
const SHOWN = 10

/** Every source that tells it, earliest first: with its first story, when that came, and how many it has. */
export function SourcesPanel({ event }: { event: Event }): ReactNode {
  const words = t.events.sources
  const format = useFormat()
  const [whole, setWhole] = useState(false)
  const { voices } = event
  const shown = whole || voices.length <= SHOWN + 1 ? voices : voices.slice(0, SHOWN)
  return (
    <Panel title={words.title} note={words.note}>
      <ol className="flex flex-col">
        {shown.map(({ story, title, source, published, stories, copies, lang }) => (
          <li
            key={source.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-line py-1.5 text-sm last:border-b-0"
          >
            <span className="flex min-w-0 items-baseline gap-2">
              <BlocTag bloc={blocName(source.bloc)} first={story === event.firstMover.story} />
              <bdi className="truncate font-semibold text-ink-2">{source.title}</bdi>
            </span>
            <span className="text-right text-ink-3 tabular-nums">
              {t.count.stories(stories)}
              {copies > 0 && `, ${t.events.copiesAmong(stories, copies)}`}
            </span>
            <Link
              href={`/stories/${story}`}
              dir="auto"
              lang={lang || undefined}
              className="truncate font-serif hover:text-accent hover:underline"
            >
              {title || t.stories.untitled}
            </Link>
            <time dateTime={new Date(published).toISOString()} className="text-right text-ink-3">
              {format.time(published)}
            </time>
          </li>
        ))}
      </ol>
      {shown.length < voices.length && (
        <Button look="quiet" small className="mt-1" onClick={() => setWhole(true)}>
          {words.all(voices.length)}
        </Button>
      )}
    </Panel>
  )
}
