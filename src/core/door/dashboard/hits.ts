import { rowsOf } from '../storyRows.ts'
import type { Panel, PanelParts } from './panel.ts'

const SHOWN = 6

type Parts = Pick<PanelParts, 'alerts' | 'stories' | 'tags' | 'events' | 'settings' | 'definitions'>

/** The newest alert hits, whatever the range. */
export function hitsPanel(parts: Parts): Panel<'hits'> {
  return () => {
    const { hits } = parts.alerts.hits({ limit: SHOWN })
    const stories = rowsOf(
      parts,
      hits.map((hit) => hit.story_id),
    )
    const byId = new Map(stories.map((story) => [story.id, story]))
    return {
      hits: hits.flatMap((hit) => {
        const story = byId.get(hit.story_id)
        if (story === undefined) return []
        return [
          {
            alert: hit.alert_name,
            alertId: hit.alert_id,
            storyId: hit.story_id,
            title: story.title || story.excerpt,
            source: story.source.title,
            at: hit.at,
          },
        ]
      }),
      unread: parts.alerts.unread(),
    }
  }
}
