import { useMutation, useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Settings } from '../../api/contract/app.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { APPEARANCES, setAppearance, useAppearance } from '../appearance.ts'
import { Button } from '../components/button.tsx'
import { Confirm } from '../components/dialog.tsx'
import { Labelled } from '../components/labelled.tsx'
import { Page } from '../components/page.tsx'
import { Panel } from '../components/panel.tsx'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { ErrorState, FormError, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { leaves } from '../messages/en/leaves.ts'
import { t } from '../messages/index.ts'
import { askPermission, usePermission } from '../notices/permission.ts'
import { useAppInfo } from '../useFormat.ts'
import { HeadlineLanguage } from './headlineLanguage.tsx'
import { waysOutOf } from './leaves.ts'
import { limitOf, tighter } from './limits.ts'
import { Refused, Switch } from './switch.tsx'

/** Polling, retention, appearance, this computer; what leaves it, and where the data is. */
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
            <HeadlineLanguage
              chosen={query.data.headlineLanguage}
              change={(headlineLanguage) => save({ headlineLanguage })}
            />
            <Retention key={`${query.data.keepDays} ${query.data.keepStories}`} settings={query.data} />
          </>
        )}
        <NotificationsPanel />
        <AppearancePanel />
        <Desktop />
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
  return (
    <Panel title={words.title}>
      <Switch
        name="polling"
        on={settings.polling}
        label={words.on}
        hint={words.hint}
        change={(polling) => save({ polling })}
      />
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
          onChange={(appearance) => {
            if (!setAppearance(appearance)) toast(words.notKept, { bad: true })
          }}
        />
      </div>
    </Panel>
  )
}

/** What a person chooses for the desktop app on this computer; a browser has settings of its own. */
function Desktop(): ReactNode {
  const words = t.settings.desktop
  const shell = window.wirewatchShell
  const key = ['desktop choices']
  const choices = useQuery({ queryKey: key, queryFn: async () => (await shell?.choices()) ?? null }).data
  if (shell === undefined || choices === undefined || choices === null) return null
  const choose = async (change: Parameters<typeof shell.choose>[0], saved: string): Promise<void> => {
    const chosen = await shell.choose(change)
    queryClient.setQueryData(key, chosen.choices)
    if (chosen.refused !== null) throw new Refused(chosen.refused)
    toast(saved)
  }
  return (
    <Panel title={words.title}>
      <div className="flex flex-col gap-3">
        {choices.startAtLogin !== null && (
          <Switch
            name="login"
            on={choices.startAtLogin}
            label={words.startAtLogin}
            hint={words.startAtLoginHint}
            change={(startAtLogin) => choose({ startAtLogin }, t.settings.saved)}
          />
        )}
        <Switch
          name="spelling"
          on={choices.spelling}
          label={words.spelling}
          hint={shell.platform === 'darwin' ? words.spellingSystem : words.spellingFetched}
          change={(spelling) => choose({ spelling }, words.spellingSaved)}
        />
      </div>
    </Panel>
  )
}

/** Every request that Wirewatch makes, and on whose account. */
function WhatLeaves(): ReactNode {
  const words = leaves
  const columns = ['title', 'when', 'where', 'what', 'off'] as const
  return (
    <Panel title={words.title}>
      <p className="text-ink-3">{words.text}</p>
      <table className="mt-2 w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-ink-3">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1 pr-3 font-normal last:pr-0">
                {words.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {waysOutOf(window.wirewatchShell?.platform ?? 'browser').map(({ name }) => (
            <Fragment key={name}>
              <tr className="border-b border-line align-top last:border-b-0">
                <th scope="row" className="py-1.5 pr-3 text-left font-semibold">
                  {words.ways[name].title}
                </th>
                {columns.slice(1).map((column) => (
                  <td key={column} className="py-1.5 pr-3 text-ink-2 last:pr-0">
                    {words.ways[name][column]}
                  </td>
                ))}
              </tr>
              {name === 'channels' && <ChannelRows />}
            </Fragment>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-ink-3">{words.never}</p>
    </Panel>
  )
}

/** The channels that alerts have, each as a way out of its own. */
function ChannelRows(): ReactNode {
  const words = leaves
  const alerts = useQuery(api.alerts.list.queryOptions({ input: {} })).data ?? []
  const channels = useQuery(api.channels.list.queryOptions({ input: {} })).data?.channels ?? []
  const leaving = channels.filter(({ kind }) => kind !== 'atom')
  return leaving.map(({ id, kind, place, content, alert }) => (
    <tr key={id} className="border-b border-line align-top last:border-b-0">
      <th scope="row" className="py-1.5 pr-3 pl-3 text-left font-normal">
        {t.channels.kinds[kind]}
      </th>
      <td className="py-1.5 pr-3 text-ink-2">
        {words.channelWhen(alerts.find((one) => one.id === alert)?.name ?? '')}
      </td>
      <td className="py-1.5 pr-3 break-all text-ink-2">{place}</td>
      <td className="py-1.5 pr-3 text-ink-2">{t.channels.contents[content]}</td>
      <td className="py-1.5 text-ink-2">
        <Link href={`/alerts/edit/${alert}`} className="text-accent hover:underline">
          {words.channelOff}
        </Link>
      </td>
    </tr>
  ))
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
