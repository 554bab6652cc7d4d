import { useQuery } from '@tanstack/react-query'
import { Popover } from 'radix-ui'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Kind } from '../../api/contract/common.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Icon } from '../components/icon.tsx'
import { Labelled } from '../components/labelled.tsx'
import { FormError } from '../components/states.tsx'
import { ThemeDot } from '../components/theme.tsx'
import { dayOf } from '../frame/days.ts'
import { languageName } from '../languages.ts'
import { t } from '../messages/index.ts'
import { useAppInfo, useFormat } from '../useFormat.ts'
import { datesOf, dayAfter, dayText, momentOf, selectedDays } from './dates.ts'
import {
  DATE_FIELDS,
  type Filter,
  hasValue,
  readFilters,
  removeFilter,
  setDates,
  setFilter,
  toggleValue,
  valuesOf,
  withoutFilters,
} from './filters.ts'

/** Every filter of a list, read from its query and written back into it. */
export function FilterRow(props: { query: string; onQuery: (query: string) => void }): ReactNode {
  const { query, onQuery } = props
  const choices = useChoices()
  const filters = readFilters(query)
  // Filters that no menu shows: a second one of a field, a negated one, a field without a menu.
  const shown = new Set<Filter>()
  for (const field of MENUS) {
    const first = filters.find((f) => f.field === field && !f.negated)
    if (first !== undefined) shown.add(first)
  }
  for (const f of filters) {
    if (DATE_FIELDS.includes(f.field) && !f.negated) shown.add(f)
    if (
      f.field === 'is' &&
      !f.negated &&
      f.values.length === 1 &&
      TOGGLES.includes(f.values[0]?.toLowerCase() ?? '')
    )
      shown.add(f)
  }
  const others = filters.filter((f) => !shown.has(f))

  return (
    <fieldset aria-label={t.filters.label} className="flex min-w-0 flex-wrap items-center gap-1.5">
      <TimeMenu query={query} onQuery={onQuery} filters={filters} />
      {MENUS.map((field) => (
        <ChoiceMenu key={field} field={field} choices={choices[field]} query={query} onQuery={onQuery} />
      ))}
      {TOGGLES.map((state) => {
        const there = filters.find(
          (f) =>
            f.field === 'is' && !f.negated && f.values.length === 1 && f.values[0]?.toLowerCase() === state,
        )
        return (
          <button
            key={state}
            type="button"
            aria-pressed={there !== undefined}
            onClick={() => onQuery(there === undefined ? addState(query, state) : removeFilter(query, there))}
            className={chip(there !== undefined)}
          >
            {state === 'unread' ? t.filters.unread : t.filters.starred}
          </button>
        )
      })}
      {others.map((f) => (
        <span key={f.start} className={classes(chip(true), 'pr-0')}>
          {otherText(f)}
          <Remove what={otherText(f)} onClick={() => onQuery(removeFilter(query, f))} />
        </span>
      ))}
      {filters.length > 1 && (
        <button
          type="button"
          onClick={() => onQuery(withoutFilters(query))}
          className="px-1.5 text-sm text-ink-3 hover:text-ink hover:underline"
        >
          {t.filters.clear}
        </button>
      )}
    </fieldset>
  )
}

const MENUS = ['theme', 'source', 'bloc', 'lang', 'kind'] as const
type MenuField = (typeof MENUS)[number]
const TOGGLES: readonly string[] = ['unread', 'starred']

/** A state stands as a filter of its own: `is:unread is:starred` asks for both. */
const addState = (query: string, state: string): string =>
  valuesOf(query, 'is').length === 0 ? setFilter(query, 'is', [state]) : `${query.trim()} is:${state}`

function otherText({ field, values, negated }: Filter): string {
  const text = `${field}: ${values.join(', ')}`
  return negated ? t.filters.not(text) : text
}

const chip = (on: boolean): string =>
  classes(
    'inline-flex h-6 items-center gap-1 rounded-md border px-2 text-sm whitespace-nowrap',
    on
      ? 'border-transparent bg-selected font-semibold text-ink'
      : 'border-line bg-panel text-ink-2 hover:bg-hover hover:text-ink',
  )

function Remove({ what, onClick }: { what: string; onClick: () => void }): ReactNode {
  return (
    <button
      type="button"
      aria-label={t.filters.remove(what)}
      title={t.filters.remove(what)}
      onClick={onClick}
      className="grid size-6 place-items-center rounded-md text-ink-3 hover:text-ink"
    >
      <Icon name="close" size={12} />
    </button>
  )
}

