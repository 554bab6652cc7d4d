import { client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'

/** Moves the visit mark to now: "since last visit" begins here. Says how it went. */
export async function markVisit(): Promise<void> {
  try {
    await client.app.markVisit({})
    await queryClient.invalidateQueries()
    toast(t.visitMarked)
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}

/**
 * Closing the desktop window moves the mark too. A browser does not tell closing from reloading, and a mark moved
 * by a reload would hide what is new: there, only "mark seen" moves it.
 */
export function markVisitOnClosing(): void {
  window.wirewatchShell?.onClosing(async () => {
    await client.app.markVisit({}).catch(() => undefined)
  })
}
