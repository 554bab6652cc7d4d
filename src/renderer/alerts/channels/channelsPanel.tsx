import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AlertChannel } from '../../../api/contract/channels.ts'
import { api, client, queryClient, sentence } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { classes } from '../../components/classes.ts'
import { Confirm } from '../../components/dialog.tsx'
import { Panel } from '../../components/panel.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { toast } from '../../components/toast.tsx'
import { t } from '../../messages/index.ts'
import { useFormat } from '../../useFormat.ts'
import { AddChannel } from './addChannel.tsx'
import { channelName } from './channelName.ts'
import { Deliveries } from './deliveries.tsx'
import { ShownKey } from './shownKey.tsx'

/** Where an alert tells its notices: on this computer, and the channels beyond it with how the last delivery went. */
export function ChannelsPanel({ alert }: { alert: number | null }): ReactNode {
  return (
    <Panel title={t.channels.title}>
      {alert === null ? <p className="text-ink-3">{t.channels.later}</p> : <Channels alert={alert} />}
    </Panel>
  )
}

function Channels({ alert }: { alert: number }): ReactNode {
  const words = t.channels
  const [adding, setAdding] = useState(false)
  const [key, setKey] = useState<string | null>(null)
  const query = useQuery(api.channels.list.queryOptions({ input: { alert } }))
  if (query.isError && query.data === undefined)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={3} />
  const { channels, desktop } = query.data

  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line">
        <li className="flex items-center gap-2 py-2">
          <Checkbox checked disabled aria-label={words.inbox} />
          <span>{words.inbox}</span>
          <span className="text-sm text-ink-3">{words.inboxHint}</span>
        </li>
        <li className="py-2">
          <label className="flex items-center gap-2 self-start">
            <Checkbox
              checked={desktop}
              onChange={({ target }) =>
                void changed(client.channels.setDesktop({ alert, on: target.checked }))
              }
            />
            {words.desktop}
          </label>
        </li>
        {channels.map((channel) => (
          <Row key={channel.id} channel={channel} />
        ))}
      </ul>
      {channels.length === 0 && !adding && (
        <p className="text-ink-3">
          {words.none} {words.noneHint}
        </p>
      )}
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
          <Button icon="plus" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        </div>
      )}
      <Deliveries alert={alert} />
      <ShownKey secret={key} onClose={() => setKey(null)} />
    </div>
  )
}

function Row({ channel }: { channel: AlertChannel }): ReactNode {
  const words = t.channels
  const name = channelName(channel)
  const [asking, setAsking] = useState(false)
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
    <li className="flex flex-wrap items-start gap-x-2 gap-y-1 py-2">
      <span className="pt-0.5">
        <Checkbox
          aria-label={words.on(name)}
          checked={channel.enabled && channel.ended === null}
          disabled={channel.ended !== null}
          onChange={({ target }) =>
            void changed(client.channels.edit({ id: channel.id, enabled: target.checked }))
          }
        />
      </span>
      <div className="min-w-[180px] flex-1">
        <p className="break-all">
          <span className="font-semibold">{words.kinds[channel.kind]}</span>{' '}
          <span className="text-ink-2">{channel.place}</span>
        </p>
        <State channel={channel} />
        <p role="status" className={classes('text-sm', tested?.good === false ? 'text-bad' : 'text-ink-2')}>
          {testing ? words.testing : tested !== null && words.tested(tested.message)}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <select
          className="field"
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
        <Button aria-label={words.testOf(name)} disabled={testing} onClick={() => void test()}>
          {words.test}
        </Button>
        <Button
          look="quiet"
          icon="trash"
          aria-label={words.remove(name)}
          title={words.remove(name)}
          onClick={() => setAsking(true)}
        />
      </div>
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
