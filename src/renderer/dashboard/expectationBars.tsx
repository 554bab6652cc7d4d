import type { ReactNode } from 'react'
import type { Above } from '../../api/contract/dashboard/above.ts'
import { NumberDoor } from '../components/numberDoor.tsx'
import { themeColour } from '../components/themeSign.ts'
import { useCountUnit } from '../countUnit.ts'
import { number, short } from '../format.ts'
import { dayText } from '../frame/days.ts'
import { t } from '../messages/index.ts'
import { countedDoor } from './lead.ts'

const HEIGHT = 32

/**
 * A day's count beside the same weekday of the weeks before: a bar each with its figure, which opens; shaded, the band in which it was
 * expected, dotted, its middle. An empty place is a day on which no source had a story.
 */
export function ExpectationBars({ departure }: { departure: Above['departures'][number] }): ReactNode {
  const words = t.dashboard.above
  const unit = useCountUnit()
  const { history, observed, value, low, high, label, colour, day, query } = departure
  const most = Math.max(observed, high, ...history.map(({ count }) => count ?? 0), 1)
  const up = (count: number): number => (count / most) * HEIGHT
  const columns = [...history, { day, count: observed, query }]
  return (
    <div className="relative shrink-0">
      <div
        aria-hidden="true"
        className="absolute inset-x-0 rounded-sm bg-hover"
        style={{ bottom: 16 + up(low), height: Math.max(2, up(high) - up(low)) }}
      />
      <ol className="relative flex" aria-label={words.bars(label)}>
        {columns.map((one, i) => {
          const last = i === columns.length - 1
          return (
            <li key={one.day} className="flex w-[19px] flex-col items-center justify-end">
              <div
                aria-hidden="true"
                className={last ? 'w-[13px]' : 'w-[9px]'}
                style={{
                  height: one.count === null ? 0 : Math.max(1, up(one.count)),
                  backgroundColor: last
                    ? colour === 0
                      ? 'var(--ink-2)'
                      : themeColour(colour)
                    : 'var(--edge)',
                }}
              />
              {one.count === null ? (
                <span title={words.outage(dayText(one.day))} className="h-4 text-xs text-ink-3">
                  –
                </span>
              ) : (
                <NumberDoor
                  door={countedDoor(unit, one.count, one.query)}
                  of={words.onDay(label, dayText(one.day))}
                  className={`h-4 text-xs tabular-nums ${last ? 'font-semibold' : 'text-ink-3'}`}
                >
                  {one.count < 1000 ? number(one.count) : short(one.count)}
                </NumberDoor>
              )}
            </li>
          )
        })}
      </ol>
      <div
        aria-hidden="true"
        className="absolute inset-x-0 border-t border-dotted border-ink-3"
        style={{ bottom: 16 + up(value) }}
      />
    </div>
  )
}
