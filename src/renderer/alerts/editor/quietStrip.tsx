import { type ReactNode, useRef, useState } from 'react'
import type { AlertSettings } from '../../../api/contract/alertSettings.ts'
import { t } from '../../messages/index.ts'
import { minutesOf } from './timeOfDay.ts'

const DAY = 24 * 60
const STEP = 30

/**
 * The local day from midnight to midnight: when the alert is quiet, and when its digests come. Dragging over a stretch makes it the
 * quiet hours; the sentence above does the same by keyboard.
 */
export function QuietStrip(props: {
  settings: AlertSettings
  onChange: (settings: AlertSettings) => void
}): ReactNode {
  const { settings, onChange } = props
  const words = t.alertEditor.strip
  const { quiet, trigger } = settings
  const bar = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const at = trigger.kind === 'digest' ? trigger.at.toSorted() : []
  const held = drag === null ? stretchesOf(quiet) : [ordered(drag)]
  const said = quiet === null || quiet.from === quiet.to ? '' : `${quiet.from} to ${quiet.to}`

  const minuteAt = (x: number): number => {
    const box = bar.current?.getBoundingClientRect()
    if (box === undefined) return 0
    const minute = ((x - box.left) / Math.max(1, box.width)) * DAY
    return Math.max(0, Math.min(DAY, Math.round(minute / STEP) * STEP))
  }
  const finish = (): void => {
    if (drag === null) return
    setDrag(null)
    const [from, to] = ordered(drag)
    if (to - from >= STEP) onChange({ ...settings, quiet: { from: timeOf(from), to: timeOf(to) } })
  }

  return (
    <div role="img" aria-label={words.label(said, at.join(', '))} className="mt-1">
      <div
        ref={bar}
        className="relative h-3 cursor-crosshair touch-none overflow-hidden rounded-xs bg-[color-mix(in_srgb,var(--accent)_26%,var(--panel))]"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const minute = minuteAt(event.clientX)
          setDrag({ from: minute, to: minute })
        }}
        onPointerMove={(event) => drag !== null && setDrag({ ...drag, to: minuteAt(event.clientX) })}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(null)}
      >
        {held.map(([from, to]) => (
          <span
            key={from}
            className="absolute inset-y-0 bg-[color-mix(in_srgb,var(--edge)_75%,var(--panel))]"
            style={{ left: percent(from), width: percent(to - from) }}
          />
        ))}
        {Array.from({ length: 23 }, (_, hour) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the hours of a day
            key={hour}
            className="absolute inset-y-0 w-px bg-panel"
            style={{ left: percent((hour + 1) * 60) }}
          />
        ))}
        {at.map((time) => (
          <span
            key={time}
            className="absolute inset-y-0 -ml-px w-0.5 bg-ink"
            style={{ left: percent(minutesOf(time)) }}
          />
        ))}
      </div>
      <div className="relative mt-0.5 h-4 text-xs text-ink-3">
        {labelsOf(held, at).map(({ minute, text }) => (
          <span
            key={`${minute} ${text}`}
            className="absolute whitespace-nowrap"
            style={
              minute > DAY * 0.82
                ? { right: percent(DAY - minute) }
                : { left: percent(minute), translate: minute === 0 ? undefined : '-2px' }
            }
          >
            {text}
          </span>
        ))}
      </div>
    </div>
  )
}

const percent = (minutes: number): string => `${(100 * minutes) / DAY}%`
const ordered = ({ from, to }: { from: number; to: number }): [number, number] => [
  Math.min(from, to),
  Math.max(from, to),
]

function timeOf(minutes: number): string {
  const at = minutes % DAY
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}

/** Quiet hours over midnight are two stretches of the day. */
function stretchesOf(quiet: AlertSettings['quiet']): [number, number][] {
  if (quiet === null || quiet.from === quiet.to) return []
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  if (from < to) return [[from, to]]
  return [
    [0, to],
    [from, DAY],
  ].filter(([start = 0, end = 0]) => end > start) as [number, number][]
}

/** What stands under the strip: its ends, where quiet hours begin and end, and the digests; none over another. */
function labelsOf(
  held: readonly (readonly [number, number])[],
  digests: readonly string[],
): { minute: number; text: string }[] {
  const words = t.alertEditor.strip
  const wanted = [
    ...held.flatMap(([from, to]) => [
      ...(from === 0 ? [] : [{ minute: from, text: `${timeOf(from)} ${words.quiet}` }]),
      ...(to === DAY ? [] : [{ minute: to, text: `${timeOf(to)} ${words.told}` }]),
    ]),
    ...digests.map((time) => ({ minute: minutesOf(time), text: `${time} ${words.digest}` })),
    { minute: 0, text: '00:00' },
    { minute: DAY, text: '24:00' },
    { minute: DAY / 2, text: '12:00' },
  ]
  const placed: { minute: number; text: string }[] = []
  for (const label of wanted)
    if (placed.every(({ minute }) => Math.abs(minute - label.minute) > ROOM)) placed.push(label)
  return placed
}

/** Minutes that a label takes: a fifth of the strip. */
const ROOM = DAY / 5
