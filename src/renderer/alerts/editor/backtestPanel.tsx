import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { storiesOf } from '../../components/numberDoor.tsx'
import { Panel } from '../../components/panel.tsx'
import { SegmentedControl } from '../../components/segmentedControl.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { duration, number, number1 } from '../../format.ts'
import { dayOf, daysBetween } from '../../frame/days.ts'
import { t } from '../../messages/index.ts'
import { useFormat } from '../../useFormat.ts'
import { BacktestChart, BacktestTable } from './backtestChart.tsx'
import { dayBars } from './dayBars.ts'
import { RANGES, type Summary, type TestRange, type Timed, type useBacktest, within } from './useBacktest.ts'

/** Room for a bar with its gap, in pixels. */
const BAR = 9
/** How an answer looks that is out of date: only once the new one takes a while, or each letter would make it blink. */
const STALE = 'opacity-50 transition-opacity delay-500 duration-150 motion-reduce:transition-none'

/** How many hits and notices there would have been, as numbers and over time. */
export function BacktestPanel(props: {
  test: ReturnType<typeof useBacktest>
  faulty: boolean
  /** Stories are still being given their events. */
  gathering: boolean
  range: TestRange
  onRange: (range: TestRange) => void
  /** A query that finds less, and what it would have found; undefined until that is known. */
  narrowing: { words: string; test: Timed | undefined } | null
}): ReactNode {
  const { test, range, onRange } = props
  const words = t.alertEditor.test
  const { data, summary: shown } = test
  /** The hits are those of what is typed, whether or not the notices are decided yet. */
  const isFresh = test.isCurrent || shown?.notices === null
  return (
    <Panel
      title={words.title}
      note={
        data !== undefined && (
          <span role="status">{words.took(t.count.stories(data.answer.stories), duration(data.ms))}</span>
        )
      }
    >
      {test.error !== null ? (
        <ErrorState title={words.failed} error={test.error} retry={() => void test.refetch()} />
      ) : shown === undefined ? (
        props.faulty ? (
          <p className="py-2 text-ink-3">{words.waitsFault}</p>
        ) : (
          <>
            <Slow working={test.isFetching} />
            <Skeleton lines={8} />
          </>
        )
      ) : (
        <div aria-busy={test.isFetching} className="flex flex-col gap-3">
          <div className="flex items-start gap-4">
            <div
              className={classes(
                'flex min-w-0 flex-1 flex-wrap gap-x-5 gap-y-2',
                !isFresh && !props.faulty && STALE,
              )}
            >
              <Figures shown={shown} narrowing={props.narrowing} />
            </div>
            <SegmentedControl
              label={words.range}
              value={range}
              choices={RANGES.map((value) => ({
                value,
                text: words.ranges[value],
                name: words.rangeNames[value],
              }))}
              onChange={onRange}
            />
          </div>
          {props.gathering && <p className="text-sm text-ink-3">{words.gathering}</p>}
          {props.faulty && <p className="text-sm text-ink-3">{words.waitsFault}</p>}
          <Slow working={test.isFetching} />
          <div className={isFresh || props.faulty ? '' : STALE}>
            {shown.hits === 0 ? (
              <EmptyState
                title={words.noHits}
                actions={range !== 'all' && <Button onClick={() => onRange('all')}>{words.longer}</Button>}
              >
                {words.noHitsHint}
              </EmptyState>
            ) : (
              <OverTime shown={shown} narrowing={props.narrowing} />
            )}
          </div>
          {data !== undefined && data.answer.incomplete !== null && (
            <p className="text-sm text-warn">{data.answer.incomplete}</p>
          )}
        </div>
      )}
    </Panel>
  )
}

/** How many days a back-test covers: those of its range, or those since the first hit. */
function daysCovered({ days, perDay }: Summary, today: string): number {
  const from = days?.from ?? perDay[0]?.day ?? today
  return Math.max(1, daysBetween(from, days?.to ?? today) + 1)
}

