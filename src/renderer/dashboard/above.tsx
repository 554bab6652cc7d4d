import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Above as Answer } from '../../api/contract/dashboard/above.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { useCountUnit } from '../countUnit.ts'
import { dayOf, dayText } from '../frame/days.ts'
import { t } from '../messages/index.ts'
import { weekOf } from '../range.ts'
import { useFormat } from '../useFormat.ts'
import { setRange } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { ExpectationBars } from './expectationBars.tsx'
import { countedDoor, expectedText, weekdayOf } from './lead.ts'

/** More than these are counted in a line. */
const SHOWN = 6
const SILENT = 3

/** What departs from what its weekdays predict, above or below, drawn beside its eight weeks; then the sources whose silence may be why. */
export function Above(): ReactNode {
  const words = t.dashboard.above
  const unit = useCountUnit()
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.above, unit)}
      lines={15}
      isShort={({ departures }) => departures.length === 0}
      note={({ departures }) =>
        departures.length > 0 && <span className="block truncate">{words.note(unit)}</span>
      }
    >
      {(shown) => <Unusual shown={shown} />}
    </DashboardPanel>
  )
}

type Departure = Answer['departures'][number]

function Unusual({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.above
  const { departures, silent } = shown
  return (
    <>
      {departures.length === 0 && <WhyNone shown={shown} />}
      <ul className="divide-y divide-line">
        {departures.slice(0, SHOWN).map((one) => (
          <DepartureRow key={`${one.kind} ${one.name}`} departure={one} />
        ))}
        {departures.length > SHOWN && (
          <li className="py-1.5 text-sm text-ink-3">{words.more(departures.length - SHOWN)}</li>
        )}
      </ul>
      {silent.length > 0 && (
        <p className="mt-1.5 text-sm text-ink-2">
          {silent.slice(0, SILENT).map(({ id, title, message }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <Link
                href={`/sources?source=${id}`}
                title={message}
                className="font-semibold text-warn hover:underline"
              >
                {title}
              </Link>
            </span>
          ))}
          {silent.length > SILENT && ` ${words.andMore(silent.length - SILENT)}`}{' '}
          {words.silentHint(silent.length)}
        </p>
      )}
    </>
  )
}

function DepartureRow({ departure }: { departure: Departure }): ReactNode {
  const words = t.dashboard.above
  const unit = useCountUnit()
  const format = useFormat()
  const { kind, label, colour, side, observed, query, day } = departure
  const goesOn = day === dayOf(format.now, format.zone)
  return (
    <li className="flex items-start justify-between gap-3 py-2">
      <div className="min-w-0">
        <p className="flex items-baseline gap-2">
          {kind === 'theme' && <ThemeSign colour={colour} />}
          <Link
            href={storiesOf(query)}
            className="min-w-0 truncate font-semibold hover:text-accent hover:underline"
            title={label}
          >
            {kind === 'bloc' ? words.bloc(label) : label}
          </Link>
          <NumberDoor
            door={countedDoor(unit, observed, query)}
            of={label}
            className={side === 'above' ? 'font-semibold text-bad' : 'font-semibold'}
          />
        </p>
        <p className="text-xs text-ink-3">{expectedText(departure)}</p>
        <p className="text-xs text-ink-3">
          {words.side[side]}, {goesOn ? words.soFar : `${weekdayOf(day)} ${dayText(day)}`}
        </p>
      </div>
      <ExpectationBars departure={departure} />
    </li>
  )
}

/** Why nothing is listed, and what leads to where there is something. */
function WhyNone({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.above
  const { unexpected, newest, tested } = shown
  const format = useFormat()
  if (unexpected !== 'nothing recent' || newest === null)
    return <p className="py-1.5 text-ink-2">{unexpected === null ? words.none(tested) : words.fewWeeks}</p>
  return (
    <div className="flex flex-col items-start gap-2 py-1.5 text-ink-2">
      <p>{words.nothingRecent(format.date(newest))}</p>
      <Button small onClick={() => setRange(weekOf(newest, format.zone))}>
        {words.toNewest}
      </Button>
    </div>
  )
}
