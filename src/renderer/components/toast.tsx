import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { t } from '../messages/index.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'

interface Action {
  text: string
  /** Does the same where the page has it. */
  key?: string
  run: () => void
}

interface Message {
  id: number
  text: string
  bad: boolean
  action: Action | undefined
  also: Action | undefined
}

const SHORT_MS = 6000
/** For what went wrong, and for what can be taken back. */
const LONG_MS = 12_000

let messages: readonly Message[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Message[]): void {
  messages = next
  for (const listener of listeners) listener()
}

/** Does what a message offers, and takes it away. */
function choose(message: Message, action: Action): void {
  drop(message.id)
  action.run()
}

const drop = (id: number): void => set(messages.filter((message) => message.id !== id))

/**
 * Shows a sentence at the foot of the window for some seconds, with one thing to do about it, or two.
 * @returns takes it away
 */
export function toast(
  text: string,
  options: {
    bad?: boolean
    action?: Message['action']
    also?: Message['also']
  } = {},
): () => void {
  lastId++
  const message = {
    id: lastId,
    text,
    bad: options.bad === true,
    action: options.action,
    also: options.also,
  }
  set([...messages.filter((m) => m.text !== text), message].slice(-4))
  return () => drop(message.id)
}

/**
 * Where toasts appear; once per page. They take no focus and no Escape: a message that arrives while a dialog is open
 * must not swallow the key that was meant for the dialog.
 */
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => messages,
  )
  const [held, setHeld] = useState(false)
  return (
    <section
      aria-label={t.notifications}
      aria-live="polite"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="print:hidden fixed right-6 bottom-10 z-50 flex w-[420px] max-w-[calc(100vw-48px)] flex-col gap-2"
    >
      {shown.map((message) => (
        <Toast key={message.id} message={message} held={held} />
      ))}
    </section>
  )
}

function Toast({ message, held }: { message: Message; held: boolean }): ReactNode {
  const { id, text, bad, action } = message
  const stay = bad || action !== undefined ? LONG_MS : SHORT_MS
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => drop(id), stay)
    return () => clearTimeout(timer)
  }, [id, stay, held])
  return (
    <div className="arrive pointer-events-auto flex items-center gap-3 rounded-lg border border-edge bg-raised py-2 pr-2 pl-4 shadow-float">
      <p dir="auto" className={classes('min-w-0 flex-1', bad && 'text-bad')}>
        {text}
      </p>
      {[action, message.also].map(
        (one) =>
          one !== undefined && (
            <Button key={one.text} small onClick={() => choose(message, one)}>
              {one.text}
              {one.key !== undefined && <Kbd>{one.key}</Kbd>}
            </Button>
          ),
      )}
      <Button look="quiet" small icon="close" aria-label={t.actions.close} onClick={() => drop(id)} />
    </div>
  )
}