function Figures(props: {
  shown: Summary
  narrowing: { words: string; test: Timed | undefined } | null
}): ReactNode {
  const words = t.alertEditor.test
  const format = useFormat()
  const { shown, narrowing } = props
  const { query, days, hits, notices } = shown
  const length = daysCovered(shown, dayOf(format.now, format.zone))
  const often = (n: number): string => oftenOf(n, length)
  return (
    <>
      <Figure
        n={hits}
        href={storiesOf(within(query, days), 'stories')}
        title={words.openHits}
        text={words.hits(often(hits))}
        sign={
          <span className="size-2 rounded-[2px] bg-[color-mix(in_srgb,var(--accent)_24%,var(--panel))]" />
        }
      />
      <Figure
        n={notices}
        title={words.noticesHint}
        text={notices === null ? words.deciding : words.notices(often(notices))}
        sign={<span className="size-2 rounded-[2px] bg-accent" />}
      />
      {narrowing?.test !== undefined && (
        <Figure
          n={narrowing.test.answer.hits}
          href={storiesOf(within(narrowing.test.asked.query, days), 'stories')}
          title={words.openHits}
          text={words.narrowed(narrowing.words)}
          sign={<span className="h-0.5 w-2.5 bg-warn" />}
        />
      )}
    </>
  )
}

/** Below so many a day, days are what people count in. */
const SELDOM = 0.1

function oftenOf(n: number, days: number): string {
  const words = t.alertEditor.test
  if (n === 0) return ''
  return n / days < SELDOM ? words.oneIn(t.count.days(Math.round(days / n))) : words.aDay(number1(n / days))
}

function Figure(props: {
  /** null: not known yet. */
  n: number | null
  href?: string
  title: string
  text: string
  sign: ReactNode
}): ReactNode {
  const big = 'text-xl font-semibold'
  return (
    <p title={props.title} className="flex flex-col">
      {props.n === null ? (
        <span className={classes(big, 'breathe')}>…</span>
      ) : props.href === undefined || props.n === 0 ? (
        <span className={big}>{number(props.n)}</span>
      ) : (
        <Link href={props.href} className={classes(big, 'self-start hover:text-accent hover:underline')}>
          {number(props.n)}
        </Link>
      )}
      <span className="flex items-center gap-1.5 text-sm text-ink-3">
        {props.sign}
        {props.text}
      </span>
    </p>
  )
}

function OverTime(props: {
  shown: Summary
  narrowing: { words: string; test: Timed | undefined } | null
}): ReactNode {
  const { shown, narrowing } = props
  const words = t.alertEditor.test
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const compared = narrowing?.test
  const bars = dayBars(
    shown.perDay,
    compared === undefined ? null : compared.answer.days,
    shown.days,
    dayOf(format.now, format.zone),
    Math.max(20, Math.floor(width / BAR)),
  )
  const shared = {
    bars,
    query: shown.query,
    narrowing: compared === undefined ? null : (narrowing?.words ?? null),
  }
  return (
    <div ref={box} className="flex flex-col gap-1">
      {width > 0 && (asTable ? <BacktestTable {...shared} /> : <BacktestChart {...shared} />)}
      <div className="flex justify-end">
        <Button look="quiet" small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </Button>
      </div>
    </div>
  )
}

const SLOW_MS = 2000

/** Says that a back-test takes long, once it does. */
function Slow({ working }: { working: boolean }): ReactNode {
  const words = t.alertEditor.test
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (!working) return
    const began = Date.now()
    const timer = setInterval(() => setSeconds(Date.now() - began), 500)
    return () => {
      clearInterval(timer)
      setSeconds(0)
    }
  }, [working])
  if (!working || seconds < SLOW_MS) return null
  return (
    <p role="status" className="text-sm text-ink-2">
      {words.slow(duration(seconds))} <span className="text-ink-3">{words.slowHint}</span>
    </p>
  )
}
