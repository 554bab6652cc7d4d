import { type FormEvent, type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Theme, ThemeDraft, ThemeGroup } from '../../api/contract/themes.ts'
import { printFilter } from '../../core/query/language/language.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Labelled } from '../components/labelled.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { FormError } from '../components/states.tsx'
import { freeSign, shapeOf } from '../components/themeSign.ts'
import { toast } from '../components/toast.tsx'
import { forgetDraft, useDraft } from '../drafts.ts'
import { number } from '../format.ts'
import { fromHere } from '../fromHere.ts'
import { t } from '../messages/index.ts'
import { QueryField } from '../query/queryField.tsx'
import { isValid, useQueryCheck } from '../query/useQueryCheck.ts'
import { useAppInfo } from '../useFormat.ts'
import { Preview } from './preview.tsx'
import { SignField, usualShape } from './signField.tsx'

/** In the menu of groups; no group's key holds a bracket. */
const NEW_GROUP = '(new)'

/** A theme's definition; under it, live, what it matches in the archive and what the edit changes. */
export function ThemeEditor(props: {
  theme: Theme | null
  /** A new theme begins as a copy of this one. */
  from?: Theme | undefined
  query: string
  groups: readonly ThemeGroup[]
  /** All themes there are: no two should look the same. */
  themes: readonly Theme[]
}): ReactNode {
  const { theme, groups } = props
  const others = props.themes.filter(({ id }) => id !== theme?.id)
  const [, navigate] = useLocation()
  const from = begin(props)
  const name = draftName(theme?.id ?? `(new) ${props.from?.id ?? ''} ${props.query}`)
  const { draft, setDraft, changed: differs, kept, discard } = useDraft<ThemeDraft>(name, from)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const checked = useQueryCheck(draft.query, 'theme')
  const fault = checked?.text === draft.query ? checked.check.error : undefined
  const readable = draft.query.trim() !== '' && fault === undefined
  const ready = draft.name.trim() !== '' && readable
  const needs = [
    ...(draft.name.trim() === '' ? [t.themes.aName] : []),
    ...(draft.query.trim() === '' ? [t.themes.aQuery] : []),
  ]
  const changed = theme === null || differs
  const set = (part: Partial<ThemeDraft>): void => setDraft({ ...draft, ...part })

  const save = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    setError(null)
    const goOn = fromHere(navigate)
    try {
      const { theme: saved, job } = await client.themes.save({
        ...draft,
        name: draft.name.trim(),
        query: draft.query.trim(),
      })
      await queryClient.invalidateQueries({ queryKey: api.themes.key() })
      toast(job === null ? t.themes.saved(saved.name) : t.themes.savedJob(saved.name))
      forgetDraft(name)
      setDraft(draftOf(saved))
      if (theme === null) goOn(`/themes?edit=${encodeURIComponent(saved.id)}`)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }

  /** Takes the threshold that the corrections suggest, at once, since nothing else is being edited; it can be undone. */
  const refine = async (threshold: number): Promise<void> => {
    if (theme === null || busy) return
    const before = draftOf(theme)
    const put = async (changedDraft: ThemeDraft): Promise<ThemeDraft> => {
      const saved = await client.themes.save(changedDraft)
      await queryClient.invalidateQueries({ queryKey: api.themes.key() })
      setDraft(draftOf(saved.theme))
      return draftOf(saved.theme)
    }
    const undo = async (): Promise<void> => {
      const back = await put(before)
      toast(t.themes.thresholdBack(back.name, back.threshold.toFixed(2)))
    }
    setBusy(true)
    setError(null)
    try {
      const after = await put({ ...before, threshold })
      toast(t.themes.refined(after.name, before.threshold.toFixed(2), after.threshold.toFixed(2)), {
        action: {
          text: t.actions.undo,
          run: () => {
            undo().catch((failure: unknown) => toast(sentence(failure), { bad: true }))
          },
        },
      })
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="flex flex-col gap-5 px-6 pt-3 pb-8">
      <form aria-labelledby="theme-editor" className="flex max-w-[1080px] flex-col gap-4" onSubmit={save}>
        <header className="flex min-h-[33px] flex-wrap items-center gap-x-3 gap-y-2">
          <h2 id="theme-editor" className="mr-auto font-serif text-xl">
            {theme === null ? t.themes.newTitle : theme.name}
          </h2>
          {theme !== null && (
            <>
              <Link
                href={storiesOf(printFilter('theme', [theme.id]))}
                className="text-accent hover:underline"
              >
                {t.themes.open(theme.stories)}
              </Link>
              <Button small onClick={() => navigate(`/themes?edit=new&from=${encodeURIComponent(theme.id)}`)}>
                {t.themes.duplicate}
              </Button>
              <Button look="danger" small icon="trash" onClick={() => void remove(theme, navigate)}>
                {t.themes.remove}
              </Button>
            </>
          )}
        </header>
        <Retagging />
        <div className="grid gap-4 wide:grid-cols-[1fr_200px_260px]">
          <Labelled label={t.themes.name}>
            {(ids) => (
              <input
                {...ids}
                className="field"
                maxLength={80}
                value={draft.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Labelled>
          <Labelled label={t.themes.group}>
            {(ids) =>
              draft.newGroup === undefined ? (
                <select
                  {...ids}
                  className="field"
                  value={draft.group}
                  onChange={({ target: { value } }) =>
                    set(value === NEW_GROUP ? { newGroup: '' } : { group: value })
                  }
                >
                  {groups.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                  <option value={NEW_GROUP}>{t.themes.newGroup}</option>
                </select>
              ) : (
                <input
                  {...ids}
                  // biome-ignore lint/a11y/noAutofocus: it takes the place of the menu that the person has just used
                  autoFocus
                  className="field"
                  maxLength={80}
                  placeholder={t.themes.newGroupName}
                  value={draft.newGroup}
                  onChange={(event) => set({ newGroup: event.target.value })}
                  onBlur={() => {
                    if (draft.newGroup?.trim() === '') setDraft(withoutNewGroup(draft))
                  }}
                />
              )
            }
          </Labelled>
          <SignField
            value={draft.colour}
            others={others}
            group={draft.group}
            onChange={(colour) => set({ colour })}
          />
        </div>
        <Labelled label={t.themes.query} hint={t.themes.queryHint}>
          {(ids) => (
            <QueryField
              {...ids}
              use="theme"
              tall
              value={draft.query}
              onChange={(query) => set({ query })}
              onSubmit={() => void save()}
            />
          )}
        </Labelled>
        <div className="grid gap-4 wide:grid-cols-[1fr_360px]">
          <Labelled label={t.themes.description}>
            {(ids) => (
              <textarea
                {...ids}
                className="field min-h-[52px] resize-y field-sizing-content"
                maxLength={1000}
                value={draft.description}
                onChange={(event) => set({ description: event.target.value })}
              />
            )}
          </Labelled>
          <Labelled label={t.themes.threshold} hint={t.themes.thresholdHint}>
            {(ids) => (
              <div className="flex items-center gap-3">
                <input
                  {...ids}
                  type="range"
                  min={0}
                  max={1}
                  step={0.05}
                  className="min-w-0 flex-1 accent-(--accent)"
                  value={draft.threshold}
                  onChange={(event) => set({ threshold: Number(event.target.value) })}
                />
                <output className="w-9 text-right">{draft.threshold.toFixed(2)}</output>
              </div>
            )}
          </Labelled>
        </div>
        <label className="flex items-center gap-2 self-start">
          <input
            type="checkbox"
            className="accent-(--accent)"
            checked={draft.enabled}
            onChange={(event) => set({ enabled: event.target.checked })}
          />
          {t.themes.enabled}
        </label>
        <FormError error={error} />
        <div className="flex items-center gap-2">
          <Button look="main" type="submit" disabled={!ready || busy || !changed}>
            {t.themes.save}
          </Button>
          <Button
            disabled={!changed}
            onClick={() => {
              discard()
              if (theme === null) {
                forgetDraft(name)
                navigate('/themes')
              }
            }}
          >
            {kept ? t.themes.discard : t.actions.cancel}
          </Button>
          {changed && (
            <span role="status" className="text-sm text-ink-3">
              {needs.length > 0 && <span className="text-ink-2">{t.themes.needs(needs)} </span>}
              {kept ? t.themes.kept : t.themes.unsaved}
            </span>
          )}
        </div>
      </form>
      <Preview
        draft={draft}
        valid={readable}
        readable={isValid(checked, draft.query)}
        saved={theme !== null}
        onThreshold={(threshold) => {
          if (theme === null || changed) set({ threshold })
          else void refine(threshold)
        }}
      />
    </div>
  )
}

/** Under which name a theme's half-written definition is kept. */
export const draftName = (theme: string): string => `theme ${theme}`

function begin(props: {
  theme: Theme | null
  from?: Theme | undefined
  query: string
  groups: readonly ThemeGroup[]
  themes: readonly Theme[]
}): ThemeDraft {
  if (props.theme !== null) return draftOf(props.theme)
  if (props.from !== undefined) {
    const { id: _, ...copy } = draftOf(props.from)
    const colours = props.themes.map(({ colour }) => colour)
    return {
      ...copy,
      name: t.themes.copyOf(props.from.name).slice(0, 80),
      colour: freeSign(colours, shapeOf(copy.colour)),
    }
  }
  return {
    name: '',
    description: '',
    group: props.groups[0]?.id ?? '',
    ...(props.groups.length === 0 ? { newGroup: '' } : {}),
    query: props.query,
    threshold: 0.4,
    colour: freeSign(
      props.themes.map(({ colour }) => colour),
      usualShape(props.themes.filter(({ group }) => group === props.groups[0]?.id)),
    ),
    enabled: true,
  }
}

function withoutNewGroup({ newGroup: _, ...draft }: ThemeDraft): ThemeDraft {
  return draft
}

function draftOf({ id, name, description, group, query, threshold, colour, enabled }: Theme): ThemeDraft {
  return { id, name, description, group, query, threshold, colour, enabled }
}

async function remove(theme: Theme, navigate: (to: string) => void): Promise<void> {
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.themes.key() })
  const goOn = fromHere(navigate)
  try {
    await client.themes.remove({ id: theme.id })
    goOn('/themes')
    await refresh()
    const restore = async (): Promise<void> => {
      await client.themes.restore({ id: theme.id })
      await refresh()
      toast(t.themes.restored(theme.name))
      navigate(`/themes?edit=${encodeURIComponent(theme.id)}`)
    }
    toast(t.themes.removed(theme.name), {
      action: {
        text: t.actions.undo,
        run: () => {
          restore().catch((error: unknown) => toast(sentence(error), { bad: true }))
        },
      },
    })
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}

/** A re-tag that runs: how far it is, and a way to stop it. */
function Retagging(): ReactNode {
  const jobs = useAppInfo()?.jobs ?? []
  return jobs
    .filter((job) => job.kind === 'retag' && job.state === 'running')
    .map((job) => (
      <div
        key={job.id}
        role="status"
        className="flex items-center gap-3 rounded-md bg-selected px-3 py-1.5 text-sm"
      >
        <span>{t.themes.retag(number(job.done), job.total === null ? null : number(job.total))}</span>
        <progress
          className="h-1.5 min-w-0 flex-1 accent-(--accent)"
          max={job.total ?? undefined}
          value={job.total === null ? undefined : job.done}
          aria-label={job.title}
        />
        <Button
          small
          onClick={() => {
            client.app
              .cancelJob({ id: job.id })
              .catch((error: unknown) => toast(sentence(error), { bad: true }))
          }}
        >
          {t.themes.stop}
        </Button>
      </div>
    ))
}
