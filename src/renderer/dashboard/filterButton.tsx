import type { ReactNode } from 'react'
import { classes } from '../components/classes.ts'
import { t } from '../messages/index.ts'
import type { FilterField, useFilterBy } from '../view.ts'

/** A name that filters the whole dashboard by itself; a second click lifts that. */
export function FilterButton(props: {
  field: FilterField
  value: string
  filterBy: ReturnType<typeof useFilterBy>
  className?: string | undefined
  title?: string | undefined
  children: ReactNode
}): ReactNode {
  const { field, value, filterBy } = props
  const on = filterBy.is(field, value)
  return (
    <button
      type="button"
      aria-pressed={on}
      title={on ? t.dashboard.filter.lift : (props.title ?? t.dashboard.filter.by)}
      onClick={() => filterBy.toggle(field, value)}
      className={classes(
        'rounded-sm text-left hover:text-accent hover:underline',
        on && 'font-semibold text-accent',
        props.className,
      )}
    >
      {props.children}
    </button>
  )
}
