import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { ShareOfVoice, Sides } from '../../api/contract/events.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { type CountUnit, useCountUnit } from '../countUnit.ts'
import { duration, number } from '../format.ts'
import { sides } from '../messages/en/sides.ts'
import { t } from '../messages/index.ts'
import { useChoices } from '../query/choiceMenu.tsx'
import { useFilterBy } from '../view.ts'
import { DashboardPanel } from './dashboardPanel.tsx'
import { FilterButton } from './filterButton.tsx'
import { Spark } from './spark.tsx'
import { useBlocAxis } from './useBlocAxis.ts'

const MINUTE = 60_000
/** Words of a bloc that are shown. */
const WORDS = 5
const SHOWN = 10

/** What the blocs have of the range and filter: how much, how early, in which words; and their shares day by day. */
export function BlocsSideBySide(): ReactNode {
  const { input, enabled, framed } = useBlocAxis()
  const unit = useCountUnit()
  const [byDay, setByDay] = useState(false)
  const options = { input, enabled, placeholderData: keepPreviousData }
  const answer = useQuery(api.events.sides.queryOptions(options))
  const voice = useQuery(api.events.voice.queryOptions(options)).data
  const words = sides.sides
  return (
    <DashboardPanel
      title={t.dashboard.sides.title}
      answer={answer}
      lines={15}
      note={({ blocs }) =>
        blocs.length > 0 && (
          <span className="flex items-center justify-end gap-3">
            <span className="min-w-0 truncate max-wide:hidden">{words.note(unit)}</span>
            <Button look="quiet" small aria-pressed={byDay} onClick={() => setByDay(!byDay)}>
              {byDay ? words.byBloc : words.byDay}
            </Button>
          </span>
        )
      }
    >
      {(shown) =>
        shown.blocs.length === 0 ? (
          <None />
        ) : byDay && voice !== undefined ? (
          <Days voice={voice} framed={framed} />
        ) : (
          <BlocTable shown={shown} voice={voice} framed={framed} unit={unit} />
        )
      }
    </DashboardPanel>
  )
}

function None(): ReactNode {
  const hasBlocs = useChoices().bloc.length > 0
  return <p className="py-1.5 text-ink-2">{hasBlocs ? sides.sides.none : sides.sides.noBlocs}</p>
}

