import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { datesOf, readFilters, selectedDays, setDates } from '../../core/query/language/language.ts'
import { api } from '../api.ts'
import { classes } from '../components/classes.ts'
import type { CountUnit } from '../countUnit.ts'
import { dayOf, daysBetween, dayText } from '../frame/days.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { type Bar, bars, countOf } from './bars.ts'

/** Room for a bar with its gap, in pixels. */
const BAR = 5
const HEIGHT = 34

/** How a query's events, or stories, lie in time. Clicking a day, or dragging over several, sets the query's dates. */
export function Histogram(props: {
  query: string
  /** The engine has read the query. */
  readable: boolean
  /** What the list has a line for, and the bars count. */
  unit: CountUnit
  onQuery: (query: string) => void
}): ReactNode {
  const { query, onQuery, unit } = props
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [anchor, setAnchor] = useState<number | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)

  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const selected = selectedDays(readFilters(query), dayOf(format.now, format.zone))
  const { data } = useQuery(
    api.stories.histogram.queryOptions({
      // Without its dates, so that the days around the selected ones are seen.
      input: { query: setDates(query, {}), ...(unit === 'events' ? { events: true } : {}) },
      enabled: props.readable,
      // What counted the other unit is no stand-in.
      placeholderData: (before) =>
        (before?.days[0]?.events === undefined) === (unit === 'stories') ? before : undefined,
    }),
  )
  const days = data?.days ?? []
  const shown = bars(days, Math.floor(width / BAR), selected)
  const top = Math.max(1, ...shown.map((bar) => bar.count))
  const range: [number, number] | null =
    at === null ? null : [Math.min(anchor ?? at, at), Math.max(anchor ?? at, at)]

  const choose = (from: number, to: number): void => {
    const [first, last] = [shown[Math.min(from, to)], shown[Math.max(from, to)]]
    if (first === undefined || last === undefined) return
    const same = selected?.from === first.from && selected.to === last.to
    // The chosen days chosen again: all days.
    onQuery(setDates(query, same ? {} : datesOf(first.from, last.to)))
  }
  const barAt = (x: number): number => {
    const left = box.current?.getBoundingClientRect().left ?? 0
    return Math.max(
      0,
      Math.min(shown.length - 1, Math.floor(((x - left) / Math.max(1, width)) * shown.length)),
    )
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step !== undefined) {
      const next = Math.max(0, Math.min(shown.length - 1, (at ?? shown.length) + step))
      setAt(next)
      setAnchor(event.shiftKey ? (anchor ?? at ?? next) : next)
    } else if (event.key === 'Enter' && at !== null) choose(anchor ?? at, at)
    else if (event.key === 'Escape' && selected !== null) onQuery(setDates(query, {}))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const sayDays = (from: number, to: number): string => {
    const [first, last] = [shown[from], shown[to]]
    if (first === undefined || last === undefined) return ''
    const count = countOf(days, first.from, last.to)
    return t.stories.histogram.bar(daysText(first.from, last.to), t.count[unit](count))
  }
  const perBar = shown[0] === undefined ? 1 : daysBetween(shown[0].from, shown[0].to) + 1
  const [first, last] = [shown[0], shown.at(-1)]

  return (
    <div className="border-b border-line px-4 pt-2 pb-1">
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={t.stories.histogram.label[unit]}
        aria-description={t.stories.histogram.keys}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, shown.length - 1)}
        aria-valuenow={at ?? Math.max(0, shown.length - 1)}
        aria-valuetext={range === null ? '' : sayDays(range[0], range[1])}
        className="flex cursor-pointer touch-none items-end select-none"
        style={{ height: HEIGHT }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setAt(null)
          setAnchor(null)
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 || shown.length === 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragging(true)
          setAnchor(barAt(event.clientX))
          setAt(barAt(event.clientX))
        }}
        onPointerMove={(event) => {
          if (shown.length === 0) return
          setAt(barAt(event.clientX))
          if (!dragging) setAnchor(null)
        }}
        onPointerUp={(event) => {
          if (!dragging) return
          setDragging(false)
          choose(anchor ?? barAt(event.clientX), barAt(event.clientX))
          setAnchor(null)
        }}
        onPointerCancel={() => {
          setDragging(false)
          setAnchor(null)
        }}
        onPointerLeave={() => !dragging && setAt(null)}
      >
        {shown.map((bar, index) => (
          <div key={bar.from} aria-hidden="true" className="flex h-full flex-1 items-end pr-px">
            <div
              className={classes(
                'w-full rounded-t-[1px]',
                range !== null && index >= range[0] && index <= range[1]
                  ? 'bg-accent'
                  : isIn(bar, selected)
                    ? 'bg-accent opacity-70'
                    : 'bg-edge',
              )}
              style={{
                height: bar.count === 0 ? 1 : Math.max(2, Math.round((bar.count / top) * HEIGHT)),
              }}
            />
          </div>
        ))}
      </div>
      <div className="flex h-4 justify-between gap-2 text-xs text-ink-3" aria-hidden="true">
        {range !== null && shown.length > 0 ? (
          <span className="truncate text-ink-2">{sayDays(range[0], range[1])}</span>
        ) : (
          first !== undefined &&
          last !== undefined && (
            <>
              <span>{dayText(first.from)}</span>
              <span>{t.stories.histogram.per[unit](perBar)}</span>
              <span>{dayText(last.to)}</span>
            </>
          )
        )}
      </div>
    </div>
  )
}

const daysText = (from: string, to: string): string =>
  from === to ? dayText(from) : t.filters.between(dayText(from), dayText(to))

/** Without selected days all bars count. */
const isIn = (bar: Bar, selected: { from: string | null; to: string | null } | null): boolean =>
  selected === null ||
  ((selected.from === null || bar.to >= selected.from) && (selected.to === null || bar.from <= selected.to))
