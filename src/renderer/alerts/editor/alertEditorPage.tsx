import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'wouter'
import type { Alert } from '../../../api/contract/alerts.ts'
import type { Backtest } from '../../../api/contract/backtest.ts'
import { api, client, queryClient } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { Menu } from '../../components/menu.tsx'
import { useTitle } from '../../components/page.tsx'
import { EmptyState, ErrorState, FormError, Skeleton } from '../../components/states.tsx'
import { toast } from '../../components/toast.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { forgetDraft, useDraft } from '../../drafts.ts'
import { useShortcuts } from '../../frame/shortcuts.ts'
import { fromHere } from '../../fromHere.ts'
import { t } from '../../messages/index.ts'
import { isValid, useQueryCheck } from '../../query/useQueryCheck.ts'
import { ChannelsPanel } from '../channels/channelsPanel.tsx'
import { useTestMessages } from '../channels/useTestMessages.ts'
import { duplicateAlert } from '../duplicate.ts'
import { removeAlert } from '../removal.ts'
import { draftName, draftOf, editorOf, type FormDraft, newDraft } from './alertDraft.ts'
import { AlertForm, type Missing } from './form.tsx'
import { NoticeLook } from './noticeLook.tsx'
import { Trial } from './trial.tsx'

/** One alert: at the left what it is, at the right what it would have done (/alerts/edit/3, /alerts/edit/new?q=…&folder=…). */
export function AlertEditorPage(): ReactNode {
  const words = t.alertEditor
  const { id = '' } = useParams<{ id: string }>()
  const [params] = useSearchParams()
  const list = useQuery(api.alerts.list.queryOptions({ input: {} }))
  const alerts = list.data ?? []
  const alert = alerts.find((one) => String(one.id) === id)
  useTitle(alert?.name ?? words.newTitle)
  if (list.data === undefined)
    return (
      <div className="px-6 py-4">
        {list.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        )}
      </div>
    )
  if (id !== 'new' && alert === undefined)
    return (
      <div className="px-6 py-4">
        <EmptyState
          title={words.gone}
          actions={
            <Link href="/alerts" className="text-accent hover:underline">
              {words.toAlerts}
            </Link>
          }
        >
          {words.goneHint}
        </EmptyState>
      </div>
    )
  const query = params.get('q') ?? ''
  const folder = params.get('folder') ?? ''
  const begun = [query, folder].filter((part) => part !== '')
  return (
    <Editor
      key={`${id} ${begun.join(' ')}`}
      alert={alert}
      alerts={alerts}
      draft={alert === undefined ? draftName('new', begun.join(' ')) : draftName(alert.id)}
      begin={alert === undefined ? newDraft({ query, folder }) : draftOf(alert)}
    />
  )
}

