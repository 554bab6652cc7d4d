import type { Above as Answer } from '../../../api/contract/dashboard/above.ts'
import { localDay } from '../../localTime.ts'
import { silentSources } from '../../spikes/silentSources.ts'
import { WEEKS } from '../../spikes/spikes.ts'
import { labelOf, type RangeFigures } from './figures.ts'
import { silentNow } from './health.ts'
import type { Panel, PanelParts } from './panel.ts'

/** Days of history that an expectation is made from: with a newest story before them there is none. */
const HISTORY_DAYS = 7 * WEEKS

/** A count that differs by less is no change worth naming. */
const TELLING = 2

type Parts = Pick<PanelParts, 'figures' | 'sources' | 'stories' | 'counts' | 'now' | 'timeZone'>

/** What stands out on the day the range ends on, and what changed most. */
export function abovePanel(parts: Parts): Panel<'above'> {
  const { now, timeZone } = parts
  /** Nothing is expected of a day: because the archive ends before its weeks, or does not reach through them yet. */
  const whyNot = (newest: number | null, day: number): Answer['unexpected'] =>
    newest !== null && localDay(newest, timeZone) <= day - HISTORY_DAYS / 2 ? 'nothing recent' : 'few weeks'

  return (range, filter) => {
    const figures = parts.figures(range, filter)
    const { above, themes: expected } = figures.expected()
    const day = localDay(figures.now.to - 1, timeZone)
    const newest = parts.stories.newest()
    const colours = new Map(figures.themes.map(({ key, colour }) => [key, colour]))
    const named = new Set(above.flatMap(({ kind, name }) => (kind === 'theme' ? [name] : [])))
    return {
      above: above.map((burst) => ({
        ...burst,
        colour: burst.kind === 'theme' ? (colours.get(burst.name) ?? 0) : 0,
      })),
      silent: day < localDay(now(), timeZone) ? silentSources(parts, day) : silentNow(figures.sources()),
      unexpected: expected.size > 0 ? null : whyNot(newest, day),
      newest,
      movers: moversOf(figures).filter(({ theme }) => !named.has(theme.id)),
    }
  }
}

/** The themes whose count differs from that of the equal range before, most changed first. */
function moversOf({ themes, door, doorBefore }: RangeFigures) {
  return themes
    .flatMap((theme) => {
      const before = doorBefore(theme)
      return before === null ? [] : [{ theme: labelOf(theme), now: door(theme), before: before.stories }]
    })
    .map((mover) => ({ mover, by: Math.abs(mover.now.stories - mover.before) }))
    .filter(({ by }) => by >= TELLING)
    .toSorted((a, b) => b.by - a.by)
    .map(({ mover }) => mover)
}
