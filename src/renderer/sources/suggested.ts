import type { Kind } from '../../api/contract/common.ts'
import type { Source } from '../../api/contract/sources.ts'
import type { About } from './about.tsx'

type Known = Pick<Source, 'id' | 'bloc' | 'country' | 'kind' | 'language'>
type Suggestion = { id: number; bloc: string; country: string; kind: Kind; language: string }

/** What is to be filled in, and in which sources. */
export interface Filling<S> {
  readonly edit: Partial<About>
  readonly sources: readonly S[]
}

/** Sources of which the bloc, the kind or the country is not known. */
export const unknown = <S extends Known>(sources: readonly S[]): S[] =>
  sources.filter(({ bloc, kind, country }) => bloc === '' || kind === 'unknown' || country === '')

/** Suggestions as edits, one for all sources that get the same. What is known of a source stays as it is. */
export function fillings<S extends Known>(
  sources: readonly S[],
  suggestions: readonly Suggestion[],
): Filling<S>[] {
  const found = new Map<string, { edit: Partial<About>; sources: S[] }>()
  for (const source of unknown(sources)) {
    const hint = suggestions.find(({ id }) => id === source.id)
    if (hint === undefined) continue
    const edit: Partial<About> = {
      ...(source.bloc === '' && hint.bloc !== '' ? { bloc: hint.bloc } : {}),
      ...(source.country === '' && hint.country !== '' ? { country: hint.country } : {}),
      ...(source.kind === 'unknown' && hint.kind !== 'unknown' ? { kind: hint.kind } : {}),
      ...(source.language === '' && hint.language !== '' ? { language: hint.language } : {}),
    }
    const key = JSON.stringify(edit)
    if (key === '{}') continue
    const same = found.get(key)
    if (same === undefined) found.set(key, { edit, sources: [source] })
    else same.sources.push(source)
  }
  return [...found.values()]
}