function Editor(props: {
  alert: Alert | undefined
  alerts: readonly Alert[]
  /** The name its draft is kept under. */
  draft: string
  begin: FormDraft
}): ReactNode {
  const { alert, alerts } = props
  const words = t.alertEditor
  const [, navigate] = useLocation()
  const { draft, setDraft, changed, kept, discard } = useDraft<FormDraft>(props.draft, props.begin)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [newest, setNewest] = useState<Backtest['newest']>([])
  const nameField = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLElement>(null)
  const checked = useQueryCheck(draft.query, 'alert')
  const readable = draft.query.trim() !== '' && isValid(checked, draft.query)
  const faulty = checked?.text === draft.query && checked.check.error !== undefined
  const missing: Missing = draft.name.trim() === '' ? 'name' : draft.query.trim() === '' ? 'query' : null
  const tests = useTestMessages(alert)
  const set = (part: Partial<FormDraft>): void => {
    setError(null)
    setDraft({ ...draft, ...part })
  }

  const save = async (): Promise<void> => {
    setTried(true)
    if (missing === 'name') nameField.current?.focus()
    if (missing !== null || faulty || busy) return
    setBusy(true)
    setError(null)
    const goOn = fromHere(navigate)
    try {
      const saved = await client.alerts.save({
        ...(alert === undefined ? {} : { id: alert.id }),
        ...draft,
        name: draft.name.trim(),
        query: draft.query.trim(),
        folder: draft.folder.trim(),
      })
      forgetDraft(props.draft)
      await queryClient.invalidateQueries({ queryKey: api.alerts.key() })
      toast(saved.enabled ? words.saved(saved.name) : words.savedOff(saved.name), {
        action: { text: words.openInbox, run: () => navigate(`/alerts?alert=${saved.id}`) },
      })
      setDraft(draftOf(saved))
      if (alert === undefined && goOn(editorOf(saved.id), { replace: true }))
        document.getElementById('content')?.focus()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  const back = (): void => navigate(alert === undefined ? '/alerts' : `/alerts?alert=${alert.id}`)
  const drop = (): void => {
    const before = draft
    discard()
    setTried(false)
    setError(null)
    toast(words.discarded, { action: { text: t.actions.undo, run: () => setDraft(before) } })
  }

  useShortcuts({
    'mod+enter': () => void save(),
    // With Shift: the letter arrives as a small one.
    'mod+t': (event) => void (event.shiftKey && tests.run()),
    Escape: back,
  })
  /** Escape leaves the field first, and the page when no field has the focus. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    const field = event.target
    if (!(field instanceof HTMLElement) || !/^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName)) return
    if (!box.current?.contains(field)) return
    event.preventDefault()
    box.current.focus({ preventScroll: true })
  }

  const folders = [...new Set(alerts.map((one) => one.folder))].filter((name) => name !== '').sort()
  return (
    <section
      ref={box}
      aria-label={alert === undefined ? words.newTitle : words.editTitle}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex h-full flex-col overflow-y-auto outline-none wide:overflow-hidden"
    >
      <header className="sticky top-0 z-10 flex min-h-[47px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-panel px-6 py-2">
        <nav aria-label={words.crumbs} className="flex min-w-0 flex-1 items-center gap-1.5">
          <Link href="/alerts" className="text-accent hover:underline">
            {t.alerts.title}
          </Link>
          {draft.folder.trim() !== '' && (
            <>
              <Icon name="right" size={12} />
              <span className="truncate text-ink-2">{draft.folder}</span>
            </>
          )}
          <Icon name="right" size={12} />
          <h1 className="truncate font-semibold">
            {draft.name.trim() || (alert === undefined ? words.newTitle : words.unnamed)}
          </h1>
        </nav>
        <div className="flex flex-wrap items-center gap-2">
          {changed && (
            <span role="status" className="text-sm">
              <span className="text-warn">{kept ? words.kept : words.unsaved}</span>{' '}
              {!kept && <span className="text-ink-3">{words.keptHint}</span>}
            </span>
          )}
          {changed && (
            <Button look="quiet" onClick={drop}>
              {words.discard}
            </Button>
          )}
          <span className="flex items-center gap-1.5 pr-1" title={words.enabledHint}>
            <Toggle on={draft.enabled} label={words.enabled} onChange={(enabled) => set({ enabled })} />
            <span aria-hidden="true" className={draft.enabled ? '' : 'text-ink-3'}>
              {words.enabled}
            </span>
          </span>
          {alert !== undefined && (
            <>
              <Button
                title={`${words.sendTestHint} (Ctrl Shift T)`}
                disabled={tests.isRunning}
                onClick={() => void tests.run()}
              >
                {tests.isRunning ? words.testing : words.sendTest}
              </Button>
              <Menu
                items={[
                  {
                    text: words.duplicate,
                    icon: 'plus',
                    onSelect: () => void duplicateAlert(alert.id, navigate),
                  },
                  {
                    text: words.remove,
                    icon: 'trash',
                    danger: true,
                    onSelect: () => {
                      void removeAlert(alert)
                      navigate('/alerts')
                    },
                  },
                ]}
              >
                <Button icon="more" aria-label={words.more} title={words.more} />
              </Menu>
            </>
          )}
          <Button
            look="main"
            title={`${words.save} (Ctrl Enter)`}
            disabled={busy || (alert !== undefined && !changed)}
            onClick={() => void save()}
          >
            {words.save}
          </Button>
        </div>
      </header>
      <div className="grid shrink-0 wide:min-h-0 wide:flex-1 wide:grid-cols-[minmax(400px,456px)_minmax(0,1fr)]">
        <div className="flex min-h-0 flex-col gap-5 border-line bg-panel px-6 pt-4 pb-8 wide:overflow-y-auto wide:border-r">
          <form
            aria-label={words.form}
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
          >
            <FormError error={error} />
            <AlertForm
              draft={draft}
              set={set}
              checked={checked}
              folders={folders}
              missing={tried ? missing : null}
              isNew={alert === undefined}
              nameField={nameField}
              onSave={() => void save()}
            />
          </form>
          <ChannelsPanel alert={alert?.id ?? null} name={draft.name} />
          <NoticeLook name={draft.name.trim()} trigger={draft.settings.trigger} newest={newest} />
        </div>
        <div className="flex min-h-0 flex-col gap-4 px-6 pt-4 pb-8 wide:overflow-y-auto">
          <Trial
            alert={alert}
            draft={draft}
            readable={readable}
            faulty={faulty}
            changed={changed}
            set={set}
            onNewest={setNewest}
          />
          <p className="flex flex-wrap items-center gap-3 text-xs text-ink-3">
            <span>
              <Kbd>Ctrl Enter</Kbd> {words.keys.save}
            </span>
            <span>
              <Kbd>Ctrl Shift T</Kbd> {words.keys.test}
            </span>
            <span>
              <Kbd>Esc</Kbd> {words.keys.back}
            </span>
          </p>
        </div>
      </div>
    </section>
  )
}
