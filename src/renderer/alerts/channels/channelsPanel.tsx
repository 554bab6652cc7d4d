import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import type { AlertChannel } from '../../../api/contract/channels.ts'
import { api, client, queryClient, sentence } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { Confirm } from '../../components/dialog.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { toast } from '../../components/toast.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { t } from '../../messages/index.ts'
import { useFormat } from '../../useFormat.ts'
import { AddChannel } from './addChannel.tsx'
import { channelName } from './channelName.ts'
import { Deliveries } from './deliveries.tsx'
import { ShownKey } from './shownKey.tsx'
import { canNotify, notifyTest } from './useTestMessages.ts'

/** Where an alert tells its notices: on this computer, and the channels beyond it with how the last delivery went. */
export function ChannelsPanel({ alert, name }: { alert: number | null; name: string }): ReactNode {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-1">
      <header className="flex items-baseline justify-between gap-3">
        <h3 id={id} className="text-sm font-semibold text-ink-2">
          {t.channels.title}
        </h3>
        <span className="text-xs text-ink-3">{t.channels.atOnce}</span>
      </header>
      {alert === null ? (
        <p className="text-ink-3">{t.channels.later}</p>
      ) : (
        <Channels alert={alert} name={name} />
      )}
    </section>
  )
}

function Channels({ alert, name }: { alert: number; name: string }): ReactNode {
  const words = t.channels
  const [adding, setAdding] = useState(false)
  const [key, setKey] = useState<string | null>(null)
  const query = useQuery(api.channels.list.queryOptions({ input: { alert } }))
  if (query.isError && query.data === undefined)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={3} />
  const { channels, desktop } = query.data

  return (
    <div className="flex flex-col gap-2">
      <ul className="divide-y divide-line">
        <li className="flex min-h-8 items-center gap-2.5">
          <Toggle on disabled label={words.inbox} onChange={() => {}} />
          <span className="font-semibold">{words.inbox}</span>
          <span className="min-w-0 truncate text-sm text-ink-3">{words.inboxHint}</span>
        </li>
        <li className="flex min-h-8 items-center gap-2.5">
          <Toggle
            on={desktop}
            label={words.desktop}
            onChange={(on) => void changed(client.channels.setDesktop({ alert, on }))}
          />
          <span className="font-semibold">{words.kinds.desktop}</span>
          <span className="min-w-0 flex-1 truncate text-sm text-ink-3">{words.desktopHint}</span>
          {canNotify() && (
            <Button small aria-label={words.testOf(words.kinds.desktop)} onClick={() => notifyTest(name)}>
              {words.test}
            </Button>
          )}
        </li>
        {channels.map((channel) => (
          <Row key={channel.id} channel={channel} onKey={setKey} />
        ))}
      </ul>
      {channels.length === 0 && !adding && <p className="text-sm text-ink-3">{words.noneHint}</p>}
      {adding ? (
        <AddChannel
          alert={alert}
          onCancel={() => setAdding(false)}
          onAdded={({ channel, secret }) => {
            setAdding(false)
            setKey(secret)
            toast(words.added(channelName(channel)))
          }}
        />
      ) : (
        <div>
          <Button small icon="plus" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        </div>
      )}
      <Deliveries alert={alert} />
      <ShownKey secret={key} onClose={() => setKey(null)} />
    </div>
  )
}

function Row(props: {
  channel: AlertChannel
  /** A key was made for it, to be shown once. */
  onKey: (key: string | null) => void
}): ReactNode {
  const { channel } = props
  const words = t.channels
  const name = channelName(channel)
  const [asking, setAsking] = useState(false)
  const [leading, setLeading] = useState(false)
  const [testing, setTesting] = useState(false)
  const [tested, setTested] = useState<{ good: boolean; message: string } | null>(null)

  const test = async (): Promise<void> => {
    setTesting(true)
    setTested(null)
    try {
      const { delivered, message } = await client.channels.test({ id: channel.id })
      setTested({ good: delivered, message })
    } catch (error) {
      setTested({ good: false, message: sentence(error) })
    } finally {
      setTesting(false)
    }
  }
  const remove = async (): Promise<void> => {
    setAsking(false)
    if (await changed(client.channels.remove({ id: channel.id }))) toast(words.removed(name))
  }

  return (
    <li className="py-1">
      <div className="flex min-h-6 items-center gap-2.5">
        <Toggle
          on={channel.enabled && channel.ended === null}
          disabled={channel.ended !== null}
          label={words.on(name)}
          onChange={(enabled) => void changed(client.channels.edit({ id: channel.id, enabled }))}
        />
        <p className="min-w-0 flex-1 truncate" title={channel.place}>
          <span className="font-semibold">{words.kinds[channel.kind]}</span>{' '}
          <span className="text-sm text-ink-2">{channel.place}</span>
        </p>
        <select
          className="rounded-md border border-line bg-panel px-1 py-0.5 text-sm text-ink-2"
          aria-label={`${words.content}: ${name}`}
          value={channel.content}
          onChange={({ target }) =>
            void changed(
              client.channels.edit({ id: channel.id, content: target.value as AlertChannel['content'] }),
            )
          }
        >
          {Object.entries(words.contents).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
        <Button
          small
          aria-label={words.testOf(name)}
          disabled={testing || channel.ended !== null}
          onClick={() => void test()}
        >
          {words.test}
        </Button>
        <Button
          look="quiet"
          small
          icon="edit"
          aria-label={words.newAddress(name)}
          title={words.newAddress(name)}
          onClick={() => setLeading(true)}
        />
        <Button
          look="quiet"
          small
          icon="trash"
          aria-label={words.remove(name)}
          title={words.remove(name)}
          onClick={() => setAsking(true)}
        />
      </div>
      <div className="pl-[38px]">
        <State channel={channel} />
        <p role="status" className={classes('text-sm', tested?.good === false ? 'text-bad' : 'text-good')}>
          {testing ? words.testing : tested !== null && words.tested(tested.message)}
        </p>
      </div>
      {leading && (
        <AddChannel
          alert={channel.alert}
          channel={channel}
          onCancel={() => setLeading(false)}
          onAdded={({ channel: led, secret }) => {
            setLeading(false)
            props.onKey(secret)
            toast(words.addressed(channelName(led)))
          }}
        />
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={words.removeTitle(name)}
        description={words.removeHint}
        action={words.removeIt}
        onConfirm={() => void remove()}
      />
    </li>
  )
}

/** How the last delivery went, and what waits. */
function State({ channel: { ended, enabled, last, waiting } }: { channel: AlertChannel }): ReactNode {
  const words = t.channels
  const format = useFormat()
  if (ended !== null) return <p className="text-sm text-bad">{ended}</p>
  const parts = [
    ...(enabled ? [] : [words.off]),
    last === null ? words.nothingYet : words.last[last.status](format.time(last.at)),
    ...(waiting > 0 ? [words.waiting(waiting)] : []),
  ]
  const isBad = last !== null && last.status !== 'delivered'
  return (
    <p className={classes('text-sm', isBad ? 'text-bad' : 'text-ink-3')}>
      {parts.join(' · ')}
      {isBad && last.message !== '' && `: ${last.message}`}
    </p>
  )
}

/** Waits for a change and shows it. @returns false where it failed, which is said */
async function changed(change: Promise<unknown>): Promise<boolean> {
  try {
    await change
    return true
  } catch (error) {
    toast(sentence(error), { bad: true })
    return false
  } finally {
    await queryClient.invalidateQueries({ queryKey: api.channels.key() })
  }
}
