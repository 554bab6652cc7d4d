import type { Range } from '../../../api/contract/common.ts'
import type { PanelAnswers, PanelName } from '../../../api/contract/dashboard/index.ts'
import type { CountUnit } from '../../../api/contract/dashboard/panel.ts'
import type { DoorParts } from '../parts.ts'
import type { RangeFigures } from './figures.ts'

/**
 * What a panel shows of a range. `filter` is query text; '' or left out filters nothing. `unit` is what is counted where that
 * cannot be both: stories unless told. @throws QueryError
 */
export type Panel<Name extends PanelName> = (
  range: Range,
  filter?: string,
  unit?: CountUnit,
) => PanelAnswers[Name]

/** What panels are made of. Each names what it uses: `Pick<PanelParts, 'figures' | 'search'>`. */
export interface PanelParts extends DoorParts {
  /** What more than one panel shows of a range. */
  readonly figures: (range: Range, filter?: string) => RangeFigures
}
