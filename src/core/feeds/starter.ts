// Stands in until the real one lands, which replaces this file whole.
import type { SourceKind } from '../store/sources.ts'
export function starterSources(): {
  url: string
  title: string
  language: string
  country: string
  bloc: string
  kind: SourceKind
}[] {
  return []
}
export function suggest(
  _u: string,
): { bloc: string; country: string; kind: SourceKind; language: string } | null {
  return null
}
