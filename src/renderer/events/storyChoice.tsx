import { type ReactNode, useId } from 'react'
import { BlocTag } from '../components/blocTag.tsx'
import { classes } from '../components/classes.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { blocName } from './blocMarks.tsx'

export interface Choice {
  readonly id: number
  readonly title: string
  readonly lang: string
  readonly source: string
  readonly bloc: string
  readonly at: number
  /** Stands at the end: "copy", "12 stories". */
  readonly note: string
}

/** A list to choose one of, or several: radio buttons or checkboxes, with their keys. */
export function StoryChoice(props: {
  label: string
  choices: readonly Choice[]
  chosen: readonly number[]
  several?: boolean
  onChange: (chosen: number[]) => void
}): ReactNode {
  const { chosen, several, onChange } = props
  const name = useId()
  const format = useFormat()
  const change = (id: number, on: boolean): void =>
    onChange(several !== true ? [id] : on ? [...chosen, id] : chosen.filter((one) => one !== id))
  return (
    <fieldset className="max-h-[42vh] min-h-32 overflow-y-auto rounded-md border border-line">
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map(({ id, title, lang, source, bloc, at, note }) => {
        const on = chosen.includes(id)
        return (
          <label
            key={id}
            className={classes(
              'flex cursor-pointer items-baseline gap-2.5 border-b border-line px-3 py-1.5 last:border-b-0 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
              on ? 'bg-selected' : 'hover:bg-hover',
            )}
          >
            <input
              type={several === true ? 'checkbox' : 'radio'}
              name={name}
              checked={on}
              onChange={(event) => change(id, event.target.checked)}
              className="shrink-0 translate-y-0.5 accent-accent outline-none"
            />
            <span className="min-w-0 flex-1">
              <bdi lang={lang || undefined} className="line-clamp-2 font-serif text-md break-words">
                {title || t.stories.untitled}
              </bdi>
              <span className="text-xs text-ink-3">
                <BlocTag bloc={blocName(bloc)} /> <bdi>{source}</bdi> {format.time(at)}
                {note !== '' && ` · ${note}`}
              </span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
