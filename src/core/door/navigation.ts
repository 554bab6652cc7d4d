import type { Range } from '../../api/contract/common.ts'
import type { RangeCounts } from '../../api/contract/navigation.ts'
import { labelOf, type RangeFigures } from './dashboard/figures.ts'

export interface Navigation {
  /** How many stories a range has, in all and by theme. */
  counts(range: Range): RangeCounts
}

export function navigationNoun(figures: (range: Range) => RangeFigures): Navigation {
  return {
    counts(range) {
      const { themesAndGroups, door } = figures(range)
      return {
        stories: door(),
        themes: themesAndGroups.map((theme) => ({
          ...labelOf(theme),
          kind: theme.kind,
          stories: door(theme),
        })),
      }
    },
  }
}
