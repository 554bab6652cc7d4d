import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** Something that is on or off from now on, without saving. */
export function Toggle(props: {
  on: boolean
  /** The accessible name. */
  label?: string
  labelledBy?: string
  describedBy?: string
  disabled?: boolean
  onChange: (on: boolean) => void
}): ReactNode {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={props.on}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      disabled={props.disabled}
      onClick={() => props.onChange(!props.on)}
      className={classes(
        'flex h-4 w-7 shrink-0 items-center rounded-full border p-0.5 disabled:opacity-60',
        props.on ? 'justify-end border-accent bg-accent' : 'justify-start border-edge bg-edge',
      )}
    >
      <span aria-hidden="true" className="size-2.5 rounded-full bg-panel" />
    </button>
  )
}
