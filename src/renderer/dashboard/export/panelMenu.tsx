import { Popover } from 'radix-ui'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Skeleton } from '../../components/states.tsx'
import { t } from '../../messages/index.ts'
import type { Sheet } from './sheet.tsx'

const PanelActions = lazy(async () => ({ default: (await import('./panelActions.tsx')).PanelActions }))

/** What can be done with a panel: its numbers or its picture as a file. */
export function PanelMenu(props: { title: string; read: () => Sheet | null }): ReactNode {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const name = t.exporting.menu(props.title)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button
          ref={button}
          look="quiet"
          small
          icon="more"
          aria-label={name}
          title={name}
          data-no-export=""
          className="-mr-2 print:hidden"
        />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={name}
          className="arrive z-30 min-w-44 rounded-lg border border-edge bg-raised p-1 shadow-float"
        >
          <Suspense fallback={<Skeleton lines={2} />}>
            <PanelActions
              title={props.title}
              read={props.read}
              panel={() => button.current?.closest('section') ?? null}
              onDone={() => setOpen(false)}
            />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
