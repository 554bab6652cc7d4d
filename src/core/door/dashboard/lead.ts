import { ALL_STORIES } from '../../store/tags.ts'
import { queryOf } from '../storyRows.ts'
import type { Panel, PanelParts } from './panel.ts'

type Parts = Pick<PanelParts, 'figures' | 'alerts' | 'search' | 'definitions'>

/** How many stories there are, and how each theme stands against its expectation. */
export function leadPanel(parts: Parts): Panel<'lead'> {
  return (range) => {
    const figures = parts.figures(range)
    const { from, to, query } = figures.now
    const unread = `${query} is:unread`.trim()
    const expected = figures.expected()
    return {
      range: { from, to, hasVisit: figures.hasVisit, query },
      total: {
        now: figures.door(),
        before: figures.doorBefore(),
        unread: { stories: parts.search.count(queryOf(parts, unread)).stories, query: unread },
        sources: figures.counts().get(ALL_STORIES)?.size ?? 0,
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
