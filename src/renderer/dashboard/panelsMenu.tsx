import { Popover } from 'radix-ui'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Skeleton } from '../components/states.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { t } from '../messages/index.ts'
import { useArrangement } from './savedViews.ts'

const PanelList = lazy(async () => ({ default: (await import('./panelList.tsx')).PanelList }))

/** Shows, hides and orders the panels; the key is a full stop. */
export function PanelsMenu(): ReactNode {
  const [open, setOpen] = useState(false)
  const arrangement = useArrangement()
  useShortcuts({ '.': () => setOpen(true) })
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button small title={`${t.panels.title} (.)`} disabled={arrangement === undefined}>
          {t.panels.title}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t.panels.title}
          className="arrive z-30 max-h-(--radix-popover-content-available-height) w-[304px] overflow-y-auto rounded-lg border border-edge bg-raised p-3 shadow-float"
        >
          <Suspense fallback={<Skeleton lines={8} />}>
            {arrangement !== undefined && <PanelList arrangement={arrangement} />}
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
