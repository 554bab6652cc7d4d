import type { ReactNode } from 'react'
import type { Event } from '../../api/contract/events.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { NumberDoor } from '../components/numberDoor.tsx'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'

/** Blocs that are named as silent; the others are few sources each. */
const SILENT = 4

/**
 * Who covers an event, in the order of arrival: the first filled, with the number of stories that are no copies (+n where a bloc
 * has copies alone); then who is silent, dashed.
 */
export function BlocMarks({ event, silent = SILENT }: { event: Event; silent?: number }): ReactNode {
  const words = t.events
  const blocs = event.byBloc.toSorted((a, b) => a.first - b.first)
  const first = event.firstMover.source.bloc
  return (
    <ul aria-label={words.blocs} className="flex flex-wrap items-center gap-1">
      {blocs.map((one) => {
        const { bloc } = one
        const own = ownOf(one)
        const count = own.stories > 0 ? number(own.stories) : `+${number(one.copies)}`
        return (
          <li key={bloc} className="flex">
            <NumberDoor
              door={own.stories > 0 ? own : one.stories}
              of={bloc === first ? words.firstMover(blocName(bloc)) : blocName(bloc)}
            >
              <BlocTag bloc={blocName(bloc)} count={count} first={bloc === first} />
            </NumberDoor>
          </li>
        )
      })}
      {event.silent.slice(0, silent).map(({ bloc, sources }) => (
        <li key={`silent ${bloc}`} title={words.silentHint(bloc, number(sources))} className="flex">
          <BlocTag bloc={bloc} silent />
        </li>
      ))}
    </ul>
  )
}

export const blocName = (bloc: string): string => (bloc === '' ? t.events.noBloc : bloc)

/** The stories of a bloc that are no copies. */
export const ownOf = ({ stories, copies }: Event['byBloc'][number]): Event['all'] =>
  copies === 0 ? stories : { stories: stories.stories - copies, query: `${stories.query} -is:copy` }

/** The copies of a bloc. */
export const copiesOf = ({ stories, copies }: Event['byBloc'][number]): Event['all'] => ({
  stories: copies,
  query: `${stories.query} is:copy`,
})
