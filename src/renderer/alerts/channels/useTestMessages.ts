import { useState } from 'react'
import type { Alert } from '../../../api/contract/alerts.ts'
import { client, sentence } from '../../api.ts'
import { toast } from '../../components/toast.tsx'
import { t } from '../../messages/index.ts'
import { permission } from '../../notices/permission.ts'
import { channelName } from './channelName.ts'

/** Whether this page can show a notification itself: the desktop app's are shown by its other process. */
export const canNotify = (): boolean => permission() === 'granted'

/** Shows a test notification of the browser. @throws where the browser allows it and still cannot */
export function notifyTest(name: string): void {
  new Notification(name, { body: t.channels.testBody, tag: 'wirewatch-test' })
}

/** Sends a test message on every channel of an alert that is on, and says how they were taken. */
export function useTestMessages(alert: Alert | undefined): { isRunning: boolean; run: () => Promise<void> } {
  const words = t.alertEditor
  const [isRunning, setRunning] = useState(false)
  const run = async (): Promise<void> => {
    if (alert === undefined) {
      toast(words.testUnsaved)
      return
    }
    if (isRunning) return
    setRunning(true)
    try {
      const { channels, desktop } = await client.channels.list({ alert: alert.id })
      const isOnDesktop = desktop && canNotify()
      if (isOnDesktop) notifyTest(alert.name)
      const on = channels.filter(({ enabled, ended }) => enabled && ended === null)
      const results = await Promise.all(
        on.map(async (channel) => {
          const name = channelName(channel)
          const { delivered, message } = await client.channels.test({ id: channel.id })
          return { delivered, text: delivered ? name : `${name}: ${message.replace(/\.$/, '')}` }
        }),
      )
      const told = [
        ...(isOnDesktop ? [t.channels.kinds.desktop] : []),
        ...results.filter(({ delivered }) => delivered).map(({ text }) => text),
      ]
      const failed = results.filter(({ delivered }) => !delivered).map(({ text }) => text)
      if (told.length + failed.length === 0) toast(words.testNone)
      else toast(words.tested(told.join(', '), failed.join('; ')), { bad: failed.length > 0 })
    } catch (error) {
      toast(sentence(error), { bad: true })
    } finally {
      setRunning(false)
    }
  }
  return { isRunning, run }
}
