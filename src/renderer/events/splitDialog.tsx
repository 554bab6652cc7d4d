import { type ReactNode, useState } from 'react'
import { t } from '../messages/index.ts'
import { type CorrectionProps, CorrectionWindow } from './correctionWindow.tsx'
import { MemberChoice } from './memberChoice.tsx'

export function SplitDialog({ event, rows, corrections, onClose }: CorrectionProps): ReactNode {
  const words = t.events.correct
  const [chosen, setChosen] = useState<readonly number[]>([])
  const all = chosen.length >= event.all.stories
  return (
    <CorrectionWindow
      title={words.splitTitle}
      hint={words.splitHint}
      action={words.splitDo(chosen.length)}
      run={chosen.length === 0 || all ? null : () => corrections.split(chosen)}
      onClose={onClose}
    >
      <MemberChoice label={words.chooseSome} several rows={rows} chosen={chosen} onChange={setChosen} />
      {all && (
        <p role="status" className="mt-2 text-sm text-warn">
          {words.splitAll}
        </p>
      )}
    </CorrectionWindow>
  )
}
