import type { Range } from '../src/api/contract/common.ts'
import type { Wirewatch } from '../src/core/wirewatch.ts'

/** The requests of the page when the dashboard is opened: every panel, and the navigation's counts. */
export function openDashboard({ dashboard, navigation }: Wirewatch, range: Range): void {
  navigation.counts(range)
  for (const panel of Object.values(dashboard)) panel(range)
}
