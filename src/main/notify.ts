import { Notification } from 'electron'
import type { News, NewsAct } from './messages.ts'

/** A desktop that has sent neither 'show' nor 'failed' after this time counts as having shown the notification. */
const SHOWN_MS = 5000

/**
 * Returns what shows news on the desktop. Of one tag there is one notification: a newer one takes its place. It resolves when
 * the desktop has the notification, or shows none at all: the new hits stand in the page and the tray either way. It
 * rejects where the desktop failed to show it.
 * @param chosen open: called when the person clicks one; act: when they choose what else to do
 * @param markup whether the desktop reads a body as markup, asked each time
 */
export function createNotifier(
  chosen: { readonly open: (path: string) => void; readonly act: (what: NewsAct, news: News) => void },
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
      // A desktop without buttons leaves them out.
      actions: news.alert === null ? [] : ACTS.map(({ text }) => ({ type: 'button', text })),
    })
    // Kept until it is gone: a collected notification no longer answers to a click.
    shown.set(news.tag, notification)
    const forget = (): void => {
      if (shown.get(news.tag) === notification) shown.delete(news.tag)
    }
    notification.on('click', () => {
      forget()
      chosen.open(news.path)
    })
    notification.on('action', ({ actionIndex }) => {
      const act = ACTS[actionIndex]?.act
      forget()
      if (act === 'open') chosen.open(news.path)
      else if (act !== undefined) chosen.act(act, news)
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

/** What a person can do on a notification, in the order of its buttons. */
const ACTS: readonly { readonly act: NewsAct | 'open'; readonly text: string }[] = [
  { act: 'open', text: 'Open' },
  { act: 'seen', text: 'Mark seen' },
  { act: 'snooze', text: 'Snooze for an hour' },
]

/** A text as markup that shows just it: a title is a stranger's, and "<b>" in it must neither shape nor hide anything. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
