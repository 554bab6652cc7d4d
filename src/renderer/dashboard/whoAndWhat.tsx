import type { ReactNode } from 'react'
import { EntityTable } from '../entities/entityTable.tsx'
import { t } from '../messages/index.ts'
import { useReadable } from '../query/useQueryCheck.ts'
import { useRangeCounts } from '../rangeCounts.ts'
import { narrowed, useFilterBy, useView } from '../view.ts'
import { DashboardPanel } from './dashboardPanel.tsx'

const SHOWN = 10

/** Who the stories of the range and filter are about. */
export function WhoAndWhat(): ReactNode {
  const { filter } = useView()
  const { readable } = useReadable(filter)
  const filterBy = useFilterBy()
  return (
    <DashboardPanel title={t.entities.title} answer={useRangeCounts()} lines={SHOWN}>
      {({ stories: { query } }) => (
        <EntityTable query={narrowed(query, readable ? filter : '')} limit={SHOWN} filterBy={filterBy} />
      )}
    </DashboardPanel>
  )
}
