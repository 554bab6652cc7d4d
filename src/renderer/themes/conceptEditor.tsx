import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Concept, ConceptDraft } from '../../api/contract/themes.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { DayField } from '../components/dayField.tsx'
import { Labelled } from '../components/labelled.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { FormError } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { fromHere } from '../fromHere.ts'
import { t } from '../messages/index.ts'

const TYPES: readonly Concept['type'][] = ['person', 'organisation', 'place', 'topic']
const page = (name: string): string => `/themes?tab=concepts&concept=${encodeURIComponent(name)}`

/** One concept to read and to change: what it stands for, its forms, and what uses it. */
export function ConceptEditor({ concept }: { concept: Concept | null }): ReactNode {
  const [, navigate] = useLocation()
  const words = t.themes.conceptEditor
  const [draft, setDraft] = useState(() => written(concept))
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const changed = JSON.stringify(draft) !== JSON.stringify(written(concept))
  const needs = [
    ...(draft.label.trim() === '' ? [t.themes.aName] : []),
    ...(draft.forms.trim() === '' ? [words.someForms] : []),
  ]
  const ready = needs.length === 0
  const set = (part: Partial<Written>): void => setDraft({ ...draft, ...part })

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!ready || !changed || busy) return
    setBusy(true)
    setError(null)
    const goOn = fromHere(navigate)
    try {
      const { concept: saved, job } = await client.themes.saveConcept(read(draft, concept?.name))
      await queryClient.invalidateQueries({ queryKey: api.themes.key() })
      toast(job === null ? t.themes.saved(saved.label) : t.themes.savedJob(saved.label))
      setDraft(written(saved))
      if (concept === null) goOn(page(saved.name))
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      aria-labelledby="concept-editor"
      className="flex max-w-[880px] flex-col gap-4 px-6 pt-3 pb-8"
      onSubmit={(event) => void save(event)}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="mr-auto">
          <h2 id="concept-editor" className="font-serif text-xl">
            {concept?.label ?? words.newTitle}
          </h2>
          {concept !== null && (
            <p className="text-ink-3">
              <span className="font-semibold text-accent">@{concept.name}</span>
              {' · '}
              <Link href={storiesOf(`@${concept.name}`)} className="text-accent hover:underline">
                {t.themes.find}
              </Link>
            </p>
          )}
        </div>
        {concept !== null && (
          <Button look="danger" small icon="trash" onClick={() => void remove(concept, navigate)}>
            {t.themes.remove}
          </Button>
        )}
      </header>
      <div className="grid gap-4 sm:grid-cols-[1fr_160px_160px]">
        <Labelled label={words.label}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              maxLength={80}
              value={draft.label}
              onChange={(event) => set({ label: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label={words.type}>
          {(ids) => (
            <select
              {...ids}
              className="field"
              value={draft.type}
              onChange={(event) =>
                set({ type: TYPES.find((type) => type === event.target.value) ?? draft.type })
              }
            >
              {TYPES.map((type) => (
                <option key={type} value={type}>
                  {t.themes.types[type]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={words.asOf}>
          {(ids) => <DayField {...ids} value={draft.asOf} onChange={(asOf) => set({ asOf })} />}
        </Labelled>
      </div>
      <Labelled label={words.forms(lines(draft.forms).length)} hint={words.formsHint}>
        {(ids) => <Lines ids={ids} rows={12} value={draft.forms} onChange={(forms) => set({ forms })} />}
      </Labelled>
      <Labelled label={t.themes.except} hint={words.exceptHint}>
        {(ids) => <Lines ids={ids} rows={4} value={draft.except} onChange={(except) => set({ except })} />}
      </Labelled>
      <Labelled label={words.notes}>
        {(ids) => (
          <textarea
            {...ids}
            className="field min-h-[52px] resize-y field-sizing-content"
            maxLength={2000}
            value={draft.notes}
            onChange={(event) => set({ notes: event.target.value })}
          />
        )}
      </Labelled>
      <FormError error={error} />
      <div className="flex items-center gap-2">
        <Button look="main" type="submit" disabled={!ready || busy || !changed}>
          {words.save}
        </Button>
        <Button
          disabled={!changed}
          onClick={() => {
            setError(null)
            setDraft(written(concept))
          }}
        >
          {t.actions.cancel}
        </Button>
        {(changed || concept === null) && (
          <span role="status" className="text-sm text-ink-3">
            {!ready && <span className="text-ink-2">{t.themes.needs(needs)} </span>}
            {changed && t.themes.unsaved}
          </span>
        )}
      </div>
      {concept !== null && <UsedBy name={concept.name} />}
    </form>
  )
}

function Lines(props: {
  ids: { id: string; 'aria-describedby': string | undefined }
  rows: number
  value: string
  onChange: (value: string) => void
}): ReactNode {
  return (
    <textarea
      {...props.ids}
      dir="auto"
      spellCheck={false}
      rows={props.rows}
      className="field resize-y"
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}

/** Where the concept stands in a query: a change reaches all of these, and none may be left when it goes. */
function UsedBy({ name }: { name: string }): ReactNode {
  const { data } = useQuery(api.themes.conceptUse.queryOptions({ input: { name } }))
  if (data === undefined) return null
  const users = [
    ...data.themes.map((one) => ({ to: `/themes?edit=${encodeURIComponent(one.id)}`, text: one.name })),
    ...data.concepts.map((one) => ({ to: page(one.name), text: `@${one.name}` })),
    ...data.alerts.map((one) => ({ to: `/alerts?alert=${one.id}`, text: one.name })),
    ...data.searches.map((one) => ({ to: storiesOf(one.query), text: one.name })),
  ]
  const words = t.themes.conceptEditor
  return (
    <section className="border-t border-line pt-3">
      <h3 className="mb-1.5 text-sm font-semibold text-ink-2">{words.usedBy}</h3>
      {users.length === 0 ? (
        <p className="text-ink-3">{words.unused}</p>
      ) : (
        <ul className="flex flex-wrap gap-x-3 gap-y-0.5">
          {users.map(({ to, text }) => (
            <li key={`${to} ${text}`}>
              <Link href={to} className="inline-flex min-h-6 items-center text-accent hover:underline">
                {text}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A concept as it is typed: its lists one entry a line. */
interface Written {
  readonly label: string
  readonly type: Concept['type']
  readonly asOf: string
  readonly notes: string
  readonly forms: string
  readonly except: string
}

function written(concept: Concept | null): Written {
  if (concept === null) return { label: '', type: 'person', asOf: '', notes: '', forms: '', except: '' }
  const { label, type, asOf, notes, forms, except } = concept
  return { label, type, asOf, notes, forms: forms.join('\n'), except: except.join('\n') }
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

function read(draft: Written, name: string | undefined): ConceptDraft {
  return {
    ...draft,
    forms: lines(draft.forms),
    except: lines(draft.except),
    ...(name === undefined ? {} : { name }),
  }
}

async function remove(concept: Concept, navigate: (to: string) => void): Promise<void> {
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.themes.key() })
  const bad = (error: unknown): void => void toast(sentence(error), { bad: true })
  const goOn = fromHere(navigate)
  try {
    await client.themes.removeConcept({ name: concept.name })
    goOn('/themes?tab=concepts')
    await refresh()
    const restore = async (): Promise<void> => {
      await client.themes.saveConcept(concept)
      await refresh()
      navigate(page(concept.name))
    }
    toast(t.themes.conceptEditor.removed(concept.label), {
      action: { text: t.actions.undo, run: () => void restore().catch(bad) },
    })
  } catch (error) {
    bad(error)
  }
}
