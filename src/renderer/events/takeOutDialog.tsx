import { type ReactNode, useState } from 'react'
import { t } from '../messages/index.ts'
import { type CorrectionProps, CorrectionWindow } from './correctionWindow.tsx'
import { MemberChoice } from './memberChoice.tsx'

export function TakeOutDialog({ rows, corrections, onClose }: CorrectionProps): ReactNode {
  const words = t.events.correct
  const [chosen, setChosen] = useState<number | null>(null)
  return (
    <CorrectionWindow
      title={words.takeOutTitle}
      hint={words.takeOutHint}
      action={words.takeOutDo}
      run={chosen === null ? null : () => corrections.takeOut(chosen)}
      onClose={onClose}
    >
      <MemberChoice
        label={words.choose}
        rows={rows}
        chosen={chosen === null ? [] : [chosen]}
        onChange={([story]) => setChosen(story ?? null)}
      />
    </CorrectionWindow>
  )
}
