import { queryOf } from '../storyRows.ts'
import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

type Parts = Pick<PanelParts, 'figures' | 'alerts' | 'search' | 'definitions'>

/** How many stories there are, and how each theme stands against its expectation. */
export function leadPanel(parts: Parts): Panel<'lead'> {
  return (range, filter) => {
    const figures = parts.figures(range, filter)
    const { from, to } = figures.now
    const now = figures.door()
    const unread = joinedQuery(now.query, 'is:unread')
    const expected = figures.expected()
    return {
      range: { from, to, hasVisit: figures.hasVisit, query: now.query },
      total: {
        now,
        before: figures.doorBefore(),
        unread: { stories: parts.search.count(queryOf(parts, unread)).stories, query: unread },
        sources: figures.bySource().size,
      },
      themes: figures.themesAndGroups.map((theme) => ({
        id: theme.key,
        kind: theme.kind,
        name: theme.name,
        now: figures.door(theme),
        expected: expected.themes.get(theme.id) ?? null,
      })),
      unreadHits: parts.alerts.unread(),
    }
  }
}
