import { useSyncExternalStore } from 'react'

/** Whether the browser may notify: `none` where it cannot at all, or where the desktop app does. */
export type Permission = NotificationPermission | 'none'

const listeners = new Set<() => void>()

export function permission(): Permission {
  if (window.wirewatchShell !== undefined || !('Notification' in window)) return 'none'
  return Notification.permission
}

/** Asks the person; to be called at a click alone, which browsers demand. */
export async function askPermission(): Promise<Permission> {
  const answer = await Notification.requestPermission()
  for (const listener of listeners) listener()
  return answer
}

/** The permission, as it was asked for last. */
export function usePermission(): Permission {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, permission)
}
