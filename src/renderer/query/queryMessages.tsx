import type { ReactNode } from 'react'
import { t } from '../messages/index.ts'

/** What is wrong with a query, with its repair as a button; else its warnings. */
export function QueryMessages(props: {
  error: { message: string; repair?: string | undefined } | undefined
  warnings: readonly { message: string }[]
  onRepair: (text: string) => void
}): ReactNode {
  const repair = props.error?.repair
  return (
    <>
      {props.error !== undefined && (
        <p role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-bad">
          <span>{props.error.message}</span>
          {repair !== undefined && (
            <button
              type="button"
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => props.onRepair(repair)}
              className="max-w-full truncate rounded-sm border border-edge bg-panel px-1.5 text-ink hover:bg-hover"
            >
              {t.query.repair} <span className="text-accent">{repair}</span>
            </button>
          )}
        </p>
      )}
      {props.error === undefined &&
        props.warnings.map(({ message }) => (
          <p key={message} className="text-sm text-warn">
            {message}
          </p>
        ))}
    </>
  )
}
