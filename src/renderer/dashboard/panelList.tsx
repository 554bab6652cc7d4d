import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Arrangement } from '../../api/contract/views.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { AS_AT_FIRST, moved, ordered, sameArrangement, withPanel } from './arrangement.ts'
import { MoveButtons } from './moveButtons.tsx'
import { PANEL_IDS as ALL, panels } from './panels.ts'
import { arrange, useOpenView } from './savedViews.ts'

const titles = new Map(panels.map(({ id, title }) => [id, title]))

/** The panels in their order: shown, hidden, moved; as at first. */
export function PanelList({ arrangement }: { arrangement: Arrangement }): ReactNode {
  const [said, setSaid] = useState('')
  const view = useOpenView() ?? null
  const list = useRef<HTMLOListElement>(null)
  const order = ordered(ALL, arrangement)
  // It is loaded after the popover took the focus.
  useEffect(() => list.current?.querySelector('input')?.focus(), [])
  const move = (id: string, step: -1 | 1): void => {
    const next = moved(ALL, arrangement, id, step)
    const place = ordered(ALL, next).indexOf(id) + 1
    setSaid(t.panels.place(titles.get(id) ?? id, place, order.length))
    if (next !== arrangement) void arrange(next, view)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, id: string, index: number): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (step === null) return
    event.preventDefault()
    if (event.altKey) move(id, step)
    else list.current?.querySelectorAll<HTMLElement>('input')[index + step]?.focus()
  }
  return (
    <>
      <ol ref={list} className="flex flex-col">
        {order.map((id, index) => {
          const title = titles.get(id) ?? id
          return (
            <li
              key={id}
              onKeyDown={(event) => onKeyDown(event, id, index)}
              className="flex items-center gap-1 rounded-md pl-1 hover:bg-hover"
            >
              <label className="flex min-w-0 flex-1 items-center gap-2 py-1">
                <Checkbox
                  checked={!arrangement.hidden.includes(id)}
                  onChange={(event) => void arrange(withPanel(arrangement, id, event.target.checked), view)}
                />
                <span className="truncate">{title}</span>
              </label>
              <MoveButtons
                up={t.panels.up(title)}
                down={t.panels.down(title)}
                index={index}
                count={order.length}
                onMove={(step) => move(id, step)}
              />
            </li>
          )
        })}
      </ol>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <div className="mt-2 flex items-center justify-between gap-3 border-t border-line pt-2">
        <p className="text-sm text-ink-3">{t.panels.hint}</p>
        <Button
          small
          disabled={sameArrangement(ALL, arrangement, AS_AT_FIRST)}
          onClick={() => {
            void arrange(AS_AT_FIRST, view)
            toast(t.panels.wasReset, {
              action: { text: t.actions.undo, run: () => void arrange(arrangement, view) },
            })
          }}
        >
          {t.panels.reset}
        </Button>
      </div>
    </>
  )
}
