import { useQuery } from '@tanstack/react-query'
import type { Annotation } from '../../api/contract/views.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'

/** What the person noted at days, by day; none until the engine has answered. */
export function useAnnotations(): readonly Annotation[] {
  return useQuery(api.views.annotations.queryOptions({ input: {} })).data ?? []
}

/** Keeps annotations, says what was done, and offers to take it back. */
export async function annotate(next: readonly Annotation[], said: string): Promise<void> {
  const before = await keep(next)
  if (before === null) return
  toast(said, { action: { text: t.actions.undo, run: () => void keep(before) } })
}

/** @returns what was there before; null where nothing could be kept, which is said */
async function keep(annotations: readonly Annotation[]): Promise<readonly Annotation[] | null> {
  const queryKey = api.views.annotations.queryKey({ input: {} })
  try {
    const before = await client.views.annotations({})
    queryClient.setQueryData(queryKey, await client.views.annotate({ annotations: [...annotations] }))
    return before
  } catch (error) {
    toast(sentence(error), { bad: true })
    return null
  }
}
