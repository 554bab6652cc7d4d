import './query.css'
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { classes } from '../components/classes.ts'
import { useDebounced } from '../debounced.ts'
import { t } from '../messages/index.ts'
import { ColouredText } from './colouredText.tsx'
import { OptionList } from './optionList.tsx'
import { QueryMessages } from './queryMessages.tsx'
import { type Option, useCompletions, useRecall } from './useOptions.ts'
import { type Use, useQueryCheck } from './useQueryCheck.ts'

/** An error under what is still being typed would only disturb: its sentence waits for a pause. */
const PAUSE_MS = 700

export interface QueryFieldProps {
  id?: string
  'aria-describedby'?: string | undefined
  /** The accessible name where no label element gives one. */
  label?: string
  value: string
  onChange: (text: string) => void
  /** Enter (Ctrl Enter in a field of several lines). */
  onSubmit?: (text: string) => void
  /** Escape, where it closes no list. */
  onLeave?: () => void
  use: Use
  placeholder?: string
  /** Grows with its text, for queries that are kept. */
  tall?: boolean
  /** Messages float over the page while the field has the focus, instead of standing under it. */
  floating?: boolean
  /** An empty field offers saved and earlier searches. */
  recall?: boolean
  /** At the right end of the field. */
  children?: ReactNode
}

/**
 * A field for query text: coloured as the engine reads it, with the place of an error marked and its repair one click
 * away, "read as" for what is ambiguous, and completion of fields, concepts, themes, sources and operators.
 */
