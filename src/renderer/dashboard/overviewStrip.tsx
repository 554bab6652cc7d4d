import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { api } from '../api.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { setRange } from '../view.ts'
import { LABELS, LEFT } from './volumeChart.tsx'

const DAY = 86_400_000
/** More bars than these stand without a gap: it would be as wide as they are. */
const MOST_APART = 60

/**
 * The whole archive over time, whatever the filter, and the range as a window in it, which the pointer or the arrow keys move.
 * Nothing where the range is all there is.
 */
export default function OverviewStrip({ from, to }: { from: number; to: number }): ReactNode {
  const words = t.dashboard.overview
  const format = useFormat()
  const { data } = useQuery(api.dashboard.overview.queryOptions({ input: { range: { kind: 'visit' } } }))
  const [moved, setMoved] = useState<number | null>(null)
  const grip = useRef<number | null>(null)
  const first = data?.starts[0]
  if (data === undefined || first === undefined || (from <= first && to >= data.end))
    return data === undefined ? <div className="h-9" /> : null
  const { starts, end, stories } = data
  const span = end - first
  const bar = span / starts.length
  const length = to - from
  const begin = moved ?? from
  const within = (at: number): number => Math.max(first, Math.min(end - length, at))
  const place = (at: number): number => (100 * (Math.min(end, Math.max(first, at)) - first)) / span
  const show = (): void => {
    setMoved(null)
    if (moved === null) return
    // To whole days, where it is of days.
    const day = (at: number): number => (length < DAY ? at : format.startOfDay(at + DAY / 2))
    setRange({ kind: 'custom', from: day(moved), to: day(moved + length) })
  }
  const momentOf = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return first + (span * (event.clientX - left)) / width
  }
  const pointer = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      const at = momentOf(event)
      grip.current = at >= begin && at < begin + length ? at - begin : length / 2
      event.currentTarget.setPointerCapture(event.pointerId)
      setMoved(within(at - grip.current))
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (grip.current !== null) setMoved(within(momentOf(event) - grip.current))
    },
    onPointerUp() {
      grip.current = null
      show()
    },
    onPointerCancel() {
      grip.current = null
      setMoved(null)
    },
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? length : bar
    const target: Partial<Record<string, number>> = {
      ArrowLeft: begin - step,
      ArrowRight: begin + step,
      Home: first,
      End: end,
    }
    const at = target[event.key]
    if (at !== undefined) setMoved(within(at))
    else if (event.key === 'Enter') show()
    else if (event.key === 'Escape' && moved !== null) setMoved(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const most = Math.max(1, ...stories)
  return (
    <div className="mt-1.5 flex items-end print:hidden" style={{ paddingLeft: LEFT }}>
      <div {...pointer} className="relative h-7 min-w-0 flex-1 cursor-pointer touch-pan-y select-none">
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${starts.length} 100`}
          preserveAspectRatio="none"
          className="block size-full"
        >
          {stories.map((count, i) => {
            const start = starts[i] as number
            const shown = start + bar > begin && start < begin + length
            return (
              <rect
                key={start}
                x={i}
                width={starts.length > MOST_APART ? 1.02 : 0.85}
                y={100 - (100 * count) / most}
                height={(100 * count) / most}
                fill={shown ? 'var(--accent)' : 'var(--edge)'}
              />
            )
          })}
        </svg>
        <button
          type="button"
          role="slider"
          aria-label={words.label}
          aria-valuemin={0}
          aria-valuemax={starts.length - 1}
          aria-valuenow={Math.floor((Math.max(first, begin) - first) / bar)}
          aria-valuetext={t.range.between(format.date(begin), format.date(begin + length - 1))}
          title={words.hint}
          onKeyDown={onKeyDown}
          className="absolute -inset-y-0.5 min-w-1.5 rounded-sm border border-accent bg-accent/10"
          style={{ left: `${place(begin)}%`, width: `${place(begin + length) - place(begin)}%` }}
        />
      </div>
      <p className="truncate pl-3.5 text-xs text-ink-3" style={{ width: LABELS }}>
        {moved === null
          ? words.archive(number(stories.reduce((a, b) => a + b, 0)))
          : t.range.between(format.date(begin), format.date(begin + length - 1))}
      </p>
    </div>
  )
}
