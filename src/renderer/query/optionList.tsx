import { type ReactNode, useEffect, useRef } from 'react'
import { classes } from '../components/classes.ts'
import { t } from '../messages/index.ts'
import type { Option } from './useOptions.ts'

/** The list under a query field. The field keeps the focus and handles the keys. */
export function OptionList(props: {
  id: string
  label: string
  options: readonly Option[]
  active: number
  onActive: (index: number) => void
  onAccept: (option: Option) => void
}): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.children[props.active]?.scrollIntoView({ block: 'nearest' })
  }, [props.active])
  return (
    <div
      ref={box}
      role="listbox"
      id={`${props.id}-list`}
      aria-label={props.label}
      // A box that scrolls would be a stop of its own, and be gone once it has the focus.
      tabIndex={-1}
      className="max-h-[324px] overflow-y-auto p-1"
    >
      {props.options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys (aria-activedescendant)
        <div
          key={`${option.kind} ${option.insert} ${option.label}`}
          id={`${props.id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === props.active}
          onMouseMove={() => props.onActive(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onAccept(option)}
          className={classes(
            'flex cursor-pointer items-baseline gap-3 rounded-md px-2 py-1',
            index === props.active && 'bg-selected',
          )}
        >
          <span
            className={classes('shrink-0 truncate', option.kind === 'action' ? 'text-ink-2' : 'max-w-[60%]')}
          >
            {option.label}
          </span>
          <span className="min-w-0 flex-1 truncate text-sm text-ink-3">{option.detail}</span>
          <span className="text-xs text-ink-3">{t.query.kinds[option.kind]}</span>
        </div>
      ))}
    </div>
  )
}
