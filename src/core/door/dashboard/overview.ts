import { localDay, startOfDay } from '../../localTime.ts'
import { ALL_STORIES } from '../../store/tags.ts'
import type { Panel, PanelParts } from './panel.ts'

/** A bar has at least so many pixels in the narrowest panel. */
const MOST_BARS = 120

/** The whole archive over time, from the daily counts. */
export function overviewPanel(
  parts: Pick<PanelParts, 'stories' | 'counts' | 'now' | 'timeZone'>,
): Panel<'overview'> {
  const { stories, counts, timeZone } = parts
  return () => {
    const today = localDay(parts.now(), timeZone)
    const end = startOfDay(today + 1, timeZone)
    const oldest = stories.oldest()
    if (oldest === null) return { starts: [], end, stories: [] }
    const first = Math.min(localDay(oldest, timeZone), today)
    const each = Math.ceil((today + 1 - first) / MOST_BARS)
    const days = counts.daily(ALL_STORIES, first, today)
    const bars = Math.ceil(days.length / each)
    return {
      starts: Array.from({ length: bars }, (_, bar) => startOfDay(first + bar * each, timeZone)),
      end,
      stories: Array.from({ length: bars }, (_, bar) =>
        days.slice(bar * each, (bar + 1) * each).reduce((sum, count) => sum + count, 0),
      ),
    }
  }
}