/** A chip that opens something; set, it says to what, and can be taken off. */
function MenuChip(props: {
  name: string
  value: string
  onRemove: () => void
  wide?: boolean
  children: (close: () => void) => ReactNode
}): ReactNode {
  const [open, setOpen] = useState(false)
  const on = props.value !== ''
  return (
    <span
      className={classes(
        chip(on),
        on ? 'pr-0' : 'pr-1',
        open && 'border-accent',
        'relative has-[[aria-haspopup]:focus-visible]:outline-2 has-[[aria-haspopup]:focus-visible]:outline-accent',
      )}
    >
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          aria-label={on ? `${props.name}: ${props.value}` : props.name}
          className="inline-flex max-w-[220px] items-center gap-1 outline-none after:absolute after:inset-y-0 after:left-0 after:right-6"
        >
          <span className="truncate">{on ? props.value : props.name}</span>
          {!on && <Icon name="down" size={12} />}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={6}
            collisionPadding={12}
            aria-label={props.name}
            className={classes(
              'arrive z-30 flex max-h-[min(420px,var(--radix-popover-content-available-height))] flex-col rounded-lg border border-edge bg-raised shadow-float',
              props.wide === true ? 'w-[340px]' : 'w-[260px]',
            )}
          >
            {props.children(() => setOpen(false))}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {on && <Remove what={`${props.name}: ${props.value}`} onClick={props.onRemove} />}
    </span>
  )
}

interface Choice {
  readonly value: string
  readonly text: string
  readonly detail?: string
  readonly colour?: number
}

/** Above this many choices a menu can be searched. */
const SEARCHABLE = 9

function ChoiceMenu(props: {
  field: MenuField
  choices: readonly Choice[]
  query: string
  onQuery: (query: string) => void
}): ReactNode {
  const { field, choices, query, onQuery } = props
  const name = t.filters[field]
  const [find, setFind] = useState('')
  const values = valuesOf(query, field)
  const texts = values.map((v) => choices.find((c) => c.value.toLowerCase() === v.toLowerCase())?.text ?? v)
  // What the query names and the archive does not know can still be taken out.
  const unknown = values
    .filter((v) => choices.every((c) => c.value.toLowerCase() !== v.toLowerCase()))
    .map((value): Choice => ({ value, text: value }))
  const found = [...unknown, ...choices].filter((c) =>
    c.text.toLowerCase().includes(find.trim().toLowerCase()),
  )
  return (
    <MenuChip
      name={name}
      value={
        texts.length === 0
          ? ''
          : texts.length < 3
            ? texts.join(', ')
            : t.filters.more(texts[0] ?? '', texts.length - 1)
      }
      onRemove={() => onQuery(setFilter(query, field, []))}
    >
      {() => (
        <>
          {choices.length > SEARCHABLE && (
            <div className="border-b border-line p-2">
              <input
                className="field"
                aria-label={t.filters.find(name)}
                placeholder={t.filters.find(name)}
                value={find}
                onChange={(event) => setFind(event.target.value)}
              />
            </div>
          )}
          <div className="min-h-0 overflow-y-auto p-1">
            {found.map((choice) => (
              <label
                key={choice.value}
                className="flex items-center gap-2 rounded-md px-2 py-1 hover:bg-hover has-focus-visible:bg-hover"
              >
                <input
                  type="checkbox"
                  className="accent-(--accent)"
                  checked={hasValue(query, field, choice.value)}
                  onChange={() => onQuery(toggleValue(query, field, choice.value))}
                />
                {choice.colour !== undefined && <ThemeDot colour={choice.colour} />}
                <span className="min-w-0 flex-1 truncate">{choice.text}</span>
                {choice.detail !== undefined && <span className="text-sm text-ink-3">{choice.detail}</span>}
              </label>
            ))}
            {found.length === 0 && (
              <p className="px-2 py-1 text-ink-3">{find === '' ? t.filters.nothingYet : t.filters.none}</p>
            )}
          </div>
        </>
      )}
    </MenuChip>
  )
}

function useChoices(): Record<MenuField, readonly Choice[]> {
  const sources = useQuery(api.sources.list.queryOptions({ input: {} })).data ?? []
  const themes = useQuery(api.themes.list.queryOptions({ input: {} })).data?.themes ?? []
  const distinct = (values: string[]): string[] => [...new Set(values.filter((v) => v !== ''))].sort()
  const named = (source: (typeof sources)[number]): string => source.customTitle || source.title
  return {
    theme: themes.map(({ id, name, colour }) => ({ value: id, text: name, colour })),
    source: distinct(sources.map(named)).map((value) => ({ value, text: value })),
    bloc: distinct(sources.map((s) => s.bloc)).map((value) => ({ value, text: value })),
    lang: distinct(sources.map((s) => s.language.toLowerCase().split('-')[0] ?? '')).map((value) => ({
      value,
      text: languageName(value),
      detail: value,
    })),
    kind: Kind.options.map((value) => ({ value, text: t.kinds[value] })),
  }
}

