import { type ReactNode, useId } from 'react'
import { useRoving } from '../roving.ts'
import { classes } from './classes.ts'

/**
 * A titled part of a page: a white panel with a hairline.
 * `note` stands quietly at the right of the title.
 */
export function Panel(props: {
  title: string
  note?: ReactNode
  className?: string
  /** All its links and buttons are one stop of the Tab key, with arrow keys inside. */
  oneStop?: boolean
  children: ReactNode
}): ReactNode {
  const id = useId()
  const roving = useRoving<HTMLElement>(props.oneStop === true)
  return (
    <section
      {...roving}
      aria-labelledby={id}
      className={classes('min-w-0 rounded-lg border border-line bg-panel px-4 py-3', props.className)}
    >
      <header className="mb-2 flex h-5 items-center justify-between gap-4">
        <h2 id={id} className="shrink-0 text-sm font-semibold text-ink-2">
          {props.title}
        </h2>
        {props.note !== undefined && (
          <div className="min-w-0 text-right text-sm text-ink-3">{props.note}</div>
        )}
      </header>
      {props.children}
    </section>
  )
}
