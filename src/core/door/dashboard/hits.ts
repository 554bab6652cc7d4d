import { rowsOf } from '../storyRows.ts'
import type { Panel, PanelParts } from './panel.ts'

const SHOWN = 6

type Parts = Pick<PanelParts, 'alerts' | 'hits' | 'stories' | 'tags' | 'events' | 'settings' | 'definitions'>

/** The newest alert hits, whatever the range. */
export function hitsPanel(parts: Parts): Panel<'hits'> {
  return () => {
    const hits = parts.hits.newest('all', SHOWN)
    const stories = rowsOf(
      parts,
      hits.map((hit) => hit.story),
    )
    const byId = new Map(stories.map((story) => [story.id, story]))
    return {
      hits: hits.flatMap((hit) => {
        const story = byId.get(hit.story)
        const alert = parts.alerts.find(hit.alert)
        if (story === undefined || alert === undefined) return []
        return [
          {
            alert: alert.name,
            alertId: alert.id,
            storyId: story.id,
            title: story.title || story.excerpt,
            source: story.source.title,
            at: hit.at,
          },
        ]
      }),
      unread: parts.hits.unseen(),
    }
  }
}
