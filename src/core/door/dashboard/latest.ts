import { queryOf, rowsOf } from '../storyRows.ts'
import { labelOf } from './figures.ts'
import type { Panel, PanelParts } from './panel.ts'

const SHOWN = 8

type Parts = Pick<PanelParts, 'figures' | 'search' | 'stories' | 'tags' | 'events' | 'definitions'>

/** The newest stories of the range. */
export function latestPanel(parts: Parts): Panel<'latest'> {
  return (range) => {
    const { now, themes } = parts.figures(range)
    const { rows } = parts.search.list(queryOf(parts, now.query), { limit: SHOWN })
    return {
      query: now.query,
      stories: rowsOf(
        parts,
        rows.map(({ id }) => id),
      ),
      newest: parts.stories.newest(),
      themes: themes.map(labelOf),
    }
  }
}
