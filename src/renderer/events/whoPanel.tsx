import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Event } from '../../api/contract/events.ts'
import { api } from '../api.ts'
import { NumberDoor } from '../components/numberDoor.tsx'
import { Panel } from '../components/panel.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'

const SHOWN = 18

/** Persons, organisations and places that its stories name; each opens those stories. */
export function WhoPanel({ event }: { event: Event }): ReactNode {
  const words = t.events.who
  const answer = useQuery(
    api.entities.list.queryOptions({
      input: { query: event.all.query, limit: SHOWN },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Panel title={words.title} note={words.note} oneStop>
      {answer.data === undefined ? (
        answer.isError ? (
          <ErrorState error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <Skeleton lines={4} />
        )
      ) : answer.data.entities.length === 0 ? (
        <p className="py-1.5 text-ink-2">{words.none}</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {answer.data.entities.map(({ name, label, stories }) => (
            <li key={name} className="flex">
              <NumberDoor
                // Of one event its stories are counted, whatever is counted elsewhere.
                door={{ stories: stories.stories, query: stories.query }}
                of={label}
                className="rounded-sm border border-line px-1.5 py-0.5 text-sm hover:bg-hover [&]:no-underline"
              >
                {label} <span className="text-ink-3">{number(stories.stories)}</span>
              </NumberDoor>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
