import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

/** One of a few choices, side by side; arrow keys move between them. `value` null: none of them. */
export function SegmentedControl<T extends string>(props: {
  label: string
  value: T | null
  choices: readonly { value: T; text: string; name?: string }[]
  onChange: (value: T) => void
  /** Stands at the end, inside the frame. */
  children?: ReactNode
}): ReactNode {
  const group = useId()
  return (
    <fieldset className="flex shrink-0 overflow-hidden rounded-md border border-edge bg-panel">
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map(({ value, text, name }) => (
        <label
          key={value}
          className={classes(
            'relative cursor-pointer border-r border-line px-2 py-[5px] sm:px-2.5 whitespace-nowrap last:border-r-0',
            'has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
            value === props.value
              ? 'bg-selected font-semibold text-ink'
              : 'text-ink-2 hover:bg-hover hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={group}
            aria-label={name}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {text}
        </label>
      ))}
      {props.children}
    </fieldset>
  )
}
