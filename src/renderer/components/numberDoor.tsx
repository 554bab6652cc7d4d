import type { CSSProperties, ReactNode } from 'react'
import { Link } from 'wouter'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { classes } from './classes.ts'

/** The address of the list of a query's stories. */
export const storiesOf = (query: string): string =>
  query === '' ? '/stories' : `/stories?q=${encodeURIComponent(query)}`

/**
 * A number as a link that opens exactly the stories it counted; 0 has nothing to open. `of` says what they are, for screen readers and as a
 * tooltip; children replace the bare number.
 */
export function NumberDoor(props: {
  door: { stories: number; query: string }
  of?: string
  className?: string
  style?: CSSProperties | undefined
  children?: ReactNode
}): ReactNode {
  const { door } = props
  const name = t.door(t.count.stories(door.stories), props.of ?? '')
  if (door.stories === 0)
    return (
      <span title={name} style={props.style} className={classes('text-ink-3', props.className)}>
        <span className="sr-only">{name}</span>
        <span aria-hidden="true">{props.children ?? number(0)}</span>
      </span>
    )
  return (
    <Link
      href={storiesOf(door.query)}
      aria-label={name}
      title={name}
      style={props.style}
      className={classes('rounded-sm hover:text-accent hover:underline', props.className)}
    >
      {props.children ?? number(door.stories)}
    </Link>
  )
}
