import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { SavedView, ViewDraft } from '../../api/contract/views.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { classes } from '../components/classes.ts'
import { Kbd } from '../components/kbd.tsx'
import { Labelled } from '../components/labelled.tsx'
import { FormError } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { setView } from '../view.ts'
import { MoveButtons } from './moveButtons.tsx'
import {
  addressOfSaved,
  openAsSaved,
  orderViews,
  pinnedOf,
  pinView,
  removeView,
  saveView,
} from './savedViews.ts'

type Seen = Pick<ViewDraft, 'range' | 'filter' | 'unit' | 'panels'>

/** Saves what is seen under a name, or changes the open view; below it, all views. */
export function ViewForm(props: {
  views: readonly SavedView[]
  open: SavedView | null
  /** Whether what is seen differs from the open view. */
  changed: boolean
  seen: Seen
  onDone: () => void
}): ReactNode {
  const { views, open, changed, seen, onDone } = props
  const [name, setName] = useState(open?.name ?? '')
  const [pinned, setPinned] = useState(open?.pinned ?? true)
  const [error, setError] = useState<unknown>(null)

  const save = async (as: SavedView | null): Promise<void> => {
    try {
      const saved = await saveView({ ...seen, ...(as === null ? {} : { id: as.id }), name, pinned })
      openAsSaved(saved)
      setView({ range: saved.range, filter: saved.filter, saved: saved.id })
      toast(t.views.saved(saved.name))
      onDone()
    } catch (failure) {
      setError(failure)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save(open)
  }
  return (
    <div className="flex flex-col gap-4">
      <form className="flex flex-col gap-3" onSubmit={submit}>
        <Labelled label={t.views.name} hint={error === null ? t.views.what : <FormError error={error} />}>
          {(ids) => (
            <input
              {...ids}
              // biome-ignore lint/a11y/noAutofocus: the form is opened to name a view
              autoFocus
              className="field"
              maxLength={120}
              aria-invalid={error !== null}
              value={name}
              onChange={(event) => {
                setName(event.target.value)
                setError(null)
              }}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Labelled>
        <label className="flex items-center gap-2">
          <Checkbox checked={pinned} onChange={(event) => setPinned(event.target.checked)} />
          {t.views.pin}
        </label>
        <div className="flex flex-wrap items-center gap-2">
          <Button look="main" type="submit">
            {open === null ? t.views.save : t.views.saveChanges}
          </Button>
          {open !== null && <Button onClick={() => void save(null)}>{t.views.asNew}</Button>}
          {open !== null && changed && (
            <Button
              look="quiet"
              onClick={() => {
                openAsSaved(open)
                setView({ range: open.range, filter: open.filter, saved: open.id })
                onDone()
              }}
            >
              {t.views.back}
            </Button>
          )}
        </div>
      </form>
      {views.length > 0 && <ViewList views={views} open={open} onDone={onDone} />}
    </div>
  )
}

function ViewList(props: {
  views: readonly SavedView[]
  open: SavedView | null
  onDone: () => void
}): ReactNode {
  const { views, open, onDone } = props
  const [, navigate] = useLocation()
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const pinned = pinnedOf(views)

  const move = (index: number, step: -1 | 1): void => {
    const [view, other] = [views[index], views[index + step]]
    if (view === undefined || other === undefined) return
    setSaid(t.views.place(view.name, index + step + 1, views.length))
    void orderViews(views.with(index, other).with(index + step, view))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (step === null) return
    event.preventDefault()
    if (event.altKey) move(index, step)
    else list.current?.querySelectorAll<HTMLElement>('[data-open]')[index + step]?.focus()
  }
  return (
    <section className="border-t border-line pt-3">
      <h3 className="mb-1 text-xs font-semibold text-ink-3">{t.views.list}</h3>
      <ol ref={list} className="flex flex-col">
        {views.map((view, index) => {
          const { id, name, fault } = view
          const key = pinned.indexOf(view)
          return (
            <li
              key={id}
              onKeyDown={(event) => onKeyDown(event, index)}
              className={classes(
                'flex items-center rounded-md pl-1.5',
                id === open?.id ? 'bg-selected' : 'hover:bg-hover',
              )}
            >
              <button
                type="button"
                data-open=""
                aria-current={id === open?.id ? 'true' : undefined}
                title={fault === null ? view.filter : t.views.unreadable(fault)}
                onClick={() => {
                  openAsSaved(view)
                  navigate(addressOfSaved(view))
                  onDone()
                }}
                className={classes(
                  'min-w-0 flex-1 truncate rounded-sm py-1 text-left hover:text-accent',
                  fault !== null && 'text-warn',
                )}
              >
                {name}
              </button>
              {key >= 0 && key < 9 && <Kbd>{key + 1}</Kbd>}
              <Button
                look="quiet"
                small
                icon={view.pinned ? 'starred' : 'star'}
                aria-pressed={view.pinned}
                aria-label={t.views.pinned(name)}
                title={t.views.pin}
                onClick={() => void pinView(view, !view.pinned)}
              />
              <MoveButtons
                up={t.views.up(name)}
                down={t.views.down(name)}
                index={index}
                count={views.length}
                onMove={(step) => move(index, step)}
              />
              <Button
                look="quiet"
                small
                icon="trash"
                aria-label={t.views.remove(name)}
                title={t.views.remove(name)}
                onClick={() => void removeView(view)}
              />
            </li>
          )
        })}
      </ol>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </section>
  )
}
