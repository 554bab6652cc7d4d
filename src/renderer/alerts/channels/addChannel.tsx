import { type FormEvent, type ReactNode, useState } from 'react'
import type { AlertChannel, ChannelContent, ChannelKind } from '../../../api/contract/channels.ts'
import { api, client, queryClient } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Labelled } from '../../components/labelled.tsx'
import { FormError } from '../../components/states.tsx'
import { t } from '../../messages/index.ts'

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

/** The form of a new channel: its kind, where it leads, and how much is sent there. */
export function AddChannel(props: {
  alert: number
  onCancel: () => void
  onAdded: (added: { channel: AlertChannel; secret: string | null }) => void
}): ReactNode {
  const words = t.channels
  const [kind, setKind] = useState<ChannelKind>('webhook')
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
      const added = await client.channels.add({
        alert: props.alert,
        kind,
        address: address.trim(),
        content,
        ...(hasSecret && secret.trim() !== '' ? { secret: secret.trim() } : {}),
      })
      await queryClient.invalidateQueries({ queryKey: api.channels.key() })
      props.onAdded(added)
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }

  return (
    <form
      aria-label={words.adding}
      className="flex flex-col gap-3 rounded-md border border-line bg-raised p-3"
      onSubmit={add}
    >
      <div className="grid grid-cols-2 gap-3">
        <Labelled label={words.kind}>
          {(ids) => (
            <select
              {...ids}
              // biome-ignore lint/a11y/noAutofocus: the form was opened to fill it in
              autoFocus
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
          {words.addIt}
        </Button>
        <Button onClick={props.onCancel}>{t.actions.cancel}</Button>
      </div>
    </form>
  )
}
