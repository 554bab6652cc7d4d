import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Source } from '../../api/contract/sources.ts'
import { api, client, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { FormError } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { languageName } from '../languages.ts'
import { t } from '../messages/index.ts'
import { nameOfSource } from './sourceName.ts'
import { fillings, unknown } from './suggested.ts'

/** What the starter list or the domain says of sources that lack bloc, kind or country; taken over in one go. */
export function Suggestions(props: { sources: readonly Source[]; onSaved: () => void }): ReactNode {
  const words = t.sources.suggested
  const ids = unknown(props.sources).map(({ id }) => id)
  const { data } = useQuery(api.sources.suggest.queryOptions({ input: { ids }, enabled: ids.length > 0 }))
  const found = fillings(props.sources, data ?? [])
  const apply = useMutation({
    mutationFn: async () => {
      for (const { edit, sources } of found)
        await client.sources.edit({ ids: sources.map(({ id }) => id), edit })
    },
    onSuccess: () => {
      toast(t.sources.savedMany(t.count.sources(found.reduce((sum, { sources }) => sum + sources.length, 0))))
      props.onSaved()
    },
  })
  if (found.length === 0) return null
  return (
    <section aria-label={words.title} className="mb-4 rounded-lg border border-line bg-paper px-3.5 py-2.5">
      <div className="flex items-start justify-between gap-4">
        <ul className="min-w-0">
          {found.map(({ edit, sources }) => (
            <li key={JSON.stringify(edit)} className="truncate" title={sources.map(nameOfSource).join(', ')}>
              {words.title}:{' '}
              <strong className="font-semibold">
                {[
                  edit.bloc,
                  edit.country,
                  edit.kind === undefined ? undefined : t.kinds[edit.kind],
                  edit.language === undefined ? undefined : languageName(edit.language),
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </strong>{' '}
              <span className="text-ink-3">{sources.map(nameOfSource).join(', ')}</span>
            </li>
          ))}
        </ul>
        <Button small icon="check" disabled={apply.isPending} onClick={() => apply.mutate()}>
          {words.apply}
        </Button>
      </div>
      <FormError error={apply.error === null ? null : sentence(apply.error)} />
    </section>
  )
}
