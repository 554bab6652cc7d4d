import { useSyncExternalStore } from 'react'
import type { Alert } from '../../api/contract/alerts.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'

/**
 * An alert that is deleted is gone from the page at once, and from the archive when the offer to undo it goes: its hits and the
 * addresses of its channels could not be brought back. Where the window is closed before, the page asks for it as it goes.
 */
let leaving: ReadonlySet<number> = new Set()
const listeners = new Set<() => void>()

function set(next: ReadonlySet<number>): void {
  leaving = next
  for (const listener of listeners) listener()
}

const without = (id: number): ReadonlySet<number> => new Set([...leaving].filter((one) => one !== id))

/** The alerts that are being deleted, by id: no list shows them. */
export function useLeaving(): ReadonlySet<number> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => leaving,
  )
}

export function removeAlert({ id, name }: Pick<Alert, 'id' | 'name'>): void {
  set(new Set([...leaving, id]))
  const remove = async (): Promise<void> => {
    window.removeEventListener('pagehide', onLeave)
    try {
      await client.alerts.remove({ id })
      await queryClient.invalidateQueries({ queryKey: api.alerts.key() })
      await queryClient.invalidateQueries({ queryKey: api.app.info.key() })
    } catch (error) {
      toast(sentence(error), { bad: true })
    } finally {
      set(without(id))
    }
  }
  const onLeave = (): void => void remove()
  window.addEventListener('pagehide', onLeave)
  toast(t.alertEditor.removed(name), {
    action: {
      text: t.actions.undo,
      run: () => {
        window.removeEventListener('pagehide', onLeave)
        set(without(id))
      },
    },
    onGone: () => void remove(),
  })
}
