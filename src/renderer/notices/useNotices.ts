import { useEffect, useRef } from 'react'
import type { Notice } from '../../api/contract/alerts.ts'
import type { HitSelection } from '../../api/contract/inbox.ts'
import { act } from '../alerts/inbox/hitActs.ts'
import { client } from '../api.ts'
import { onChange } from '../changes.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { notifications } from './notifications.ts'
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
    const notices = notifications((choice, notice) => {
      if (choice === 'open') navigate(pathOf(notice))
      else if (choice === 'snooze') snoozeNotice(notice)
      else void act(hitsOf(notice), { act: 'seen' })
    })
    const screen: Screen = {
      mayNotify: () => permission() === 'granted',
      isVisible: () => document.visibilityState === 'visible',
      isInbox: () => inInbox(here.current),
      notify: (notice) => notices.show(notice),
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
      notices.close()
      document.removeEventListener('visibilitychange', look)
    }
  }, [navigate])
}

const inInbox = (path: string): boolean => /^\/alerts(\/|$)/.test(path)

/** The hits that a notice is about. */
const hitsOf = ({ alert, story, more }: Notice): HitSelection =>
  more === 0
    ? { hits: [{ alert: alert.id, stories: [story.id] }] }
    : { filter: { show: 'new', alert: alert.id, query: '' } }

/** Nothing is told of what a notice is about for an hour. */
const snoozeNotice = (notice: Notice): void => void act(hitsOf(notice), { act: 'snooze', for: 'hour' })

/** Ways to take away the messages about hits that are still shown. */
const toasts: (() => void)[] = []
