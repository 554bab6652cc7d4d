import { type ReactNode, useEffect, useRef, useState } from 'react'
import { dayText, readDay } from '../frame/days.ts'
import { t } from '../messages/index.ts'
import { Button } from './button.tsx'

/**
 * A field for a day. The browser's own field writes days as the browser's language does, whatever the page's is, so that
 * 05/09 may be May or September: here a day is typed in any unmistakable way and stands there in words; its calendar is one
 * click away.
 */
export function DayField(props: {
  id: string
  'aria-describedby'?: string | undefined
  /** 2025-05-09, or '' for none. */
  value: string
  onChange: (day: string) => void
  required?: boolean
}): ReactNode {
  const { value, onChange } = props
  const [typed, setTyped] = useState(dayText(value))
  const calendar = useRef<HTMLInputElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // What is being typed stays as it is typed.
    if (document.activeElement !== field.current) setTyped(dayText(value))
  }, [value])
  return (
    <div className="relative">
      <input
        ref={field}
        id={props.id}
        aria-describedby={props['aria-describedby']}
        className="field pr-8"
        inputMode="numeric"
        autoComplete="off"
        placeholder={t.day.placeholder}
        required={props.required}
        aria-invalid={typed.trim() !== '' && readDay(typed) === null}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          const day = readDay(target.value)
          target.setCustomValidity(day === null && target.value.trim() !== '' ? t.day.unreadable : '')
          onChange(day ?? '')
        }}
        onBlur={() => {
          const day = readDay(typed)
          if (day !== null) setTyped(dayText(day))
        }}
      />
      <input
        ref={calendar}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-0 w-8 opacity-0"
        value={value}
        onChange={({ target }) => {
          setTyped(dayText(target.value))
          onChange(target.value)
        }}
      />
      <Button
        look="quiet"
        small
        icon="calendar"
        aria-label={t.day.calendar}
        title={t.day.calendar}
        tabIndex={-1}
        className="absolute top-1 right-1"
        onClick={() => calendar.current?.showPicker()}
      />
    </div>
  )
}
