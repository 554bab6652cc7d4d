import { Notification } from 'electron'
import type { News } from './messages.ts'

/**
 * Returns what shows news on the desktop. Of one tag there is one notification: a newer one takes its place.
 * @param open called when the person clicks one
 */
export function createNotifier(open: (path: string) => void): (news: News) => void {
  const shown = new Map<string, Notification>()
  return (news) => {
    if (!Notification.isSupported()) return
    shown.get(news.tag)?.close()
    const notification = new Notification({ id: news.tag, title: news.title, body: news.body })
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
    notification.show()
  }
}
