import { type ReactNode, useId, useState } from 'react'
import { number } from '../../format.ts'
import { t } from '../../messages/index.ts'

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
type Unit = keyof typeof UNITS

/** A length of time (ms) as a number and its unit. What is no whole number in the limits is said, and not taken. */
export function SpanField(props: {
  label: string
  value: number
  least: number
  most: number
  onChange: (ms: number) => void
  autoFocus?: boolean
}): ReactNode {
  const { value, least, most, onChange } = props
  const [unit, setUnit] = useState<Unit>(() => unitOf(value))
  const id = useId()
  const limits = [Math.max(1, Math.ceil(least / UNITS[unit])), Math.floor(most / UNITS[unit])] as const
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-semibold text-ink-2">
        {props.label}
      </label>
      <div className="flex gap-1.5">
        <WholeNumber
          key={unit}
          id={id}
          value={value / UNITS[unit]}
          least={limits[0]}
          most={limits[1]}
          autoFocus={props.autoFocus === true}
          onChange={(n) => onChange(n * UNITS[unit])}
        />
        <select
          className="field !w-28"
          aria-label={t.alertEditor.unitOf(props.label)}
          value={unit}
          onChange={({ target }) => {
            const next = target.value as Unit
            const n = Math.round(value / UNITS[unit])
            setUnit(next)
            onChange(Math.min(most, Math.max(least, n * UNITS[next])))
          }}
        >
          {(Object.keys(UNITS) as Unit[]).map((one) => (
            <option key={one} value={one}>
              {t.alertEditor.units[one]}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}

const unitOf = (ms: number): Unit =>
  ms % UNITS.day === 0 && ms >= 3 * UNITS.day ? 'day' : ms % UNITS.hour === 0 ? 'hour' : 'minute'

/** A whole number; what is none, or beyond its limits, is said and not taken. */
export function WholeNumber(props: {
  id?: string
  label?: string
  value: number
  least: number
  most: number
  autoFocus?: boolean
  onChange: (n: number) => void
}): ReactNode {
  const { least, most } = props
  const [typed, setTyped] = useState<string | null>(null)
  const hint = useId()
  const read = (text: string): number | null => {
    const n = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
    return n >= least && n <= most ? n : null
  }
  const wrong = typed !== null && read(typed) === null
  return (
    <div className="min-w-0 flex-1">
      <input
        id={props.id}
        className="field"
        inputMode="numeric"
        aria-label={props.label}
        aria-invalid={wrong}
        aria-describedby={wrong ? hint : undefined}
        // biome-ignore lint/a11y/noAutofocus: it was opened to type into
        autoFocus={props.autoFocus === true}
        value={typed ?? String(props.value)}
        onChange={({ target }) => {
          setTyped(target.value)
          const n = read(target.value)
          if (n !== null) props.onChange(n)
        }}
        onBlur={() => setTyped(null)}
      />
      {wrong && (
        <p id={hint} role="alert" className="mt-0.5 text-xs text-bad">
          {t.alertEditor.whole(number(least), number(most))}
        </p>
      )}
    </div>
  )
}
