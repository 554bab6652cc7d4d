import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { Button } from '../components/button.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { t } from '../messages/index.ts'
import { setStarred } from '../stories/useStoryList.ts'
import { eventQuery } from './eventQuery.ts'

/** What is done with an event: it is starred by its most central story, and an alert is begun on it. */
export function EventActions(props: {
  event: Event
  /** Undefined where its row is not there (yet). */
  central: StoryRow | undefined
}): ReactNode {
  const { event, central } = props
  const words = t.events.actions
  const [, navigate] = useLocation()
  const star = (): void => {
    if (central !== undefined) setStarred(central.id, !central.starred)
  }
  useShortcuts({ s: star })
  return (
    <span className="inline-flex gap-2">
      <Button
        small
        icon={central?.starred === true ? 'starred' : 'star'}
        title={`${words.starHint} (s)`}
        aria-pressed={central?.starred === true}
        disabled={central === undefined}
        onClick={star}
      >
        {central?.starred === true ? words.unstar : words.star}
      </Button>
      <Button
        small
        icon="alerts"
        title={words.alertHint}
        onClick={() => navigate(`/alerts/edit/new?q=${encodeURIComponent(eventQuery(event))}`)}
      >
        {words.alert}
      </Button>
    </span>
  )
}
