import { type ReactNode, useId } from 'react'

/** A form field under its label, with a hint or an error below. The child gets the ids to wear. */
export function Labelled(props: {
  label: string
  hint?: ReactNode
  children: (ids: { id: string; 'aria-describedby': string | undefined }) => ReactNode
}): ReactNode {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-semibold text-ink-2">
        {props.label}
      </label>
      {props.children({ id, 'aria-describedby': props.hint === undefined ? undefined : hintId })}
      {props.hint !== undefined && (
        <div id={hintId} className="text-sm text-ink-3">
          {props.hint}
        </div>
      )}
    </div>
  )
}
