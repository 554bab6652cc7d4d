import { type ReactNode, useEffect } from 'react'
import { t } from '../messages/index.ts'
import { classes } from './classes.ts'

/** What is left free at both sides of a page. */
export const GUTTER = 'px-3 sm:px-6'
/** The column that the content of most pages stands in. */
export const COLUMN = `mx-auto max-w-[1680px] ${GUTTER}`

/** Names the window after the page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t.app}`
  }, [title])
}

/** A page that scrolls as a whole, with its heading and, at the right of it, what can be done. */
export function Page(props: {
  title: string
  /** Keeps the heading for screen readers only, where the page opens with something better. */
  headless?: boolean
  actions?: ReactNode
  className?: string
  children: ReactNode
}): ReactNode {
  useTitle(props.title)
  return (
    <div className="h-full overflow-y-auto">
      <div className={classes(COLUMN, 'pt-4 pb-8', props.className)}>
        <header
          className={
            props.headless === true
              ? 'sr-only'
              : 'mb-4 flex min-h-[33px] flex-wrap items-center justify-between gap-3'
          }
        >
          <h1 className="font-serif text-xl">{props.title}</h1>
          {props.headless !== true && (
            <div className="flex flex-wrap items-center gap-2">{props.actions}</div>
          )}
        </header>
        {props.children}
      </div>
    </div>
  )
}
