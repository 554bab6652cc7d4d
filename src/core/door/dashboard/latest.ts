import { queryOf, rowsOf } from '../storyRows.ts'
import { labelOf } from './figures.ts'
import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

const SHOWN = 12

type Parts = Pick<
  PanelParts,
  'figures' | 'search' | 'stories' | 'tags' | 'events' | 'settings' | 'definitions'
>

/** The newest stories of the range. */
export function latestPanel(parts: Parts): Panel<'latest'> {
  return (range, filter) => {
    const { now, themes, narrowed } = parts.figures(range, filter)
    const query = joinedQuery(narrowed().query, now.query)
    const { rows } = parts.search.list(queryOf(parts, query), { limit: SHOWN })
    return {
      query,
      stories: rowsOf(
        parts,
        rows.map(({ id }) => id),
      ),
      newest: parts.stories.newest(),
      themes: themes.map(labelOf),
    }
  }
}
