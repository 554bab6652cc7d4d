import { lazy, type ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { markVisit } from '../frame/visit.ts'
import { t } from '../messages/index.ts'
import { useAppInfo } from '../useFormat.ts'
import { Above } from './above.tsx'
import { Blocs } from './blocs.tsx'
import { FilterBar } from './filterBar.tsx'
import { Health } from './health.tsx'
import { Hits } from './hits.tsx'
import { Latest } from './latest.tsx'
import { LeadSentence } from './leadSentence.tsx'
import { ThemesTable } from './themesTable.tsx'
import { Volume } from './volume.tsx'
import { WhoAndWhat } from './whoAndWhat.tsx'

// Seen once: not part of the first script.
const Welcome = lazy(async () => ({ default: (await import('./welcome.tsx')).Welcome }))
const Waiting = lazy(async () => ({ default: (await import('./welcome.tsx')).Waiting }))

/** What moved since the last visit: first in words, then in figures that open. */
export function DashboardPage(): ReactNode {
  const info = useAppInfo()
  return (
    <Page title={t.dashboard.title} headless>
      {info?.sources === 0 && info.stories === 0 ? (
        <Welcome />
      ) : info?.stories === 0 ? (
        <Waiting />
      ) : (
        <Panels />
      )}
    </Page>
  )
}

/** Every panel and where it stands. Each fetches, refreshes and fails by itself. */
function Panels(): ReactNode {
  return (
    <>
      <FilterBar />
      <div className="mb-4 flex items-start justify-between gap-6">
        <LeadSentence />
        <Button icon="check" onClick={() => void markVisit()}>
          {t.markVisit}
        </Button>
      </div>
      {/* Two columns, each as tall as what is in it: no card is stretched to its neighbour's height. */}
      <div className="grid items-start gap-4 wide:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Volume />
          <ThemesTable />
          <Blocs />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Above />
          <Latest />
          <Hits />
          <Health />
          <WhoAndWhat />
        </div>
      </div>
    </>
  )
}
