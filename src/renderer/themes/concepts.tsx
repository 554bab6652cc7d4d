import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { ConceptEditor } from './conceptEditor.tsx'

/** In the address instead of a name, which never holds a bracket. */
const NEW_CONCEPT = '(new)'

/** Every concept there is, found by name, label or any of its forms. */
export function ConceptList(props: { chosen: string | null; onChoose: (name: string) => void }): ReactNode {
  const list = useQuery(api.themes.concepts.queryOptions({ input: {} }))
  const [find, setFind] = useState('')
  const wanted = find.trim().replace(/^@/, '').toLowerCase()
  const found = useMemo(
    () =>
      (list.data ?? [])
        .toSorted((a, b) => a.label.localeCompare(b.label))
        .filter((concept) =>
          [concept.name, concept.label, ...concept.forms].some((text) => text.toLowerCase().includes(wanted)),
        ),
    [list.data, wanted],
  )
  return (
    <>
      <div className="px-3 pb-2">
        <input
          className="field"
          type="search"
          aria-label={t.themes.findConcept}
          placeholder={t.themes.findConcept}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {list.isPending ? (
          <Skeleton lines={10} className="px-2" />
        ) : list.error !== null && list.data === undefined ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} className="px-2" />
        ) : found.length === 0 ? (
          <EmptyState title={t.themes.conceptNone} className="px-2" />
        ) : (
          <ul className="flex flex-col gap-px">
            {found.map((concept) => (
              <li key={concept.name}>
                <button
                  type="button"
                  aria-current={concept.name === props.chosen ? 'page' : undefined}
                  onClick={() => props.onChoose(concept.name)}
                  className={classes(
                    'flex w-full items-baseline gap-2 rounded-md px-2 py-[5px] text-left',
                    concept.name === props.chosen ? 'bg-selected font-semibold' : 'hover:bg-hover',
                  )}
                >
                  <span className="min-w-0 flex-1 truncate">{concept.label}</span>
                  <span className="text-xs font-normal text-ink-3">{t.themes.types[concept.type]}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <footer className="border-t border-line p-3">
        <Button look="main" small icon="plus" onClick={() => props.onChoose(NEW_CONCEPT)}>
          {t.themes.newConcept}
        </Button>
      </footer>
    </>
  )
}

/** The chosen concept, a new one, or what concepts are. */
export function ConceptDetail({ name }: { name: string | null }): ReactNode {
  const { data } = useQuery(api.themes.concepts.queryOptions({ input: {} }))
  if (name === NEW_CONCEPT) return <ConceptEditor key={NEW_CONCEPT} concept={null} />
  const concept = data?.find((c) => c.name === name)
  if (concept === undefined)
    return (
      <div className="px-6 py-2">
        <EmptyState title={t.themes.conceptIntro}>{t.themes.conceptIntroHint}</EmptyState>
      </div>
    )
  return <ConceptEditor key={concept.name} concept={concept} />
}
