import { lazy, type ReactNode, useState } from 'react'
import { Button } from '../components/button.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { t } from '../messages/index.ts'
import { BarMenu } from './barMenu.tsx'
import { useArrangement } from './savedViews.ts'

const PanelList = lazy(async () => ({ default: (await import('./panelList.tsx')).PanelList }))

/** Shows, hides and orders the panels; the key is a full stop. */
export function PanelsMenu(): ReactNode {
  const [open, setOpen] = useState(false)
  const arrangement = useArrangement()
  useShortcuts({ '.': () => setOpen(true) })
  return (
    <BarMenu
      title={t.panels.title}
      open={open}
      onOpen={setOpen}
      lines={8}
      className="w-[304px] p-3"
      trigger={
        <Button small title={`${t.panels.title} (.)`} disabled={arrangement === undefined}>
          {t.panels.title}
        </Button>
      }
    >
      {arrangement !== undefined && <PanelList arrangement={arrangement} />}
    </BarMenu>
  )
}
