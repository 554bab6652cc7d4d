import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { Panel } from '../components/panel.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { number1 } from '../format.ts'
import { t } from '../messages/index.ts'
import { blocName } from './blocMarks.tsx'

const SHOWN = 5
/** Standard deviations from which on a word is hardly chance. */
const SURE = 2.5

/** The words by which the blocs stand out against each other; each opens the bloc's stories with it. */
export function WordsPanel({ event }: { event: Event }): ReactNode {
  const words = t.events.words
  const answer = useQuery(
    api.events.sides.queryOptions({
      input: { query: event.all.query },
      placeholderData: keepPreviousData,
    }),
  )
  const blocs = answer.data?.blocs.filter((bloc) => bloc.words.length > 0) ?? []
  const most = Math.max(SURE, ...blocs.flatMap((bloc) => bloc.words.map(({ z }) => z)))
  return (
    <Panel title={words.title} note={blocs.length > 0 ? words.note : undefined} oneStop>
      {answer.data === undefined ? (
        answer.isError ? (
          <ErrorState error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <Skeleton lines={4} />
        )
      ) : blocs.length === 0 ? (
        <p className="py-1 text-ink-2">{words.none}</p>
      ) : (
        blocs.map(({ bloc, words: list }) => (
          <section key={bloc} aria-label={blocName(bloc)} className="mb-2 last:mb-0">
            <h3 className="mb-1">
              <BlocTag bloc={blocName(bloc)} />
            </h3>
            <ul>
              {list.slice(0, SHOWN).map(({ word, z, lang, query }) => (
                <li key={`${lang} ${word}`}>
                  <Link
                    href={storiesOf(query)}
                    className="grid grid-cols-[minmax(0,1fr)_45%_32px] items-center gap-2 rounded-sm text-sm hover:bg-hover"
                  >
                    <bdi lang={lang || undefined} className="truncate">
                      {word}
                    </bdi>
                    <span aria-hidden="true" className="h-2">
                      <span
                        className={z < SURE ? 'block h-2 border border-edge' : 'block h-2 bg-edge'}
                        style={{ width: `${(100 * z) / most}%` }}
                      />
                    </span>
                    <span className="text-right text-ink-3">{number1(z)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
    </Panel>
  )
}
