import type { Notice } from '../../api/contract/alerts.ts'
import { t } from '../messages/index.ts'
import { pathOf } from './show.ts'

/** What the person chose of a notification: a button, or (open) the notification itself. */
export type Choice = 'open' | 'snooze' | 'seen'

/**
 * Notifications of the browser. Those of a service worker have buttons; where the browser has none, they are the page's own, and
 * only open what they are about.
 * @param chosen is told what the person chose of which
 */
export function notifications(chosen: (choice: Choice, notice: Notice) => void): {
  /** @throws where the browser allows it and still cannot */
  show(notice: Notice): Promise<void>
  close(): void
} {
  // A page that is not at a secure address has no service workers.
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker
  let registration: Promise<ServiceWorkerRegistration | null> | undefined
  const registered = (): Promise<ServiceWorkerRegistration | null> => {
    registration ??=
      workers?.register('/notices.js').then(
        () => Promise.race([workers.ready, later(STARTS_MS)]),
        () => null,
      ) ?? Promise.resolve(null)
    return registration
  }
  const onMessage = ({ data }: MessageEvent): void => {
    if (data?.type === 'notice') chosen(data.action === '' ? 'open' : data.action, data.notice)
  }
  workers?.addEventListener('message', onMessage)

  return {
    async show(notice) {
      const tag = notice.alerts > 1 ? 'missed' : `alert-${notice.alert.id}`
      const title = t.alerts.noticeOf(notice)
      const body = t.alerts.notice(notice)
      const worker = await registered()
      if (worker === null) {
        // One that only took another's place would come without a sound.
        shown.get(tag)?.close()
        const notification = new Notification(title, { body, tag })
        shown.set(tag, notification)
        notification.onclose = () => {
          if (shown.get(tag) === notification) shown.delete(tag)
        }
        notification.onclick = () => {
          notification.close()
          window.focus()
          chosen('open', notice)
        }
        return
      }
      for (const earlier of await worker.getNotifications({ tag })) earlier.close()
      const options: NotificationOptions & { actions: { action: Choice; title: string }[] } = {
        body,
        tag,
        data: { notice, path: pathOf(notice) },
        actions:
          notice.alerts > 1
            ? []
            : [
                { action: 'seen', title: t.inbox.markSeen },
                { action: 'snooze', title: t.inbox.snoozeHour },
              ],
      }
      await worker.showNotification(title, options)
    },
    close: () => workers?.removeEventListener('message', onMessage),
  }
}

/** A worker that has not started by then is done without. */
const STARTS_MS = 5000
const later = (ms: number): Promise<null> => new Promise((resolve) => setTimeout(resolve, ms, null))

/** The page's own notifications that are still shown, by their tag. */
const shown = new Map<string, Notification>()
