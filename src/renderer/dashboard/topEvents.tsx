import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Top as Answer, TopEvent } from '../../api/contract/dashboard/top.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { EmptyState } from '../components/states.tsx'
import { blocName } from '../events/blocMarks.tsx'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { rangeOf, wider } from '../range.ts'
import { type Format, useFormat } from '../useFormat.ts'
import { setRange, useFilterBy, useRange } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { EventTitle, titleOf } from './eventTitle.tsx'
import { Spark } from './spark.tsx'

/** Blocs that tell it, and of the silent ones those with most sources; the others are counted. */
const BLOCS = 6
const SILENT = 2
/** From so many stories in an hour on, and where they are such a part of all, it is said in red. */
const STEEP = { stories: 5, share: 1 / 3 }

/** The largest events of the range: how large, how they grow, who tells them, who was first and who does not. */
export function TopEvents(): ReactNode {
  const words = t.dashboard.top
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.top)}
      lines={15}
      note={({ rows, waiting }) =>
        waiting > 0
          ? words.waiting(waiting)
          : rows.length > 0 && words.note(rows.some(({ silent }) => silent.length > 0))
      }
    >
      {(shown) => <Events shown={shown} />}
    </DashboardPanel>
  )
}

function Events({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.top
  const range = useRange()
  const next = wider(range)
  if (shown.rows.length === 0)
    return (
      <EmptyState
        title={words.none}
        actions={
          <>
            {next !== null && (
              <Button onClick={() => setRange(rangeOf(next))}>
                {t.dashboard.latest.wider(t.dashboard.latest.widerRanges[next])}
              </Button>
            )}
            <Link
              href={storiesOf(shown.query, 'stories')}
              className="self-center text-accent hover:underline"
            >
              {words.toStories}
            </Link>
          </>
        }
      >
        {words.noneHint}
      </EmptyState>
    )
  return (
    <ol className="divide-y divide-line">
      {shown.rows.map((event) => (
        <Row key={event.id} event={event} />
      ))}
    </ol>
  )
}

function Row({ event }: { event: TopEvent }): ReactNode {
  const words = t.dashboard.top
  const format = useFormat()
  const { stories, copies, firstMover, languages, spark } = event
  const title = titleOf(event)
  return (
    <li className="grid grid-cols-[30px_minmax(0,1fr)] gap-x-3 py-1.5 wide:grid-cols-[30px_68px_minmax(0,1fr)]">
      <NumberDoor
        door={stories}
        of={words.size(title, copies.stories)}
        className="self-start pt-px text-right text-md font-semibold tabular-nums"
      />
      <span className="pt-0.5 max-wide:hidden">
        <Spark counts={spark} colour={0} width={68} label={words.spark(spark.map(number).join(', '))} />
      </span>
      <div className="min-w-0">
        <div className="flex items-baseline justify-between gap-3">
          <EventTitle event={event} className="min-w-0" />
          <span className="shrink-0 text-xs text-ink-3">
            <GrowthWords event={event} format={format} />
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-ink-3">
          <Blocs event={event} />
          <span className="min-w-0 truncate">
            {words.first}{' '}
            <Link
              href={`/stories/${firstMover.story}`}
              title={firstMover.title}
              className="hover:text-accent hover:underline"
            >
              <bdi>{firstMover.source.title}</bdi> {format.time(firstMover.published)}
            </Link>
          </span>
          {languages > 1 && (
            <Link
              href={`/events/${event.id}`}
              state={{ from: '/' }}
              className="hover:text-accent hover:underline"
            >
              {words.languages(languages)}
            </Link>
          )}
        </div>
      </div>
    </li>
  )
}

/** In order of arrival, the first mover filled, then who is silent. */
function Blocs({ event }: { event: TopEvent }): ReactNode {
  const words = t.events
  const filterBy = useFilterBy()
  const first = event.firstMover.source.bloc
  const more = event.blocs.length - BLOCS
  const silent = event.silent.slice(0, SILENT)
  const quiet = event.silent.slice(SILENT)
  return (
    <ul aria-label={words.blocs} className="flex flex-wrap items-center gap-1">
      {event.blocs.slice(0, BLOCS).map(({ bloc, stories, copies }) => (
        <li
          key={bloc}
          className={`flex rounded-sm ${bloc !== '' && filterBy.is('bloc', bloc) ? 'outline-2 outline-accent' : ''}`}
        >
          <NumberDoor
            door={stories.stories > 0 ? stories : copies}
            of={bloc === first ? words.firstMover(blocName(bloc)) : blocName(bloc)}
          >
            <BlocTag
              bloc={blocName(bloc)}
              count={stories.stories > 0 ? number(stories.stories) : `+${number(copies.stories)}`}
              first={bloc === first}
            />
          </NumberDoor>
        </li>
      ))}
      {more > 0 && <li>{t.dashboard.top.moreBlocs(more)}</li>}
      {silent.map(({ bloc, sources }) => (
        <li key={`silent ${bloc}`} title={words.silentHint(bloc, number(sources))} className="flex">
          <BlocTag bloc={bloc} silent />
        </li>
      ))}
      {quiet.length > 0 && (
        <li className="text-warn" title={quiet.map(({ bloc }) => t.blocSilent(bloc)).join(', ')}>
          +{number(quiet.length)}
        </li>
      )}
    </ul>
  )
}

function GrowthWords({ event, format }: { event: TopEvent; format: Format }): ReactNode {
  const words = t.dashboard.top
  const { growth } = event
  switch (growth.kind) {
    case 'growing': {
      const { stories } = growth.stories
      const steep = stories >= STEEP.stories && stories >= STEEP.share * event.stories.stories
      return (
        <NumberDoor
          door={growth.stories}
          of={words.lastHour(titleOf(event))}
          className={steep ? 'font-semibold text-bad' : 'text-ink-2'}
        >
          {words.growing(stories)}
        </NumberDoor>
      )
    }
    case 'ended':
      return words.ended(format.time(growth.at))
    default:
      return words[growth.kind]
  }
}
