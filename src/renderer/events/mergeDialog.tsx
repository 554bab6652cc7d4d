import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api } from '../api.ts'
import { useDebounced } from '../debounced.ts'
import { t } from '../messages/index.ts'
import { type CorrectionProps, CorrectionWindow } from './correctionWindow.tsx'
import { besides, SearchChoice } from './searchChoice.tsx'

const LISTED = 50
const TYPING_MS = 250
/** So many of those it names most are looked for first. */
const NAMED = 2

export function MergeDialog({ event, corrections, onClose }: CorrectionProps): ReactNode {
  const words = t.events.correct
  // Events that name the same are the likely ones; the person sees why, and can change it.
  const [typed, setTyped] = useState(() =>
    event.entities
      .slice(0, NAMED)
      .map(({ name }) => `@${name}`)
      .join(' '),
  )
  const [chosen, setChosen] = useState<number | null>(null)
  const query = besides(useDebounced(typed, TYPING_MS), event.id)
  const found = useQuery(
    api.events.list.queryOptions({ input: { query, limit: LISTED }, placeholderData: keepPreviousData }),
  )
  return (
    <CorrectionWindow
      title={words.mergeTitle}
      hint={words.mergeHint}
      action={words.mergeDo}
      run={chosen === null ? null : () => corrections.merge(chosen)}
      onClose={onClose}
    >
      <SearchChoice
        label={words.choose}
        typed={typed}
        onType={setTyped}
        choices={found.data?.rows.map(({ id, name, headline, all, last }) => ({
          id,
          title: name || headline.title,
          lang: name === '' ? headline.lang : '',
          source: headline.source.title,
          bloc: headline.source.bloc,
          at: last,
          note: t.count.stories(all.stories),
        }))}
        error={found.error}
        chosen={chosen}
        onChoose={setChosen}
      />
    </CorrectionWindow>
  )
}
