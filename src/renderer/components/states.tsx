import type { ReactNode } from 'react'
import { sentence } from '../api.ts'
import { t } from '../messages/index.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'

/** An empty place: why it is empty, and what to do next. */
export function EmptyState(props: {
  title: string
  children?: ReactNode
  actions?: ReactNode
  className?: string
}): ReactNode {
  return (
    <div className={classes('flex flex-col items-start gap-2 py-3 text-ink-2', props.className)}>
      <p className="font-semibold text-ink">{props.title}</p>
      {props.children !== undefined && <div className="max-w-[60ch]">{props.children}</div>}
      {props.actions !== undefined && <div className="mt-1 flex flex-wrap gap-2">{props.actions}</div>}
    </div>
  )
}

/** Something failed: what, in a sentence, and a way to try again. */
export function ErrorState(props: {
  error: unknown
  title?: string
  retry?: () => void
  className?: string
}): ReactNode {
  return (
    <div role="alert" className={classes('flex flex-col items-start gap-2 py-3', props.className)}>
      <p className="flex items-center gap-1.5 font-semibold text-bad">
        <Icon name="warning" />
        {props.title ?? t.errors.title}
      </p>
      <p className="max-w-[70ch] text-ink-2">{sentence(props.error)}</p>
      {props.retry !== undefined && (
        <Button small icon="refresh" onClick={props.retry}>
          {t.errors.retry}
        </Button>
      )}
    </div>
  )
}

/** The shape of what is being loaded: as many bars as lines. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }): ReactNode {
  return (
    <div role="status" aria-label={t.loading} className={classes('flex flex-col gap-2.5 py-1', className)}>
      {Array.from({ length: lines }, (_, line) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
          key={line}
          className="breathe h-3 rounded-sm bg-hover"
          style={{ width: `${[92, 78, 85, 64, 88, 71][line % 6]}%` }}
        />
      ))}
    </div>
  )
}

/** What went wrong with the field or form above, if anything. */
export function FormError({ error, id }: { error: unknown; id?: string }): ReactNode {
  if (error === null || error === undefined) return null
  return (
    <p role="alert" id={id} className="flex items-start gap-1.5 text-sm text-bad">
      <Icon name="warning" size={14} />
      {typeof error === 'string' ? error : sentence(error)}
    </p>
  )
}
