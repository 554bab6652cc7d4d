import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { classes } from '../components/classes.ts'
import { Icon } from '../components/icon.tsx'
import { t } from '../messages/index.ts'

/** A chip that opens a menu. With a value it shows that, and a button removes it. */
export function MenuChip(props: {
  name: string
  value: string
  onRemove: () => void
  wide?: boolean
  children: (close: () => void) => ReactNode
}): ReactNode {
  const [open, setOpen] = useState(false)
  const on = props.value !== ''
  return (
    <span
      className={classes(
        chip(on),
        on ? 'pr-0' : 'pr-1',
        open && 'border-accent',
        'relative has-[[aria-haspopup]:focus-visible]:outline-2 has-[[aria-haspopup]:focus-visible]:outline-accent',
      )}
    >
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          aria-label={on ? `${props.name}: ${props.value}` : props.name}
          className="inline-flex max-w-[220px] items-center gap-1 outline-none after:absolute after:inset-y-0 after:left-0 after:right-6"
        >
          <span className="truncate">{on ? props.value : props.name}</span>
          {!on && <Icon name="down" size={12} />}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={6}
            collisionPadding={12}
            aria-label={props.name}
            className={classes(
              'arrive z-30 flex max-h-[min(420px,var(--radix-popover-content-available-height))] flex-col rounded-lg border border-edge bg-raised shadow-float',
              props.wide === true ? 'w-[340px]' : 'w-[260px]',
            )}
          >
            {props.children(() => setOpen(false))}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {on && <RemoveButton what={`${props.name}: ${props.value}`} onClick={props.onRemove} />}
    </span>
  )
}

/** How a chip looks, with a filter set or not. */
export const chip = (on: boolean): string =>
  classes(
    'inline-flex h-6 items-center gap-1 rounded-md border px-2 text-sm whitespace-nowrap',
    on
      ? 'border-transparent bg-selected font-semibold text-ink'
      : 'border-line bg-panel text-ink-2 hover:bg-hover hover:text-ink',
  )

export function RemoveButton({ what, onClick }: { what: string; onClick: () => void }): ReactNode {
  return (
    <button
      type="button"
      aria-label={t.filters.remove(what)}
      title={t.filters.remove(what)}
      onClick={onClick}
      className="grid size-6 place-items-center rounded-md text-ink-3 hover:text-ink"
    >
      <Icon name="close" size={12} />
    </button>
  )
}
