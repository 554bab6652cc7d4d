import type { Message } from '../core/wirewatch.ts'
import type { News } from './messages.ts'

/** A notice as the desktop shows it: the alert, its newest story and how many more; a click leads there. */
export function newsOf({ alert, story, more, alerts }: Message): News {
  if (alerts > 1)
    return {
      tag: 'missed',
      title: `${alerts} alerts`,
      body: `${(more + 1).toLocaleString('en')} hits while you were away`,
      path: '/alerts',
      alert: null,
      story: null,
    }
  return {
    tag: `alert-${alert.id}`,
    title: alert.name,
    body: story.title + (more === 0 ? '' : `\nand ${more} more`),
    path: more === 0 ? `/alerts/${story.id}?alert=${alert.id}` : `/alerts?alert=${alert.id}`,
    alert: alert.id,
    story: more === 0 ? story.id : null,
  }
}
