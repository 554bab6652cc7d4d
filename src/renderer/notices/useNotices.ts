import { useEffect, useRef } from 'react'
import { client } from '../api.ts'
import { onChange } from '../changes.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { permission } from './permission.ts'
import { pathOf, type Screen, showWaiting } from './show.ts'

/**
 * Shows in the browser what alerts have to tell, for as long as the page lives. In the desktop app the app does.
 * @param path where the page is
 */
export function useNotices(path: string, navigate: (path: string) => void): void {
  const here = useRef(path)
  const isInbox = path === '/alerts'
  useEffect(() => {
    here.current = path
  }, [path])
  useEffect(() => {
    // The inbox shows what the messages were about.
    if (isInbox) for (const drop of toasts.splice(0)) drop()
  }, [isInbox])

  useEffect(() => {
    if (window.wirewatchShell !== undefined) return
    const screen: Screen = {
      mayNotify: () => permission() === 'granted',
      isVisible: () => document.visibilityState === 'visible',
      isInbox: () => here.current === '/alerts',
      notify(notice) {
        const tag = notice.alerts > 1 ? 'missed' : `alert-${notice.alert.id}`
        // One that only took another's place would come without a sound.
        shown.get(tag)?.close()
        const notification = new Notification(t.alerts.noticeOf(notice), {
          body: t.alerts.notice(notice),
          tag,
        })
        shown.set(tag, notification)
        notification.onclose = () => {
          if (shown.get(tag) === notification) shown.delete(tag)
        }
        notification.onclick = () => {
          notification.close()
          window.focus()
          navigate(pathOf(notice))
        }
      },
      toast(notice) {
        const text = `${t.alerts.noticeOf(notice)}: ${t.alerts.notice(notice)}`
        const run = (): void => navigate(pathOf(notice))
        toasts.push(toast(text, { action: { text: t.alerts.showHit(notice.more), run } }))
      },
    }
    // What cannot be fetched or acknowledged now waits in the engine, which tells of it again.
    const look = (): void => void showWaiting(client.alerts, screen).catch(() => undefined)
    const stop = onChange(({ type }) => {
      if (type === 'hello' || type === 'notices') look()
    })
    document.addEventListener('visibilitychange', look)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', look)
    }
  }, [navigate])
}

/** Ways to take away the messages about hits that are still shown. */
const toasts: (() => void)[] = []
/** Notifications of the browser that are still shown, by their tag. */
const shown = new Map<string, Notification>()
