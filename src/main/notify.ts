import { Notification } from 'electron'
import type { News } from './messages.ts'

/** A desktop that has sent neither 'show' nor 'failed' after this time counts as having shown the notification. */
const SHOWN_MS = 5000

/**
 * Returns what shows news on the desktop. Of one tag there is one notification: a newer one takes its place. It resolves when
 * the desktop has the notification, or shows none at all: the unread hits stand in the page and the tray either way. It
 * rejects where the desktop failed to show it.
 * @param open called when the person clicks one
 * @param markup whether the desktop reads a body as markup, asked each time
 */
export function createNotifier(
  open: (path: string) => void,
  markup: () => boolean,
): (news: News) => Promise<void> {
  const shown = new Map<string, Notification>()
  return (news) => {
    if (!Notification.isSupported()) return Promise.resolve()
    shown.get(news.tag)?.close()
    const notification = new Notification({
      id: news.tag,
      title: news.title,
      body: markup() ? escaped(news.body) : news.body,
    })
    // Kept until it is gone: a collected notification no longer answers to a click.
    shown.set(news.tag, notification)
    const forget = (): void => {
      if (shown.get(news.tag) === notification) shown.delete(news.tag)
    }
    notification.on('click', () => {
      forget()
      open(news.path)
    })
    notification.on('close', forget)
    notification.on('failed', forget)
    return new Promise((resolve, reject) => {
      const late = setTimeout(resolve, SHOWN_MS)
      const taken = (): void => {
        clearTimeout(late)
        resolve()
      }
      notification.on('show', taken)
      notification.on('close', taken)
      notification.on('failed', (_event, error) => {
        clearTimeout(late)
        reject(new Error(`The desktop did not show the notification: ${error}`))
      })
      notification.show()
    })
  }
}

/** A text as markup that shows just it: a title is a stranger's, and "<b>" in it must neither shape nor hide anything. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
