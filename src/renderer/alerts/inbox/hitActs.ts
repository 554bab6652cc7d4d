import type { HitAct, HitSelection, HitUndo } from '../../../api/contract/inbox.ts'
import { api, client, queryClient, sentence } from '../../api.ts'
import { toast } from '../../components/toast.tsx'
import { t } from '../../messages/index.ts'
import { reversed } from './hitPages.ts'
import { patchLists } from './useHitList.ts'

/** What can be taken back, the last act last. */
const done: HitUndo[] = []
/** So many acts can be taken back. */
const KEPT = 50

/**
 * Does something to hits, shows it in every list, and offers to take it back.
 * @param isQuiet nothing is said of it: it followed from something else, as opening a hit marks it seen
 */
export async function act(of: HitSelection, what: HitAct, isQuiet = false): Promise<void> {
  try {
    const { hits, undo } = await client.inbox.mark({ of, act: what })
    patchLists(undo.hits)
    refreshCounts()
    if (hits === 0 || isQuiet) return
    done.push(undo)
    done.splice(0, done.length - KEPT)
    const words = t.inbox.did[what.act === 'snooze' ? what.for : what.act](hits)
    toast(words, { action: { text: t.actions.undo, key: 'u', run: () => void takeBack(undo) } })
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}

/** Takes back what was done last. */
export async function undoLast(): Promise<void> {
  const last = done.at(-1)
  if (last === undefined) toast(t.inbox.nothingToUndo)
  else await takeBack(last)
}

async function takeBack(undo: HitUndo): Promise<void> {
  try {
    const { hits } = await client.inbox.undo({ undo })
    const at = done.indexOf(undo)
    if (at >= 0) done.splice(at, 1)
    patchLists(reversed(undo.hits))
    refreshCounts()
    toast(t.inbox.undone(hits))
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}

function refreshCounts(): void {
  void queryClient.invalidateQueries({ queryKey: api.inbox.key() })
  void queryClient.invalidateQueries({ queryKey: api.app.info.key() })
}
