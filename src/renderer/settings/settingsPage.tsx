import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Settings } from '../../api/contract/app.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { APPEARANCES, setAppearance, useAppearance } from '../appearance.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { Confirm } from '../components/dialog.tsx'
import { Labelled } from '../components/labelled.tsx'
import { Page } from '../components/page.tsx'
import { Panel } from '../components/panel.tsx'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { ErrorState, FormError, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { askPermission, usePermission } from '../notices/permission.ts'
import { useAppInfo } from '../useFormat.ts'
import { limitOf, tighter } from './limits.ts'

/** Polling, retention, appearance; where the data is. */
export function SettingsPage(): ReactNode {
  const words = t.settings
  const query = useQuery(api.app.settings.queryOptions({ input: {} }))
  return (
    <Page title={words.title} className="!max-w-[760px]">
      <div className="flex flex-col gap-4">
        {query.isError && query.data === undefined ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <Skeleton lines={6} />
        ) : (
          <>
            <Polling settings={query.data} />
            <Retention key={`${query.data.keepDays} ${query.data.keepStories}`} settings={query.data} />
          </>
        )}
        <NotificationsPanel />
        <AppearancePanel />
        <Spelling />
        <WhatLeaves />
        <Data />
      </div>
    </Page>
  )
}

async function save(change: Partial<Settings>): Promise<void> {
  const saved = await client.app.saveSettings(change)
  queryClient.setQueryData(api.app.settings.queryKey({ input: {} }), saved)
  toast(t.settings.saved)
}

function Polling({ settings }: { settings: Settings }): ReactNode {
  const words = t.settings.polling
  const change = useMutation({ mutationFn: (polling: boolean) => save({ polling }) })
  return (
    <Panel title={words.title}>
      <label className="flex items-center gap-2">
        <Checkbox
          checked={settings.polling}
          disabled={change.isPending}
          onChange={(event) => change.mutate(event.target.checked)}
        />
        {words.on}
      </label>
      <p className="mt-1 pl-[22px] text-ink-3">{words.hint}</p>
      <FormError error={change.error === null ? null : sentence(change.error)} />
    </Panel>
  )
}

function Retention({ settings }: { settings: Settings }): ReactNode {
  const words = t.settings.retention
  const [days, setDays] = useState(String(settings.keepDays ?? ''))
  const [stories, setStories] = useState(String(settings.keepStories ?? ''))
  const [asking, setAsking] = useState(false)
  const keepDays = limitOf(days)
  const keepStories = limitOf(stories)
  const wrong = keepDays === undefined || keepStories === undefined
  const same = keepDays === settings.keepDays && keepStories === settings.keepStories
  const change = useMutation({
    mutationFn: async () => {
      if (keepDays !== undefined && keepStories !== undefined) await save({ keepDays, keepStories })
    },
    onSettled: () => setAsking(false),
  })
  return (
    <Panel title={words.title}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (wrong || same) return
          if (tighter(settings.keepDays, keepDays) || tighter(settings.keepStories, keepStories))
            setAsking(true)
          else change.mutate()
        }}
      >
        <p className="text-ink-3">{words.text}</p>
        <div className="grid gap-3 sm:grid-cols-2">
          <Labelled label={words.keepDays}>
            {(ids) => (
              <input
                {...ids}
                className="field"
                inputMode="numeric"
                placeholder={words.unlimited}
                aria-invalid={keepDays === undefined}
                value={days}
                onChange={(event) => setDays(event.target.value)}
              />
            )}
          </Labelled>
          <Labelled label={words.keepStories}>
            {(ids) => (
              <input
                {...ids}
                className="field"
                inputMode="numeric"
                placeholder={words.unlimited}
                aria-invalid={keepStories === undefined}
                value={stories}
                onChange={(event) => setStories(event.target.value)}
              />
            )}
          </Labelled>
        </div>
        <FormError error={wrong ? words.whole : change.error === null ? null : sentence(change.error)} />
        <div>
          <Button type="submit" look="main" disabled={wrong || same || change.isPending}>
            {words.save}
          </Button>
        </div>
      </form>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={words.confirmTitle}
        description={words.confirmText}
        action={words.save}
        busy={change.isPending}
        onConfirm={() => change.mutate()}
      />
    </Panel>
  )
}

/** How the browser tells of hits. The desktop app notifies by itself. */
function NotificationsPanel(): ReactNode {
  const words = t.settings.notifications
  const allowed = usePermission()
  if (allowed === 'none') return null
  return (
    <Panel title={words.title}>
      <p className="text-ink-3">{words[allowed]}</p>
      {allowed === 'default' && (
        <div className="mt-3">
          <Button onClick={() => void askPermission()}>{words.allow}</Button>
        </div>
      )}
    </Panel>
  )
}

function AppearancePanel(): ReactNode {
  const words = t.settings.appearance
  return (
    <Panel title={words.title}>
      <div className="flex">
        <SegmentedControl
          label={words.label}
          value={useAppearance()}
          choices={APPEARANCES.map((value) => ({ value, text: words[value] }))}
          onChange={setAppearance}
        />
      </div>
    </Panel>
  )
}

/** Checking spelling is the desktop app's to switch on; a browser has settings of its own. */
function Spelling(): ReactNode {
  const words = t.settings.spelling
  const shell = window.wirewatchShell
  const key = ['desktop choices']
  const choices = useQuery({ queryKey: key, queryFn: async () => shell?.choices() ?? null })
  const change = useMutation({
    mutationFn: async (spelling: boolean) => shell?.choose({ spelling }),
    onSuccess: (chosen) => {
      queryClient.setQueryData(key, chosen)
      toast(words.saved)
    },
  })
  if (shell === undefined || choices.data === undefined || choices.data === null) return null
  return (
    <Panel title={words.title}>
      <label className="flex items-center gap-2">
        <Checkbox
          checked={choices.data.spelling}
          disabled={change.isPending}
          onChange={(event) => change.mutate(event.target.checked)}
        />
        {words.on}
      </label>
      <p className="mt-1 pl-[22px] text-ink-3">
        {shell.platform === 'darwin' ? words.system : words.fetched}
      </p>
      <FormError error={change.error === null ? null : sentence(change.error)} />
    </Panel>
  )
}

/** Every request that Wirewatch makes, and on whose account. */
function WhatLeaves(): ReactNode {
  const words = t.settings.leaves
  const desktop = window.wirewatchShell
  const requests = [
    words.sources,
    words.pages,
    words.proxies,
    words.links,
    ...(desktop === undefined ? [] : [desktop.platform === 'darwin' ? words.noSpelling : words.spelling]),
  ]
  return (
    <Panel title={words.title}>
      <p className="text-ink-3">{words.text}</p>
      <ul className="mt-2 list-disc pl-5">
        {requests.map((request) => (
          <li key={request}>{request}</li>
        ))}
      </ul>
      <p className="mt-2 text-ink-3">{words.never}</p>
    </Panel>
  )
}

function Data(): ReactNode {
  const words = t.settings.data
  const info = useAppInfo()
  if (info === undefined) return null
  const facts = [
    [words.folder, info.dataDir],
    [words.archive, t.count.stories(info.stories)],
    [words.timeZone, info.timeZone],
    [words.version, `${t.app} ${info.version}`],
  ]
  return (
    <Panel title={words.title}>
      <dl className="grid grid-cols-[minmax(120px,auto)_minmax(0,1fr)] gap-x-6 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="break-all select-text">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-ink-3">{words.local}</p>
    </Panel>
  )
}
