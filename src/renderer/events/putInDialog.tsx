import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api } from '../api.ts'
import { useDebounced } from '../debounced.ts'
import { t } from '../messages/index.ts'
import { type CorrectionProps, CorrectionWindow } from './correctionWindow.tsx'
import { choiceOf } from './memberChoice.tsx'
import { besides, SearchChoice } from './searchChoice.tsx'

const LISTED = 50
const TYPING_MS = 250

export function PutInDialog({ event, corrections, onClose }: CorrectionProps): ReactNode {
  const words = t.events.correct
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<number | null>(null)
  const query = besides(useDebounced(typed, TYPING_MS), event.id)
  const found = useQuery(
    api.stories.list.queryOptions({
      input: { query, limit: LISTED },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <CorrectionWindow
      title={words.putInTitle}
      hint={words.putInHint}
      action={words.putInDo}
      run={chosen === null ? null : () => corrections.putIn(chosen)}
      onClose={onClose}
    >
      <SearchChoice
        label={words.choose}
        typed={typed}
        onType={setTyped}
        choices={found.data?.rows.map(choiceOf)}
        error={found.error}
        chosen={chosen}
        onChoose={setChosen}
      />
    </CorrectionWindow>
  )
}