const LENGTHS = ['24h', '7d', '30d', '365d']

function TimeMenu(props: {
  query: string
  onQuery: (query: string) => void
  filters: readonly Filter[]
}): ReactNode {
  const { query, onQuery } = props
  const format = useFormat()
  const visitedAt = useAppInfo()?.visitedAt ?? null
  const dates = props.filters.filter((f) => DATE_FIELDS.includes(f.field) && !f.negated)
  const visit = visitedAt === null ? null : { fetched: momentOf(visitedAt, format.zone) }
  const presets: { text: string; dates: Parameters<typeof setDates>[1]; on: boolean }[] = [
    { text: t.filters.anyTime, dates: {}, on: dates.length === 0 },
    ...(visit === null
      ? []
      : [{ text: t.filters.sinceVisit, dates: visit, on: hasValue(query, 'fetched', visit.fetched) }]),
    ...LENGTHS.map((length) => ({
      text: t.filters.last[length] ?? length,
      dates: { within: length },
      on: hasValue(query, 'within', length),
    })),
  ]
  return (
    <MenuChip
      wide
      name={t.filters.time}
      value={timeText(dates)}
      onRemove={() => onQuery(setDates(query, {}))}
    >
      {(close) => (
        <>
          <div className="flex flex-col p-1">
            {presets.map((preset) => (
              <button
                key={preset.text}
                type="button"
                aria-pressed={preset.on}
                onClick={() => {
                  onQuery(setDates(query, preset.dates))
                  close()
                }}
                className={classes(
                  'rounded-md px-2 py-1 text-left hover:bg-hover',
                  preset.on && 'bg-selected font-semibold',
                )}
              >
                {preset.text}
              </button>
            ))}
          </div>
          <DaysForm
            filters={dates}
            today={dayOf(format.now, format.zone)}
            onDays={(from, to) => {
              onQuery(setDates(query, datesOf(from, to)))
              close()
            }}
          />
        </>
      )}
    </MenuChip>
  )
}

function DaysForm(props: {
  filters: readonly Filter[]
  today: string
  onDays: (from: string, to: string) => void
}): ReactNode {
  const selected = selectedDays(props.filters, props.today)
  const [from, setFrom] = useState(selected?.from ?? dayAfter(props.today, -6))
  const [to, setTo] = useState(selected?.to ?? props.today)
  const backwards = from !== '' && to !== '' && from > to
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (from !== '' && to !== '' && !backwards) props.onDays(from, to)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line p-3">
      <div className="grid grid-cols-2 gap-2">
        <Labelled label={t.filters.fromDay}>
          {(ids) => (
            <input
              {...ids}
              type="date"
              required
              className="field"
              value={from}
              onChange={(e) => setFrom(e.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t.filters.toDay}>
          {(ids) => (
            <input
              {...ids}
              type="date"
              required
              className="field"
              value={to}
              onChange={(e) => setTo(e.target.value)}
            />
          )}
        </Labelled>
      </div>
      <FormError error={backwards ? t.filters.backwards : null} />
      <Button small type="submit" disabled={backwards}>
        {t.filters.apply}
      </Button>
    </form>
  )
}

function timeText(filters: readonly Filter[]): string {
  const value = (field: string): string | undefined => filters.find((f) => f.field === field)?.values[0]
  const [on, after, before, within, fetched] = [
    value('on'),
    value('after'),
    value('before'),
    value('within'),
    value('fetched'),
  ]
  const parts: string[] = []
  if (on !== undefined) parts.push(t.filters.on(dayText(on)))
  if (after !== undefined && before !== undefined && !/T/i.test(before))
    parts.push(t.filters.between(dayText(after), dayText(dayAfter(before, -1))))
  else {
    if (after !== undefined) parts.push(t.filters.from(dayText(after)))
    if (before !== undefined) parts.push(t.filters.until(dayText(before)))
  }
  if (within !== undefined) parts.push(t.filters.last[within.toLowerCase()] ?? t.filters.within(within))
  if (fetched !== undefined) parts.push(t.filters.arrived(dayText(fetched)))
  return parts.join(', ')
}
