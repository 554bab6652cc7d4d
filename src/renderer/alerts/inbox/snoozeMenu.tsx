import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import type { HitAct } from '../../../api/contract/inbox.ts'
import { Kbd } from '../../components/kbd.tsx'
import { t } from '../../messages/index.ts'

export type SnoozeFor = Extract<HitAct, { act: 'snooze' }>['for']

const CHOICES: readonly (readonly [SnoozeFor, string])[] = [
  ['hour', 'h'],
  ['day', 'd'],
  ['growth', 'g'],
]

/** How long to snooze, each with its key; the child is the button that opens it. */
export function SnoozeMenu(props: {
  open: boolean
  onOpen: (open: boolean) => void
  onSnooze: (how: SnoozeFor) => void
  children: ReactNode
}): ReactNode {
  const { open, onOpen, onSnooze } = props
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpen} modal={false}>
      <DropdownMenu.Trigger asChild>{props.children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onKeyDown={(event) => {
            const how = CHOICES.find(([, key]) => key === event.key)?.[0]
            if (how === undefined) return
            event.preventDefault()
            onOpen(false)
            onSnooze(how)
          }}
          className="arrive z-30 min-w-52 rounded-lg border border-edge bg-raised p-1 shadow-float"
        >
          {CHOICES.map(([how, key]) => (
            <DropdownMenu.Item
              key={how}
              onSelect={() => onSnooze(how)}
              className="flex cursor-pointer items-center justify-between gap-4 rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover"
            >
              {t.inbox.snoozeFor[how]}
              <Kbd>{key}</Kbd>
            </DropdownMenu.Item>
          ))}
          <p className="max-w-52 border-t border-line px-2 pt-1.5 pb-1 text-sm text-ink-3">
            {t.inbox.snoozeHint}
          </p>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
