import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { EventRow } from '../../api/contract/events.ts'
import { classes } from '../components/classes.ts'
import { t } from '../messages/index.ts'

type Titled = Pick<EventRow, 'id' | 'name' | 'headline'>

/** What an event is called: its name, else its headline. */
export const titleOf = ({ name, headline }: Omit<Titled, 'id'>): string =>
  name || headline.title || t.stories.untitled

/** An event by its title on one line, which opens its page. */
export function EventTitle({ event, className }: { event: Titled; className?: string }): ReactNode {
  const title = titleOf(event)
  return (
    <Link
      href={`/events/${event.id}`}
      state={{ from: '/' }}
      dir="auto"
      lang={event.name === '' ? event.headline.lang || undefined : undefined}
      title={title}
      className={classes('truncate font-serif text-md hover:text-accent hover:underline', className)}
    >
      {title}
    </Link>
  )
}
