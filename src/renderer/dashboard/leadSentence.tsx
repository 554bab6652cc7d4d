import { Fragment, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Range } from '../../api/contract/common.ts'
import type { Lead, LeadTheme } from '../../api/contract/dashboard/lead.ts'
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
import { type Format, useFormat } from '../useFormat.ts'
import { useRange } from '../view.ts'
import { usePanel } from './dashboardPanel.tsx'
import { leadOf, usual } from './lead.ts'

/** What moved, in words; the numbers and names open what they stand for. */
export function LeadSentence(): ReactNode {
  const answer = usePanel(api.dashboard.lead)
  const range = useRange()
  const roving = useRoving()
  return (
    <div
      {...roving}
      className={classes(
        'min-h-[58px] min-w-0 flex-1 transition-opacity wide:min-h-[30px]',
        answer.isPlaceholderData && 'opacity-60',
      )}
    >
      {answer.isError && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data !== undefined ? (
        <Sentence lead={answer.data} range={range} />
      ) : (
        !answer.isError && <Skeleton lines={1} />
      )}
    </div>
  )
}

function Sentence({ lead, range }: { lead: Lead; range: Range }): ReactNode {
  const format = useFormat()
  const words = t.dashboard.lead
  const { first, others, most, expecting } = leadOf(lead.themes)
  const { total, unreadHits } = lead
  const expected = first?.expected ?? null
  const when = opening(lead, range, format)
  return (
    <p className="max-w-[90ch] font-serif text-xl tracking-[-0.005em]">
      {total.now.stories === 0
        ? words.nothing(when)
        : fill(words.stories(when), {
            stories: <Counted door={total.now} />,
            sources: t.count.sources(total.sources),
          })}{' '}
      {first !== null && expected !== null && (
        <>
          {fill(words.above, {
            theme: <Name card={first} />,
            observed: <Open to={storiesOf(expected.query)}>{number(expected.observed)}</Open>,
            expected: usual(expected.value),
          })}
          {others.length === 0
            ? '.'
            : fill(words.aboveAlso(others.length), {
                others: others.map((card, index) => (
                  <Fragment key={card.id}>
                    {index > 0 && (index === others.length - 1 ? words.and : words.comma)}
                    <Name card={card} />
                  </Fragment>
                )),
              })}{' '}
        </>
      )}
      {most !== null && (
        <>
          {fill(words.most, {
            theme: most.name,
            stories: <Counted door={most.now} brief />,
          })}{' '}
          {expecting && `${words.noneAbove} `}
        </>
      )}
      {total.unread.stories > 0 && total.unread.stories < total.now.stories && (
        <>
          {fill(words.unread, {
            unread: <Open to={storiesOf(total.unread.query)}>{number(total.unread.stories)}</Open>,
          })}{' '}
        </>
      )}
      {unreadHits > 0 && fill(words.hits, { hits: <Open to="/alerts">{t.count.hits(unreadHits)}</Open> })}
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
  const counted = <Open to={href}>{text}</Open>
  if (brief === true || unit === 'stories' || door.events === undefined || door.events === door.stories)
    return counted
  return fill(t.dashboard.lead.inStories, {
    events: counted,
    stories: <Open to={storiesOf(door.query, 'stories')}>{t.count.stories(door.stories)}</Open>,
  })
}

function Open({ to, children }: { to: string; children: ReactNode }): ReactNode {
  return (
    <Link href={to} className="border-b-2 border-accent hover:text-accent">
      {children}
    </Link>
  )
}

function Name({ card }: { card: LeadTheme }): ReactNode {
  return (
    <Link href={storiesOf(card.now.query)} className="border-b-2 border-accent hover:text-accent">
      {card.name}
    </Link>
  )
}
