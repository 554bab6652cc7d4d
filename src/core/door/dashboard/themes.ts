import { localDay } from '../../localTime.ts'
import type { Panel, PanelParts } from './panel.ts'

const SPARK_DAYS = 14

type Parts = Pick<PanelParts, 'figures' | 'timeZone'>

/** Each theme and group: how much, how much before, fourteen days, and what was to be expected. */
export function themesPanel({ figures, timeZone }: Parts): Panel<'themes'> {
  return (range, filter, unit) => {
    const { now, themesAndGroups, door, doorBefore, expected, narrowed } = figures(range, filter)
    const { counts } = narrowed('theme')
    const { themes: expectedOf } = expected(unit)
    const lastDay = localDay(now.to - 1, timeZone)
    return {
      cards: themesAndGroups.map((theme) => ({
        id: theme.key,
        kind: theme.kind,
        group: themesAndGroups.find(({ id }) => id === theme.group_id)?.key ?? theme.key,
        name: theme.name,
        colour: theme.colour,
        now: door(theme),
        before: doorBefore(theme),
        spark: counts.daily(theme.id, lastDay - SPARK_DAYS + 1, lastDay),
        expected: expectedOf.get(theme.id) ?? null,
      })),
    }
  }
}
