import type { ReactNode } from 'react'
import { Link } from 'wouter'
import {
  addFilter,
  type Filter,
  printFilter,
  readFilters,
  removeFilter,
} from '../../core/query/language/language.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { storiesOf } from '../components/numberDoor.tsx'
import { FormError } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { ChoiceMenu, MENUS, useChoices } from '../query/choiceMenu.tsx'
import { chip, RemoveButton } from '../query/menuChip.tsx'
import { useReadable } from '../query/useQueryCheck.ts'
import { useRangeCounts } from '../rangeCounts.ts'
import { useRoving } from '../roving.ts'
import { narrowed, setNarrowing, useFilterBy, useView } from '../view.ts'
import { PanelsMenu } from './panelsMenu.tsx'
import { ViewsMenu } from './viewsMenu.tsx'

/** Languages that are one click away; the menu has all. */
const LANGUAGES = 4
const WIRES: Pick<Filter, 'field' | 'values' | 'negated'> = { field: 'kind', values: ['wire'], negated: true }

/** The dashboard's filter: its text as chips, and what is often wanted in one click. It is the text of the query field. */
export function FilterBar(): ReactNode {
  const { filter } = useView()
  const { fault } = useReadable(filter)
  const choices = useChoices()
  const filterBy = useFilterBy()
  const counts = useRangeCounts().data
  const roving = useRoving()
  const words = t.dashboard.filter
  const filters = readFilters(filter)
  const noWires = filters.find((one) => same(one, WIRES))
  const shown = new Set(
    MENUS.flatMap((field) => filters.find((one) => one.field === field && !one.negated) ?? []),
  )
  const others = filters.filter((one) => !shown.has(one) && one !== noWires)
  return (
    <div
      {...roving}
      role="toolbar"
      aria-label={words.label}
      className="mb-3 print:hidden flex flex-wrap items-center gap-1.5"
    >
      {MENUS.map((field) => (
        <ChoiceMenu
          key={field}
          field={field}
          choices={choices[field]}
          query={filter}
          onQuery={setNarrowing}
        />
      ))}
      <button
        type="button"
        aria-pressed={noWires !== undefined}
        onClick={() =>
          setNarrowing(
            noWires === undefined
              ? addFilter(filter, `-${printFilter('kind', ['wire'])}`)
              : removeFilter(filter, noWires),
          )
        }
        className={chip(noWires !== undefined)}
      >
        {words.noWires}
      </button>
      <OneClick field="bloc" values={choices.bloc} filterBy={filterBy} />
      <OneClick field="lang" values={choices.lang.slice(0, LANGUAGES)} filterBy={filterBy} />
      {others.map((one) => {
        const text = `${one.negated ? '−' : ''}${one.field}:${one.values.join(', ')}`
        return (
          <span key={one.start} className={classes(chip(true), 'pr-0')}>
            {text}
            <RemoveButton what={text} onClick={() => setNarrowing(removeFilter(filter, one))} />
          </span>
        )
      })}
      {filter !== '' && (
        <>
          <Button look="quiet" small onClick={() => setNarrowing('')}>
            {words.clear}
          </Button>
          {counts !== undefined && fault === undefined && (
            <Link
              href={storiesOf(narrowed(counts.stories.query, filter))}
              className="px-1 text-sm text-accent hover:underline"
            >
              {words.list}
            </Link>
          )}
        </>
      )}
      <div className="ml-auto flex items-center gap-1.5">
        <ViewsMenu />
        <PanelsMenu />
      </div>
      {fault !== undefined && (
        <div className="w-full">
          <FormError error={`${fault.message} ${words.unreadable}`} />
        </div>
      )}
    </div>
  )
}

const same = (a: typeof WIRES, b: typeof WIRES): boolean =>
  a.field === b.field && a.negated === b.negated && a.values.join() === b.values.join()

/** Values of a field as letters side by side: one click filters by one of them alone. */
function OneClick(props: {
  field: 'bloc' | 'lang'
  values: readonly { value: string; text: string }[]
  filterBy: ReturnType<typeof useFilterBy>
}): ReactNode {
  const { field, values, filterBy } = props
  if (values.length < 2) return null
  return (
    <fieldset className="hidden min-w-0 gap-px wide:flex">
      <legend className="sr-only">{t.filters[field]}</legend>
      {values.map(({ value, text }) => {
        const on = filterBy.is(field, value)
        const name = t.dashboard.filter.only(text, value)
        return (
          <button
            key={value}
            type="button"
            aria-pressed={on}
            aria-label={name}
            title={name}
            onClick={() => filterBy.toggle(field, value)}
            className={classes(chip(on), 'px-1.5 text-xs font-semibold')}
          >
            {value}
          </button>
        )
      })}
    </fieldset>
  )
}
