import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { NumberDoor } from '../components/numberDoor.tsx'
import { Panel } from '../components/panel.tsx'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { blocName, ownOf } from './blocMarks.tsx'

type Bloc = Event['byBloc'][number]

const VOICES = 3
const BLOCS = 9

/** What the blocs say of it, side by side: of each the earliest voices by their own headlines. */
export function VoicesPanel({ event, rows }: { event: Event; rows: readonly StoryRow[] }): ReactNode {
  const words = t.events.voices
  const [own, copiers] = parted(event.byBloc.toSorted((a, b) => a.first - b.first))
  const blocs = own.slice(0, BLOCS)
  return (
    <Panel title={words.title} note={<span className="block truncate">{words.note}</span>}>
      <div
        className="grid gap-x-5 gap-y-5"
        // Four stand two by two: three and one would leave most of a row empty.
        style={{
          gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${blocs.length === 4 ? 300 : 220}px), 1fr))`,
        }}
      >
        {blocs.map((bloc) => (
          <BlocVoices
            key={bloc.bloc}
            of={bloc}
            rows={rows.filter((row) => row.source.bloc === bloc.bloc)}
            firstMover={event.firstMover.story}
          />
        ))}
      </div>
      {copiers.length > 0 && (
        <p className="mt-3 flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm text-ink-3 first:mt-0">
          {words.onlyCopies}
          {copiers.map(({ bloc, stories }) => (
            <NumberDoor key={bloc} door={stories} of={blocName(bloc)}>
              <BlocTag bloc={blocName(bloc)} count={number(stories.stories)} />
            </NumberDoor>
          ))}
        </p>
      )}
    </Panel>
  )
}

/** The blocs with a story of their own, and those that only repeat others. */
function parted(blocs: readonly Bloc[]): [Bloc[], Bloc[]] {
  const hasOwn = (bloc: Bloc): boolean => ownOf(bloc).stories > 0
  return [blocs.filter(hasOwn), blocs.filter((bloc) => !hasOwn(bloc))]
}

function BlocVoices(props: { of: Bloc; rows: readonly StoryRow[]; firstMover: number }): ReactNode {
  const words = t.events.voices
  const format = useFormat()
  const { bloc, stories, copies } = props.of
  const own = props.rows
    .filter(({ copy }) => !copy)
    .toSorted((a, b) => a.published - b.published || a.id - b.id)
  // One of each source first: three voices are three outlets where there are so many.
  const voices = [...Map.groupBy(own, ({ source }) => source.id).values()]
    .flatMap((mine) => mine.map((row, turn) => ({ row, turn })))
    .sort((a, b) => a.turn - b.turn)
    .slice(0, VOICES)
    .map(({ row }) => row)
    .sort((a, b) => a.published - b.published || a.id - b.id)
  const isFirst = voices.some(({ id }) => id === props.firstMover)
  return (
    <section aria-label={blocName(bloc)} className="flex min-w-0 flex-col border-t border-edge">
      <h3 className="flex items-center justify-between gap-2 border-b border-line py-1.5 text-sm">
        <BlocTag bloc={blocName(bloc)} first={isFirst} />
        <span className="text-xs text-ink-3">{copies > 0 && words.folded(copies)}</span>
      </h3>
      <ul className="flex flex-col">
        {voices.map((row) => (
          <li key={row.id} className="border-b border-line py-2 last:border-b-0">
            <Link
              href={`/stories/${row.id}`}
              dir="auto"
              lang={row.lang || undefined}
              className="line-clamp-3 font-serif text-md break-words hover:text-accent hover:underline"
            >
              {row.title || row.excerpt || t.stories.untitled}
            </Link>
            {row.names.length > 0 && (
              <p className="mt-0.5 line-clamp-1 text-sm text-ink-2">{row.names.join(', ')}</p>
            )}
            <p className="mt-0.5 text-xs text-ink-3">
              {row.id === props.firstMover && (
                <span className="mr-1 rounded-sm bg-ink px-1 font-semibold text-paper">{words.first}</span>
              )}
              <bdi className="font-semibold text-ink-2">{row.source.title}</bdi>{' '}
              <time dateTime={new Date(row.published).toISOString()}>{format.time(row.published)}</time>
              {row.lang !== '' && ` · ${row.lang.split('-')[0]}`}
            </p>
          </li>
        ))}
      </ul>
      <NumberDoor
        door={stories}
        of={blocName(bloc)}
        className="mt-auto self-start pt-1 text-sm [&]:text-accent"
      >
        {words.all(stories.stories)}
      </NumberDoor>
    </section>
  )
}
