import type { Alert } from '../../api/contract/alerts.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'

async function refresh(): Promise<void> {
  await Promise.all(
    [api.alerts.key(), api.inbox.key(), api.app.info.key()].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  )
}

/** Deletes an alert, and offers to bring it back with all it had. */
export async function removeAlert({ id, name }: Pick<Alert, 'id' | 'name'>): Promise<void> {
  const fail = (error: unknown): void => void toast(sentence(error), { bad: true })
  const restore = async (): Promise<void> => {
    try {
      await client.alerts.restore({ id })
      await refresh()
    } catch (error) {
      fail(error)
    }
  }
  try {
    await client.alerts.remove({ id })
    toast(t.alertEditor.removed(name), { action: { text: t.actions.undo, run: () => void restore() } })
    await refresh()
  } catch (error) {
    fail(error)
  }
}