function BlocTable(props: {
  shown: Sides
  voice: ShareOfVoice | undefined
  framed: string | undefined
  unit: CountUnit
}): ReactNode {
  const words = sides.sides
  const { voice, framed, unit } = props
  const blocs = props.shown.blocs.slice(0, SHOWN)
  const filterBy = useFilterBy()
  const all = props.shown.stories
  const hasWords = blocs.some((bloc) => bloc.words.length > 0)
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-separate border-spacing-y-[2px]">
        <thead>
          <tr className="text-left text-xs whitespace-nowrap text-ink-3 *:pr-3 *:pb-0.5 *:font-normal">
            <th scope="col">{words.columns.bloc}</th>
            <th scope="col" colSpan={3}>
              {words.columns.share}
            </th>
            <th scope="col" title={words.firstHint}>
              {words.columns.first}
            </th>
            <th scope="col" title={words.lagHint}>
              {words.columns.lag}
            </th>
            <th scope="col" title={words.wordsHint} className="w-full">
              {hasWords && words.columns.words}
            </th>
          </tr>
        </thead>
        <tbody>
          {blocs.map((bloc) => {
            const share = all === 0 ? 0 : bloc.stories.stories / all
            const daily = sharesOf(bloc.bloc, voice)
            const isFramed = bloc.bloc.toUpperCase() === framed
            return (
              <tr
                key={bloc.bloc}
                className={`align-baseline text-sm *:pr-3 *:whitespace-nowrap ${isFramed ? 'bg-selected' : ''}`}
              >
                <th scope="row" className="text-left font-normal">
                  <FilterButton field="bloc" value={bloc.bloc} filterBy={filterBy}>
                    <BlocTag bloc={bloc.bloc} />
                  </FilterButton>
                </th>
                <td className="text-right">
                  <NumberDoor
                    door={bloc.stories}
                    of={words.stories(bloc.bloc, t.count.sources(bloc.sources))}
                    className="font-semibold"
                  />
                </td>
                <td
                  className="text-right text-ink-2"
                  title={words.shareHint(bloc.bloc, words.percent(share))}
                >
                  {words.percent(share)}
                </td>
                <td className="align-middle">
                  <Spark
                    counts={daily.map((one) => 100 * one)}
                    colour={0}
                    width={64}
                    label={words.days(bloc.bloc, daily.map(words.percent).join(', '))}
                  />
                </td>
                <td>
                  <Ahead bloc={bloc} unit={unit} />
                </td>
                <td className="text-ink-2">
                  {bloc.lag === null ? '–' : bloc.lag < MINUTE ? words.notBehind : `+${duration(bloc.lag)}`}
                </td>
                <td className="max-w-0 truncate">
                  <Words of={bloc} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {!hasWords && <p className="mt-2 text-sm text-ink-3">{t.events.words.none}</p>}
    </div>
  )
}

/** On how many of the events that it shares it was the first; opens those, where events are counted. */
function Ahead({ bloc, unit }: { bloc: Sides['blocs'][number]; unit: CountUnit }): ReactNode {
  const words = sides.sides
  const { ahead, shared, aheadQuery } = bloc
  if (shared === 0) return '–'
  return (
    <>
      {aheadQuery !== null && unit === 'events' ? (
        <Link
          href={storiesOf(aheadQuery)}
          title={`${words.ahead(bloc.bloc)}: ${t.count.events(ahead)}`}
          className="rounded-sm font-semibold hover:text-accent hover:underline"
        >
          {number(ahead)}
        </Link>
      ) : (
        number(ahead)
      )}{' '}
      <span className="text-ink-3">{words.of(number(shared))}</span>
    </>
  )
}

function Words({ of: { bloc, words: list } }: { of: Sides['blocs'][number] }): ReactNode {
  return list.slice(0, WORDS).map(({ word, lang, query }, i) => (
    <span key={`${lang} ${word}`}>
      {i > 0 && <span className="text-ink-3"> · </span>}
      <Link
        href={storiesOf(query, 'stories')}
        title={sides.sides.word(bloc, word)}
        className="hover:text-accent hover:underline"
      >
        <bdi lang={lang || undefined}>{word}</bdi>
      </Link>
    </span>
  ))
}

/** A bloc's share of the stories of each day, 0 to 1, among the blocs. */
function sharesOf(bloc: string, voice: ShareOfVoice | undefined): number[] {
  const column = voice?.blocs.indexOf(bloc) ?? -1
  if (voice === undefined || column < 0) return []
  return voice.days.map(({ cells }) => {
    const all = cells.reduce((sum, { stories }) => sum + stories, 0)
    return all === 0 ? 0 : (cells[column]?.stories ?? 0) / all
  })
}

/** The blocs' counts day by day, the newest first; each opens what it counted. */
function Days({ voice, framed }: { voice: ShareOfVoice; framed: string | undefined }): ReactNode {
  const words = sides.sides
  const blocs = voice.blocs.slice(0, SHOWN)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className="max-h-[340px] overflow-auto" tabIndex={0} aria-label={words.byDay}>
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-panel">
          <tr className="text-right text-xs text-ink-3 *:px-1 *:pb-0.5 *:font-normal">
            <th scope="col" className="text-left">
              {words.day}
            </th>
            {blocs.map((bloc) => (
              <th key={bloc} scope="col" className={bloc.toUpperCase() === framed ? 'text-accent' : ''}>
                {bloc}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {voice.days.toReversed().map(({ day, cells }) => (
            <tr key={day} className="text-right *:px-1">
              <th scope="row" className="text-left font-normal whitespace-nowrap text-ink-2">
                {day}
              </th>
              {blocs.map((bloc, column) => (
                <td key={bloc}>
                  <NumberDoor door={cells[column] ?? { stories: 0, query: '' }} of={words.cell(bloc, day)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
