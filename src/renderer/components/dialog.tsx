import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { t } from '../messages/index.ts'
import { Button, type ButtonProps } from './button.tsx'
import { classes } from './classes.ts'

/** A window over the page: title, an optional sentence, content, and buttons at its foot. Escape closes it. */
export function Dialog(props: {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  wide?: boolean
  /** Only read: the arrow keys scroll it. */
  readOnly?: boolean
  foot?: ReactNode
  children?: ReactNode
}): ReactNode {
  return (
    <Radix.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          {...(props.description === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'arrive fixed top-[10vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-48px)] -translate-x-1/2 flex-col rounded-lg border border-line bg-raised shadow-float outline-none',
            props.wide === true ? 'max-w-[860px]' : 'max-w-[520px]',
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4">
            <Radix.Title className="font-serif text-lg">{props.title}</Radix.Title>
            <Radix.Close asChild>
              <Button look="quiet" small icon="close" aria-label={t.actions.close} />
            </Radix.Close>
          </header>
          {props.description !== undefined && (
            <Radix.Description className="px-5 pt-1 text-ink-2">{props.description}</Radix.Description>
          )}
          <div
            {...(props.readOnly === true ? { tabIndex: 0, role: 'group', 'aria-label': props.title } : {})}
            className="min-h-0 overflow-y-auto px-5 py-4"
          >
            {props.children}
          </div>
          {props.foot !== undefined && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {props.foot}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Asks before something that cannot be undone. */
export function Confirm(props: {
  open: boolean
  onClose: () => void
  title: string
  description: ReactNode
  action: string
  look?: ButtonProps['look']
  busy?: boolean
  onConfirm: () => void
  children?: ReactNode
}): ReactNode {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      description={props.description}
      foot={
        <>
          <Button onClick={props.onClose}>{t.actions.cancel}</Button>
          <Button look={props.look ?? 'danger'} disabled={props.busy} onClick={props.onConfirm}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
