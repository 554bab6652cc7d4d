import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { classes } from '../../components/classes.ts'
import { storiesOf } from '../../components/numberDoor.tsx'
import { number } from '../../format.ts'
import { daysBetween, dayText } from '../../frame/days.ts'
import { t } from '../../messages/index.ts'
import { useRoving } from '../../roving.ts'
import { type DayBar, ticks } from './dayBars.ts'
import { NOISY, within } from './useBacktest.ts'

const HEIGHT = 156

interface Props {
  readonly bars: readonly DayBar[]
  readonly query: string
  /** How the narrowing differs, where there is one. */
  readonly narrowing: string | null
}

/** Hits as light bars, notices as bars of the accent within them, and a tick for the hits with the narrowing. Each opens its days. */
export function BacktestChart({ bars, query, narrowing }: Props): ReactNode {
  const words = t.alertEditor.test
  const [at, setAt] = useState<number | null>(null)
  const roving = useRoving()
  const perBar = bars.length < 2 ? 1 : daysBetween(bars[0]?.to ?? '', bars[1]?.to ?? '')
  const most = Math.max(...bars.map(({ hits, notices }) => Math.max(hits, notices)))
  const marks = ticks(most)
  const top = marks.at(-1) ?? 1
  const height = (n: number): number => (n === 0 ? 0 : Math.max(2, (n / top) * HEIGHT))
  const hovered = at === null ? undefined : bars[at]
  const noisy = perBar === 1 && most >= NOISY
  const labels = labelled(bars)
  return (
    <figure aria-label={words.chart} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
      <div
        aria-hidden="true"
        className="relative w-7 text-right text-xs text-ink-3"
        style={{ height: HEIGHT }}
      >
        {marks.map((mark) => (
          <span
            key={mark}
            className="absolute right-0 -translate-y-1/2"
            style={{ top: HEIGHT - (mark / top) * HEIGHT }}
          >
            {number(mark)}
          </span>
        ))}
      </div>
      <div className="relative" style={{ height: HEIGHT }}>
        {marks.map((mark) => (
          <span
            key={mark}
            aria-hidden="true"
            className={classes('absolute inset-x-0 h-px', mark === 0 ? 'bg-edge' : 'bg-line')}
            style={{ top: HEIGHT - (mark / top) * HEIGHT }}
          />
        ))}
        <div {...roving} className="absolute inset-0 flex">
          {bars.map((bar, index) => (
            <Link
              key={bar.from}
              href={storiesOf(within(query, bar), 'stories')}
              aria-label={nameOf(bar, narrowing)}
              onMouseEnter={() => setAt(index)}
              onMouseLeave={() => setAt(null)}
              onFocus={() => setAt(index)}
              onBlur={() => setAt(null)}
              className="relative h-full min-w-0 flex-1 hover:bg-hover focus-visible:bg-hover"
            >
              <span
                className="absolute inset-x-[10%] bottom-0 rounded-t-[1px] bg-[color-mix(in_srgb,var(--accent)_24%,var(--panel))]"
                style={{ height: height(bar.hits) }}
              />
              <span
                className="absolute inset-x-[10%] bottom-0 rounded-t-[1px] bg-accent"
                style={{ height: height(bar.notices) }}
              />
              {bar.narrowed !== null && bar.hits > 0 && (
                <span
                  className="absolute inset-x-[4%] h-0.5 bg-warn"
                  style={{ bottom: Math.max(0, (bar.narrowed / top) * HEIGHT - 1) }}
                />
              )}
            </Link>
          ))}
        </div>
        {noisy && (
          <div
            aria-hidden="true"
            className="pointer-events-none absolute inset-x-0 border-t border-dashed border-warn"
            style={{ top: HEIGHT - (NOISY / top) * HEIGHT }}
          >
            <span className="absolute -top-[17px] left-1 bg-panel/80 px-0.5 text-xs text-warn">
              {words.noisyFrom(number(NOISY))}
            </span>
          </div>
        )}
      </div>
      <figcaption aria-hidden="true" className="relative col-start-2 mt-1 h-4 text-xs text-ink-3">
        {hovered === undefined ? (
          labels.map(({ index, text, align }) => (
            <span
              key={index}
              className="absolute whitespace-nowrap"
              style={
                align === 'right'
                  ? { right: 0 }
                  : {
                      left: `${(100 * (index + (align === 'left' ? 0 : 0.5))) / bars.length}%`,
                      translate: align === 'left' ? undefined : '-50%',
                    }
              }
            >
              {text}
            </span>
          ))
        ) : (
          <span className="block truncate text-center text-ink-2">{nameOf(hovered, narrowing)}</span>
        )}
      </figcaption>
    </figure>
  )
}

/** The same as a table: for screen readers, and for whoever wants the numbers. */
export function BacktestTable({ bars, query, narrowing }: Props): ReactNode {
  const words = t.alertEditor.test
  return (
    <div className="max-h-[176px] overflow-auto">
      <table className="figures">
        <caption className="sr-only">{words.chart}</caption>
        <thead className="sticky top-0 bg-panel">
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col" className="number">
              {words.hitsColumn}
            </th>
            <th scope="col" className="number">
              {words.noticesColumn}
            </th>
            {narrowing !== null && (
              <th scope="col" className="number">
                {words.narrowedColumn(narrowing)}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {bars.toReversed().map((bar) => (
            <tr key={bar.from}>
              <th scope="row">
                <Link
                  href={storiesOf(within(query, bar), 'stories')}
                  className="hover:text-accent hover:underline"
                >
                  {daysOf(bar)}
                </Link>
              </th>
              <td className="number">{number(bar.hits)}</td>
              <td className="number">{number(bar.notices)}</td>
              {narrowing !== null && <td className="number">{number(bar.narrowed ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const daysOf = ({ from, to }: DayBar): string =>
  from === to ? dayText(from) : t.filters.between(dayText(from), dayText(to))

function nameOf(bar: DayBar, narrowing: string | null): string {
  const words = t.alertEditor
  const text = words.test.bar(daysOf(bar), words.hits(bar.hits), words.notices(bar.notices))
  return bar.narrowed === null || narrowing === null
    ? text
    : words.test.barNarrowed(text, number(bar.narrowed), narrowing)
}

/** About five days along the axis, the first and the last among them. */
function labelled(
  bars: readonly DayBar[],
): { index: number; text: string; align: 'left' | 'middle' | 'right' }[] {
  const steps = Math.min(4, bars.length - 1)
  return Array.from({ length: steps + 1 }, (_, i) => {
    const index = steps === 0 ? 0 : Math.round((i * (bars.length - 1)) / steps)
    const bar = bars[index] as DayBar
    return {
      index,
      text: dayText(i === steps ? bar.to : bar.from).replace(/ \d{4}$/, bars.length > 370 ? '$&' : ''),
      align: i === 0 ? ('left' as const) : i === steps ? ('right' as const) : ('middle' as const),
    }
  })
}
