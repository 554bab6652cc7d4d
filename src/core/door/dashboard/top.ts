import { joinedQuery } from './narrowed.ts'
import type { Panel, PanelParts } from './panel.ts'

type Parts = Pick<PanelParts, 'figures' | 'gathering'>

/** The largest events of the range. */
export function topPanel({ figures, gathering }: Parts): Panel<'top'> {
  return (range, filter) => {
    const { now, narrowed, topEvents } = figures(range, filter)
    return {
      rows: [...topEvents()],
      query: joinedQuery(narrowed().query, now.query),
      waiting: gathering.waiting(),
    }
  }
}
