import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { api } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Skeleton } from '../../components/states.tsx'
import { useCountUnit } from '../../countUnit.ts'
import { t } from '../../messages/index.ts'
import { useReadable } from '../../query/useQueryCheck.ts'
import { useRangeCounts } from '../../rangeCounts.ts'
import { narrowed, useView } from '../../view.ts'
import { DashboardPanel } from '../dashboardPanel.tsx'

// The borders and what projects them are loaded after the first words are there.
const WorldMap = lazy(async () => ({ default: (await import('./worldMap.tsx')).WorldMap }))

/** The countries that the stories of the range and filter name, on a map or as a table. */
export function Countries(): ReactNode {
  const words = t.countries
  const [asTable, setAsTable] = useState(false)
  const unit = useCountUnit()
  const { filter } = useView()
  const { readable } = useReadable(filter)
  const counts = useRangeCounts()
  const query = narrowed(counts.data?.stories.query ?? '', readable ? filter : '')
  const answer = useQuery(
    api.entities.places.queryOptions({
      input: { query },
      enabled: counts.data !== undefined,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <DashboardPanel
      title={words.title}
      answer={answer}
      lines={12}
      note={() => (
        <span className="inline-flex items-center gap-2">
          {t.unit[unit].toLowerCase()}
          <Button look="quiet" small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? words.asMap : words.asTable}
          </Button>
        </span>
      )}
    >
      {({ places, waiting }) => (
        <Suspense fallback={<Skeleton lines={12} />}>
          <WorldMap places={places} asTable={asTable} />
          {waiting && <p className="mt-1.5 text-sm text-ink-3">{t.entities.waiting}</p>}
        </Suspense>
      )}
    </DashboardPanel>
  )
}
