import { useQuery } from '@tanstack/react-query'
import type { Completion } from '../../api/contract/query.ts'
import { api, client, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { useDebounced } from '../debounced.ts'
import { t } from '../messages/index.ts'

/** An entry of the list under a query field: it replaces text.slice(start, end), or runs something. */
export interface Option {
  readonly insert: string
  readonly start: number
  readonly end: number
  readonly label: string
  readonly detail: string
  readonly kind: Completion['kind'] | 'history' | 'action'
  /** The whole query: choosing it submits. */
  readonly whole?: boolean
  readonly run?: () => void
}

/** The engine's completions at the caret. */
export function useCompletions(text: string, caret: number, enabled: boolean): readonly Option[] {
  const settled = useDebounced(`${caret} ${text}`, 80)
  const fresh = settled === `${caret} ${text}`
  const { data } = useQuery({
    ...api.query.complete.queryOptions({ input: { query: text, caret: Math.min(caret, text.length) } }),
    enabled: enabled && fresh && text !== '',
    staleTime: 15_000,
  })
  if (!enabled) return []
  return (data ?? []).filter((c) => c.insert !== text.slice(c.start, c.end)).slice(0, 40)
}

/** Saved and earlier searches, and a way to forget these. */
export function useRecall(enabled: boolean): readonly Option[] {
  const saved = useQuery({ ...api.query.saved.queryOptions({ input: {} }), enabled }).data ?? []
  const history =
    useQuery({ ...api.query.history.queryOptions({ input: {} }), enabled, staleTime: 0 }).data ?? []
  if (!enabled) return []
  const whole = { start: 0, end: 0, whole: true }
  return [
    ...saved.map(({ name, query }) => ({
      ...whole,
      insert: query,
      label: name,
      detail: query,
      kind: 'saved' as const,
    })),
    ...history
      .filter(({ query }) => saved.every((s) => s.query !== query))
      .map(({ query }) => ({ ...whole, insert: query, label: query, detail: '', kind: 'history' as const })),
    ...(history.length === 0
      ? []
      : [{ ...whole, insert: '', label: t.query.forget, detail: '', kind: 'action' as const, run: forget }]),
  ]
}

function forget(): void {
  client.query.forgetHistory({}).then(
    () => toast(t.query.forgotten),
    (error: unknown) => toast(sentence(error), { bad: true }),
  )
}
