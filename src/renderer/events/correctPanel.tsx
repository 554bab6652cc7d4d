import { type ReactNode, useState } from 'react'
import type { Event } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Panel } from '../components/panel.tsx'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import type { Corrections } from './corrections.ts'
import { MergeDialog } from './mergeDialog.tsx'
import { PutInDialog } from './putInDialog.tsx'
import { RenameDialog } from './renameDialog.tsx'
import { SplitDialog } from './splitDialog.tsx'
import { TakeOutDialog } from './takeOutDialog.tsx'

export type Correction = 'takeOut' | 'putIn' | 'merge' | 'split' | 'rename'

const SHOWN = 6

/** What a person can do to the event, and what was done to it. */
export function CorrectPanel(props: {
  event: Event
  corrections: Corrections
  onOpen: (correction: Correction) => void
}): ReactNode {
  const words = t.events.correct
  const format = useFormat()
  const { event, corrections, onOpen } = props
  const [whole, setWhole] = useState(false)
  const alone = event.all.stories < 2
  const changes = whole ? event.changes : event.changes.slice(0, SHOWN)
  return (
    <Panel title={words.title} note={words.note}>
      <div className="flex flex-wrap gap-1.5">
        <Button small disabled={alone} title="t" onClick={() => onOpen('takeOut')}>
          {words.takeOut}
        </Button>
        <Button small onClick={() => onOpen('putIn')}>
          {words.putIn}
        </Button>
        <Button small onClick={() => onOpen('merge')}>
          {words.merge}
        </Button>
        <Button small disabled={alone} onClick={() => onOpen('split')}>
          {words.split}
        </Button>
        <Button small onClick={() => onOpen('rename')}>
          {words.rename}
        </Button>
      </div>
      {changes.length === 0 ? (
        <p className="mt-2 text-sm text-ink-3">{words.nothing}</p>
      ) : (
        <ul aria-label={words.log} className="mt-2">
          {changes.map((change) => (
            <li
              key={change.seq}
              className="flex items-baseline gap-3 border-b border-line py-1 text-sm last:border-b-0"
            >
              <span className="shrink-0 text-xs text-ink-3">
                {format.time(change.at)} {words.by[change.by]}
              </span>
              <span
                title={change.what}
                className={classes('min-w-0 flex-1', change.undone && 'text-ink-3 line-through')}
              >
                {change.what}
              </span>
              {change.undone ? (
                <span className="shrink-0 text-xs text-ink-3">{words.undone}</span>
              ) : (
                change.undoable && (
                  <button
                    type="button"
                    aria-label={words.undoOf(change.what)}
                    onClick={() => void corrections.undo(change.seq)}
                    className="shrink-0 rounded-sm text-accent hover:underline"
                  >
                    {words.undo}
                  </button>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {!whole && event.changes.length > SHOWN && (
        <Button look="quiet" small className="mt-1 -ml-2" onClick={() => setWhole(true)}>
          {t.actions.more}
        </Button>
      )}
    </Panel>
  )
}

/** The window of a correction; none for null. */
export function CorrectionDialog(props: {
  open: Correction | null
  onClose: () => void
  event: Event
  rows: readonly StoryRow[]
  corrections: Corrections
}): ReactNode {
  const { open, ...rest } = props
  switch (open) {
    case 'takeOut':
      return <TakeOutDialog {...rest} />
    case 'split':
      return <SplitDialog {...rest} />
    case 'putIn':
      return <PutInDialog {...rest} />
    case 'merge':
      return <MergeDialog {...rest} />
    case 'rename':
      return <RenameDialog {...rest} />
    case null:
      return null
  }
}
