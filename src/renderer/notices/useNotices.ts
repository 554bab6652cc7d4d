import { useEffect, useRef } from 'react'
import type { Notice } from '../../api/contract/alerts.ts'
import type { HitSelection } from '../../api/contract/inbox.ts'
import { act } from '../alerts/inbox/hitActs.ts'
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
  const isInbox = inInbox(path)
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
      isInbox: () => inInbox(here.current),
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
        const snooze =
          notice.alerts > 1 ? undefined : { text: t.inbox.snooze, run: () => snoozeNotice(notice) }
        toasts.push(toast(text, { action: { text: t.alerts.showHit(notice.more), run }, also: snooze }))
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

const inInbox = (path: string): boolean => /^\/alerts(\/|$)/.test(path)

/** Nothing is told of what a notice is about for an hour. */
function snoozeNotice({ alert, story, more }: Notice): void {
  const of: HitSelection =
    more === 0
      ? { hits: [{ alert: alert.id, stories: [story.id] }] }
      : { filter: { show: 'new', alert: alert.id, query: '' } }
  void act(of, { act: 'snooze', for: 'hour' })
}

/** Ways to take away the messages about hits that are still shown. */
const toasts: (() => void)[] = []
/** Notifications of the browser that are still shown, by their tag. */
const shown = new Map<string, Notification>()
