import { type ReactNode, useId, useState } from 'react'
import { t } from '../../messages/index.ts'
import { readTimeOfDay } from './timeOfDay.ts'

/** A local time of day, "07:00". What is none is said, and not taken. The arrow keys move it by a quarter of an hour. */
export function TimeField(props: {
  label: string
  /** The label is seen; else it is for screen readers. */
  shown?: boolean
  value: string
  onChange: (time: string) => void
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  const id = useId()
  const wrong = typed !== null && readTimeOfDay(typed) === null
  const take = (text: string): void => {
    setTyped(text)
    const time = readTimeOfDay(text)
    if (time !== null && time !== props.value) props.onChange(time)
  }
  return (
    <div className="flex w-[76px] flex-col gap-1">
      <label htmlFor={id} className={props.shown === true ? 'text-sm font-semibold text-ink-2' : 'sr-only'}>
        {props.label}
      </label>
      <input
        id={id}
        className="field text-center"
        inputMode="numeric"
        maxLength={5}
        aria-invalid={wrong}
        title={wrong ? t.alertEditor.timeUnreadable : undefined}
        value={typed ?? props.value}
        onChange={({ target }) => take(target.value)}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          const step = { ArrowUp: 15, ArrowDown: -15 }[event.key]
          if (step === undefined) return
          event.preventDefault()
          setTyped(null)
          props.onChange(moved(props.value, step))
        }}
      />
    </div>
  )
}

const DAY_MINUTES = 24 * 60

/** To the next quarter of an hour in a direction, around the clock. */
function moved(time: string, step: number): string {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const size = Math.abs(step)
  const next = step > 0 ? Math.floor(minutes / size) * size + size : Math.ceil(minutes / size) * size - size
  const at = (next + DAY_MINUTES) % DAY_MINUTES
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}
