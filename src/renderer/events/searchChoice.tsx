import type { ReactNode } from 'react'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { type Choice, StoryChoice } from './storyChoice.tsx'

/** What a search finds, to choose one of. */
export function SearchChoice(props: {
  label: string
  typed: string
  onType: (text: string) => void
  /** Undefined: still asked. */
  choices: readonly Choice[] | undefined
  error: unknown
  chosen: number | null
  onChoose: (id: number) => void
}): ReactNode {
  const { choices } = props
  const words = t.events.correct
  return (
    <div className="flex flex-col gap-2">
      <input
        className="field"
        type="search"
        value={props.typed}
        aria-label={words.search}
        placeholder={words.search}
        onChange={(event) => props.onType(event.target.value)}
      />
      {props.error !== null ? (
        <ErrorState error={props.error} />
      ) : choices === undefined ? (
        <Skeleton lines={5} />
      ) : choices.length === 0 ? (
        <p className="text-ink-3">{words.nothingFound}</p>
      ) : (
        <StoryChoice
          label={props.label}
          choices={choices}
          chosen={props.chosen === null ? [] : [props.chosen]}
          onChange={([id]) => id !== undefined && props.onChoose(id)}
        />
      )}
    </div>
  )
}

/** A search apart from what the event has already: `typed` in brackets, so that an OR of it stays one. */
export const besides = (typed: string, event: number): string =>
  `${typed.trim() === '' ? '' : `(${typed.trim()}) `}-event:${event}`
