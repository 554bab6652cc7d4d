import { rowsOf } from '../storyRows.ts'
import type { Panel, PanelParts } from './panel.ts'

const SHOWN = 6

type Parts = Pick<
  PanelParts,
  'figures' | 'alerts' | 'stories' | 'tags' | 'events' | 'settings' | 'definitions'
>

/** The newest alert hits that pass the filter, whatever the range. */
export function hitsPanel(parts: Parts): Panel<'hits'> {
  return (range, filter) => {
    const figures = parts.figures(range, filter)
    const { query } = figures.narrowed()
    const hits = figures.hits()
    const newest = hits.newest(SHOWN)
    const stories = rowsOf(
      parts,
      newest.map((hit) => hit.story),
    )
    const byId = new Map(stories.map((story) => [story.id, story]))
    return {
      hits: newest.flatMap((hit) => {
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
      unread: hits.unread(),
      query,
    }
  }
}
