import { useQuery } from '@tanstack/react-query'
import type { Arrangement } from '../../api/contract/views.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { AS_AT_FIRST } from './arrangement.ts'

/** How the panels are arranged; undefined until the engine has answered, so that nothing is drawn that is hidden. */
export function useArrangement(): Arrangement | undefined {
  const { data, isError } = useQuery(api.views.panels.queryOptions({ input: {} }))
  return data ?? (isError ? AS_AT_FIRST : undefined)
}

/** Arranges the panels, here at once and in the archive; says so where it could not be kept. */
export async function arrange(arrangement: Arrangement): Promise<void> {
  const queryKey = api.views.panels.queryKey({ input: {} })
  queryClient.setQueryData(queryKey, arrangement)
  try {
    await client.views.arrange(arrangement)
  } catch (error) {
    toast(sentence(error), { bad: true })
    await queryClient.invalidateQueries({ queryKey })
  }
}
