import { type FormEvent, type ReactNode, useState } from 'react'
import type { AlertChannel, ChannelContent, ChannelKind } from '../../../api/contract/channels.ts'
import { api, client, queryClient } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { Labelled } from '../../components/labelled.tsx'
import { FormError } from '../../components/states.tsx'
import { t } from '../../messages/index.ts'
import { channelName } from './channelName.ts'

const KINDS: readonly ChannelKind[] = [
  'webhook',
  'ntfy',
  'slack',
  'teams',
  'discord',
  'telegram',
  'mattermost',
  'atom',
]

/** The form of a new channel: its kind, where it leads, and how much is sent there; or of another address of one. */
export function AddChannel(props: {
  alert: number
  /** The one whose address is given; a new one where it is left out. */
  channel?: AlertChannel
  onCancel: () => void
  onAdded: (added: { channel: AlertChannel; secret: string | null }) => void
}): ReactNode {
  const words = t.channels
  const [kind, setKind] = useState<ChannelKind>(props.channel?.kind ?? 'webhook')
  const [address, setAddress] = useState('')
  const [secret, setSecret] = useState('')
  const [content, setContent] = useState<ChannelContent>('link')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const hasSecret = kind === 'webhook' || kind === 'ntfy'

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (address.trim() === '' || busy) return
    setBusy(true)
    setError(null)
    try {
      const given = {
        address: address.trim(),
        ...(hasSecret && secret.trim() !== '' ? { secret: secret.trim() } : {}),
      }
      const added =
        props.channel === undefined
          ? await client.channels.add({ alert: props.alert, kind, content, ...given })
          : await client.channels.setAddress({ id: props.channel.id, ...given })
      await queryClient.invalidateQueries({ queryKey: api.channels.key() })
      props.onAdded(added)
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }

  return (
    <form
      aria-label={props.channel === undefined ? words.adding : words.newAddress(channelName(props.channel))}
      className="flex flex-col gap-3 rounded-md border border-line bg-raised p-3"
      onSubmit={add}
    >
      <div className={classes('grid grid-cols-2 gap-3', props.channel !== undefined && 'hidden')}>
        <Labelled label={words.kind}>
          {(ids) => (
            <select
              {...ids}
              // biome-ignore lint/a11y/noAutofocus: the form was opened to fill it in
              autoFocus={props.channel === undefined}
              className="field"
              value={kind}
              onChange={({ target }) => {
                setKind(target.value as ChannelKind)
                setError(null)
              }}
            >
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {words.kinds[one]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={words.content}>
          {(ids) => (
            <select
              {...ids}
              className="field"
              value={content}
              onChange={({ target }) => setContent(target.value as ChannelContent)}
            >
              {Object.entries(words.contents).map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      <Labelled label={words.addresses[kind]} hint={kind === 'atom' ? words.folderHint : words.addressHint}>
        {(ids) => (
          <input
            {...ids}
            // biome-ignore lint/a11y/noAutofocus: the form was opened to fill it in
            autoFocus={props.channel !== undefined}
            className="field"
            autoComplete="off"
            spellCheck={false}
            placeholder={words.examples[kind]}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        )}
      </Labelled>
      {hasSecret && (
        <Labelled label={words.secret[kind]} hint={words.secretHint[kind]}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              type="password"
              autoComplete="off"
              value={secret}
              onChange={({ target }) => setSecret(target.value)}
            />
          )}
        </Labelled>
      )}
      <FormError error={error} />
      <div className="flex gap-2">
        <Button look="main" type="submit" disabled={address.trim() === '' || busy}>
          {props.channel === undefined ? words.addIt : words.setAddress}
        </Button>
        <Button onClick={props.onCancel}>{t.actions.cancel}</Button>
      </div>
    </form>
  )
}
