import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sentence } from '../api.ts'
import { Labelled } from '../components/labelled.tsx'
import { Panel } from '../components/panel.tsx'
import { FormError } from '../components/states.tsx'
import { languageName } from '../languages.ts'
import { t } from '../messages/index.ts'

/** The interface has no other so far. */
const INTERFACE = 'en'

const LANGUAGES = 'ar cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sr sv tr uk vi zh'
  .split(' ')
  .map((code) => ({ code, name: languageName(code) }))
  .sort((a, b) => a.name.localeCompare(b.name, INTERFACE))

/** In which language events are named. */
export function HeadlineLanguage(props: {
  /** BCP 47; null: the interface's. */
  chosen: string | null
  change: (language: string | null) => Promise<void>
}): ReactNode {
  const words = t.settings.headlines
  const saving = useMutation({ mutationFn: props.change })
  const isListed = props.chosen === null || LANGUAGES.some(({ code }) => code === props.chosen)
  return (
    <Panel title={words.title}>
      <div className="flex flex-col gap-3">
        <Labelled label={words.label} hint={words.hint}>
          {(ids) => (
            <select
              {...ids}
              className="field"
              value={props.chosen ?? ''}
              disabled={saving.isPending}
              onChange={(event) => saving.mutate(event.target.value === '' ? null : event.target.value)}
            >
              <option value="">{words.interface(languageName(INTERFACE))}</option>
              {!isListed && <option value={props.chosen ?? ''}>{languageName(props.chosen ?? '')}</option>}
              {LANGUAGES.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <FormError error={saving.error === null ? null : sentence(saving.error)} />
      </div>
    </Panel>
  )
}
