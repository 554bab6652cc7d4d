import { type ReactNode, useState } from 'react'
import type { StoryRow } from '../../api/contract/stories.ts'
import { t } from '../messages/index.ts'
import { StoryChoice } from './storyChoice.tsx'

/** So many are seen at one glance; more have a field to find one. */
const GLANCE = 8

/** The stories of the event to choose from, earliest first, narrowed by what is typed. */
export function MemberChoice(props: {
  label: string
  rows: readonly StoryRow[]
  chosen: readonly number[]
  several?: boolean
  onChange: (chosen: number[]) => void
}): ReactNode {
  const { rows, ...rest } = props
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const found = rows
    .filter(
      ({ id, title, excerpt, source }) =>
        props.chosen.includes(id) ||
        [title, excerpt, source.title, source.bloc].some((text) => text.toLowerCase().includes(wanted)),
    )
    .toSorted((a, b) => a.published - b.published || a.id - b.id)
  return (
    <div className="flex flex-col gap-2">
      {rows.length > GLANCE && (
        <input
          className="field"
          type="search"
          value={typed}
          aria-label={t.events.correct.find}
          placeholder={t.events.correct.find}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {found.length === 0 ? (
        <p className="text-ink-3">{t.events.correct.nothingFound}</p>
      ) : (
        <StoryChoice {...rest} choices={found.map(choiceOf)} />
      )}
    </div>
  )
}

export const choiceOf = (row: StoryRow): Parameters<typeof StoryChoice>[0]['choices'][number] => ({
  id: row.id,
  title: row.title || row.excerpt,
  lang: row.lang,
  source: row.source.title,
  bloc: row.source.bloc,
  at: row.published,
  note: row.copy ? t.stories.copy : '',
})
