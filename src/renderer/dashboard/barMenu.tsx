import { Popover } from 'radix-ui'
import { type ReactNode, Suspense } from 'react'
import { classes } from '../components/classes.ts'
import { Skeleton } from '../components/states.tsx'

/** A menu of the filter bar: its button, and below it what is loaded when it is first opened. */
export function BarMenu(props: {
  title: string
  open: boolean
  onOpen: (open: boolean) => void
  /** The button. */
  trigger: ReactNode
  /** Lines of the skeleton while the content is loaded. */
  lines: number
  className: string
  children: ReactNode
}): ReactNode {
  return (
    <Popover.Root open={props.open} onOpenChange={props.onOpen}>
      <Popover.Trigger asChild>{props.trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={props.title}
          className={classes(
            'arrive z-30 max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-lg border border-edge bg-raised shadow-float',
            props.className,
          )}
        >
          <Suspense fallback={<Skeleton lines={props.lines} />}>{props.children}</Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
