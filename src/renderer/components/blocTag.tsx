import type { ReactNode } from 'react'
import { t } from '../messages/index.ts'
import { classes } from './classes.ts'

/** A bloc's letters, with a count where there is one; filled where it was first, dashed and amber where it is silent. */
export function BlocTag(props: {
  bloc: string
  count?: string
  first?: boolean
  silent?: boolean
}): ReactNode {
  return (
    <span
      className={classes(
        'inline-block rounded-sm border px-1 text-xs font-semibold whitespace-nowrap',
        props.silent === true
          ? 'border-dashed border-warn text-warn'
          : props.first === true
            ? 'border-transparent bg-ink text-paper'
            : 'border-transparent bg-hover text-ink-2',
      )}
    >
      {props.silent === true ? t.blocSilent(props.bloc) : props.bloc}
      {props.count !== undefined && ` ${props.count}`}
    </span>
  )
}
