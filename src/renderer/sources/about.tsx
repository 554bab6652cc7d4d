import { type ReactNode, useId } from 'react'
import type { Kind } from '../../api/contract/common.ts'
import { Labelled } from '../components/labelled.tsx'
import { t } from '../messages/index.ts'

/** The blocs offered; any other short name can be typed. */
const BLOCS = ['EU', 'RU', 'CN', 'US', 'UA', 'UK', 'IN', 'JP', 'TR', 'MENA', 'LATAM', 'AFRICA']
export const KINDS = [
  'state',
  'public',
  'independent',
  'wire',
  'institution',
  'unknown',
] as const satisfies readonly Kind[]

export interface About {
  bloc: string
  kind: Kind
  country: string
  language: string
}
export const NOTHING_KNOWN: About = { bloc: '', kind: 'unknown', country: '', language: '' }

/** What is known of an outlet: bloc, kind, country, language. */
export function AboutFields(props: { about: About; onChange: (about: About) => void }): ReactNode {
  const { about, onChange } = props
  const words = t.sources.fields
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Labelled label={words.bloc}>
        {(ids) => <BlocField {...ids} value={about.bloc} onChange={(bloc) => onChange({ ...about, bloc })} />}
      </Labelled>
      <Labelled label={words.kind}>
        {(ids) => (
          <select
            {...ids}
            className="field"
            value={about.kind}
            onChange={(event) => onChange({ ...about, kind: kindOf(event.target.value) })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t.kinds[kind]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={words.country}>
        {(ids) => (
          <input
            {...ids}
            className="field uppercase"
            title={words.countryHint}
            placeholder="DE"
            maxLength={2}
            value={about.country}
            onChange={(event) => onChange({ ...about, country: event.target.value.toUpperCase() })}
          />
        )}
      </Labelled>
      <Labelled label={words.language}>
        {(ids) => (
          <input
            {...ids}
            className="field"
            title={words.languageHint}
            placeholder="en"
            maxLength={35}
            value={about.language}
            onChange={(event) => onChange({ ...about, language: event.target.value.trim() })}
          />
        )}
      </Labelled>
    </div>
  )
}

/** A bloc's short name, offered from a list or typed. */
export function BlocField(props: {
  id: string
  'aria-describedby'?: string | undefined
  value: string
  placeholder?: string
  onChange: (bloc: string) => void
}): ReactNode {
  const list = useId()
  return (
    <>
      <input
        id={props.id}
        aria-describedby={props['aria-describedby']}
        className="field"
        list={list}
        maxLength={12}
        placeholder={props.placeholder ?? 'EU'}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value.toUpperCase())}
      />
      <datalist id={list}>
        {BLOCS.map((bloc) => (
          <option key={bloc} value={bloc} />
        ))}
      </datalist>
    </>
  )
}

export const kindOf = (value: string): Kind => KINDS.find((kind) => kind === value) ?? 'unknown'
