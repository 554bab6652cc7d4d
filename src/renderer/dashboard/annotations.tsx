import { type ReactNode, useState } from 'react'
import type { Annotation } from '../../api/contract/views.ts'
import { Button } from '../components/button.tsx'
import { DayField } from '../components/dayField.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Labelled } from '../components/labelled.tsx'
import { dayOf, dayText } from '../frame/days.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { annotate, useAnnotations } from './useAnnotations.ts'

const LONGEST = 80

/**
 * The days that the person annotated: added, edited, removed, each with a way back.
 * @param editing the one that is open at first; null for a new one
 */
export function Annotations(props: { editing: Annotation | null; onClose: () => void }): ReactNode {
  const words = t.dashboard.annotations
  const all = useAnnotations()
  const format = useFormat()
  const [editing, setEditing] = useState(props.editing)
  const [day, setDay] = useState(props.editing?.day ?? dayOf(format.now, format.zone))
  const [text, setText] = useState(props.editing?.text ?? '')
  const written = text.trim()
  const others = all.filter((one) => !same(one, editing))
  const isThere = others.some((one) => one.day === day && one.text === written)

  const edit = (annotation: Annotation): void => {
    setEditing(annotation)
    setDay(annotation.day)
    setText(annotation.text)
  }
  const save = (): void => {
    if (day === '' || written === '' || isThere) return
    void annotate(
      [...others, { day, text: written }],
      editing === null ? words.added(written) : words.edited(written),
    )
    setEditing(null)
    setText('')
  }
  const remove = (annotation: Annotation): void => {
    void annotate(
      all.filter((one) => !same(one, annotation)),
      words.removed(annotation.text),
    )
    if (same(annotation, editing)) setEditing(null)
  }

  return (
    <Dialog open onClose={props.onClose} title={words.title} description={words.hint}>
      <form
        className="flex items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div className="w-[150px]">
          <Labelled label={words.day}>
            {(ids) => <DayField {...ids} key={editing?.day ?? ''} required value={day} onChange={setDay} />}
          </Labelled>
        </div>
        <div className="min-w-0 flex-1">
          <Labelled label={words.text}>
            {(ids) => (
              <input
                {...ids}
                className="field"
                required
                maxLength={LONGEST}
                placeholder={words.example}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Labelled>
        </div>
        <Button look="main" type="submit" disabled={day === '' || written === '' || isThere}>
          {editing === null ? words.add : t.actions.save}
        </Button>
      </form>
      {all.length === 0 ? (
        <p className="mt-4 text-ink-2">{words.none}</p>
      ) : (
        <ul className="mt-4 max-h-[40vh] divide-y divide-line overflow-y-auto">
          {all.map((annotation) => (
            <li
              key={`${annotation.day} ${annotation.text}`}
              className={`flex items-center gap-3 py-1 ${same(annotation, editing) ? 'bg-selected' : ''}`}
            >
              <span className="w-[100px] shrink-0 text-ink-2">{dayText(annotation.day)}</span>
              <span className="min-w-0 flex-1 truncate" title={annotation.text}>
                {annotation.text}
              </span>
              <Button
                look="quiet"
                small
                icon="edit"
                aria-label={words.edit(annotation.text)}
                onClick={() => edit(annotation)}
              />
              <Button
                look="quiet"
                small
                icon="trash"
                aria-label={words.remove(annotation.text)}
                onClick={() => remove(annotation)}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

const same = (a: Annotation, b: Annotation | null): boolean =>
  b !== null && a.day === b.day && a.text === b.text
