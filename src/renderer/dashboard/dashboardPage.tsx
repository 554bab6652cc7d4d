import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Range } from '../../api/contract/common.ts'
import type { Dashboard } from '../../api/contract/dashboard.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Page } from '../components/page.tsx'
import { Panel } from '../components/panel.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { markSeen } from '../frame/visit.ts'
import { t } from '../messages/index.ts'
import { useRange } from '../range.ts'
import { useAppInfo } from '../useFormat.ts'
import { Above } from './above.tsx'
import { Blocs } from './blocs.tsx'
import { Health } from './health.tsx'
import { Hits } from './hits.tsx'
import { Latest } from './latest.tsx'
import { LeadSentence } from './leadSentence.tsx'
import { ThemesTable } from './themesTable.tsx'
import { Volume } from './volume.tsx'
import { Waiting, Welcome } from './welcome.tsx'
import { WhoAndWhat } from './whoAndWhat.tsx'

/** What moved since one last looked: first in words, then in figures that open. */
export function DashboardPage(): ReactNode {
  const range = useRange()
  const info = useAppInfo()
  const query = useQuery({
    ...api.dashboard.get.queryOptions({ input: { range } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t.dashboard.title} headless>
      {info?.sources === 0 && info.stories === 0 ? (
        <Welcome />
      ) : query.data !== undefined ? (
        <div className={classes('transition-opacity', query.isPlaceholderData && 'opacity-60')}>
          {query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
          {info?.stories === 0 ? <Waiting /> : <Figures dashboard={query.data} range={range} />}
        </div>
      ) : query.isError ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function Figures({ dashboard, range }: { dashboard: Dashboard; range: Range }): ReactNode {
  return (
    <>
      <div className="mb-4 flex items-start justify-between gap-6">
        <LeadSentence dashboard={dashboard} range={range} />
        <Button icon="check" onClick={() => void markSeen()}>
          {t.markSeen}
        </Button>
      </div>
      <div className="grid gap-4 wide:grid-cols-12">
        <div className="min-w-0 *:h-full wide:col-span-8">
          <Volume dashboard={dashboard} />
        </div>
        <div className="min-w-0 *:h-full wide:col-span-4">
          <Above dashboard={dashboard} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 wide:col-span-6">
          <ThemesTable cards={dashboard.cards} />
          <Blocs dashboard={dashboard} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 wide:col-span-6">
          <Latest dashboard={dashboard} />
          <Hits dashboard={dashboard} />
          <Health dashboard={dashboard} />
          <WhoAndWhat dashboard={dashboard} />
        </div>
      </div>
    </>
  )
}

/** The page's shape while the first answer is on its way. */
function Loading(): ReactNode {
  const words = t.dashboard
  return (
    <div className="grid gap-4 wide:grid-cols-12">
      <div className="wide:col-span-12">
        <Skeleton lines={2} className="h-[58px] justify-center" />
      </div>
      <Panel title={words.volume.title} className="wide:col-span-8">
        <Skeleton lines={11} />
      </Panel>
      <Panel title={words.above.title} className="wide:col-span-4">
        <Skeleton lines={6} />
      </Panel>
      <Panel title={words.themes.title} className="wide:col-span-6">
        <Skeleton lines={12} />
      </Panel>
      <Panel title={words.latest.title} className="wide:col-span-6">
        <Skeleton lines={12} />
      </Panel>
    </div>
  )
}
