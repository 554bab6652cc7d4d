import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { Annotation } from '../../api/contract/views.ts'
import { classes } from '../components/classes.ts'
import { ThemeSign } from '../components/theme.tsx'
import { themeColour } from '../components/themeSign.ts'
import { number } from '../format.ts'
import { dayText, instantOfDay } from '../frame/days.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { type Layer, OTHERS } from './layers.ts'
import { labelled, layerAt, placeOf, type Scale, scaleOf, spread, stacked, stepArea } from './stack.ts'

interface VolumeChartProps {
  label: string
  unit: 'hour' | 'day' | 'week' | 'month'
  buckets: readonly number[]
  /** When the last bucket ends. */
  end: number
  /** Each bucket's time in words. */
  times: readonly string[]
  /** The lowest first. */
  layers: readonly Layer[]
  /** The themes that the dashboard is filtered by; the others are pale. */
  chosen: ReadonlySet<string>
  before: readonly number[] | null
  annotations: readonly Annotation[]
  /** A column was clicked, or one layer's part of it. */
  onOpen: (bucket: number, layer: Layer | null) => void
  /** A label was clicked. */
  onLayer: (layer: Layer) => void
  /** Buckets were chosen, both inclusive. */
  onZoom: (first: number, last: number) => void
  onAnnotation: (annotation: Annotation) => void
}

interface Chosen {
  readonly first: number
  readonly last: number
}

/** What stands left of the plot, and the names at its right. */
export const LEFT = 34
const TOP = 20
const BOTTOM = 20
export const LABELS = 138
const LABEL_HEIGHT = 15
const LEAST_HEIGHT = 220
/** What a page of paper is wide. */
const PAPER = 640
/** A pointer that moved less was a click. */
const STILL = 5

/**
 * Stacked areas, a step a bucket, with names at their ends, the time before as a dashed line, and pins for what the person noted.
 * Dragging over it, or two handles by the arrow keys, choose a part of the time. The table beside it is its accessible form.
 */
export default function VolumeChart(props: VolumeChartProps): ReactNode {
  const { buckets, layers, before, times, label } = props
  const [box, size] = useSize()
  const width = Math.max(80, size.width - LEFT - LABELS)
  const height = Math.max(LEAST_HEIGHT, size.height) - TOP - BOTTOM
  const rows = stacked(layers, buckets.length)
  const most = Math.max(1, ...(rows.at(-1) ?? []), ...(before ?? []))
  const scale = scaleOf(most, buckets.length, width, height)
  const [hovered, setHovered] = useState<number | null>(null)
  return (
    <div
      ref={box}
      className="relative size-full min-h-[220px] select-none print:h-(--drawn) print:[zoom:var(--fit)]"
      // Paper is as it was drawn for the window, smaller where that is wider.
      style={
        {
          '--drawn': `${TOP + height + BOTTOM}px`,
          '--fit': Math.min(1, PAPER / (size.width || 1)),
        } as CSSProperties
      }
    >
      {size.width > 0 && (
        <>
          <svg
            role="img"
            aria-label={label}
            width={LEFT + width}
            height={TOP + height + BOTTOM}
            className="absolute top-0 left-0 block overflow-visible text-xs"
          >
            <g transform={`translate(${LEFT} ${TOP})`}>
              <Axes {...props} scale={scale} width={width} height={height} />
              {layers.map((layer, i) => (
                <path
                  key={layer.id}
                  d={stepArea(rows[i] as number[], rows[i + 1] as number[], scale)}
                  fill={themeColour(layer.colour)}
                  opacity={props.chosen.size > 0 && !props.chosen.has(layer.id) ? 0.3 : 1}
                />
              ))}
              {before !== null && (
                <polyline
                  points={before
                    .map((sum, i) => `${(scale.x(i) + scale.x(i + 1)) / 2},${scale.y(sum)}`)
                    .join(' ')}
                  fill="none"
                  stroke="var(--ink)"
                  strokeWidth="1.3"
                  strokeDasharray="3 3"
                />
              )}
            </g>
          </svg>
          <Brush {...props} scale={scale} width={width} height={height} onHover={setHovered} />
          <EndLabels {...props} rows={rows} scale={scale} left={LEFT + width} height={height} />
          <Pins {...props} width={width} height={height} />
          {hovered !== null && (
            <Told
              {...props}
              bucket={hovered}
              time={times[hovered] ?? ''}
              left={LEFT + scale.x(hovered + 0.5)}
              right={size.width}
            />
          )}
        </>
      )}
    </div>
  )
}

type Drawn = VolumeChartProps & { scale: Scale; height: number }