export function QueryField(props: QueryFieldProps): ReactNode {
  const { value, use } = props
  const id = useId()
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const copy = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(false)
  const [list, setList] = useState<'complete' | 'recall' | null>(null)
  const [caret, setCaret] = useState(value.length)
  const [active, setActive] = useState(-1)
  const [submitted, setSubmitted] = useState<string | null>(null)
  const nextCaret = useRef<number | null>(null)

  const checked = useQueryCheck(value, use)
  const settled = useDebounced(value, PAUSE_MS) === value || submitted === value
  const error = checked?.text === value && settled ? checked.check.error : undefined
  const warnings = checked?.text === value ? checked.check.warnings : []

  const completions = useCompletions(value, caret, focused && list === 'complete')
  const recalled = useRecall(focused && list === 'recall')
  const options = list === 'recall' ? recalled : list === 'complete' ? completions : []
  const open = focused && options.length > 0
  // What is being completed is not finished: its error waits.
  const shownError = open && list === 'complete' ? undefined : error
  const messages = shownError !== undefined || (error === undefined && warnings.length > 0)

  useLayoutEffect(() => {
    const field = input.current
    if (nextCaret.current !== null && field !== null) {
      field.setSelectionRange(nextCaret.current, nextCaret.current)
      setCaret(nextCaret.current)
      nextCaret.current = null
    }
    follow(field, copy.current)
  })

  const change = (text: string, at: number): void => {
    props.onChange(text)
    setCaret(at)
    setActive(-1)
  }
  const accept = (option: Option): void => {
    setActive(-1)
    if (option.run !== undefined) {
      setList(null)
      option.run()
      return
    }
    const text = value.slice(0, option.start) + option.insert + value.slice(option.end)
    // A field waits for its value: its values are offered at once.
    setList(/[:@]$/.test(option.insert) ? 'complete' : null)
    nextCaret.current = option.start + option.insert.length
    props.onChange(text)
    if (option.whole) submit(text)
  }
  const submit = (text: string): void => {
    setSubmitted(text)
    setList(null)
    props.onSubmit?.(text)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const chosen = open ? options[active] : undefined
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (open)
        setActive(step === 1 ? (active + 1) % options.length : active <= 0 ? options.length - 1 : active - 1)
      else if (value === '' && props.recall === true && step === 1) setList('recall')
      else if (props.tall !== true && step === 1 && value !== '') setList('complete')
      else return
    } else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && chosen !== undefined)
      accept(chosen)
    else if (event.key === 'Enter' && (props.tall !== true || event.ctrlKey || event.metaKey)) submit(value)
    else if (event.key === 'Tab') {
      // Leaves the field; the list closes before the browser looks for what comes next.
      setList(null)
      return
    } else if (event.key === 'Escape' && open) setList(null)
    else if (event.key === 'Escape' && props.tall !== true) {
      props.onLeave?.()
      input.current?.blur()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const shared = {
    ref: input,
    id: props.id ?? `${id}-field`,
    value,
    placeholder: props.placeholder,
    spellCheck: false,
    autoComplete: 'off',
    autoCapitalize: 'off',
    'aria-label': props.label,
    'aria-invalid': error !== undefined,
    'aria-describedby': classes(props['aria-describedby'], messages && `${id}-messages`) || undefined,
    'aria-autocomplete': 'list' as const,
    'aria-controls': open ? `${id}-list` : undefined,
    'aria-activedescendant': open && active >= 0 ? `${id}-${active}` : undefined,
    onKeyDown,
    onFocus: () => setFocused(true),
    onBlur: () => {
      setFocused(false)
      setList(null)
    },
    onScroll: () => follow(input.current, copy.current),
    onSelect: () => setCaret(input.current?.selectionStart ?? 0),
    onClick: () => value === '' && props.recall === true && setList('recall'),
  }
  const typed = (field: { value: string; selectionStart: number | null }): void => {
    change(field.value, field.selectionStart ?? field.value.length)
    setList(field.value === '' ? null : 'complete')
  }

  return (
    <div className="relative min-w-0">
      <div
        className={classes(
          'flex items-start rounded-md border bg-paper',
          focused
            ? 'border-accent outline outline-accent'
            : error === undefined
              ? 'border-edge'
              : 'border-bad',
        )}
      >
        <div
          className={classes(
            'min-w-0 flex-1',
            props.tall === true ? 'max-h-[310px] overflow-y-auto' : 'overflow-hidden',
          )}
        >
          <div className={classes('relative grid', props.tall === true && 'min-h-[70px]')}>
            <ColouredText
              ref={copy}
              text={value}
              checked={checked}
              error={error}
              tall={props.tall === true}
            />
            {props.tall === true ? (
              <textarea
                {...shared}
                rows={1}
                className="query-text absolute inset-0 size-full overflow-hidden break-words whitespace-pre-wrap"
                onChange={(event) => typed(event.target)}
              />
            ) : (
              <input
                {...shared}
                type="text"
                role="combobox"
                aria-expanded={open}
                className="query-text absolute inset-0 size-full"
                onChange={(event) => typed(event.target)}
              />
            )}
          </div>
        </div>
        {props.children}
      </div>
      {(open || (messages && (props.floating !== true || focused))) && (
        <div
          className={classes(
            props.floating === true || !messages
              ? 'absolute inset-x-0 top-full z-30 mt-1 rounded-lg border border-edge bg-raised shadow-float'
              : 'mt-1',
          )}
        >
          {messages && (
            <div
              id={`${id}-messages`}
              className={props.floating === true ? 'flex flex-col gap-1 px-3 py-2' : 'flex flex-col gap-1'}
            >
              <QueryMessages
                error={shownError}
                warnings={warnings}
                onRepair={(text) => {
                  nextCaret.current = text.length
                  props.onChange(text)
                  input.current?.focus()
                }}
              />
            </div>
          )}
          {open && (
            <div
              className={classes(
                messages &&
                  props.floating !== true &&
                  'absolute inset-x-0 z-30 mt-1 rounded-lg border border-edge bg-raised shadow-float',
                messages && props.floating === true && 'border-t border-line',
              )}
            >
              <OptionList
                id={id}
                label={list === 'recall' ? t.query.recall : t.query.completions}
                options={options}
                active={active}
                onActive={setActive}
                onAccept={accept}
              />
            </div>
          )}
        </div>
      )}
    </div>
  )
}

/** The coloured copy of the text scrolls with the field. */
function follow(field: HTMLElement | null, copy: HTMLElement | null): void {
  if (field !== null && copy !== null) copy.scrollLeft = field.scrollLeft
}
