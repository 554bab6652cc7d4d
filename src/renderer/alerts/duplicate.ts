import { api, client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { fromHere } from '../fromHere.ts'
import { t } from '../messages/index.ts'
import { editorOf } from './editor/alertDraft.ts'

/** Makes a copy of an alert, with its channels, and opens it. It is off until the person has changed what is to differ. */
export async function duplicateAlert(id: number, navigate: (to: string) => void): Promise<void> {
  const goOn = fromHere(navigate)
  try {
    const copy = await client.alerts.duplicate({ id })
    await queryClient.invalidateQueries({ queryKey: api.alerts.key() })
    await queryClient.invalidateQueries({ queryKey: api.inbox.key() })
    goOn(editorOf(copy.id))
    toast(t.inbox.duplicated(copy.name))
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}
