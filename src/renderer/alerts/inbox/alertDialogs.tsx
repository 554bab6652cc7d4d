import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { InboxAlert } from '../../../api/contract/inbox.ts'
import { api, client, queryClient, sentence } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Labelled } from '../../components/labelled.tsx'
import { FormError } from '../../components/states.tsx'
import { toast } from '../../components/toast.tsx'
import { t } from '../../messages/index.ts'

/** What an alert or a folder is asked for a text: its name, or the folder it is to stand in. */
export type Asked =
  | { readonly what: 'rename'; readonly alert: InboxAlert }
  | { readonly what: 'rename folder'; readonly folder: string; readonly alerts: readonly InboxAlert[] }
  | { readonly what: 'move'; readonly alert: InboxAlert }

/** Asks for the new name of an alert or a folder, or for the folder of an alert. */
export function AlertDialog(props: {
  asked: Asked
  folders: readonly string[]
  onClose: () => void
}): ReactNode {
  const { asked, folders, onClose } = props
  const [text, setText] = useState(
    asked.what === 'rename' ? asked.alert.name : asked.what === 'move' ? asked.alert.folder : asked.folder,
  )
  const [error, setError] = useState<unknown>(null)
  const list = useId()
  const words = t.inbox
  const title =
    asked.what === 'move'
      ? words.moveTitle(asked.alert.name)
      : words.renameTitle(asked.what === 'rename' ? asked.alert.name : asked.folder)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    try {
      await apply(asked, text.trim())
      onClose()
    } catch (failure) {
      setError(failure)
    }
  }
  const isFolder = asked.what !== 'rename'
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      {...(asked.what === 'move' ? { description: words.moveHint } : {})}
      foot={
        <>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button
            look="main"
            type="submit"
            form={`${list}-form`}
            disabled={asked.what === 'rename' && text.trim() === ''}
          >
            {words.apply}
          </Button>
        </>
      }
    >
      <form id={`${list}-form`} onSubmit={submit} className="flex flex-col gap-3">
        <Labelled label={isFolder ? words.folder : words.name}>
          {(ids) => (
            <input
              {...ids}
              autoFocus
              className="field"
              maxLength={120}
              list={isFolder ? list : undefined}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Labelled>
        <datalist id={list}>
          {folders.map((folder) => (
            <option key={folder} value={folder} />
          ))}
        </datalist>
        <FormError error={error} />
      </form>
    </Dialog>
  )
}

async function apply(asked: Asked, text: string): Promise<void> {
  if (asked.what === 'rename') {
    await rename(asked.alert, text)
    return
  }
  const alerts = asked.what === 'move' ? [asked.alert] : asked.alerts
  const before = asked.what === 'move' ? asked.alert.folder : asked.folder
  const ids = alerts.map(({ id }) => id)
  await arrange({ ids, folder: text }, t.inbox.moved(text), { ids, folder: before })
}

async function rename(alert: InboxAlert, name: string): Promise<void> {
  const save = async (as: string): Promise<void> => {
    const { id, query, enabled } = alert
    await client.alerts.save({ id, name: as, query, enabled })
    await refresh()
  }
  await save(name)
  toast(t.inbox.renamed(name), {
    action: { text: t.actions.undo, run: () => void save(alert.name).catch(tell) },
  })
}

type Arrangement = Parameters<typeof client.alerts.arrange>[0]

/** Switches alerts on or off, or puts them into a folder, and offers to take it back. */
async function arrange(to: Arrangement, words: string, back: Arrangement): Promise<void> {
  const put = async (one: Arrangement): Promise<void> => {
    await client.alerts.arrange(one)
    await refresh()
  }
  await put(to)
  toast(words, { action: { text: t.actions.undo, run: () => void put(back).catch(tell) } })
}

/** Switches alerts on or off; undo leaves those as they were that stood so already. */
export function switchAlerts(alerts: readonly InboxAlert[], enabled: boolean): void {
  const ids = alerts.flatMap((alert) => (alert.enabled === enabled ? [] : [alert.id]))
  const words = enabled ? t.inbox.switchedOn : t.inbox.switchedOff
  arrange({ ids, enabled }, words(ids.length), { ids, enabled: !enabled }).catch(tell)
}

const tell = (error: unknown): void => void toast(sentence(error), { bad: true })

async function refresh(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.inbox.key() }),
    queryClient.invalidateQueries({ queryKey: api.alerts.key() }),
  ])
}
