import { type ReactNode, useState } from 'react'
import type { Event } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { t } from '../messages/index.ts'
import type { Corrections } from './corrections.ts'

/** What the windows of all corrections are given. */
export interface CorrectionProps {
  readonly event: Event
  /** Its stories, newest first. */
  readonly rows: readonly StoryRow[]
  readonly corrections: Corrections
  readonly onClose: () => void
}

/** The window of one correction: it closes once that worked, and stays with the choice where it did not. */
export function CorrectionWindow(props: {
  title: string
  hint: string
  action: string
  /** Null: nothing is chosen yet. */
  run: (() => Promise<boolean>) | null
  onClose: () => void
  children: ReactNode
}): ReactNode {
  const { run, onClose } = props
  const [busy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    if (run === null || busy) return
    setBusy(true)
    if (await run()) onClose()
    else setBusy(false)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={props.title}
      description={props.hint}
      foot={
        <>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button look="main" disabled={run === null || busy} onClick={() => void submit()}>
            {props.action}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {props.children}
      </form>
    </Dialog>
  )
}
