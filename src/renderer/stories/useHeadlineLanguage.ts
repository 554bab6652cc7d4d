import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

/** The interface has no other so far. */
const INTERFACE = 'en'

/** The language that events are named in where they have a story in it: the primary part of its tag, "de" of "de-AT". */
export function useHeadlineLanguage(): string {
  const { data } = useQuery(api.app.settings.queryOptions({ input: {} }))
  return (data?.headlineLanguage ?? INTERFACE).toLowerCase().split('-')[0] ?? INTERFACE
}
