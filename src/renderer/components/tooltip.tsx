import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** Says more on hover and focus. The child must take a ref and be focusable to be reached by keyboard. */
export function Tooltip(props: { text: ReactNode; children: ReactNode }): ReactNode {
  return (
    <Radix.Root delayDuration={350}>
      <Radix.Trigger asChild>{props.children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-w-[340px] rounded-md border border-edge bg-raised px-2.5 py-1.5 text-sm text-ink shadow-float"
        >
          {props.text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const TooltipProvider = Radix.Provider
