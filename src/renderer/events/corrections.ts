import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { api, client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'

/** What a person can do to an event. Each is done at once, said in a toast with its undo, and true where it worked. */
export interface Corrections {
  takeOut(story: number): Promise<boolean>
  putIn(story: number): Promise<boolean>
  merge(other: number): Promise<boolean>
  split(stories: readonly number[]): Promise<boolean>
  rename(name: string): Promise<boolean>
  undo(change: number): Promise<boolean>
}

/** Of each correction whose undo a toast has offered, what takes that toast away: it may be undone elsewhere. */
const offers = new Map<number, () => void>()

/** @param event the one whose page is open; where it goes into another, that one's page opens */
export function useCorrections(event: number): Corrections {
  const [, navigate] = useLocation()
  return useMemo(() => {
    async function run(
      work: () => Promise<{ event?: number; change?: number }>,
      said: string,
    ): Promise<boolean> {
      try {
        const { event: now, change } = await work()
        await refresh()
        const takeAway = toast(
          said,
          change === undefined ? {} : { action: { text: t.actions.undo, run: () => void undo(change) } },
        )
        if (change !== undefined) offers.set(change, takeAway)
        if (now !== undefined && now !== event) navigate(`/events/${now}`, { replace: true })
        return true
      } catch (error) {
        toast(sentence(error), { bad: true })
        return false
      }
    }
    const undo = (change: number): Promise<boolean> =>
      run(async () => {
        await client.events.undo({ change })
        offers.get(change)?.()
        offers.delete(change)
        return {}
      }, t.events.correct.undid)
    const { done } = t.events.correct
    return {
      // What was taken out is of another event; this page stays where it is.
      takeOut: (story) => run(async () => stays(await client.events.takeOut({ story })), done.takeOut),
      putIn: (story) => run(() => client.events.putIn({ story, event }), done.putIn),
      merge: (other) => run(() => client.events.merge({ event, other }), done.merge),
      split: (stories) =>
        run(
          async () => stays(await client.events.split({ event, stories: [...stories] })),
          done.split(stories.length),
        ),
      rename: (name) =>
        run(() => client.events.rename({ event, name }), name.trim() === '' ? done.unnamed : done.rename),
      undo,
    }
  }, [event, navigate])
}

const stays = ({ change }: { change: number }): { change: number } => ({ change })

/** The engine says so too, a moment later; who corrected it does not wait for that. */
async function refresh(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.events.key() }),
    queryClient.invalidateQueries({ queryKey: api.stories.key() }),
  ])
}
