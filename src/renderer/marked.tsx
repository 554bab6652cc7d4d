import type { ReactNode } from 'react'
import type { EvidenceSpan } from '../api/contract/common.ts'
import { type Span, segments } from './segments.ts'

/** Why a place is marked: it made a theme hold, or the reader's query match. */
export type Mark = 'theme' | 'query'

/** A text with its evidence in <mark>: a theme's in yellow, the query's underlined. */
export function Marked({ text, spans }: { text: string; spans: readonly Span<Mark>[] }): ReactNode {
  let at = 0
  return segments(text, spans).map(({ text: piece, kinds }) => {
    const key = at
    at += piece.length
    if (kinds.length === 0) return piece
    return (
      <mark key={key} className={LOOKS[kinds.join(' ')]}>
        {piece}
      </mark>
    )
  })
}

const LOOKS: Record<string, string> = {
  theme: '',
  query: 'bg-transparent underline decoration-accent decoration-2 underline-offset-3',
  'query theme': 'underline decoration-accent decoration-2 underline-offset-3',
}

/** The spans of one field, as marks of a kind. */
export function marks(
  evidence: readonly EvidenceSpan[],
  field: EvidenceSpan['field'],
  kind: Mark,
): Span<Mark>[] {
  return evidence.filter((e) => e.field === field).map(({ start, end }) => ({ start, end, kind }))
}
