import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Alert } from '../../api/contract/alerts.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Confirm } from '../components/dialog.tsx'
import { Labelled } from '../components/labelled.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { Panel } from '../components/panel.tsx'
import { FormError, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { useDebounced } from '../debounced.ts'
import { t } from '../messages/index.ts'
import { QueryField } from '../query/queryField.tsx'
import { isValid, useQueryCheck } from '../query/useQueryCheck.ts'
import { countText, useStoryCount } from '../query/useStoryCount.ts'
import { StoryLines } from '../storyLines.tsx'
import { ChannelsPanel } from './channels/channelsPanel.tsx'

const SHOWN = 12

/** Name, query, on or off; beside it what the query would have matched in the archive, as it is typed. */
export function AlertEditor({ alert, query: given }: { alert: Alert | null; query: string }): ReactNode {
  const [, navigate] = useLocation()
  const [name, setName] = useState(alert?.name ?? '')
  const [query, setQuery] = useState(given)
  const [enabled, setEnabled] = useState(alert?.enabled ?? true)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const checked = useQueryCheck(query, 'alert')
  const fault = checked?.text === query ? checked.check.error : undefined
  const ready = name.trim() !== '' && query.trim() !== '' && fault === undefined

  const save = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    setError(null)
    try {
      const saved = await client.alerts.save({
        ...(alert === null ? {} : { id: alert.id }),
        name: name.trim(),
        query: query.trim(),
        enabled,
      })
      await queryClient.invalidateQueries({ queryKey: api.alerts.key() })
      toast(saved.enabled ? t.alerts.saved(saved.name) : t.alerts.savedOff(saved.name))
      navigate(`/alerts?alert=${saved.id}`)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  const remove = async (): Promise<void> => {
    if (alert === null) return
    try {
      await client.alerts.remove({ id: alert.id })
      await queryClient.invalidateQueries({ queryKey: api.alerts.key() })
      await queryClient.invalidateQueries({ queryKey: api.app.info.key() })
      toast(t.alerts.removed(alert.name))
      navigate('/alerts')
    } catch (failure) {
      setAsking(false)
      toast(sentence(failure), { bad: true })
    }
  }

  return (
    <div className="mx-auto flex max-w-[880px] flex-col gap-5 px-6 pt-3 pb-8 wide:mx-0">
      <form aria-labelledby="alert-editor" className="flex flex-col gap-4" onSubmit={save}>
        <h2 id="alert-editor" className="flex min-h-[33px] items-center text-md font-semibold">
          {alert === null ? t.alerts.newTitle : t.alerts.editTitle}
        </h2>
        <Labelled label={t.alerts.name}>
          {(ids) => (
            <input
              {...ids}
              // biome-ignore lint/a11y/noAutofocus: the editor is opened to type
              autoFocus={alert === null}
              className="field max-w-[420px]"
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t.alerts.query} hint={t.alerts.queryHint}>
          {(ids) => (
            <QueryField
              {...ids}
              use="alert"
              tall
              value={query}
              onChange={setQuery}
              onSubmit={() => void save()}
            />
          )}
        </Labelled>
        <label className="flex items-center gap-2 self-start">
          <input
            type="checkbox"
            className="accent-(--accent)"
            checked={enabled}
            onChange={(event) => setEnabled(event.target.checked)}
          />
          {t.alerts.enabled}
        </label>
        <FormError error={error} />
        <div className="flex flex-wrap items-center gap-2">
          <Button look="main" type="submit" disabled={!ready || busy}>
            {t.alerts.save}
          </Button>
          <Button onClick={() => navigate(alert === null ? '/alerts' : `/alerts?alert=${alert.id}`)}>
            {t.actions.cancel}
          </Button>
          <span className="flex-1" />
          {alert !== null && (
            <Button look="danger" icon="trash" onClick={() => setAsking(true)}>
              {t.alerts.remove}
            </Button>
          )}
        </div>
      </form>
      <ChannelsPanel alert={alert?.id ?? null} />
      <InArchive query={query} />
      {alert !== null && (
        <Confirm
          open={asking}
          onClose={() => setAsking(false)}
          title={t.alerts.removeTitle(alert.name)}
          description={t.alerts.removeHint(t.alerts.hits(alert.hits))}
          action={t.alerts.remove}
          onConfirm={() => void remove()}
        />
      )}
    </div>
  )
}

/** What the query would have matched: the number and the newest. */
function InArchive({ query }: { query: string }): ReactNode {
  const settled = useDebounced(query.trim(), 250)
  const valid = isValid(useQueryCheck(settled, 'alert'), settled) && settled !== ''
  const count = useStoryCount(settled, valid)
  const list = useQuery(
    api.stories.list.queryOptions({
      input: { query: settled, limit: SHOWN },
      enabled: valid,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Panel
      title={t.alerts.archive}
      note={
        count !== undefined && (
          <Link href={storiesOf(settled)} className="text-accent hover:underline">
            {t.alerts.wouldHave(countText(count))}
          </Link>
        )
      }
    >
      {settled === '' ? (
        <p className="text-ink-3">{t.alerts.archiveEmpty}</p>
      ) : list.data === undefined ? (
        valid ? (
          <Skeleton lines={5} />
        ) : (
          <p className="text-ink-3">{t.themes.previewFault}</p>
        )
      ) : list.data.rows.length === 0 ? (
        <p className="text-ink-3">{t.alerts.archiveNone}</p>
      ) : (
        <div className={valid ? '' : 'opacity-50'}>
          <StoryLines
            stories={list.data.rows.map((row) => ({
              id: row.id,
              title: row.title || row.excerpt,
              source: row.source.title,
              lang: row.lang,
              published: row.published,
              evidence: [],
            }))}
            query={settled}
          />
          <p className="mt-2 text-sm text-ink-3">{t.alerts.archiveHint}</p>
        </div>
      )}
    </Panel>
  )
}