function Axes({ unit, buckets, scale, width, height }: Drawn & { width: number }): ReactNode {
  const format = useFormat()
  const text = (bucket: number): string => {
    const at = buckets[bucket] ?? 0
    if (unit === 'month') return format.monthYear(at)
    if (unit !== 'hour') return format.weekday(at).split(' ').slice(1).join(' ')
    return format.startOfDay(at) === at ? format.weekday(at) : format.clock(at)
  }
  const days = buckets.flatMap((at, i) => (format.startOfDay(at) === at ? [i] : []))
  const shown =
    unit === 'hour' && days.length > 1 ? days : labelled(buckets.length, width, unit === 'month' ? 70 : 56)
  return (
    <g fill="var(--ink-3)">
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={0} x2={width} y1={scale.y(tick)} y2={scale.y(tick)} stroke="var(--line)" />
          <text x={-6} y={scale.y(tick) + 4} textAnchor="end">
            {number(tick)}
          </text>
        </g>
      ))}
      {shown.map((bucket) => (
        <text key={bucket} x={scale.x(bucket)} y={height + 15}>
          {scale.x(bucket) + 44 <= width + LABELS ? text(bucket) : ''}
        </text>
      ))}
    </g>
  )
}

/** Where the pointer is, what it chooses by dragging, and the two handles that choose by key. */
function Brush(props: Drawn & { width: number; onHover: (bucket: number | null) => void }): ReactNode {
  const { buckets, times, layers, scale, width, height, onOpen, onZoom, onHover } = props
  const words = t.dashboard.volume
  const end = buckets.length - 1
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const from = useRef<{ x: number; bucket: number } | null>(null)
  const { first, last } = chosen ?? { first: 0, last: end }

  const bucketAt = (event: PointerEvent<HTMLElement>): number => {
    const { left } = event.currentTarget.getBoundingClientRect()
    return Math.min(end, Math.max(0, Math.floor(((event.clientX - left) / width) * buckets.length)))
  }
  const zoom = ({ first: a, last: b }: Chosen): void => {
    setChosen(null)
    if (a > 0 || b < end) onZoom(a, b)
  }
  const pointer = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      from.current = { x: event.clientX, bucket: bucketAt(event) }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const bucket = bucketAt(event)
      onHover(bucket)
      const start = from.current
      if (start === null || Math.abs(event.clientX - start.x) < STILL) return
      setChosen({ first: Math.min(start.bucket, bucket), last: Math.max(start.bucket, bucket) })
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const start = from.current
      from.current = null
      if (start === null) return
      if (chosen !== null && Math.abs(event.clientX - start.x) >= STILL) {
        zoom(chosen)
        return
      }
      const { top } = event.currentTarget.getBoundingClientRect()
      const count = ((height - (event.clientY - top)) / height) * (scale.ticks.at(-1) ?? 1)
      const bucket = bucketAt(event)
      onOpen(bucket, layerAt(layers, bucket, count))
    },
    onPointerCancel() {
      from.current = null
      setChosen(null)
    },
    onPointerLeave: () => onHover(null),
  }
  const move = (edge: keyof Chosen) => (event: KeyboardEvent<HTMLElement>) => {
    const now = { first, last }
    const step = event.shiftKey ? 5 : 1
    const to: Partial<Record<string, number>> = {
      ArrowLeft: now[edge] - step,
      ArrowRight: now[edge] + step,
      Home: 0,
      End: end,
    }
    const at = to[event.key]
    if (at !== undefined)
      setChosen(
        edge === 'first'
          ? { first: Math.min(Math.max(0, at), last), last }
          : { first, last: Math.max(Math.min(end, at), first) },
      )
    else if (event.key === 'Enter') zoom(now)
    else if (event.key === 'Escape' && chosen !== null) setChosen(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const handle = (edge: keyof Chosen): ReactNode => {
    const bucket = edge === 'first' ? first : last
    return (
      <button
        type="button"
        role="slider"
        aria-label={words.handle[edge]}
        aria-valuemin={0}
        aria-valuemax={end}
        aria-valuenow={bucket}
        aria-valuetext={times[bucket]}
        title={words.handleHint}
        onKeyDown={move(edge)}
        className={classes(
          'absolute top-1/2 h-5 w-[7px] -translate-1/2 rounded-sm border border-accent bg-panel',
          chosen === null && 'opacity-0 focus-visible:opacity-100',
        )}
        style={{ left: scale.x(edge === 'first' ? first : last + 1) }}
      />
    )
  }
  return (
    <div
      {...pointer}
      className="absolute cursor-crosshair touch-pan-y"
      style={{ left: LEFT, top: TOP, width, height }}
    >
      {chosen !== null && (
        <div
          className="absolute inset-y-0 border-x border-accent bg-accent/10"
          style={{ left: scale.x(first), width: scale.x(last + 1) - scale.x(first) }}
        />
      )}
      {buckets.length > 1 && (
        <>
          {handle('first')}
          {handle('last')}
        </>
      )}
    </div>
  )
}

/** The names of the layers beside their ends, each with a line to it where it had to give way. */
function EndLabels(props: Drawn & { rows: readonly number[][]; left: number }): ReactNode {
  const { layers, chosen, rows, scale, left, height, onLayer } = props
  const last = (rows[0]?.length ?? 1) - 1
  const middle = (i: number): number => scale.y(((rows[i]?.[last] ?? 0) + (rows[i + 1]?.[last] ?? 0)) / 2)
  const fromTop = layers.map((layer, i) => ({ layer, at: middle(i) })).toReversed()
  const places = spread(
    fromTop.map(({ at }) => at),
    LABEL_HEIGHT,
    height - 4,
  )
  return (
    <>
      <svg
        aria-hidden="true"
        width={14}
        height={height + TOP}
        className="absolute overflow-visible"
        style={{ left, top: TOP }}
      >
        {fromTop.map(({ layer, at }, i) => (
          <polyline
            key={layer.id}
            points={`1,${at} 4,${at} 9,${places[i]} 12,${places[i]}`}
            fill="none"
            stroke="var(--edge)"
          />
        ))}
      </svg>
      {fromTop.map(({ layer }, i) => (
        <button
          key={layer.id}
          type="button"
          aria-pressed={layer.id === OTHERS ? undefined : chosen.has(layer.id)}
          title={layer.id === OTHERS ? t.dashboard.volume.unfold : `${layer.name}: ${t.dashboard.filter.by}`}
          onClick={() => onLayer(layer)}
          className={classes(
            'absolute flex items-center gap-1.5 text-left text-xs whitespace-nowrap hover:text-accent',
            chosen.has(layer.id) ? 'font-semibold text-accent' : 'text-ink-2',
          )}
          style={{ left: left + 14, top: TOP + (places[i] ?? 0) - 8, maxWidth: LABELS - 16 }}
        >
          <ThemeSign colour={layer.colour} />
          <span className="min-w-0 truncate">{layer.name}</span>
        </button>
      ))}
    </>
  )
}

/** What the person noted: a pin on its day, with its words where there is room. */
function Pins(props: VolumeChartProps & { width: number; height: number }): ReactNode {
  const { annotations, buckets, end, width, height, onAnnotation } = props
  const format = useFormat()
  const pins = annotations
    .flatMap((annotation) => {
      const place = placeOf(instantOfDay(annotation.day, format.zone), buckets, end)
      return place === null ? [] : [{ annotation, x: LEFT + place * width }]
    })
    .toSorted((a, b) => a.x - b.x)
  return pins.map(({ annotation, x }, i) => {
    const room = (pins[i + 1]?.x ?? LEFT + width) - x - 8
    const toLeft = room < 60 && i === pins.length - 1
    const space = toLeft ? x - (pins[i - 1]?.x ?? 0) - 8 : room
    return (
      <button
        key={`${annotation.day} ${annotation.text}`}
        type="button"
        title={`${annotation.text}, ${dayText(annotation.day)}`}
        aria-label={t.dashboard.volume.pin(annotation.text, dayText(annotation.day))}
        onClick={() => onAnnotation(annotation)}
        className={classes(
          'group absolute top-0 flex h-5 items-start gap-1 text-xs font-semibold hover:text-accent',
          toLeft && '-translate-x-full flex-row-reverse',
        )}
        style={{ left: toLeft ? x + 4 : x - 4, maxWidth: Math.max(8, space) }}
      >
        <span
          aria-hidden="true"
          className="mt-[5px] size-2 shrink-0 rounded-full bg-ink group-hover:bg-accent"
        />
        <span className="truncate">{space > 40 ? annotation.text : ''}</span>
        <span
          aria-hidden="true"
          className={classes(
            'pointer-events-none absolute w-px bg-ink',
            toLeft ? 'right-[3.5px]' : 'left-[3.5px]',
          )}
          style={{ top: 12, height: height + TOP - 12 }}
        />
      </button>
    )
  })
}

/** What the bucket under the pointer holds. */
function Told(
  props: VolumeChartProps & { bucket: number; time: string; left: number; right: number },
): ReactNode {
  const { layers, before, bucket, time, left, right } = props
  const words = t.dashboard.volume
  const shown = layers.filter(({ stories }) => (stories[bucket] ?? 0) > 0).toReversed()
  const beyond = left + 216 > right
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-6 z-10 w-[200px] rounded-md border border-edge bg-raised px-2.5 py-1.5 text-sm shadow-float"
      style={{ left: beyond ? left - 212 : left + 12 }}
    >
      <p className="font-semibold">{time}</p>
      {shown.map(({ id, name, colour, stories }) => (
        <p key={id} className="flex items-center gap-2 text-ink-2">
          <ThemeSign colour={colour} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="font-semibold text-ink tabular-nums">{number(stories[bucket] ?? 0)}</span>
        </p>
      ))}
      {before !== null && (
        <p className="flex gap-2 text-ink-3">
          <span className="flex-1">{words.beforeAll}</span>
          <span className="tabular-nums">{number(before[bucket] ?? 0)}</span>
        </p>
      )}
      <p className="text-xs text-ink-3">{words.hint}</p>
    </div>
  )
}

function useSize(): [React.RefObject<HTMLDivElement | null>, { width: number; height: number }] {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, size]
}
