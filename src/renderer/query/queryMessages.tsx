import type { ReactNode } from 'react'
import { t } from '../messages/index.ts'

/** What is wrong with a query, with its repair as a button; else its warnings, with theirs. */
export function QueryMessages(props: {
  error: { message: string; repair?: string | undefined } | undefined
  warnings: readonly { message: string; repair?: string | undefined }[]
  onRepair: (text: string) => void
}): ReactNode {
  if (props.error !== undefined)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-bad">
        <span>{props.error.message}</span>
        <Repair text={props.error.repair} onRepair={props.onRepair} />
      </p>
    )
  return props.warnings.map(({ message, repair }) => (
    <p key={message} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-warn">
      <span>{message}</span>
      <Repair text={repair} onRepair={props.onRepair} />
    </p>
  ))
}

function Repair(props: { text: string | undefined; onRepair: (text: string) => void }): ReactNode {
  const { text } = props
  if (text === undefined) return null
  return (
    <button
      type="button"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onRepair(text)}
      className="max-w-full truncate rounded-sm border border-edge bg-panel px-1.5 text-ink hover:bg-hover"
    >
      {t.query.repair} <span className="text-accent">{text}</span>
    </button>
  )
}
