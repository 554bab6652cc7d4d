import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { BlindSpots as Answer } from '../../api/contract/events.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { EmptyState } from '../components/states.tsx'
import { number } from '../format.ts'
import { sides } from '../messages/en/sides.ts'
import { t } from '../messages/index.ts'
import { useChoices } from '../query/choiceMenu.tsx'
import { DashboardPanel } from './dashboardPanel.tsx'
import { EventTitle, titleOf } from './eventTitle.tsx'
import { useBlocAxis } from './useBlocAxis.ts'

/** Events that are listed until more are asked for. */
const SHOWN = 7
/** Stands for no bloc in particular, where the filter names one. */
const ANYONE = ''
/** The engine gives so many at most. */
const MOST = 50

/** What two blocs tell and another, whose sources are healthy, does not: the largest events first. */
export function BlindSpots(): ReactNode {
  const { input, enabled, framed } = useBlocAxis()
  const answer = useQuery(
    api.events.blindSpots.queryOptions({ input, enabled, placeholderData: keepPreviousData }),
  )
  return (
    <DashboardPanel
      title={t.dashboard.blind.title}
      answer={answer}
      lines={15}
      note={({ rows }) => rows.length > 0 && <span className="block truncate">{sides.blind.note}</span>}
    >
      {(shown) => <Spots shown={shown} framed={framed} />}
    </DashboardPanel>
  )
}

function Spots({ shown, framed }: { shown: Answer; framed: string | undefined }): ReactNode {
  const words = sides.blind
  const [chosen, setChosen] = useState<string | null>(null)
  const [isWhole, setWhole] = useState(false)
  const blocs = useChoices().bloc.length
  const silent = silentIn(shown)
  if (shown.rows.length === 0)
    return (
      <>
        {blocs === 0 ? (
          <p className="py-1.5 text-ink-2">{words.noBlocs}</p>
        ) : (
          // Where no bloc can be heard, none is known to be silent.
          blocs > shown.unheard.length && <EmptyState title={words.none}>{words.noneHint}</EmptyState>
        )}
        <Unheard blocs={shown.unheard} />
      </>
    )
  const by = chosen === ANYONE ? null : silent.has(chosen ?? '') ? chosen : framedIn(silent, framed)
  const rows =
    by === null ? shown.rows : shown.rows.filter((row) => row.missing.some(({ bloc }) => bloc === by))
  const listed = isWhole ? rows : rows.slice(0, SHOWN)
  return (
    <>
      <fieldset className="mb-1.5 flex flex-wrap items-center gap-1 text-sm">
        <legend className="sr-only">{words.missing}</legend>
        <span aria-hidden="true" className="mr-1 text-ink-3">
          {words.missing}
        </span>
        <Choice on={by === null} onClick={() => setChosen(ANYONE)} title={undefined}>
          {words.anyone} {number(shown.rows.length)}
        </Choice>
        {[...silent].map(([bloc, events]) => (
          <Choice
            key={bloc}
            on={by === bloc}
            onClick={() => setChosen(bloc)}
            title={words.by(bloc, t.count.events(events))}
          >
            {bloc} {number(events)}
          </Choice>
        ))}
      </fieldset>
      <ol className="divide-y divide-line">
        {listed.map((row) => (
          <Spot key={row.event.id} row={row} />
        ))}
      </ol>
      {rows.length > SHOWN && (
        <div className="mt-1.5 flex items-center gap-3 text-sm text-ink-3">
          <Button small onClick={() => setWhole(!isWhole)}>
            {isWhole ? words.fewer : words.all(rows.length - SHOWN)}
          </Button>
          {shown.rows.length >= MOST && words.most}
        </div>
      )}
      <Unheard blocs={shown.unheard} />
    </>
  )
}

function Choice(props: {
  on: boolean
  title: string | undefined
  onClick: () => void
  children: ReactNode
}): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={props.on}
      title={props.title}
      onClick={props.onClick}
      className={
        props.on
          ? 'rounded-sm bg-selected px-1.5 font-semibold'
          : 'rounded-sm px-1.5 text-ink-2 hover:bg-hover hover:text-ink'
      }
    >
      {props.children}
    </button>
  )
}

function Spot({ row }: { row: Answer['rows'][number] }): ReactNode {
  const { event, covered, missing } = row
  return (
    <li className="grid grid-cols-[30px_minmax(0,1fr)] gap-x-3 py-1.5">
      <NumberDoor
        door={event.stories}
        of={titleOf(event)}
        className="self-start pt-px text-right text-md font-semibold tabular-nums"
      />
      <div className="min-w-0">
        <EventTitle event={event} className="block" />
        <ul className="flex flex-wrap items-center gap-1 text-xs">
          {covered.map(({ bloc, sources, query }) => (
            <li key={bloc} className="flex">
              <Link
                href={storiesOf(query, 'stories')}
                title={sides.blind.told(bloc, sources)}
                className="rounded-sm hover:underline"
              >
                <BlocTag bloc={bloc} />
              </Link>
            </li>
          ))}
          {missing.map(({ bloc, sources }) => (
            <li key={bloc} title={t.events.silentHint(bloc, number(sources))} className="flex">
              <BlocTag bloc={bloc} silent />
            </li>
          ))}
        </ul>
      </div>
    </li>
  )
}

function Unheard({ blocs }: { blocs: readonly string[] }): ReactNode {
  return (
    blocs.length > 0 && (
      <p className="mt-1.5 text-sm text-ink-3">{sides.blind.unheard(blocs.join(', '), blocs.length > 1)}</p>
    )
  )
}

/** How many of the events each bloc is silent on, most first. */
function silentIn({ rows }: Answer): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { missing } of rows) for (const { bloc } of missing) sums.set(bloc, (sums.get(bloc) ?? 0) + 1)
  return new Map([...sums].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)))
}

const framedIn = (silent: ReadonlyMap<string, number>, framed: string | undefined): string | null =>
  [...silent.keys()].find((bloc) => bloc.toUpperCase() === framed) ?? null
