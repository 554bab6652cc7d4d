import { Toast } from 'radix-ui'
import { type ReactNode, useSyncExternalStore } from 'react'
import { t } from '../messages/index.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'

interface Message {
  id: number
  text: string
  bad: boolean
  action: { text: string; run: () => void } | undefined
}

let messages: readonly Message[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Message[]): void {
  messages = next
  for (const listener of listeners) listener()
}

/** Shows a sentence at the foot of the window for some seconds, with at most one thing to do about it. */
export function toast(text: string, options: { bad?: boolean; action?: Message['action'] } = {}): void {
  lastId++
  const message = { id: lastId, text, bad: options.bad === true, action: options.action }
  set([...messages.filter((m) => m.text !== text), message].slice(-4))
}

/** Where toasts appear; once per page. */
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => messages,
  )
  const drop = (id: number): void => set(messages.filter((m) => m.id !== id))
  return (
    <Toast.Provider duration={6000} swipeDirection="down" label={t.notifications}>
      {shown.map(({ id, text, bad, action }) => (
        <Toast.Root
          key={id}
          duration={bad || action !== undefined ? 12_000 : 6000}
          onOpenChange={(open) => !open && drop(id)}
          className="arrive flex items-center gap-3 rounded-lg border border-edge bg-raised py-2 pr-2 pl-4 shadow-float"
        >
          <Toast.Description className={classes('min-w-0 flex-1', bad && 'text-bad')}>
            {text}
          </Toast.Description>
          {action !== undefined && (
            <Toast.Action asChild altText={action.text}>
              <Button small onClick={action.run}>
                {action.text}
              </Button>
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <Button look="quiet" small icon="close" aria-label={t.actions.close} />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-6 bottom-10 z-50 flex w-[420px] max-w-[calc(100vw-48px)] flex-col gap-2 outline-none" />
    </Toast.Provider>
  )
}
