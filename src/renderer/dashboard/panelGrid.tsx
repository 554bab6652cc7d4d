import { type ReactNode, Suspense } from 'react'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/states.tsx'
import { Fault } from '../frame/fault.tsx'
import { t } from '../messages/index.ts'
import { ordered } from './arrangement.ts'
import { PANEL_IDS, type PanelSize, panels } from './panels.ts'
import { arrange, useArrangement, useOpenView } from './savedViews.ts'

/** A pixel less than its share: rounding never breaks a full row. In a narrow window every panel has a row of its own. */
const SIZES: Readonly<Record<PanelSize, string>> = {
  third: 'grow-4 basis-[max((100%-2rem)/3-1px,min(100%,320px))] max-wide:basis-full',
  half: 'grow-6 basis-[calc((100%-1rem)/2-1px)] max-wide:basis-full',
  wide: 'grow-8 basis-[calc((100%-2rem)*2/3+1rem-1px)] max-wide:basis-full',
}

/** The panels that are shown, in rows that are always full; those of a row are equally tall. */
export function PanelGrid(): ReactNode {
  const arrangement = useArrangement()
  const open = useOpenView()
  if (arrangement === undefined || open === undefined) return null
  const shown = ordered(PANEL_IDS, arrangement).filter((id) => !arrangement.hidden.includes(id))
  if (shown.length === 0)
    return (
      <EmptyState
        title={t.panels.none}
        actions={
          <Button onClick={() => void arrange({ ...arrangement, hidden: [] }, open)}>
            {t.panels.showAll}
          </Button>
        }
      >
        {t.panels.noneHint}
      </EmptyState>
    )
  return (
    <div className="flex flex-wrap gap-4 print:block">
      {shown.map((id) => {
        const entry = panels.find((panel) => panel.id === id)
        if (entry === undefined) return null
        const { size, Panel } = entry
        return (
          <div key={id} className={`grid min-w-0 shrink print:mb-4 print:block ${SIZES[size]}`}>
            <Fault>
              <Suspense>
                <Panel />
              </Suspense>
            </Fault>
          </div>
        )
      })}
    </div>
  )
}
