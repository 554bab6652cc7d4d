import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'

export interface MenuItem {
  text: string
  icon?: IconName
  danger?: boolean
  onSelect: () => void
}

/** A button that opens a list of actions; the child is the button. */
export function Menu(props: { items: readonly MenuItem[]; children: ReactNode }): ReactNode {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="arrive z-30 min-w-44 rounded-lg border border-edge bg-raised p-1 shadow-float"
        >
          {props.items.map(({ text, icon, danger, onSelect }) => (
            <DropdownMenu.Item
              key={text}
              onSelect={onSelect}
              className={classes(
                'flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover',
                danger === true ? 'text-bad' : 'text-ink',
              )}
            >
              <span className="w-4">{icon !== undefined && <Icon name={icon} />}</span>
              {text}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
