import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api.ts'
import { classes } from '../components/classes.ts'
import { storiesOf } from '../components/numberDoor.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'

/** Every concept the packs bring, found by name, label or any of its forms. */
export function ConceptList(props: { chosen: string | null; onChoose: (name: string) => void }): ReactNode {
  const list = useQuery(api.themes.concepts.queryOptions({ input: {} }))
  const [find, setFind] = useState('')
  const wanted = find.trim().replace(/^@/, '').toLowerCase()
  const found = useMemo(
    () =>
      (list.data ?? []).filter((concept) =>
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
    </>
  )
}

/** One concept: how it is written in a query, and all its forms. Concepts are changed in packs. */
export function ConceptDetail({ name }: { name: string | null }): ReactNode {
  const { data } = useQuery(api.themes.concepts.queryOptions({ input: {} }))
  const concept = data?.find((c) => c.name === name)
  if (concept === undefined)
    return (
      <div className="px-6 py-2">
        <EmptyState title={t.themes.conceptIntro}>{t.themes.conceptIntroHint}</EmptyState>
      </div>
    )
  return (
    <article className="mx-auto flex max-w-[880px] flex-col gap-4 px-6 pt-3 pb-8 wide:mx-0">
      <header>
        <h2 className="font-serif text-xl">{concept.label}</h2>
        <p className="text-ink-3">
          <span className="font-semibold text-accent">@{concept.name}</span>
          {' · '}
          {t.themes.types[concept.type]}
          {concept.asOf !== '' && ` · ${t.themes.asOf(concept.asOf)}`}
          {' · '}
          <Link href={storiesOf(`@${concept.name}`)} className="text-accent hover:underline">
            {t.themes.find}
          </Link>
        </p>
      </header>
      {concept.notes !== '' && <p className="max-w-[68ch]">{concept.notes}</p>}
      <Forms title={t.themes.forms(concept.forms.length)} forms={concept.forms} />
      {concept.except.length > 0 && <Forms title={t.themes.except} forms={concept.except} />}
    </article>
  )
}

function Forms({ title, forms }: { title: string; forms: readonly string[] }): ReactNode {
  return (
    <section>
      <h3 className="mb-1.5 text-sm font-semibold text-ink-2">{title}</h3>
      <ul className="flex flex-wrap gap-1.5">
        {forms.map((form) => (
          <li key={form} dir="auto" className="rounded-sm border border-line bg-panel px-1.5 text-sm">
            {form}
          </li>
        ))}
      </ul>
    </section>
  )
}
