import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import { NumberDoor } from '../components/numberDoor.tsx'
import { Panel } from '../components/panel.tsx'
import { number } from '../format.ts'
import { fill } from '../messages/fill.tsx'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'

const SOURCES = 3

/** Which texts were repeated, by whom and when. */
export function CopiesPanel({ event }: { event: Event }): ReactNode {
  const words = t.events.copies
  const format = useFormat()
  return (
    <Panel title={words.title} note={event.copies > 0 ? words.note(event.copies) : undefined}>
      {event.copied.length === 0 && <p className="py-1.5 text-ink-2">{words.none}</p>}
      <ul>
        {event.copied.map(({ original, copies, first, last, sources }) => (
          <li key={original.story} className="flex gap-3 border-b border-line py-1.5 last:border-b-0">
            <span className="w-7 shrink-0 text-right text-md font-semibold">{number(copies)}</span>
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline justify-between gap-3">
                <span className="truncate">
                  {fill(words.of(copies), {
                    source: <bdi className="font-semibold">{original.source.title}</bdi>,
                  })}{' '}
                  <span className="text-sm text-ink-3">
                    {words.at(
                      sources.slice(0, SOURCES).join(', ') +
                        (sources.length > SOURCES ? ` +${number(sources.length - SOURCES)}` : ''),
                    )}
                  </span>
                </span>
                <span className="shrink-0 text-sm text-ink-3">
                  {format.time(first)}
                  {last !== first && `–${format.time(last)}`}
                </span>
              </p>
              <Link
                href={`/stories/${original.story}`}
                dir="auto"
                lang={original.lang || undefined}
                className="block truncate font-serif hover:text-accent hover:underline"
              >
                {original.title}
              </Link>
            </div>
          </li>
        ))}
      </ul>
      {event.copies > 0 && (
        <NumberDoor
          door={{ stories: event.copies, query: `${event.all.query} is:copy` }}
          of={words.title}
          className="mt-1 inline-block text-sm [&]:text-accent"
        >
          {words.all(event.copies)}
        </NumberDoor>
      )}
    </Panel>
  )
}
