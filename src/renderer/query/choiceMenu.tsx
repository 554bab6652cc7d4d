import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Kind } from '../../api/contract/common.ts'
import { hasValue, setFilter, toggleValue, valuesOf } from '../../core/query/language/language.ts'
import { api } from '../api.ts'
import { ThemeSign } from '../components/theme.tsx'
import { languageName } from '../languages.ts'
import { t } from '../messages/index.ts'
import { MenuChip } from './menuChip.tsx'

/** The fields that have a menu of their values. */
export const MENUS = ['theme', 'source', 'bloc', 'lang', 'kind'] as const
type MenuField = (typeof MENUS)[number]

/** The values of one field as a menu; those in the query are checked. */
export function ChoiceMenu(props: {
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
                {choice.colour !== undefined && <ThemeSign colour={choice.colour} />}
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

/** The values of each field that sources and themes have. */
export function useChoices(): Record<MenuField, readonly Choice[]> {
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
    kind: (Object.keys(t.kinds) as Kind[]).map((value) => ({ value, text: t.kinds[value] })),
  }
}

interface Choice {
  readonly value: string
  readonly text: string
  readonly detail?: string
  readonly colour?: number
}

/** Above this many choices a menu can be searched. */
const SEARCHABLE = 9
