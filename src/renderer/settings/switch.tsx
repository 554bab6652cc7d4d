import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sentence } from '../api.ts'
import { Checkbox } from '../components/checkbox.tsx'
import { FormError } from '../components/states.tsx'

/** A refusal in words of its own, to be shown as they are. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * A setting that is on or off. It moves at once; where the change is refused it moves back, and says why.
 * @param props.change keeps the change, and has `on` be true to it when it resolves. @throws Refused, or an error of a call
 */
export function Switch(props: {
  name: string
  on: boolean
  label: string
  hint: string
  change: (on: boolean) => Promise<void>
}): ReactNode {
  const change = useMutation({
    mutationFn: props.change,
    // One after the other, so that the last click is what remains.
    scope: { id: `switch ${props.name}` },
  })
  const hint = `${props.name}-hint`
  const { error } = change
  return (
    <div>
      <label className="flex items-center gap-2">
        <Checkbox
          checked={change.isPending ? change.variables : props.on}
          aria-describedby={hint}
          onChange={(event) => change.mutate(event.target.checked)}
        />
        {props.label}
      </label>
      <p id={hint} className="mt-1 pl-[22px] text-ink-3">
        {props.hint}
      </p>
      <FormError error={error instanceof Refused ? error.message : error === null ? null : sentence(error)} />
    </div>
  )
}
