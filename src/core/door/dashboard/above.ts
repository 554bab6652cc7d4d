import type { Above as Answer } from '../../../api/contract/dashboard/above.ts'
import { localDay } from '../../localTime.ts'
import { silentSources } from '../../spikes/silentSources.ts'
import { WEEKS } from '../../spikes/spikes.ts'
import { silentNow } from './health.ts'
import type { Panel, PanelParts } from './panel.ts'

/** Days of history that an expectation is made from: with a newest story before them there is none. */
const HISTORY_DAYS = 7 * WEEKS

type Parts = Pick<PanelParts, 'figures' | 'sources' | 'stories' | 'counts' | 'now' | 'timeZone'>

/** What departs from its expectation at the end of the range. */
export function abovePanel(parts: Parts): Panel<'above'> {
  const { now, timeZone } = parts
  /** Nothing is expected of a day: because the archive ends before its weeks, or does not reach through them yet. */
  const whyNot = (newest: number | null, day: number): Answer['unexpected'] =>
    newest !== null && localDay(newest, timeZone) <= day - HISTORY_DAYS / 2 ? 'nothing recent' : 'few weeks'

  return (range, filter, unit) => {
    const figures = parts.figures(range, filter)
    const { themes: expected, tested } = figures.expected(unit)
    const day = localDay(figures.now.to - 1, timeZone)
    const newest = parts.stories.newest()
    const colours = new Map(figures.themes.map(({ key, colour }) => [key, colour]))
    return {
      departures: figures.departures(unit).map((departure) => ({
        ...departure,
        colour: departure.kind === 'theme' ? (colours.get(departure.name) ?? 0) : 0,
      })),
      tested,
      silent: day < localDay(now(), timeZone) ? silentSources(parts, day) : silentNow(figures.sources()),
      unexpected: expected.size > 0 ? null : whyNot(newest, day),
      newest,
    }
  }
}
