import type { ReactNode } from 'react'
import {
  addFilter,
  DATE_FIELDS,
  type Filter,
  printFilter,
  readFilters,
  removeFilter,
  withoutFilters,
} from '../../core/query/language/language.ts'
import { classes } from '../components/classes.ts'
import { t } from '../messages/index.ts'
import { ChoiceMenu, MENUS, useChoices } from './choiceMenu.tsx'
import { chip, RemoveButton } from './menuChip.tsx'
import { TimeMenu } from './timeMenu.tsx'

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
    if (TOGGLES.some((state) => isState(f, state))) shown.add(f)
  }
  const others = filters.filter((f) => !shown.has(f))

  return (
    <fieldset aria-label={t.filters.label} className="flex min-w-0 flex-wrap items-center gap-1.5">
      <TimeMenu query={query} onQuery={onQuery} filters={filters} />
      {MENUS.map((field) => (
        <ChoiceMenu key={field} field={field} choices={choices[field]} query={query} onQuery={onQuery} />
      ))}
      {TOGGLES.map((state) => {
        const there = filters.find((f) => isState(f, state))
        return (
          <button
            key={state}
            type="button"
            aria-pressed={there !== undefined}
            onClick={() =>
              onQuery(
                there === undefined
                  ? addFilter(query, printFilter('is', [state]))
                  : removeFilter(query, there),
              )
            }
            className={chip(there !== undefined)}
          >
            {state === 'unread' ? t.filters.unread : t.filters.starred}
          </button>
        )
      })}
      {others.map((f) => (
        <span key={f.start} className={classes(chip(true), 'pr-0')}>
          {otherText(f)}
          <RemoveButton what={otherText(f)} onClick={() => onQuery(removeFilter(query, f))} />
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

const TOGGLES: readonly string[] = ['unread', 'starred']

/** Whether a filter is `is:` with this state alone: `is:unread is:starred` asks for both. */
const isState = ({ field, values, negated }: Filter, state: string): boolean =>
  field === 'is' && !negated && values.length === 1 && values[0]?.toLowerCase() === state

function otherText({ field, values, negated }: Filter): string {
  const text = `${field}: ${values.join(', ')}`
  return negated ? t.filters.not(text) : text
}
