import { queryOf } from '../storyRows.ts'
import { labelOf, type RangeFigures } from './figures.ts'
import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

/** What a sentence can hold. */
const EVENTS = 2
const DEPARTURES = 2

type Parts = Pick<PanelParts, 'figures' | 'search' | 'definitions'>

/** What the dashboard says first. */
export function leadPanel(parts: Parts): Panel<'lead'> {
  return (range, filter, unit) => {
    const figures = parts.figures(range, filter)
    const { from, to } = figures.now
    const now = figures.door()
    const { query } = figures.narrowed()
    const unread = joinedQuery(now.query, 'is:unread')
    return {
      range: { from, to, hasVisit: figures.hasVisit, query: now.query },
      events: figures.topEvents().slice(0, EVENTS),
      departures: figures.departures(unit).slice(0, DEPARTURES),
      expecting: figures.expected(unit).themes.size > 0,
      total: {
        now,
        before: figures.doorBefore(),
        unread: { stories: parts.search.count(queryOf(parts, unread)).stories, query: unread },
        sources: [...figures.bySource().keys()],
      },
      most: largestTheme(figures),
      hits: { unread: figures.hits().unread(), query },
    }
  }
}

function largestTheme({ themes, door }: RangeFigures) {
  const [most] = themes
    .map((theme) => ({ theme: labelOf(theme), now: door(theme) }))
    .sort((a, b) => b.now.stories - a.now.stories)
  return most === undefined || most.now.stories === 0 ? null : most
}
