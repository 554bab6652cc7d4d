import { Fragment, type ReactNode, useRef } from 'react'
import { Link } from 'wouter'
import type { Range } from '../../api/contract/common.ts'
import type { Departure } from '../../api/contract/dashboard/above.ts'
import type { Lead } from '../../api/contract/dashboard/lead.ts'
import type { TopEvent } from '../../api/contract/dashboard/top.ts'
import type { Door } from '../../api/contract/door.ts'
import { api } from '../api.ts'
import { classes } from '../components/classes.ts'
import { countedAs, storiesOf } from '../components/numberDoor.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { useCountUnit } from '../countUnit.ts'
import { number } from '../format.ts'
import { fill } from '../messages/fill.tsx'
import { t } from '../messages/index.ts'
import { useRoving } from '../roving.ts'
import { sourcesOf } from '../sources/selection.ts'
import { type Format, useFormat } from '../useFormat.ts'
import { useRange } from '../view.ts'
import { usePanel } from './dashboardPanel.tsx'
import { titleOf } from './eventTitle.tsx'
import { hitsOf } from './hits.tsx'
import { expectedInWords, inSentence } from './lead.ts'

/** What happened, in words, and under it how much there is; names and numbers open what they stand for. */
export function LeadSentence(): ReactNode {
  const unit = useCountUnit()
  const answer = usePanel(api.dashboard.lead, unit)
  const range = useRange()
  // Until the answer for another range is there, the words are of the range whose numbers they tell.
  const told = useRef(range)
  if (!answer.isPlaceholderData) told.current = range
  const roving = useRoving()
  return (
    <div
      {...roving}
      className={classes(
        'min-h-[112px] min-w-0 flex-1 transition-opacity wide:min-h-[84px]',
        answer.isPlaceholderData && 'opacity-60',
      )}
    >
      {answer.isError && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data !== undefined ? (
        <Sentence lead={answer.data} range={told.current} />
      ) : (
        !answer.isError && <Skeleton lines={3} />
      )}
    </div>
  )
}

function Sentence({ lead, range }: { lead: Lead; range: Range }): ReactNode {
  const words = t.dashboard.lead
  const format = useFormat()
  const { events, departures, most, total } = lead
  const when = opening(lead, range, format)
  const nothing = events.length === 0 && departures.length === 0
  return (
    <>
      <p className="max-w-[90ch] font-serif text-xl tracking-[-0.005em] text-pretty">
        {total.now.stories === 0 && words.nothing(when)}
        {events.map((event, i) => (
          <Fragment key={event.id}>
            {i > 0 && words.semicolon}
            <EventWords event={event} />
          </Fragment>
        ))}
        {events.length > 0 && '. '}
        {departures.map((departure, i) => (
          <Fragment key={`${departure.kind} ${departure.name}`}>
            {i > 0 && words.semicolon}
            <DepartureWords departure={departure} />
          </Fragment>
        ))}
        {departures.length > 0 && '.'}
        {nothing && most !== null && (
          <>{fill(words.most, { theme: most.theme.name, stories: <Counted door={most.now} brief /> })} </>
        )}
        {departures.length === 0 && lead.expecting && total.now.stories > 0 && words.asUsual}
      </p>
      {total.now.stories > 0 && <Totals lead={lead} when={when} />}
    </>
  )
}

/** “Xi arrives in Moscow: 14 stories, 9 sources, RU and CN first” */
function EventWords({ event }: { event: TopEvent }): ReactNode {
  const words = t.dashboard.lead
  const { firstMover, stories, sources } = event
  const named = event.blocs.filter(({ bloc, stories: own }) => bloc !== '' && own.stories > 0)
  const [first, second] = named
  const bloc = ({ bloc: name, stories: own }: (typeof named)[number]): ReactNode => (
    <Open to={storiesOf(own.query, 'stories')}>{name}</Open>
  )
  return fill(words.event, {
    event: (
      <Link
        href={`/events/${event.id}`}
        state={{ from: '/' }}
        className="border-b-2 border-accent hover:text-accent"
      >
        <bdi lang={event.name === '' ? event.headline.lang || undefined : undefined}>
          {inSentence(titleOf(event))}
        </bdi>
      </Link>
    ),
    stories: <Open to={storiesOf(stories.query, 'stories')}>{t.count.stories(stories.stories)}</Open>,
    sources: <Open to={sourcesOf(sources)}>{t.count.sources(sources.length)}</Open>,
    first:
      first !== undefined && second !== undefined ? (
        <>
          {bloc(first)}
          {words.and}
          {bloc(second)}
        </>
      ) : (
        <Open to={`/stories/${firstMover.story}`}>
          <bdi>{firstMover.source.title}</bdi>
        </Open>
      ),
  })
}

/** “Sanctions at 31, expected 9 ± 4 on Thursdays” */
function DepartureWords({ departure }: { departure: Departure }): ReactNode {
  const { kind, label, observed, query } = departure
  return fill(t.dashboard.lead.departure, {
    what: kind === 'bloc' ? t.dashboard.above.bloc(label) : label,
    observed: <Open to={storiesOf(query)}>{number(observed)}</Open>,
    expected: expectedInWords(departure),
  })
}

function Totals({ lead, when }: { lead: Lead; when: string }): ReactNode {
  const words = t.dashboard.lead
  const { total, hits } = lead
  return (
    <p className="mt-1 text-sm text-ink-2">
      {fill(words.stories(when), {
        stories: <Counted door={total.now} />,
        sources: <Quiet to={sourcesOf(total.sources)}>{t.count.sources(total.sources.length)}</Quiet>,
      })}{' '}
      {total.unread.stories > 0 && total.unread.stories < total.now.stories && (
        <>
          {fill(words.unread, {
            unread: (
              <Quiet to={storiesOf(total.unread.query, 'stories')}>{number(total.unread.stories)}</Quiet>
            ),
          })}{' '}
        </>
      )}
      {hits.unread > 0 &&
        fill(words.hits, {
          hits: <Quiet to={hitsOf(hits.query, 'new')}>{t.count.hits(hits.unread)}</Quiet>,
        })}
    </p>
  )
}

/** The range in words. */
function opening(lead: Lead, range: Range, format: Format): string {
  const words = t.dashboard.lead
  if (range.kind === 'last') return words.hours(range.hours)
  if (range.kind === 'custom') return words.between(format.date(range.from), format.date(range.to - 1))
  return lead.range.hasVisit ? words.sinceVisit(format.time(lead.range.from)) : words.first
}

/** Events with the stories that tell of them, each to be opened; or stories alone. `brief`: events alone. */
function Counted({ door, brief }: { door: Door; brief?: boolean }): ReactNode {
  const unit = useCountUnit()
  const { text, href } = countedAs(unit, door)
  const counted = <Quiet to={href}>{text}</Quiet>
  if (brief === true || unit === 'stories' || door.events === undefined || door.events === door.stories)
    return counted
  return fill(t.dashboard.lead.inStories, {
    events: counted,
    stories: <Quiet to={storiesOf(door.query, 'stories')}>{t.count.stories(door.stories)}</Quiet>,
  })
}

function Open({ to, children }: { to: string; children: ReactNode }): ReactNode {
  return (
    <Link href={to} className="border-b border-edge hover:border-accent hover:text-accent">
      {children}
    </Link>
  )
}

function Quiet({ to, children }: { to: string; children: ReactNode }): ReactNode {
  return (
    <Link href={to} className="font-semibold text-ink hover:text-accent hover:underline">
      {children}
    </Link>
  )
}
