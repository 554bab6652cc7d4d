import { lazy, type ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { markVisit } from '../frame/visit.ts'
import { t } from '../messages/index.ts'
import { useAppInfo, useFormat } from '../useFormat.ts'
import { useRangeWords } from '../useRangeWords.ts'
import { useView } from '../view.ts'
import { FilterBar } from './filterBar.tsx'
import { LeadSentence } from './leadSentence.tsx'
import { PanelGrid } from './panelGrid.tsx'
import { useUnitOfOpenView } from './savedViews.ts'

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
        <Shown />
      )}
    </Page>
  )
}

function Shown(): ReactNode {
  useUnitOfOpenView()
  const { filter } = useView()
  const format = useFormat()
  const rangeWords = useRangeWords()
  return (
    <>
      <p className="mb-3 hidden text-sm text-ink-2 print:block">
        {[t.app, rangeWords, filter, format.dateTime(format.now)].filter((part) => part !== '').join(' · ')}
      </p>
      <FilterBar />
      <div className="mb-4 flex items-start justify-between gap-6">
        <LeadSentence />
        <Button icon="check" className="print:hidden" onClick={() => void markVisit()}>
          {t.markVisit}
        </Button>
      </div>
      <PanelGrid />
    </>
  )
}
