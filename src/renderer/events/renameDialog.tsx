import { type ReactNode, useState } from 'react'
import { Labelled } from '../components/labelled.tsx'
import { t } from '../messages/index.ts'
import { type CorrectionProps, CorrectionWindow } from './correctionWindow.tsx'

const LONGEST = 200

export function RenameDialog({ event, corrections, onClose }: CorrectionProps): ReactNode {
  const words = t.events.correct
  const [name, setName] = useState(event.name)
  return (
    <CorrectionWindow
      title={words.renameTitle}
      hint={words.renameHint}
      action={t.actions.save}
      run={name.trim() === event.name ? null : () => corrections.rename(name)}
      onClose={onClose}
    >
      <Labelled label={words.renameLabel}>
        {(ids) => (
          <input
            {...ids}
            className="field"
            value={name}
            maxLength={LONGEST}
            placeholder={event.headline.title}
            onChange={(change) => setName(change.target.value)}
          />
        )}
      </Labelled>
    </CorrectionWindow>
  )
}
