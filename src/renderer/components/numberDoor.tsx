import type { CSSProperties, ReactNode } from 'react'
import { Link } from 'wouter'
import { type CountUnit, useCountUnit } from '../countUnit.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { classes } from './classes.ts'

/**
 * The address of the list of a query's stories.
 * @param as 'stories': each a line of its own, whatever the person chose
 */
export const storiesOf = (query: string, as?: CountUnit): string => {
  const params = [
    query === '' ? '' : `q=${encodeURIComponent(query)}`,
    as === 'stories' ? 'as=stories' : '',
  ].filter((part) => part !== '')
  return params.length === 0 ? '/stories' : `/stories?${params.join('&')}`
}

/** A number that opens, as the person counts: events, where those are counted and wanted, else stories. */
export function countedAs(
  unit: CountUnit,
  door: { stories: number; events?: number | undefined; query: string },
): {
  count: number
  /** With its noun. */
  text: string
  href: string
} {
  if (unit === 'events' && door.events !== undefined)
    return { count: door.events, text: t.count.events(door.events), href: storiesOf(door.query) }
  return {
    count: door.stories,
    text: t.count.stories(door.stories),
    href: storiesOf(door.query, unit === 'events' ? 'stories' : undefined),
  }
}

/**
 * A number as a link that opens exactly what it counted; 0 has nothing to open. `of` says what that is, for screen readers and as a
 * tooltip; children replace the bare number.
 */
export function NumberDoor(props: {
  door: { stories: number; events?: number | undefined; query: string }
  of?: string
  className?: string
  style?: CSSProperties | undefined
  children?: ReactNode
}): ReactNode {
  const { count, text, href } = countedAs(useCountUnit(), props.door)
  // What is seen is part of what is read out: who speaks to the page says what he sees.
  const name = t.door(typeof props.children === 'string' ? props.children : text, props.of ?? '')
  if (count === 0)
    return (
      <span title={name} style={props.style} className={classes('text-ink-3', props.className)}>
        <span className="sr-only">{name}</span>
        <span aria-hidden="true">{props.children ?? number(0)}</span>
      </span>
    )
  return (
    <Link
      href={href}
      aria-label={name}
      title={name}
      style={props.style}
      className={classes('rounded-sm hover:text-accent hover:underline', props.className)}
    >
      {props.children ?? number(count)}
    </Link>
  )
}
